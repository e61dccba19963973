import { type SqlBool, sql } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { AdPlatform } from '../../../db/types.ts';
import type { DayRange } from '../../integrations/ad-platform.ts';
import { notFound } from '../../kernel/errors.ts';
import type { ListSyncRunsInput, SyncRun } from './schema.ts';

const ENDED = ['SUCCESS', 'ERROR', 'PAUSED'] as const;
const isRunning = sql<SqlBool>`(sync_runs.status = 'SYNCING'
  or (sync_runs.status = 'PENDING' and sync_runs.started_at is not null))`;

/** One run. Errors: `not_found`. */
export async function getSyncRun(tx: TenantTx, syncRunId: string): Promise<SyncRun> {
  const row = await selectRuns(tx).where('sync_runs.id', '=', syncRunId).executeTakeFirst();
  if (!row) throw notFound('sync run');
  return toSyncRun(row);
}

/** Runs, the newest request first unless asked otherwise. */
export async function listSyncRuns(tx: TenantTx, input: ListSyncRunsInput): Promise<Page<SyncRun>> {
  let query = selectRuns(tx);
  if (input.adAccountId) query = query.where('sync_runs.ad_account_id', '=', input.adAccountId);
  if (input.platform) query = query.where('ad_accounts.platform', '=', input.platform);
  if (input.status) query = query.where('sync_runs.status', '=', input.status);
  if (input.work) query = query.where('sync_runs.work', '=', input.work);
  if (input.phase === 'ended') query = query.where('sync_runs.status', 'in', ENDED);
  if (input.phase === 'running') query = query.where(isRunning);
  const byEnd = input.sort === '-finishedAt';
  if (byEnd) query = query.where('sync_runs.finished_at', 'is not', null);
  const page = await keysetPage(query, {
    sortName: input.sort,
    key: {
      expression: byEnd ? sql`sync_runs.finished_at` : sql`sync_runs.requested_at`,
      type: 'timestamptz',
      direction: input.sort.startsWith('-') ? 'desc' : 'asc',
    },
    id: sql<string>`sync_runs.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map(toSyncRun), nextCursor: page.nextCursor };
}

/** The runs under way, those at work first. */
export async function listRunning(tx: TenantTx, limit: number): Promise<SyncRun[]> {
  const rows = await selectRuns(tx)
    .where(isRunning)
    .orderBy(sql`sync_runs.status = 'SYNCING'`, 'desc')
    .orderBy('sync_runs.requested_at')
    .orderBy('sync_runs.id')
    .limit(limit)
    .execute();
  return rows.map(toSyncRun);
}

/** The run of an account that waits or works, or null. A backfill may do so beside another: each has one at most. */
export async function findLiveRun(
  tx: TenantTx,
  adAccountId: string,
  kind: 'BACKFILL' | 'OTHER',
): Promise<string | null> {
  const row = await tx
    .selectFrom('sync_runs')
    .select('id')
    .where('ad_account_id', '=', adAccountId)
    .where('status', 'in', ['PENDING', 'SYNCING'])
    .where('work', kind === 'BACKFILL' ? '=' : '<>', 'BACKFILL')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The ad accounts in use whose access holds and that are not paused, by their ids. For the jobs: members see fewer. */
export async function listSyncable(tx: TenantTx, platform: AdPlatform | undefined): Promise<string[]> {
  const accounts = tx
    .selectFrom('ad_accounts')
    .innerJoin('oauth_connections', (join) =>
      join
        .onRef('oauth_connections.organization_id', '=', 'ad_accounts.organization_id')
        .onRef('oauth_connections.id', '=', 'ad_accounts.connection_id'),
    )
    .select('ad_accounts.id')
    .where('ad_accounts.is_active', '=', true)
    .where('ad_accounts.sync_status', '<>', 'PAUSED')
    .where('oauth_connections.state', '=', 'CONNECTED')
    .orderBy('ad_accounts.id');
  const rows = await (platform ? accounts.where('ad_accounts.platform', '=', platform) : accounts).execute();
  return rows.map(({ id }) => id);
}

/** The last day of the newest daily run of at least `days` that came in whole, or null. */
export async function findReadUntil(tx: TenantTx, adAccountId: string, days: number): Promise<string | null> {
  const row = await tx
    .selectFrom('sync_runs')
    .select(sql<string | null>`max(window_end)`.as('until'))
    .where('ad_account_id', '=', adAccountId)
    .where('status', '=', 'SUCCESS')
    .where('work', '=', 'DAILY')
    .where(sql<SqlBool>`window_end - window_start >= ${days}::int4`)
    .executeTakeFirst();
  return row?.until ?? null;
}

/** What of an account came in whole: the slices that are done, and the windows of runs that were not cut. */
export async function listCovered(tx: TenantTx, adAccountId: string): Promise<DayRange[]> {
  const { rows } = await sql<DayRange>`
    select s.slice_start as "from", s.slice_end as "to"
      from sync_slices s join sync_runs r on r.organization_id = s.organization_id and r.id = s.sync_run_id
     where r.ad_account_id = ${adAccountId}::uuid and s.status = 'DONE' and r.work <> 'INTRADAY'
     union
    select r.window_start, r.window_end from sync_runs r
     where r.ad_account_id = ${adAccountId}::uuid and r.status = 'SUCCESS' and r.slices_total = 0
       and r.import_id is null and r.window_start is not null`.execute(tx);
  return rows;
}

function selectRuns(tx: TenantTx) {
  return tx
    .selectFrom('sync_runs')
    .innerJoin('ad_accounts', (join) =>
      join
        .onRef('ad_accounts.organization_id', '=', 'sync_runs.organization_id')
        .onRef('ad_accounts.id', '=', 'sync_runs.ad_account_id'),
    )
    .selectAll('sync_runs')
    .select(['ad_accounts.name as ad_account_name', 'ad_accounts.platform']);
}

type RunRow = Awaited<ReturnType<ReturnType<typeof selectRuns>['executeTakeFirstOrThrow']>>;

function toSyncRun(row: RunRow): SyncRun {
  return {
    id: row.id,
    adAccountId: row.ad_account_id,
    adAccountName: row.ad_account_name,
    platform: row.platform,
    trigger: row.trigger,
    work: row.work,
    status: row.status,
    windowStart: row.window_start,
    windowEnd: row.window_end,
    slicesTotal: row.slices_total,
    slicesDone: row.slices_done,
    importId: row.import_id,
    requestedById: row.requested_by_id,
    requestedAt: row.requested_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    finishedAt: row.finished_at?.toISOString() ?? null,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    stopRequestedAt: row.stop_requested_at?.toISOString() ?? null,
    stoppedById: row.stopped_by_id,
    attempt: row.attempt,
    retries: row.retries,
    repeats: row.repeats,
    rowsRead: row.rows_read,
    rowsWritten: row.rows_written,
    rowsRestated: row.rows_restated,
    rowsRemoved: row.rows_removed,
    calls: row.calls,
    daysChecked: row.days_checked,
    daysDiffering: row.days_differing,
    note: row.note,
    error: row.error,
    errorCode: row.error_code,
    platformMessage: row.platform_message,
  };
}
