import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { TenantTx } from '../../../db/tenant.ts';
import type { MetricSource } from '../../../db/types.ts';
import type { DailyMetric, DayRange } from '../../integrations/ad-platform.ts';
import { copyText, STAGE_COLUMNS } from './copy-text.ts';

export interface IngestRequest {
  organizationId: string;
  adAccountId: string;
  /** Everything that the platform says of these days is in `rows`: what is not there did not happen. */
  window: DayRange;
  /** At most one row a campaign and day. */
  rows: Iterable<DailyMetric>;
  /** Our id of each campaign by the platform's own. */
  campaignIds: ReadonlyMap<string, string>;
  /** Our ids of the only campaigns that `rows` speaks of, where it is silent on all others; they are left alone. */
  onlyCampaigns?: readonly string[] | undefined;
  source: MetricSource;
  syncRunId: string | null;
  fetchedAt: Date;
}

export interface IngestCounts {
  /** Inserted or changed; rows that say what they said are not touched. */
  written: number;
  restated: number;
  removed: number;
}

const STAGE = sql.table('pg_temp.metrics_stage');
const KEYS: readonly string[] = ['platform_campaign_id', 'date'];
const figures = STAGE_COLUMNS.filter((name) => !KEYS.includes(name));
const figuresOf = (alias: string) => sql.join(figures.map((name) => sql.ref(`${alias}.${name}`)));

/**
 * Replaces an account's window of daily figures within the caller's transaction: rows that differ are written, rows
 * that vanished are deleted, and what both said before is kept as revisions. COPY is refused on a table under a policy,
 * so rows are staged in a temporary table and merged from there; the connection must not pipeline.
 */
export async function ingestDailyMetrics(
  tx: TenantTx,
  client: pg.ClientBase,
  request: IngestRequest,
): Promise<IngestCounts> {
  await stage(tx, client, request);
  // Every join below is over a whole window. Right after a first sync the live table has no statistics yet, and a
  // planner that expects a handful of rows would loop over the stage for each.
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(tx);
  const before = (await hasFigures(tx, request)) ? await replaceStanding(tx, request) : NOTHING_BEFORE;
  const written = await merge(tx, request);
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx);
  return { ...before, written };
}

const NOTHING_BEFORE = { restated: 0, removed: 0 };

async function stage(tx: TenantTx, client: pg.ClientBase, request: IngestRequest): Promise<void> {
  await sql`drop table if exists ${STAGE}`.execute(tx);
  await sql`create temporary table metrics_stage (
    platform_campaign_id uuid, date date, currency char(3), spend numeric(18,6), impressions bigint, clicks bigint,
    conversions numeric(18,6), conversion_value numeric(18,6), video_views_25 bigint, video_views_50 bigint,
    video_views_75 bigint, video_views_100 bigint, video_starts bigint, reach bigint, frequency numeric(12,6),
    attribution_setting text, platform_data jsonb) on commit drop`.execute(tx);
  const sink = client.query(copyFrom(`copy pg_temp.metrics_stage (${STAGE_COLUMNS.join(', ')}) from stdin`));
  await pipeline(Readable.from(copyText(request.rows, request.campaignIds)), sink);
  await sql`analyze ${STAGE}`.execute(tx);
}

/** The account's rows of the window: by organization and account, as the index leads. */
function standing({ organizationId, adAccountId, window, onlyCampaigns }: IngestRequest) {
  const named = onlyCampaigns ? sql`and m.platform_campaign_id = any (${onlyCampaigns}::uuid[])` : sql``;
  return sql`m.organization_id = ${organizationId}::uuid and m.ad_account_id = ${adAccountId}::uuid
    and m.date between ${window.from}::date and ${window.to}::date ${named}`;
}

async function hasFigures(tx: TenantTx, request: IngestRequest): Promise<boolean> {
  const { rows } = await sql`select 1 from campaign_metrics m where ${standing(request)} limit 1`.execute(tx);
  return rows.length > 0;
}

/** Keeps what changes or vanishes as revisions, and deletes what vanished. */
async function replaceStanding(tx: TenantTx, request: IngestRequest): Promise<Omit<IngestCounts, 'written'>> {
  const kept = [...STAGE_COLUMNS, 'source', 'sync_run_id', 'fetched_at'];
  const { rows } = await sql<{ restated: number; removed: number }>`
    with revised as (
      insert into campaign_metric_revisions
        (organization_id, ad_account_id, ${sql.join(kept.map((name) => sql.ref(name)))}, was_removed, replaced_by_run_id)
      select m.organization_id, m.ad_account_id, ${sql.join(kept.map((name) => sql.ref(`m.${name}`)))},
             s.date is null, ${request.syncRunId}::uuid
        from campaign_metrics m
        left join ${STAGE} s on s.platform_campaign_id = m.platform_campaign_id and s.date = m.date
       where ${standing(request)}
         and (s.date is null or (${figuresOf('m')}) is distinct from (${figuresOf('s')}))
      returning platform_campaign_id, date, was_removed),
    gone as (
      delete from campaign_metrics m using revised r
       where ${standing(request)} and r.was_removed
         and m.platform_campaign_id = r.platform_campaign_id and m.date = r.date)
    select count(*) filter (where not was_removed)::int4 as restated,
           count(*) filter (where was_removed)::int4 as removed from revised`.execute(tx);
  return rows[0] ?? NOTHING_BEFORE;
}

async function merge(tx: TenantTx, request: IngestRequest): Promise<number> {
  const { source, syncRunId, fetchedAt } = request;
  const origin = sql`${source}::metric_source, ${syncRunId}::uuid, ${fetchedAt}::timestamptz`;
  const assignments = figures.map((name) => sql`${sql.ref(name)} = ${sql.ref(`s.${name}`)}`);
  const result = await sql`
    merge into campaign_metrics m using ${STAGE} s
       on ${standing(request)} and m.platform_campaign_id = s.platform_campaign_id and m.date = s.date
     when matched and (${figuresOf('m')}) is distinct from (${figuresOf('s')}) then
       update set ${sql.join(assignments)}, source = ${source}::metric_source,
                  sync_run_id = ${syncRunId}::uuid, fetched_at = ${fetchedAt}::timestamptz
     when not matched then
       insert (organization_id, ad_account_id, ${sql.join(STAGE_COLUMNS.map((name) => sql.ref(name)))}, source, sync_run_id, fetched_at)
       values (${request.organizationId}::uuid, ${request.adAccountId}::uuid,
               ${sql.join(STAGE_COLUMNS.map((name) => sql.ref(`s.${name}`)))}, ${origin})`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}
