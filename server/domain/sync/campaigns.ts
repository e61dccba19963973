import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CampaignListing, DailyMetric } from '../../integrations/ad-platform.ts';

export interface CampaignsRequest {
  organizationId: string;
  adAccountId: string;
  /** Every campaign that the platform lists. */
  listings: readonly CampaignListing[];
  rows: readonly DailyMetric[];
}

/**
 * Brings what the platform calls campaigns up to date and answers our id of each by its own. What it no longer lists
 * stays, marked as gone; what only the figures know gets a row by the name they carry.
 */
export async function upsertPlatformCampaigns(
  tx: TenantTx,
  request: CampaignsRequest,
): Promise<Map<string, string>> {
  const { organizationId, adAccountId, listings } = request;
  await writeListed(tx, request);
  await markGone(
    tx,
    adAccountId,
    listings.map(({ nativeId }) => nativeId),
  );
  const names = namesInFigures(request);
  if (names.size > 0) {
    await tx
      .insertInto('platform_campaigns')
      .values(
        [...names].map(([nativeId, name]) => ({
          organization_id: organizationId,
          ad_account_id: adAccountId,
          native_id: nativeId,
          name,
          is_gone: true,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const known = await tx
    .selectFrom('platform_campaigns')
    .select(['id', 'native_id'])
    .where('ad_account_id', '=', adAccountId)
    .execute();
  return new Map(known.map(({ id, native_id }) => [native_id, id]));
}

async function writeListed(tx: TenantTx, request: CampaignsRequest): Promise<void> {
  const { organizationId, adAccountId, listings } = request;
  if (listings.length === 0) return;
  await sql`
    insert into platform_campaigns as p (organization_id, ad_account_id, native_id, name, objective, native_objective,
           native_status, starts_on, ends_on, daily_budget, lifetime_budget)
    select ${organizationId}::uuid, ${adAccountId}::uuid, l."nativeId", l.name, l.objective, l."nativeObjective",
           l."nativeStatus", l."startsOn", l."endsOn", l."dailyBudget", l."lifetimeBudget"
      from jsonb_to_recordset(${JSON.stringify(uniqueListings(listings))}::jsonb) as l (
           "nativeId" text, name text, objective campaign_objective, "nativeObjective" text, "nativeStatus" text,
           "startsOn" date, "endsOn" date, "dailyBudget" numeric(18,6), "lifetimeBudget" numeric(18,6))
        on conflict (organization_id, ad_account_id, native_id) do update
       set name = excluded.name, objective = excluded.objective, native_objective = excluded.native_objective,
           native_status = excluded.native_status, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
           daily_budget = excluded.daily_budget, lifetime_budget = excluded.lifetime_budget, is_gone = false
     where (p.name, p.objective, p.native_objective, p.native_status, p.starts_on, p.ends_on, p.daily_budget,
            p.lifetime_budget, p.is_gone)
        is distinct from (excluded.name, excluded.objective, excluded.native_objective, excluded.native_status,
            excluded.starts_on, excluded.ends_on, excluded.daily_budget, excluded.lifetime_budget, false)`.execute(
    tx,
  );
}

/** A list that moved while it was paged may name a campaign twice; the later one is the newer. */
function uniqueListings(listings: readonly CampaignListing[]): CampaignListing[] {
  return [...new Map(listings.map((listing) => [listing.nativeId, listing])).values()];
}

async function markGone(tx: TenantTx, adAccountId: string, listed: readonly string[]): Promise<void> {
  await sql`
    update platform_campaigns set is_gone = true
     where ad_account_id = ${adAccountId}::uuid and not is_gone and not native_id = any (${listed}::text[])`.execute(
    tx,
  );
}

function namesInFigures({ listings, rows }: CampaignsRequest): Map<string, string> {
  const listed = new Set(listings.map(({ nativeId }) => nativeId));
  const names = new Map<string, string>();
  for (const { nativeCampaignId, campaignName } of rows) {
    if (!listed.has(nativeCampaignId)) names.set(nativeCampaignId, campaignName);
  }
  return names;
}
