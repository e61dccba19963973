import { sql } from 'kysely';
import type pg from 'pg';
import type { TenantTx } from '../../../db/tenant.ts';
import type { MetricSource } from '../../../db/types.ts';
import type { DailyMetric, DayRange } from '../../integrations/ad-platform.ts';
import { STAGE_COLUMNS } from './copy-text.ts';
import { MetricsStage, STAGE } from './stage.ts';

/** What a stage's rows are merged into. */
export interface MergeRequest {
  organizationId: string;
  adAccountId: string;
  /** Everything that the platform says of these days is staged: what is not there did not happen. */
  window: DayRange;
  /** Our ids of the only campaigns that the rows speak of, where they are silent on all others; those are left alone. */
  onlyCampaigns?: readonly string[] | undefined;
  source: MetricSource;
  syncRunId: string | null;
  fetchedAt: Date;
}

export interface IngestRequest extends MergeRequest {
  rows: Iterable<DailyMetric>;
  /** The campaigns that have a row to refer to, by the platform's own ids. */
  campaignIds: ReadonlyMap<string, string>;
}

export interface IngestCounts {
  /** Inserted or changed; rows that say what they said are not touched. */
  written: number;
  restated: number;
  removed: number;
}

/**
 * Replaces an account's window of daily figures within the caller's transaction: rows that differ are written, rows
 * that vanished are deleted, and what both said before is kept as revisions. The connection must not pipeline.
 * Errors: where a row's campaign is not among `campaignIds`.
 */
export async function ingestDailyMetrics(
  tx: TenantTx,
  client: pg.ClientBase,
  request: IngestRequest,
): Promise<IngestCounts> {
  const stage = await MetricsStage.open(client);
  await stage.add(known(request));
  await stage.finish();
  return mergeStage(tx, request);
}

function* known({ rows, campaignIds }: IngestRequest): Generator<DailyMetric> {
  for (const row of rows) {
    if (!campaignIds.has(row.nativeCampaignId))
      throw new Error(`Campaign ${row.nativeCampaignId} has no row to refer to.`);
    yield row;
  }
}

const stageTable = sql.table(STAGE);
const KEYS: readonly string[] = ['native_campaign_id', 'campaign_name', 'date'];
const figures = STAGE_COLUMNS.filter((name) => !KEYS.includes(name));
const stored = ['platform_campaign_id', 'date', ...figures];
const figuresOf = (alias: string) => sql.join(figures.map((name) => sql.ref(`${alias}.${name}`)));
const storedOf = (alias: string) => sql.join(stored.map((name) => sql.ref(`${alias}.${name}`)));

/** As ingestDailyMetrics, of the finished stage of this transaction's connection. Each of its campaigns has a row. */
export async function mergeStage(tx: TenantTx, request: MergeRequest): Promise<IngestCounts> {
  // Every join below is over a whole window. Right after a first sync the live table has no statistics yet, and a
  // planner that expects a handful of rows would loop over the stage for each.
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(tx);
  const before = (await hasFigures(tx, request)) ? await replaceStanding(tx, request) : NOTHING_BEFORE;
  const written = await merge(tx, request);
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(tx);
  return { ...before, written };
}

const NOTHING_BEFORE = { restated: 0, removed: 0 };

/** The staged rows under our own ids of their campaigns. */
function staged({ organizationId, adAccountId }: MergeRequest) {
  return sql`(
    select p.id as platform_campaign_id, t.* from ${stageTable} t
      join platform_campaigns p on p.organization_id = ${organizationId}::uuid
       and p.ad_account_id = ${adAccountId}::uuid and p.native_id = t.native_campaign_id)`;
}

/** The account's rows of the window: by organization and account, as the index leads. */
function standing({ organizationId, adAccountId, window, onlyCampaigns }: MergeRequest) {
  const named = onlyCampaigns ? sql`and m.platform_campaign_id = any (${onlyCampaigns}::uuid[])` : sql``;
  return sql`m.organization_id = ${organizationId}::uuid and m.ad_account_id = ${adAccountId}::uuid
    and m.date between ${window.from}::date and ${window.to}::date ${named}`;
}

async function hasFigures(tx: TenantTx, request: MergeRequest): Promise<boolean> {
  const { rows } = await sql`select 1 from campaign_metrics m where ${standing(request)} limit 1`.execute(tx);
  return rows.length > 0;
}

/** Keeps what changes or vanishes as revisions, and deletes what vanished. */
async function replaceStanding(tx: TenantTx, request: MergeRequest): Promise<Omit<IngestCounts, 'written'>> {
  const kept = [...stored, 'source', 'sync_run_id', 'fetched_at'];
  const { rows } = await sql<{ restated: number; removed: number }>`
    with revised as (
      insert into campaign_metric_revisions
        (organization_id, ad_account_id, ${sql.join(kept.map((name) => sql.ref(name)))}, was_removed, replaced_by_run_id)
      select m.organization_id, m.ad_account_id, ${sql.join(kept.map((name) => sql.ref(`m.${name}`)))},
             s.date is null, ${request.syncRunId}::uuid
        from campaign_metrics m
        left join ${staged(request)} s on s.platform_campaign_id = m.platform_campaign_id and s.date = m.date
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

async function merge(tx: TenantTx, request: MergeRequest): Promise<number> {
  const { source, syncRunId, fetchedAt } = request;
  const origin = sql`${source}::metric_source, ${syncRunId}::uuid, ${fetchedAt}::timestamptz`;
  const assignments = figures.map((name) => sql`${sql.ref(name)} = ${sql.ref(`s.${name}`)}`);
  const result = await sql`
    merge into campaign_metrics m using ${staged(request)} s
       on ${standing(request)} and m.platform_campaign_id = s.platform_campaign_id and m.date = s.date
     when matched and (${figuresOf('m')}) is distinct from (${figuresOf('s')}) then
       update set ${sql.join(assignments)}, source = ${source}::metric_source,
                  sync_run_id = ${syncRunId}::uuid, fetched_at = ${fetchedAt}::timestamptz
     when not matched then
       insert (organization_id, ad_account_id, ${sql.join(stored.map((name) => sql.ref(name)))}, source, sync_run_id, fetched_at)
       values (${request.organizationId}::uuid, ${request.adAccountId}::uuid, ${storedOf('s')}, ${origin})`.execute(
    tx,
  );
  return Number(result.numAffectedRows ?? 0n);
}
