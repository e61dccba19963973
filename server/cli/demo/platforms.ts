import { withTenant } from '../../../db/tenant.ts';
import { pickAdAccounts } from '../../domain/ad-accounts/pick.ts';
import type { FoundAccount } from '../../domain/ad-accounts/schema.ts';
import type { AdPlatformId } from '../../integrations/ad-platform.ts';
import type { DemoAgency, DemoBrand } from './agency.ts';
import { giveConsent } from './consent.ts';
import type { Actor, Demo } from './context.ts';
import { askForTheRest, syncHistories, type TakenAccount } from './first-syncs.ts';
import { idOf, type MadeAgency } from './people.ts';

/** An agency that was made, beside what it was made of. */
export interface Made {
  agency: DemoAgency;
  made: MadeAgency;
}

/**
 * How far back the demo's history is brought in: a year to compare with, so that a new demo has something under way and
 * is soon at rest.
 */
const BACKFILL_MONTHS = 13;

/**
 * Connects every platform as the owner does by hand, picks every ad account and brings in the first figures of the
 * brands'. Only a stand-in's consent can be given by a program; a real platform is connected by its people.
 */
export async function connectPlatforms(demo: Demo, actor: Actor, made: Made): Promise<void> {
  const standIns = demo.services.platforms.list().filter(({ isStandIn }) => isStandIn);
  const taken = await Promise.all(
    standIns.map(async ({ id: platform }) => {
      await limitHistory(actor, platform);
      const accounts = await connectPlatform(demo, actor, { ...made, platform });
      await syncHistories(
        demo,
        actor,
        accounts.filter(({ isOfBrand }) => isOfBrand),
      );
      return accounts;
    }),
  );
  await askForTheRest(demo, actor, taken.flat());
}

async function limitHistory({ api }: Actor, platform: AdPlatformId): Promise<void> {
  const settings = (await api.platformSettings.list()).find((each) => each.platform === platform);
  if (!settings) throw new Error(`${platform} has no settings.`);
  const { version: expectedVersion } = settings;
  await api.platformSettings.update({ platform, backfillMonths: BACKFILL_MONTHS, expectedVersion });
}

async function connectPlatform(
  demo: Demo,
  actor: Actor,
  { agency, made, platform }: Made & { platform: AdPlatformId },
): Promise<TakenAccount[]> {
  const { api, principal } = actor;
  const { authorizationUrl } = await api.adAccounts.connect({ platform });
  const consent = await giveConsent(authorizationUrl, agency.grantedBy);
  const { connectionId } = await api.adAccounts.callback({ platform, ...consent });
  const found = (await api.adAccounts.found({ connectionId })).accounts.filter(({ isManager }) => !isManager);
  const picks = found.map((account) => {
    const brand = brandOf(account, agency);
    return { nativeId: account.nativeId, brandId: brand ? idOf(made.brandIds, brand.slug) : null };
  });
  if (picks.length === 0) return [];
  const ids = await withTenant(demo.services.db, principal, 'write', (tx) =>
    pickAdAccounts(tx, principal, { connectionId, picks }),
  );
  const taken = found.map((account, index) => {
    const sharers = sharersOf(account, agency);
    const isOfBrand = picks[index]?.brandId !== null || sharers.length > 0;
    return { adAccountId: ids[index] ?? '', platform, timeZone: account.timeZone, isOfBrand, sharers };
  });
  for (const account of taken) await shareOut(actor, made, account);
  return taken;
}

/** An account goes to the brand whose name it begins with; another stays the agency's. */
function brandOf(account: FoundAccount, agency: DemoAgency): DemoBrand | undefined {
  return agency.brands.find(({ name }) => account.name.startsWith(name));
}

/** The brands that advertise in one account together: it names them all. */
function sharersOf(account: FoundAccount, agency: DemoAgency): DemoBrand[] {
  if (!account.name.startsWith('Shared')) return [];
  return agency.brands.filter(({ name }) => account.name.includes(name));
}

/** A shared account's campaigns go to the brands by their names. */
async function shareOut(
  { api }: Actor,
  made: MadeAgency,
  { adAccountId, sharers }: { adAccountId: string; sharers: readonly DemoBrand[] },
): Promise<void> {
  if (sharers.length === 0) return;
  const { version } = await api.brandRules.list({ adAccountId });
  const rules = sharers.flatMap(({ slug, code, name }) => {
    const brandId = idOf(made.brandIds, slug);
    return [
      { brandId, match: 'STARTS_WITH' as const, pattern: `${code}_` },
      { brandId, match: 'CONTAINS' as const, pattern: name },
    ];
  });
  await api.brandRules.replace({ adAccountId, rules, expectedVersion: version });
}
