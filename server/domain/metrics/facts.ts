import { sql } from 'kysely';
import { planForValues, type TenantTx } from '../../../db/tenant.ts';
import { ratesInto } from '../fx/queries.ts';
import type { DayRange } from './range.ts';

/**
 * Sums of rows of one currency. The converted columns hold what had a rate, and are null where nothing had. Conversions
 * and their value are the sums of the rows that tell them, null where none does.
 */
export interface SumsRow {
  currency: string;
  /** How many rows were summed. */
  rows: number;
  spend: string;
  conversion_value: string | null;
  impressions: number;
  clicks: number;
  conversions: string | null;
  /** Of the rows that tell the figure: what its ratio is made of. */
  spend_of_conversions: string | null;
  spend_of_value: string | null;
  /** How many rows do not tell it. */
  untold_conversions: number;
  untold_value: number;
  video_views_25: number | null;
  video_views_50: number | null;
  video_views_75: number | null;
  video_views_100: number | null;
  converted_spend: string | null;
  converted_value: string | null;
  converted_impressions: number | null;
  converted_clicks: number | null;
  converted_conversions: string | null;
  converted_spend_of_conversions: string | null;
  converted_spend_of_value: string | null;
  is_sandbox: boolean;
}

/** The day's rate; null where there is none, and where the sums are not of one day. */
export interface RateOfDay {
  rate: string | null;
  published_on: string | null;
  sources: string[] | null;
}

/** Sums of one currency, for one day or for one platform campaign. */
export interface FactRow extends SumsRow, RateOfDay {
  date: string | null;
  platform_campaign_id: string | null;
}

/** The sums of `SumsRow` over facts `f` and the rates `r` of their days. */
export const sumsOfFacts = sql`count(*)::int4 as rows,
  sum(f.spend) as spend, sum(f.conversion_value) as conversion_value, sum(f.conversions) as conversions,
  sum(f.impressions)::int8 as impressions, sum(f.clicks)::int8 as clicks,
  sum(f.spend) filter (where f.conversions is not null) as spend_of_conversions,
  sum(f.spend) filter (where f.conversion_value is not null) as spend_of_value,
  (count(*) - count(f.conversions))::int4 as untold_conversions,
  (count(*) - count(f.conversion_value))::int4 as untold_value,
  ${whole('video_views_25')}, ${whole('video_views_50')}, ${whole('video_views_75')}, ${whole('video_views_100')},
  sum(f.spend * r.rate) as converted_spend, sum(f.conversion_value * r.rate) as converted_value,
  (sum(f.impressions) filter (where r.rate is not null))::int8 as converted_impressions,
  (sum(f.clicks) filter (where r.rate is not null))::int8 as converted_clicks,
  sum(f.conversions) filter (where r.rate is not null) as converted_conversions,
  sum(f.spend * r.rate) filter (where f.conversions is not null) as converted_spend_of_conversions,
  sum(f.spend * r.rate) filter (where f.conversion_value is not null) as converted_spend_of_value,
  bool_or(f.source = 'SANDBOX') as is_sandbox`;

/**
 * Both breakdowns of a campaign's figures from one scan, so that they cannot disagree while a sync commits. A rate is
 * one number per day and currency, and nothing is rounded before the sum: days and platform campaigns add up alike.
 */
export async function readFacts(
  tx: TenantTx,
  campaignId: string,
  range: DayRange,
  currency: string,
): Promise<FactRow[]> {
  const [, { rows }] = await Promise.all([
    planForValues(tx),
    sql<FactRow>`
    with facts as (
      select m.date, m.platform_campaign_id, m.currency, m.source, m.spend, m.conversion_value, m.conversions,
             m.impressions, m.clicks, m.video_views_25, m.video_views_50, m.video_views_75, m.video_views_100
        from platform_campaigns as p
        join campaign_metrics as m on m.organization_id = p.organization_id and m.platform_campaign_id = p.id
       where p.campaign_id = ${campaignId}::uuid and m.date between ${range.from}::date and ${range.to}::date
    ),
    rates as materialized (${ratesInto(currency, sql`select distinct date, currency from facts`)})
    select f.date, f.platform_campaign_id, f.currency, ${sumsOfFacts},
           case when grouping(f.date) = 0 then max(r.rate) end as rate,
           case when grouping(f.date) = 0 then max(r.published_on) end as published_on,
           case when grouping(f.date) = 0 then max(r.sources) end as sources
      from facts as f
      join rates as r on r.date = f.date and r.currency = f.currency
     group by grouping sets ((f.date, f.currency), (f.platform_campaign_id, f.currency))
     order by f.date, f.currency`.execute(tx),
  ]);
  return rows;
}

/** A sum with an unknown part is unknown. */
function whole(column: 'video_views_25' | 'video_views_50' | 'video_views_75' | 'video_views_100') {
  const value = sql.ref(`f.${column}`);
  return sql`case when count(*) = count(${value}) then sum(${value})::int8 end as ${sql.ref(column)}`;
}

/** The platform campaigns of a campaign with their accounts, and what each account's clocks say. */
export interface AttachedRow {
  id: string;
  native_id: string;
  name: string;
  native_status: string | null;
  is_gone: boolean;
  ad_account_id: string;
  account_name: string;
  platform: string;
  currency: string;
  time_zone: string;
  last_synced_at: Date | null;
  newest_business_date: string | null;
  sync_status: string;
  sync_error: string | null;
  /** The account's own day at the moment of the question. */
  today: string;
}

/** Attaching links the account to the campaign, so whoever sees the campaign sees its accounts: the join loses none. */
export async function readAttached(tx: TenantTx, campaignId: string, now: Date): Promise<AttachedRow[]> {
  return tx
    .selectFrom('platform_campaigns as p')
    .innerJoin('ad_accounts as a', (join) =>
      join.onRef('a.organization_id', '=', 'p.organization_id').onRef('a.id', '=', 'p.ad_account_id'),
    )
    .where('p.campaign_id', '=', campaignId)
    .select(['p.id', 'p.native_id', 'p.name', 'p.native_status', 'p.is_gone', 'p.ad_account_id'])
    .select(['a.name as account_name', 'a.platform', 'a.currency', 'a.time_zone'])
    .select(['a.last_synced_at', 'a.newest_business_date', 'a.sync_status', 'a.sync_error'])
    .select(sql<string>`(${now}::timestamptz at time zone a.time_zone)::date`.as('today'))
    .orderBy('p.name')
    .orderBy('p.id')
    .execute();
}

/** Reach per platform campaign, where the platform was asked for exactly this period. */
export async function readReach(
  tx: TenantTx,
  campaignId: string,
  range: DayRange,
): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('platform_campaigns as p')
    .innerJoin('reach_periods as r', (join) =>
      join.onRef('r.organization_id', '=', 'p.organization_id').onRef('r.platform_campaign_id', '=', 'p.id'),
    )
    .where('p.campaign_id', '=', campaignId)
    .where('r.level', '=', 'CAMPAIGN')
    .where('r.period_start', '=', range.from)
    .where('r.period_end', '=', range.to)
    .select(['p.id', 'r.reach'])
    .execute();
  return new Map(rows.flatMap((row) => (row.reach === null ? [] : [[row.id, row.reach] as const])));
}
