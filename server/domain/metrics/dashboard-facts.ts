import { type RawBuilder, sql } from 'kysely';
import { planForSums, type TenantTx } from '../../../db/tenant.ts';
import { ratesInto } from '../fx/queries.ts';
import { anchorOf } from '../fx/rules.ts';
import { frameSql, type FigureFilter } from './dashboard-frame.ts';
import type { Breakdown } from './dashboard-schema.ts';
import { convertedBy, movingSums, plainSums, sumsOfSums } from './dashboard-sums.ts';
import type { RateOfDay, SumsRow } from './facts.ts';
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

/** Accounts with their platform campaigns of the frame; the currency is what it is today. */
export type FrameAccounts = readonly {
  id: string;
  currency: string;
  platform_campaign_ids: readonly string[];
}[];

/**
 * All sums of a dashboard from one statement, so that its parts cannot disagree while a sync commits. Nothing is
 * rounded before the last sum: days, rows and accounts add up alike.
 */
export async function readDashboardFacts(
  tx: TenantTx,
  request: FactsRequest,
  accounts: FrameAccounts,
): Promise<DashboardRow[]> {
  const currencies = new Set(accounts.map(({ currency }) => currency));
  const rows = await readSums(tx, request, { accounts, currencies: [...currencies] });
  // An account may hold days in another currency than its own by now; its rates were not among those that were read.
  const others = rows.map(({ currency }) => currency).filter((currency) => !currencies.has(currency));
  if (others.length === 0) return rows;
  return readSums(tx, request, { accounts, currencies: [...new Set([...currencies, ...others])] });
}

interface Known {
  accounts: FrameAccounts;
  currencies: readonly string[];
}

async function readSums(tx: TenantTx, request: FactsRequest, known: Known): Promise<DashboardRow[]> {
  const { currency, filter, by } = request;
  const moving = known.currencies.filter((code) => anchorOf(code).anchor !== anchorOf(currency).anchor);
  const movingItems = sql`any (select platform_campaign_id from items where currency = any (${moving}::bpchar[]))`;
  const sets = [sql`(s.side, s.currency)`, sql`(s.side, s.currency, s.account)`];
  // A day's rows are the days.
  if (by !== 'DAY') sets.push(sql`(s.side, s.currency, s.key)`);
  const ofKey = (value: RawBuilder<unknown>) =>
    by === 'DAY' ? sql`` : sql`when grouping(s.key) = 0 then ${value}`;
  const { rows } = await planForSums(tx, () =>
    sql<DashboardRow>`
    with frame as materialized (${frameSql(filter, by)}),
    rates as materialized (${ratesInto(currency, neededRates(request, known.currencies))}),
    days as (${eachSide(
      request,
      (days) => sql`
      select m.date, m.currency, ${plainSums} from ${factsSql(days, request, known)} as m group by m.date, m.currency`,
    )}),
    items as (${eachSide(
      request,
      (days) => sql`
      select m.platform_campaign_id, m.currency, ${plainSums} from ${factsSql(days, request, known)} as m
       group by m.platform_campaign_id, m.currency`,
    )}),
    moved as (${eachSide(
      request,
      (days) => sql`
      select m.platform_campaign_id, m.currency, ${movingSums}
        from (${standing(days, request.asOf, { isOfFrame: isAmong(movingItems) })}) as m
        join rates as r on r.date = m.date and r.currency = m.currency
       where m.currency = any (${moving}::bpchar[])
       group by m.platform_campaign_id, m.currency`,
    )}),
    converted as (${convertedItems(moving)})
    select s.side, 'DAY' as kind, s.date::text as key, null as platform_campaign_id, null as ad_account_id,
           s.rate, s.published_on, s.sources, ${sumsOfSums}
      from (select s.*, r.rate, r.published_on, r.sources, ${convertedBy(sql`r.rate`)}
              from days as s left join rates as r on r.date = s.date and r.currency = s.currency) as s
     group by s.side, s.date, s.currency, s.rate, s.published_on, s.sources
    union all
    select s.side, case when grouping(s.account) = 0 then 'ACCOUNT' ${ofKey(sql`'KEY'`)} else 'TOTAL' end,
           case when grouping(s.account) = 0 then s.account::text ${ofKey(sql`s.key`)} end,
           ${only('platform_campaign_id')}, ${only('ad_account_id')}, null, null, null, ${sumsOfSums}
      from (select s.*, frame.key, frame.ad_account_id, frame.ad_account_id as account
              from converted as s join frame on frame.id = s.platform_campaign_id) as s
     group by grouping sets (${sql.join(sets, sql`, `)})
     order by key, currency`.execute(tx),
  );
  return rows;
}

/** Every day of both ranges in every currency. */
function neededRates({ range, compared }: FactsRequest, currencies: readonly string[]): RawBuilder<unknown> {
  const days = [range, ...(compared ? [compared] : [])].map(
    ({ from, to }) => sql`select generate_series(${from}::date, ${to}::date, interval '1 day')::date as date`,
  );
  return sql`select d.date, c.currency from (${sql.join(days, sql` union `)}) as d,
    unnest(${currencies}::bpchar[]) as c (currency)`;
}

function eachSide(
  { range, compared }: FactsRequest,
  query: (days: DayRange) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const side = (name: Side, days: DayRange) =>
    sql`select ${name}::text as side, s.* from (${query(days)}) as s`;
  const own = side('RANGE', range);
  return compared ? sql`${own} union all ${side('COMPARED', compared)}` : own;
}

/** Sums per platform campaign with their conversion: by the parity, or by what was multiplied row by row. */
function convertedItems(moving: readonly string[]): RawBuilder<unknown> {
  const isMoving = sql`s.currency = any (${moving}::bpchar[])`;
  return sql`
    select s.*, ${convertedBy(sql`fixed.rate`)}
      from items as s
      left join (select currency, max(rate) as rate from rates group by currency) as fixed on fixed.currency = s.currency
     where not ${isMoving}
    union all
    select s.*, c.converted_spend, c.converted_value, c.converted_impressions, c.converted_clicks, c.converted_conversions,
           c.converted_silent_conversions, c.converted_silent_value
      from items as s
      left join moved as c on c.side = s.side and c.platform_campaign_id = s.platform_campaign_id and c.currency = s.currency
     where ${isMoving}`;
}

function only(column: 'platform_campaign_id' | 'ad_account_id'): RawBuilder<unknown> {
  const text = sql`${sql.ref(`s.${column}`)}::text`;
  return sql`case when min(${text}) = max(${text}) then min(${text}) end as ${sql.ref(column)}`;
}

/** The facts of the frame. Its ids go in as values: the planner takes a sub-query behind policies for one row. */
function factsSql(days: DayRange, { asOf }: FactsRequest, { accounts }: Known): RawBuilder<unknown> {
  const ids = accounts.flatMap((account) => account.platform_campaign_ids);
  return sql`(${standing(days, asOf, { isOfFrame: isAmong(sql`any (${ids}::uuid[])`) })})`;
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

/** Whether a row of figures, by its alias, is of the platform campaigns in question. */
type IsOfFrame = (alias: string) => RawBuilder<unknown>;

interface StandingOptions {
  beside?: readonly OriginColumn[];
  /** Those in `frame` unless said. */
  isOfFrame?: IsOfFrame;
}

/**
 * The rows of some days as they stood at an instant. A row counts from its fetch on; before that, what it said instead:
 * of the revisions that had been fetched and not yet replaced the newest, also where the row is gone by now.
 */
export function standing(
  days: DayRange,
  asOf: string | null,
  { beside = [], isOfFrame = inFrame }: StandingOptions = {},
): RawBuilder<unknown> {
  const columnsOf = (alias: string) =>
    sql.join([...COLUMNS, ...beside].map((column) => sql.ref(`${alias}.${column}`)));
  const isMeant = (alias: string) => sql`${isOfFrame(alias)}
    and ${sql.ref(`${alias}.date`)} between ${days.from}::date and ${days.to}::date`;
  const now = sql`select ${columnsOf('m')} from campaign_metrics as m where ${isMeant('m')}`;
  if (asOf === null) return now;
  const moment = sql`${asOf}::timestamptz`;
  return sql`
    ${now} and m.fetched_at <= ${moment}
    union all
    select ${columnsOf('v')} from (
      select distinct on (v.platform_campaign_id, v.date) v.*
        from campaign_metric_revisions as v
       where ${isMeant('v')} and v.fetched_at <= ${moment} and v.replaced_at > ${moment}
         and not exists (select from campaign_metrics as m
                          where m.organization_id = v.organization_id and m.platform_campaign_id = v.platform_campaign_id
                            and m.date = v.date and m.fetched_at <= ${moment})
       order by v.platform_campaign_id, v.date, v.fetched_at desc, v.id desc) as v`;
}

const inFrame = isAmong(sql`any (select id from frame)`);

function isAmong(ids: RawBuilder<unknown>): IsOfFrame {
  return (alias) => sql`${sql.ref(`${alias}.platform_campaign_id`)} = ${ids}`;
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
    select f.key, max(f.name) as name, max(f.detail) filter (where f.key is not null) as detail, max(f.status) as status, max(f.campaign_id) as campaign_id,
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
