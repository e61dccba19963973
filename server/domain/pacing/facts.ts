import { type RawBuilder, sql } from 'kysely';
import { planForValues, type TenantTx } from '../../../db/tenant.ts';
import type { BudgetKind, CampaignStatus } from '../../../db/types.ts';
import { ratesInto } from '../fx/queries.ts';
import { SHAPE_DAYS } from './weekdays.ts';

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
  time_zone: string;
  source: string;
  is_active: boolean;
  sync_status: string;
  sync_error: string | null;
  last_synced_at: Date | null;
  newest_business_date: string | null;
  /** All of it ended, and the figures cover the end: nothing more comes from here. */
  is_done: boolean;
}

export async function readPacedAccounts(
  tx: TenantTx,
  campaignIds: readonly string[],
): Promise<PacedAccountRow[]> {
  const { rows } = await sql<PacedAccountRow>`
    select p.campaign_id, a.id as ad_account_id, a.name, a.platform, a.time_zone, a.source, a.is_active, a.sync_status,
           a.sync_error, a.last_synced_at, a.newest_business_date, p.is_done
      from (select p.organization_id, p.campaign_id, p.ad_account_id,
                   bool_and(p.is_gone or coalesce(p.ends_on <= a.newest_business_date, false)) as is_done
              from platform_campaigns as p
              join ad_accounts as a on a.organization_id = p.organization_id and a.id = p.ad_account_id
             where p.campaign_id = any (${campaignIds}::uuid[])
             group by p.organization_id, p.campaign_id, p.ad_account_id) as p
      join ad_accounts as a on a.organization_id = p.organization_id and a.id = p.ad_account_id
     order by a.name, a.id`.execute(tx);
  return rows;
}

/** A campaign whose spend is asked for: in its currency, and through which day it is told apart from what came after. */
export interface WantedSpend {
  campaignId: string;
  currency: string;
  /** Null: no day is covered whole by all accounts. */
  through: string | null;
}

export interface SpendRow {
  campaign_id: string;
  /** In the campaign's currency; null where there is none that has a rate. */
  spent: string | null;
  spent_after: string | null;
  /** The last days through `through` as "date amount" pairs, a comma between; null where there is none. */
  recent: string | null;
  /** Own amounts without a rate into the campaign's currency, by currency. */
  left_out: Record<string, string> | null;
  /** In the currency of the whole answer, to date. */
  total_spend: string | null;
  total_value: string | null;
  /** The spend of the rows that tell what their conversions are worth. */
  total_spend_of_value: string | null;
  untold_value: number;
  rows: number;
  total_left_out: Record<string, string> | null;
  is_sandbox: boolean;
}

/**
 * What campaigns spent to date, boosts with it, in one query however many they are. Nothing is rounded before the sum.
 * `total`: the currency of the sums over all of them.
 */
export async function readSpend(
  tx: TenantTx,
  wanted: readonly WantedSpend[],
  total: string,
): Promise<SpendRow[]> {
  if (wanted.length === 0) return [];
  const asked = JSON.stringify(
    wanted.map(({ campaignId, currency, through }) => ({ campaign_id: campaignId, currency, through })),
  );
  const targets = [...new Set([total, ...wanted.map(({ currency }) => currency)])];
  const [, { rows }] = await Promise.all([
    planForValues(tx),
    sql<SpendRow>`
    with wanted as materialized (
      select w.campaign_id, w.currency as target, w.through, w.through - ${SHAPE_DAYS - 1}::int as since,
             p.organization_id, p.id as platform_campaign_id
        from jsonb_to_recordset(${asked}::jsonb) as w (campaign_id uuid, currency bpchar, through date)
        join platform_campaigns as p on p.campaign_id = w.campaign_id
    ),
    facts as materialized (
      select w.campaign_id, w.target, w.through, m.date, m.currency, m.spend, m.conversion_value, m.source,
             case when m.date between w.since and w.through then m.date end as recent
        from wanted as w
        join campaign_metrics as m on m.organization_id = w.organization_id and m.platform_campaign_id = w.platform_campaign_id
    ),
    rates as materialized (${ratesIntoEach(targets)}),
    sums as (
      select f.campaign_id, f.recent, f.currency, sum(f.spend) as own,
             sum(f.spend * r.rate) filter (where f.date <= f.through) as spent,
             sum(f.spend * r.rate) filter (where f.date > f.through or f.through is null) as spent_after,
             sum(f.spend) filter (where r.rate is null) as left_out,
             sum(f.spend * t.rate) as total_spend, sum(f.conversion_value * t.rate) as total_value,
             sum(f.spend * t.rate) filter (where f.conversion_value is not null) as total_spend_of_value,
             sum(f.spend) filter (where t.rate is null) as total_left_out,
             count(*) - count(f.conversion_value) as untold_value, count(*) as rows,
             bool_or(f.source = 'SANDBOX') as is_sandbox
        from facts as f
        join rates as r on r.target = f.target and r.date = f.date and r.currency = f.currency
        join rates as t on t.target = ${total}::bpchar and t.date = f.date and t.currency = f.currency
       group by f.campaign_id, f.recent, f.currency
    ),
    days as (
      select campaign_id, string_agg(recent || ' ' || spent, ',' order by recent) as recent
        from (select campaign_id, recent, sum(spent) as spent from sums where recent is not null and spent is not null
               group by campaign_id, recent) as d
       group by campaign_id
    ),
    left_out as (
      select campaign_id, jsonb_object_agg(currency, own) filter (where own is not null) as own,
             jsonb_object_agg(currency, total) filter (where total is not null) as total
        from (select campaign_id, currency, sum(left_out)::text as own, sum(total_left_out)::text as total
                from sums where left_out is not null or total_left_out is not null group by campaign_id, currency) as l
       group by campaign_id
    )
    select s.campaign_id, sum(s.spent) as spent, sum(s.spent_after) as spent_after, max(d.recent) as recent,
           (array_agg(l.own))[1] as left_out, sum(s.total_spend) as total_spend, sum(s.total_value) as total_value,
           sum(s.total_spend_of_value) as total_spend_of_value, sum(s.untold_value)::int4 as untold_value,
           sum(s.rows)::int4 as rows, (array_agg(l.total))[1] as total_left_out, bool_or(s.is_sandbox) as is_sandbox
      from sums as s
      left join days as d on d.campaign_id = s.campaign_id
      left join left_out as l on l.campaign_id = s.campaign_id
     group by s.campaign_id`.execute(tx),
  ]);
  return rows;
}

/** The rates of the facts' days and currencies into each of these: target, date, currency, rate. */
function ratesIntoEach(targets: readonly string[]): RawBuilder<unknown> {
  const needed = sql`select distinct date, currency from facts`;
  return sql.join(
    targets.map(
      (target) =>
        sql`select ${target}::bpchar as target, date, currency, rate from (${ratesInto(target, needed)}) as r`,
    ),
    sql` union all `,
  );
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
