import type { Updateable } from 'kysely';
import { withTenant } from '../../db/tenant.ts';
import type { CreatorContracts, CreatorPlatforms } from '../../db/types.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import type { CreateContactInput } from '../../server/domain/contacts/schema.ts';
import type { CreateCreatorInput } from '../../server/domain/creators/schema.ts';
import type { SocialPlatform } from '../../server/integrations/creator-network.ts';
import type { Agency, caller, World } from '../support/world.ts';

type Caller = ReturnType<typeof caller>;

let made = 0;

export function makeContact(as: Caller, given: Partial<CreateContactInput> = {}) {
  made += 1;
  return as.contacts.create({ firstName: 'Creator', lastName: `Number ${made}`, ...given });
}

/** A creator of a contact of their own, of the brand that is given. */
export async function makeCreator(as: Caller, given: Partial<CreateCreatorInput> = {}) {
  const { brandId = null } = given;
  const contactId = given.contactId ?? (await makeContact(as, { brandId })).id;
  return as.creators.create({ ...given, contactId });
}

interface Assigned {
  campaignId: string;
  creatorId: string;
  agency?: Agency;
  fee?: { fee_amount: string; fee_currency: string };
}

/** Puts a creator on a campaign as the database sees it; what people do for that has tests of its own. */
export async function assign(
  world: World,
  { campaignId, creatorId, agency = world.demo, fee = undefined }: Assigned,
) {
  const { organizationId } = agency;
  await withTenant(world.appDb, jobPrincipal(organizationId), 'write', (tx) =>
    tx
      .insertInto('campaign_creators')
      .values({ organization_id: organizationId, campaign_id: campaignId, creator_id: creatorId, ...fee })
      .execute(),
  );
}

type Account = Updateable<CreatorPlatforms> & { platform: SocialPlatform; handle: string };

/** An account with its figures as a sync would leave it. */
export async function addAccount(world: World, creatorId: string, account: Account, agency = world.demo) {
  const { organizationId } = agency;
  return withTenant(world.appDb, jobPrincipal(organizationId), 'write', async (tx) => {
    const row = await tx
      .insertInto('creator_platforms')
      .values({ ...account, organization_id: organizationId, creator_id: creatorId })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  });
}

/** A contract as the database keeps it; what people do for one has tests of its own. */
export async function addContract(
  world: World,
  creatorId: string,
  given: Updateable<Omit<CreatorContracts, 'title'>> & { title?: string },
) {
  const { organizationId } = world.demo;
  await withTenant(world.appDb, jobPrincipal(organizationId), 'write', (tx) =>
    tx
      .insertInto('creator_contracts')
      .values({
        ...given,
        title: given.title ?? 'A contract',
        organization_id: organizationId,
        creator_id: creatorId,
      })
      .execute(),
  );
}
