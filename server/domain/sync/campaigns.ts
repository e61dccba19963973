import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CampaignListing } from '../../integrations/ad-platform.ts';
import { STAGE } from './stage.ts';

interface Owner {
  organizationId: string;
  adAccountId: string;
}

/**
 * Brings what the platform calls campaigns up to date. `listings` is every campaign that it lists: what it no longer
 * lists stays, marked as gone. Answers whether one is new, or has another name or other labels, so that rules that
 * attach campaigns look again.
 */
export async function recordListings(
  tx: TenantTx,
  owner: Owner,
  listings: readonly CampaignListing[],
): Promise<boolean> {
  const hasNews = await writeListed(tx, owner, listings);
  const listed = listings.map(({ nativeId }) => nativeId);
  await sql`
    update platform_campaigns set is_gone = true
     where ad_account_id = ${owner.adAccountId}::uuid and not is_gone and not native_id = any (${listed}::text[])`.execute(
    tx,
  );
  return hasNews;
}

/** What the staged figures alone know gets a row by the name that they carry. Answers whether there was one. */
export async function addStagedCampaigns(
  tx: TenantTx,
  { organizationId, adAccountId }: Owner,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into platform_campaigns (organization_id, ad_account_id, native_id, name, is_gone)
    select ${organizationId}::uuid, ${adAccountId}::uuid, t.native_campaign_id, max(t.campaign_name), true
      from ${sql.table(STAGE)} t
     where not exists (select from platform_campaigns p
                        where p.organization_id = ${organizationId}::uuid
                          and p.ad_account_id = ${adAccountId}::uuid and p.native_id = t.native_campaign_id)
     group by t.native_campaign_id
        on conflict do nothing`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

/** Has the agency's rules look at an account's campaigns once this is committed. Without rules nothing is asked for. */
export async function requestMatching(tx: TenantTx, adAccountId: string): Promise<void> {
  await sql`
    select app.enqueue('match-platform-campaigns', ${adAccountId}::uuid, ${adAccountId})
     where exists (select from campaign_match_rules)`.execute(tx);
}

/** Our id of each campaign of an account by the platform's own. */
export async function campaignIdsOf(tx: TenantTx, adAccountId: string): Promise<Map<string, string>> {
  const known = await tx
    .selectFrom('platform_campaigns')
    .select(['id', 'native_id'])
    .where('ad_account_id', '=', adAccountId)
    .execute();
  return new Map(known.map(({ id, native_id }) => [native_id, id]));
}

async function writeListed(
  tx: TenantTx,
  { organizationId, adAccountId }: Owner,
  listings: readonly CampaignListing[],
): Promise<boolean> {
  if (listings.length === 0) return false;
  // `before` shows the rows as they stood when the statement began.
  const { rows } = await sql<{ has_news: boolean }>`
    with before as (
      select native_id, name, labels from platform_campaigns
       where organization_id = ${organizationId}::uuid and ad_account_id = ${adAccountId}::uuid),
    written as (
    insert into platform_campaigns as p (organization_id, ad_account_id, native_id, name, objective, native_objective,
           native_status, starts_on, ends_on, daily_budget, lifetime_budget, labels)
    select ${organizationId}::uuid, ${adAccountId}::uuid, l."nativeId", l.name, l.objective, l."nativeObjective",
           l."nativeStatus", l."startsOn", l."endsOn", l."dailyBudget", l."lifetimeBudget",
           l.labels
      from jsonb_to_recordset(${JSON.stringify(uniqueListings(listings))}::jsonb) as l (
           "nativeId" text, name text, objective campaign_objective, "nativeObjective" text, "nativeStatus" text,
           "startsOn" date, "endsOn" date, "dailyBudget" numeric(18,6), "lifetimeBudget" numeric(18,6), labels text[])
        on conflict (organization_id, ad_account_id, native_id) do update
       set name = excluded.name, objective = excluded.objective, native_objective = excluded.native_objective,
           native_status = excluded.native_status, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
           daily_budget = excluded.daily_budget, lifetime_budget = excluded.lifetime_budget, labels = excluded.labels,
           is_gone = false
     where (p.name, p.objective, p.native_objective, p.native_status, p.starts_on, p.ends_on, p.daily_budget,
            p.lifetime_budget, p.labels, p.is_gone)
        is distinct from (excluded.name, excluded.objective, excluded.native_objective, excluded.native_status,
            excluded.starts_on, excluded.ends_on, excluded.daily_budget, excluded.lifetime_budget, excluded.labels, false)
    returning p.native_id, p.name, p.labels)
    select exists (
      select from written w left join before b using (native_id)
       where (b.name, b.labels) is distinct from (w.name, w.labels)) as has_news`.execute(tx);
  return rows[0]?.has_news ?? false;
}

/**
 * A list that moved while it was paged may name a campaign twice; the later one is the newer. Labels in one order, so
 * that an answer in another is no change.
 */
function uniqueListings(listings: readonly CampaignListing[]): CampaignListing[] {
  const sorted = (labels: readonly string[]) => [...new Set(labels)].sort();
  return [
    ...new Map(
      listings.map((listing) => [listing.nativeId, { ...listing, labels: sorted(listing.labels) }]),
    ).values(),
  ];
}
