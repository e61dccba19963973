import { type RawBuilder, sql } from 'kysely';
import { planForValues, type TenantTx } from '../../../db/tenant.ts';
import { ratesInto } from '../fx/queries.ts';
import { standing } from './dashboard-facts.ts';
import { frameSql, type FigureFilter } from './dashboard-frame.ts';
import type { Breakdown } from './dashboard-schema.ts';
import type { ExplainRow } from './explain-tree.ts';
import { sumsOfFacts } from './facts.ts';
import type { DayRange } from './range.ts';

/** What is explained: the platform campaigns of a filter, or of one row of a breakdown, over days, as they stood when. */
export interface ExplainRequest {
  filter: FigureFilter;
  /** Null: the total, or a day's. */
  row: { by: Breakdown; key: string | null } | null;
  days: DayRange;
  currency: string;
  asOf: string | null;
}

/** The frame of a dashboard, narrowed to the row. */
export function explainedFrame({ filter, row }: Pick<ExplainRequest, 'filter' | 'row'>): RawBuilder<unknown> {
  const frame = frameSql(filter, row?.by ?? 'DAY');
  return row === null
    ? frame
    : sql`select f.* from (${frame}) as f where f.key is not distinct from ${row.key}::text`;
}

/** Rows of one account that were counted by one attribution setting and came the same way. */
export interface SourceRow {
  ad_account_id: string;
  attribution_setting: string | null;
  source: 'API' | 'FILE' | 'BIGQUERY' | 'SANDBOX';
  rows: number;
  fetched_from: Date;
  fetched_to: Date;
  /** The run of the newest fetch, where the reader sees it. */
  sync_run_id: string | null;
}

/** As ExplainRow, before the account has its name. */
export type FoundRow = Omit<ExplainRow, 'account_name'>;

/** What the figures of a dashboard are sums of: each account's day, with the day's rate. */
export async function readExplainedRows(tx: TenantTx, request: ExplainRequest): Promise<FoundRow[]> {
  const [, { rows }] = await Promise.all([
    planForValues(tx),
    sql<FoundRow>`
    with frame as materialized (${explainedFrame(request)}),
    facts as materialized (${standing(request.days, request.asOf, { beside: ORIGIN })}),
    rates as materialized (${ratesInto(request.currency, sql`select distinct date, currency from facts`)})
    select f.date, f.currency, frame.ad_account_id, ${sumsOfFacts},
           array_agg(distinct ${originOf('f')}) as origins,
           max(r.rate) as rate, max(r.published_on) as published_on, max(r.sources) as sources
      from facts as f
      join frame on frame.id = f.platform_campaign_id
      join rates as r on r.date = f.date and r.currency = f.currency
     group by f.date, f.currency, frame.ad_account_id
     order by f.date, f.currency, frame.ad_account_id`.execute(tx),
  ]);
  return rows;
}

const ORIGIN = ['attribution_setting', 'sync_run_id', 'fetched_at'] as const;

/** One text for how a row came and was counted. */
function originOf(alias: string): RawBuilder<string> {
  return sql`${sql.ref(`${alias}.source`)}::text || ' ' || coalesce(${sql.ref(`${alias}.attribution_setting`)}, '')`;
}

/** Whom the same rows are from. */
export async function readSources(tx: TenantTx, request: ExplainRequest): Promise<SourceRow[]> {
  const { rows } = await sql<SourceRow>`
    with frame as materialized (${explainedFrame(request)}),
    facts as materialized (${standing(request.days, request.asOf, { beside: ORIGIN })})
    select frame.ad_account_id, f.attribution_setting, f.source, count(*)::int4 as rows,
           min(f.fetched_at) as fetched_from, max(f.fetched_at) as fetched_to,
           (array_agg(s.id order by f.fetched_at desc, s.id desc) filter (where s.id is not null))[1] as sync_run_id
      from facts as f
      join frame on frame.id = f.platform_campaign_id
      left join sync_runs as s on s.id = f.sync_run_id
     group by frame.ad_account_id, f.attribution_setting, f.source`.execute(tx);
  return rows;
}

/** Who published the rates of some days, and when they were fetched. */
export interface RateSourceRow {
  source: string;
  rows: number;
  fetched_from: Date;
  fetched_to: Date;
}

/** The publications behind some rates: `currencies` are those that are published, pegs resolved. */
export async function readRateSources(
  tx: TenantTx,
  { days, currencies }: { days: readonly string[]; currencies: readonly string[] },
): Promise<RateSourceRow[]> {
  if (days.length === 0) return [];
  const { rows } = await sql<RateSourceRow>`
    select source, count(*)::int4 as rows, min(fetched_at) as fetched_from, max(fetched_at) as fetched_to
      from fx_rates
     where date = any (${days}::date[]) and quote = any (${currencies}::bpchar[])
     group by source order by source`.execute(tx);
  return rows;
}

/** The reach of one platform campaign or one account, as the platform gave it for exactly these days. */
export interface ExplainedReach {
  reach: number | null;
  ad_account_id: string;
  source: SourceRow['source'];
  fetched_at: Date;
  sync_run_id: string | null;
}

/** Null where the platform gave none. */
export async function readExplainedReach(
  tx: TenantTx,
  { days, asOf }: Pick<ExplainRequest, 'days' | 'asOf'>,
  of: { platformCampaignId: string } | { adAccountId: string },
): Promise<ExplainedReach | null> {
  const whose =
    'platformCampaignId' in of
      ? sql`r.platform_campaign_id = ${of.platformCampaignId}::uuid`
      : sql`r.platform_campaign_id is null and r.ad_account_id = ${of.adAccountId}::uuid`;
  const { rows } = await sql<ExplainedReach>`
    select r.reach, r.ad_account_id, r.source, r.fetched_at, s.id as sync_run_id
      from reach_periods as r left join sync_runs as s on s.id = r.sync_run_id
     where ${whose} and r.period_start = ${days.from}::date and r.period_end = ${days.to}::date
       and (${asOf}::timestamptz is null or r.fetched_at <= ${asOf}::timestamptz)`.execute(tx);
  return rows[0] ?? null;
}

/** The one platform campaign and the one account whose rows there are; null where there are several or none. */
export interface Sole {
  platform_campaign_id: string | null;
  ad_account_id: string | null;
}

export async function readSole(tx: TenantTx, request: ExplainRequest): Promise<Sole> {
  const only = (column: string) => {
    const text = sql`${sql.ref(column)}::text`;
    return sql`case when min(${text}) = max(${text}) then min(${text}) end`;
  };
  const { rows } = await sql<Sole>`
    with frame as materialized (${explainedFrame(request)}),
    facts as materialized (${standing(request.days, request.asOf)})
    select ${only('f.platform_campaign_id')} as platform_campaign_id, ${only('frame.ad_account_id')} as ad_account_id
      from facts as f join frame on frame.id = f.platform_campaign_id`.execute(tx);
  return rows[0] ?? { platform_campaign_id: null, ad_account_id: null };
}
