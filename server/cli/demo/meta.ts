import { withTenant } from '../../../db/tenant.ts';
import { pickAdAccounts } from '../../domain/ad-accounts/pick.ts';
import type { FoundAccount } from '../../domain/ad-accounts/schema.ts';
import { requestSync } from '../../domain/sync/commands.ts';
import { dayIn, plusDays } from '../../kernel/time-zones.ts';
import { runSync } from '../../domain/sync/run.ts';
import type { DemoAgency, DemoCampaign } from './agency.ts';
import { giveConsent } from './consent.ts';
import type { Actor, Demo } from './context.ts';
import { idOf, type MadeAgency } from './people.ts';

/** How far back the first sync of the demo reaches: a page's default range and two like it before. */
const HISTORY_DAYS = 90;
const SYNCED_AT_ONCE = 3;

/** Connects Meta as the owner does by hand, picks every account, and runs their first syncs here. */
export async function connectMeta(
  demo: Demo,
  actor: Actor,
  { agency, made }: { agency: DemoAgency; made: MadeAgency },
): Promise<void> {
  const { api } = actor;
  const { authorizationUrl } = await api.adAccounts.connect({ platform: 'META' });
  const consent = await giveConsent(authorizationUrl, agency.grantedBy);
  const { connectionId } = await api.adAccounts.callback({ platform: 'META', ...consent });
  const found = await api.adAccounts.found({ connectionId });
  const accounts = found.accounts.filter(({ isManager }) => !isManager);
  const picks = accounts.map((account) => ({
    nativeId: account.nativeId,
    brandId: brandOf(account, agency, made),
  }));
  const zones = new Map(accounts.map(({ nativeId, timeZone }) => [nativeId, timeZone]));
  const runs = await withTenant(demo.services.db, actor.principal, 'write', async (tx) => {
    const ids = await pickAdAccounts(tx, actor.principal, { connectionId, picks });
    const requested: string[] = [];
    for (const [index, adAccountId] of ids.entries()) {
      const today = dayIn(zones.get(picks[index]?.nativeId ?? '') ?? 'UTC', demo.services.now());
      const window = { from: plusDays(today, 1 - HISTORY_DAYS), to: today };
      const { syncRunId } = await requestSync(tx, actor.principal, {
        adAccountId,
        trigger: 'CONNECT',
        window,
      });
      requested.push(syncRunId);
    }
    return requested;
  });
  await syncAll(demo, actor, runs);
}

/** An account goes to the brand whose name it begins with; another stays the agency's. */
function brandOf(account: FoundAccount, agency: DemoAgency, made: MadeAgency): string | null {
  const brand = agency.brands.find(({ name }) => account.name.startsWith(name));
  return brand ? idOf(made.brandIds, brand.slug) : null;
}

/** The jobs that wait for these runs will find them over. Errors: an Error with the reason of the first that failed. */
async function syncAll(demo: Demo, actor: Actor, syncRunIds: readonly string[]): Promise<void> {
  const { organizationId } = actor.principal;
  const waiting = [...syncRunIds];
  const work = async () => {
    for (let syncRunId = waiting.shift(); syncRunId !== undefined; syncRunId = waiting.shift()) {
      const outcome = await runSync(demo.sync, { organizationId, syncRunId });
      if (outcome === 'succeeded') continue;
      const run = await actor.api.syncRuns.byId({ syncRunId });
      throw new Error(`A first sync of the demo ended as ${outcome}: ${run.error ?? 'no reason was kept'}`);
    }
  };
  await Promise.all(Array.from({ length: SYNCED_AT_ONCE }, work));
}

/** Makes a campaign and attaches some of the platform campaigns that run in its brand's ad accounts. */
export async function makeCampaign(
  actor: Actor,
  campaign: DemoCampaign,
  at: { brandId: string; dealId: string; today: string },
): Promise<void> {
  const { api } = actor;
  const { brandId, dealId, today } = at;
  const { id: campaignId } = await api.campaigns.create({
    name: campaign.name,
    brandId,
    dealId,
    objective: campaign.objective,
    status: campaign.status,
    budget: { amount: campaign.budget, currency: campaign.currency },
    startsOn: plusDays(today, campaign.startsInDays),
    endsOn: plusDays(today, campaign.endsInDays),
  });
  const { items: adAccounts } = await api.adAccounts.list({ brandId });
  const platformCampaignIds: string[] = [];
  for (const { id: adAccountId } of adAccounts) {
    const { items } = await api.platformCampaigns.list({ adAccountId, isAttached: false });
    const running = items.filter(({ nativeStatus }) => nativeStatus === 'ACTIVE');
    platformCampaignIds.push(...running.map(({ id }) => id));
  }
  const taken = platformCampaignIds.slice(0, campaign.takes);
  // Under another seed the sandbox's accounts bear other names and no brand is found.
  if (taken.length > 0) await api.platformCampaigns.attach({ campaignId, platformCampaignIds: taken });
}
