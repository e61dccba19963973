import { type RawBuilder, sql } from 'kysely';
import { planForValues, type TenantTx } from '../../../db/tenant.ts';
import { ratesInto } from '../fx/queries.ts';
import { frameSql, type FigureFilter } from './dashboard-frame.ts';
import type { Breakdown } from './dashboard-schema.ts';
import { type RateOfDay, sumsOfFacts, type SumsRow } from './facts.ts';
import type { DayRange } from './range.ts';

/** What is read: the platform campaigns, the days, and as they stood when (an instant; null: now). */
export interface FactsRequest {
  filter: FigureFilter;
  by: Breakdown;
  range: DayRange;
  compared: DayRange | null;
  currency: string;
  asOf: string | null;
}

/** Which of the two ranges a row is of. */
export type Side = 'RANGE' | 'COMPARED';

/** Sums of one currency in one range: of all, of a row of the breakdown, of an account, or of a day. */
export interface DashboardRow extends SumsRow, RateOfDay {
  side: Side;
  kind: 'TOTAL' | 'KEY' | 'ACCOUNT' | 'DAY';
  /** Of KEY the row's key, null for what belongs to none; of ACCOUNT its id; of DAY the day. */
  key: string | null;
  /** The only platform campaign and the only account behind the sums; null where there are several. */
  platform_campaign_id: string | null;
  ad_account_id: string | null;
}

/**
 * All sums of a dashboard from one statement, so that its parts cannot disagree while a sync commits. A rate is one
 * number per day and currency, and nothing is rounded before the sum: days, rows and accounts add up alike.
 */
export async function readDashboardFacts(tx: TenantTx, request: FactsRequest): Promise<DashboardRow[]> {
  const isOfDay = sql`grouping(f.date) = 0`;
  const [, { rows }] = await Promise.all([
    planForValues(tx),
    sql<DashboardRow>`
    with frame as materialized (${frameSql(request.filter, request.by)}),
    facts as materialized (${factsSql(request)}),
    rates as materialized (${ratesInto(request.currency, sql`select distinct date, currency from facts`)})
    select f.side, f.currency, ${sumsOfFacts},
           case when ${isOfDay} then 'DAY' when grouping(f.account) = 0 then 'ACCOUNT' when grouping(f.key) = 0 then 'KEY'
                else 'TOTAL' end as kind,
           case when ${isOfDay} then f.date::text when grouping(f.account) = 0 then f.account::text
                when grouping(f.key) = 0 then f.key end as key,
           ${only('platform_campaign_id')}, ${only('ad_account_id')},
           case when ${isOfDay} then max(r.rate) end as rate,
           case when ${isOfDay} then max(r.published_on) end as published_on,
           case when ${isOfDay} then max(r.sources) end as sources
      from (select facts.*, frame.key, frame.ad_account_id, frame.ad_account_id as account
              from facts join frame on frame.id = facts.platform_campaign_id) as f
      join rates as r on r.date = f.date and r.currency = f.currency
     group by grouping sets ((f.side, f.currency), (f.side, f.currency, f.key), (f.side, f.currency, f.account),
                             (f.side, f.currency, f.date))
     order by f.date, f.currency`.execute(tx),
  ]);
  return rows;
}

function only(column: 'platform_campaign_id' | 'ad_account_id'): RawBuilder<unknown> {
  const text = sql`${sql.ref(`f.${column}`)}::text`;
  return sql`case when min(${text}) = max(${text}) then min(${text}) end as ${sql.ref(column)}`;
}

/** The facts of the platform campaigns in `frame`, each with the range that it is counted in; one of both stands twice. */
function factsSql({ range, compared, asOf }: FactsRequest): RawBuilder<unknown> {
  const sides = [sql`select 'RANGE' as side, f.* from (${standing(range, asOf)}) as f`];
  if (compared) sides.push(sql`select 'COMPARED' as side, f.* from (${standing(compared, asOf)}) as f`);
  return sql.join(sides, sql` union all `);
}

const COLUMNS = [
  'platform_campaign_id',
  'date',
  'currency',
  'source',
  'spend',
  'conversion_value',
  'conversions',
  'impressions',
  'clicks',
  'video_views_25',
  'video_views_50',
  'video_views_75',
  'video_views_100',
] as const;

/** Columns that an explanation reads beside the figures. */
export type OriginColumn = 'attribution_setting' | 'sync_run_id' | 'fetched_at';

/**
 * The rows of some days as they stood at an instant. A row counts from its fetch on; before that, what it said instead:
 * of the revisions that had been fetched and not yet replaced the newest, also where the row is gone by now. `beside`
 * are columns that say where a row is from.
 */
export function standing(
  days: DayRange,
  asOf: string | null,
  beside: readonly OriginColumn[] = [],
): RawBuilder<unknown> {
  const columnsOf = (alias: string) =>
    sql.join([...COLUMNS, ...beside].map((column) => sql.ref(`${alias}.${column}`)));
  const within = (alias: string) =>
    sql`${sql.ref(`${alias}.date`)} between ${days.from}::date and ${days.to}::date`;
  const ofFrame = (alias: string) => sql`${sql.ref(`${alias}.organization_id`)} = frame.organization_id
    and ${sql.ref(`${alias}.platform_campaign_id`)} = frame.id`;
  const now = sql`select ${columnsOf('m')} from frame join campaign_metrics as m on ${ofFrame('m')} where ${within('m')}`;
  if (asOf === null) return now;
  const moment = sql`${asOf}::timestamptz`;
  return sql`
    ${now} and m.fetched_at <= ${moment}
    union all
    select ${columnsOf('v')} from (
      select distinct on (v.platform_campaign_id, v.date) v.*
        from frame join campaign_metric_revisions as v on ${ofFrame('v')}
       where ${within('v')} and v.fetched_at <= ${moment} and v.replaced_at > ${moment}
         and not exists (select from campaign_metrics as m
                          where m.organization_id = v.organization_id and m.platform_campaign_id = v.platform_campaign_id
                            and m.date = v.date and m.fetched_at <= ${moment})
       order by v.platform_campaign_id, v.date, v.fetched_at desc, v.id desc) as v`;
}

/** The words of a breakdown's rows, and the accounts behind each. */
export interface KeyRow {
  key: string | null;
  name: string | null;
  detail: string | null;
  platform: string | null;
  status: string | null;
  campaign_id: string | null;
  ad_account_ids: string[];
}

export async function readKeys(tx: TenantTx, { filter, by }: FactsRequest): Promise<KeyRow[]> {
  if (by === 'DAY') return [];
  const { rows } = await sql<KeyRow>`
    select f.key, max(f.name) as name, max(f.detail) as detail, max(f.status) as status, max(f.campaign_id) as campaign_id,
           max(f.platform) as platform,
           array_agg(distinct f.ad_account_id::text) as ad_account_ids
      from (${frameSql(filter, by)}) as f
     group by f.key`.execute(tx);
  return rows;
}

/** Reach as a platform gave it for exactly one of the ranges; of an account where `platform_campaign_id` is null. */
export interface ReachRow {
  side: Side;
  ad_account_id: string;
  platform_campaign_id: string | null;
  reach: number;
}

/** Of the platform campaigns and the accounts of the frame. An account's own is seen by those who see all of it. */
export async function readDashboardReach(tx: TenantTx, request: FactsRequest): Promise<ReachRow[]> {
  const { filter, by, range, compared, asOf } = request;
  const periods = [sql`('RANGE', ${range.from}::date, ${range.to}::date)`];
  if (compared) periods.push(sql`('COMPARED', ${compared.from}::date, ${compared.to}::date)`);
  const { rows } = await sql<ReachRow>`
    with frame as materialized (${frameSql(filter, by)})
    select s.side, r.ad_account_id, r.platform_campaign_id, r.reach
      from (values ${sql.join(periods)}) as s (side, first, last)
      join reach_periods as r on r.period_start = s.first and r.period_end = s.last
     where r.reach is not null and (${asOf}::timestamptz is null or r.fetched_at <= ${asOf}::timestamptz)
       and (r.platform_campaign_id in (select id from frame)
            or (r.platform_campaign_id is null and r.ad_account_id in (select ad_account_id from frame)))`.execute(
    tx,
  );
  return rows;
}
