import type { CreatorStatus, ExclusivityType } from '../../../db/types.ts';
import { plusDays } from '../../kernel/time-zones.ts';
import type { SocialPlatform } from '../../integrations/creator-network.ts';
import { connectAtWindow } from './consent.ts';
import type { Actor } from './context.ts';
import { idOf } from './people.ts';

interface DemoAccount {
  platform: SocialPlatform;
  handle: string;
  followers: number;
  meanLikes?: string;
  meanComments?: string;
  isVerified?: boolean;
  /** Whether its creator lets the agency read it, where the network is a stand-in. */
  isConnected?: boolean;
}

interface DemoContract {
  title: string;
  fee: string;
  currency: string;
  startsInDays: number;
  endsInDays: number;
  isDraft?: boolean;
  exclusivity?: ExclusivityType;
  categories?: readonly string[];
  platforms?: readonly SocialPlatform[];
}

/** A creator of the sandbox's networks: under the same name and handles, so that they can be connected there. */
export interface DemoCreator {
  firstName: string;
  lastName: string;
  status: CreatorStatus;
  categories: readonly string[];
  /** The slug of the brand whose people look after them; the agency's own without. */
  brand?: string;
  commissionPercent?: string;
  accounts: readonly DemoAccount[];
  /** The campaigns that they work on, with the fee for each. */
  campaigns?: readonly { name: string; fee: string; currency: string }[];
  contract?: DemoContract;
  /** Why they do not work for a brand, by its slug. */
  blocked?: { brand: string; reason: string };
}

interface Place {
  brandIds: ReadonlyMap<string, string>;
  campaignIds: ReadonlyMap<string, string>;
  today: string;
}

/** Makes the creators, puts them on campaigns and writes their contracts, in the order in which people do it. */
export async function makeCreators(actor: Actor, creators: readonly DemoCreator[], at: Place): Promise<void> {
  for (const creator of creators) await makeCreator(actor, creator, at);
}

async function makeCreator({ api }: Actor, creator: DemoCreator, at: Place): Promise<void> {
  const { firstName, lastName, status, categories, commissionPercent, accounts } = creator;
  const brandId = creator.brand === undefined ? null : idOf(at.brandIds, creator.brand);
  const local = `${firstName}.${lastName}`.toLowerCase().replaceAll(/[^a-z.]/g, '');
  const contact = await api.contacts.create({
    firstName,
    lastName,
    brandId,
    emails: [`${local}@creators.example`],
  });
  const { id: creatorId } = await api.creators.create({
    contactId: contact.id,
    status,
    categories: [...categories],
    ...(accounts[0] ? { primaryPlatform: accounts[0].platform } : {}),
    ...(commissionPercent ? { commissionPercent } : {}),
  });
  for (const { isConnected, ...account } of accounts) {
    await api.creatorPlatforms.create({ creatorId, ...account });
    if (isConnected) await connect(api, creatorId, account);
  }
  for (const { name, fee, currency } of creator.campaigns ?? [])
    await api.campaignCreators.assign({
      campaignId: idOf(at.campaignIds, name),
      creatorId,
      fee: { amount: fee, currency },
      deliverables: [
        {
          platform: accounts[0]?.platform ?? 'INSTAGRAM',
          type: 'REEL',
          count: 2,
          dueOn: plusDays(at.today, 14),
        },
      ],
    });
  if (creator.contract) await makeContract(api, creator.contract, { creatorId, brandId, today: at.today });
  if (creator.blocked)
    await api.creatorBlocks.create({
      creatorId,
      brandId: idOf(at.brandIds, creator.blocked.brand),
      reason: creator.blocked.reason,
    });
}

/** Connects an account as its creator does by hand; a real network is connected by its people. */
async function connect(
  api: Actor['api'],
  creatorId: string,
  { platform, handle }: Pick<DemoAccount, 'platform' | 'handle'>,
): Promise<void> {
  const { isStandIn } = await api.creatorConnect.options({});
  if (!isStandIn) return;
  const session = await api.creatorConnect.session({ creatorId, platform });
  const accountId = await connectAtWindow(session, handle);
  await api.creatorConnect.confirm({ creatorId, accountId });
}

async function makeContract(
  api: Actor['api'],
  contract: DemoContract,
  { creatorId, brandId, today }: { creatorId: string; brandId: string | null; today: string },
): Promise<void> {
  const { title, fee, currency, exclusivity = 'NONE', categories = [], platforms = [] } = contract;
  await api.creatorContracts.create({
    creatorId,
    brandId,
    title,
    fee: { amount: fee, currency },
    startsOn: plusDays(today, contract.startsInDays),
    endsOn: plusDays(today, contract.endsInDays),
    status: contract.isDraft ? 'DRAFT' : 'SIGNED',
    ...(contract.isDraft ? {} : { signedOn: plusDays(today, Math.min(contract.startsInDays, 0)) }),
    exclusivity,
    exclusivityCategories: [...categories],
    exclusivityPlatforms: [...platforms],
  });
}
