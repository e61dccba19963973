import { sql } from 'kysely';
import { planForValues, type TenantTx } from '../../../db/tenant.ts';
import type { BudgetKind, CampaignStatus } from '../../../db/types.ts';
import { ratesInto } from '../fx/queries.ts';

/** What pacing asks of a campaign; its agency's and its brand's choices with it. */
export interface CampaignRow {
  id: string;
  name: string;
  status: CampaignStatus;
  brand_id: string | null;
  starts_on: string | null;
  ends_on: string | null;
  pauses_on: string | null;
  resumes_on: string | null;
  budget: string | null;
  currency: string | null;
  tolerance: string;
  reporting_currency: string;
  /** The agency's. */
  time_zone: string;
  /** Of the approved version that made this budget. */
  lines: { kind: BudgetKind; month: string | null; amount: string }[];
}

/** What a brand or an agency that chose none takes: 10 %. */
export const DEFAULT_TOLERANCE = '0.1';

/** These campaigns, of those that the reader sees, with the lines of the plans that stand. */
export async function readPacedCampaigns(
  tx: TenantTx,
  campaignIds: readonly string[],
): Promise<CampaignRow[]> {
  const { rows } = await sql<CampaignRow>`
    select c.id, c.name, c.status, c.brand_id, c.starts_on, c.ends_on, c.pauses_on, c.resumes_on, c.budget,
           c.currency, o.reporting_currency, o.time_zone,
           coalesce(b.pacing_tolerance, o.pacing_tolerance, ${DEFAULT_TOLERANCE}::numeric) as tolerance,
           coalesce(l.lines, '[]') as lines
      from campaigns as c
      join organizations as o on o.organization_id = c.organization_id and o.id = c.organization_id
      left join organizations as b on b.organization_id = c.organization_id and b.id = c.brand_id
      left join (
        select v.campaign_id, v.total, v.currency, jsonb_agg(jsonb_build_object(
                 'kind', l.kind, 'month', to_char(l.month, 'YYYY-MM'), 'amount', l.amount::text)) as lines
          from budget_versions as v
          join budget_lines as l on l.organization_id = v.organization_id and l.budget_version_id = v.id
         where v.status = 'APPROVED' and v.campaign_id = any (${campaignIds}::uuid[])
         group by v.campaign_id, v.total, v.currency
      ) as l on l.campaign_id = c.id and l.total = c.budget and l.currency = c.currency
     where c.id = any (${campaignIds}::uuid[])`.execute(tx);
  return rows;
}

/** An account with something of a campaign in it. */
export interface PacedAccountRow {
  campaign_id: string;
  ad_account_id: string;
  name: string;
  platform: string;
  currency: string;
  time_zone: string;
  source: string;
  is_active: boolean;
  sync_status: string;
  sync_error: string | null;
  last_synced_at: Date | null;
  newest_business_date: string | null;
  /** All of it ended, and the figures cover the end: nothing more comes from here. */
  is_done: boolean;
  /** What of it is attached to the campaign. */
  platform_campaign_ids: string[];
}

export async function readPacedAccounts(
  tx: TenantTx,
  campaignIds: readonly string[],
): Promise<PacedAccountRow[]> {
  const { rows } = await sql<PacedAccountRow>`
    select p.campaign_id, a.id as ad_account_id, a.name, a.platform, a.time_zone, a.source, a.is_active, a.sync_status,
           a.sync_error, a.last_synced_at, a.newest_business_date, a.currency, p.is_done, p.platform_campaign_ids
      from (select p.organization_id, p.campaign_id, p.ad_account_id,
                   bool_and(p.is_gone or coalesce(p.ends_on <= a.newest_business_date, false)) as is_done,
                   array_agg(p.id::text) as platform_campaign_ids
              from platform_campaigns as p
              join ad_accounts as a on a.organization_id = p.organization_id and a.id = p.ad_account_id
             where p.campaign_id = any (${campaignIds}::uuid[])
             group by p.organization_id, p.campaign_id, p.ad_account_id) as p
      join ad_accounts as a on a.organization_id = p.organization_id and a.id = p.ad_account_id
     order by a.name, a.id`.execute(tx);
  return rows;
}

/** What brands spent on each of some days, in one currency; a null brand's campaigns are the agency's alone. */
export interface BrandDayRow {
  brand_id: string | null;
  date: string;
  amount: string;
}

/** What the campaigns that the reader sees spent on each day, by brand: what weekdays weigh where a campaign is young. */
export async function readBrandDays(
  tx: TenantTx,
  range: { from: string; to: string },
  currency: string,
): Promise<BrandDayRow[]> {
  const [, { rows }] = await Promise.all([
    planForValues(tx),
    sql<BrandDayRow>`
    with facts as materialized (
      select c.brand_id, m.date, m.currency, sum(m.spend) as spend
        from campaigns as c
        join platform_campaigns as p on p.organization_id = c.organization_id and p.campaign_id = c.id
        join campaign_metrics as m on m.organization_id = p.organization_id and m.platform_campaign_id = p.id
       where m.date between ${range.from}::date and ${range.to}::date
       group by c.brand_id, m.date, m.currency
    ),
    rates as materialized (${ratesInto(currency, sql`select distinct date, currency from facts`)})
    select f.brand_id, f.date, sum(f.spend * r.rate) as amount
      from facts as f
      join rates as r on r.date = f.date and r.currency = f.currency
     where r.rate is not null
     group by f.brand_id, f.date`.execute(tx),
  ]);
  return rows;
}

/** One day of a campaign's spend in one currency. */
export interface SpendDayRow {
  date: string;
  currency: string;
  spend: string;
  /** Null: there is no rate for the day. */
  converted: string | null;
  is_sandbox: boolean;
}

/** A campaign's spend day by day, boosts with it, in its currency. */
export async function readSpendDays(
  tx: TenantTx,
  campaignId: string,
  currency: string,
): Promise<SpendDayRow[]> {
  const [, { rows }] = await Promise.all([
    planForValues(tx),
    sql<SpendDayRow>`
    with facts as materialized (
      select m.date, m.currency, sum(m.spend) as spend, bool_or(m.source = 'SANDBOX') as is_sandbox
        from platform_campaigns as p
        join campaign_metrics as m on m.organization_id = p.organization_id and m.platform_campaign_id = p.id
       where p.campaign_id = ${campaignId}::uuid
       group by m.date, m.currency
    ),
    rates as materialized (${ratesInto(currency, sql`select distinct date, currency from facts`)})
    select f.date, f.currency, f.spend, f.spend * r.rate as converted, f.is_sandbox
      from facts as f
      join rates as r on r.date = f.date and r.currency = f.currency
     order by f.date, f.currency`.execute(tx),
  ]);
  return rows;
}
