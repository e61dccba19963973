import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { meaningOf } from './meanings.ts';
import { getSyncRun } from './queries.ts';
import type { SyncAttempt, SyncDifference, SyncRunDetail, SyncSlice } from './schema.ts';

const ATTEMPTS_SHOWN = 50;

/** One run with its slices and tries, what differs on its days, and what its error means. Errors: `not_found`. */
export async function getSyncRunDetail(tx: TenantTx, syncRunId: string): Promise<SyncRunDetail> {
  const run = await getSyncRun(tx, syncRunId);
  const [slices, attempts, differences, account] = await Promise.all([
    listSlices(tx, syncRunId),
    listAttempts(tx, syncRunId),
    listDifferences(tx, run.adAccountId, { from: run.windowStart, to: run.windowEnd }),
    tx
      .selectFrom('ad_accounts')
      .select('time_zone')
      .where('id', '=', run.adAccountId)
      .executeTakeFirstOrThrow(),
  ]);
  const meaning = run.errorCode === null ? null : meaningOf(run.platform, run.errorCode);
  return { ...run, timeZone: account.time_zone, slices, attempts, differences, meaning };
}

async function listSlices(tx: TenantTx, syncRunId: string): Promise<SyncSlice[]> {
  const rows = await tx
    .selectFrom('sync_slices')
    .selectAll()
    .where('sync_run_id', '=', syncRunId)
    .orderBy('slice_start', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    from: row.slice_start,
    to: row.slice_end,
    isDone: row.status === 'DONE',
    hasReport: row.report_id !== null,
    rowsRead: row.rows_read,
    rowsWritten: row.rows_written,
    rowsRestated: row.rows_restated,
    rowsRemoved: row.rows_removed,
    fetchedAt: row.fetched_at?.toISOString() ?? null,
    storedAt: row.stored_at?.toISOString() ?? null,
  }));
}

async function listAttempts(tx: TenantTx, syncRunId: string): Promise<SyncAttempt[]> {
  const rows = await tx
    .selectFrom('sync_attempts')
    .selectAll()
    .where('sync_run_id', '=', syncRunId)
    .orderBy('attempt', 'desc')
    .limit(ATTEMPTS_SHOWN)
    .execute();
  return rows.map((row) => ({
    attempt: row.attempt,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    outcome: row.outcome,
    slicesDone: row.slices_done,
    error: row.error,
    errorCode: row.error_code,
    platformMessage: row.platform_message,
  }));
}

/** The days of an account on which its total is not the sum of its campaigns, newest first. */
export async function listDifferences(
  tx: TenantTx,
  adAccountId: string,
  range: { from: string | null; to: string | null },
): Promise<SyncDifference[]> {
  const rows = await tx
    .selectFrom('sync_differences')
    .select(['date', 'currency', 'account_spend', 'campaign_spend'])
    .select(['account_impressions', 'campaign_impressions', 'checked_at'])
    .where('ad_account_id', '=', adAccountId)
    .where('date', '>=', sql<string>`coalesce(${range.from}::date, '-infinity')`)
    .where('date', '<=', sql<string>`coalesce(${range.to}::date, 'infinity')`)
    .orderBy('date', 'desc')
    .execute();
  return rows.map((row) => ({
    date: row.date,
    currency: row.currency,
    accountSpend: row.account_spend,
    campaignSpend: row.campaign_spend,
    accountImpressions: row.account_impressions,
    campaignImpressions: row.campaign_impressions,
    checkedAt: row.checked_at.toISOString(),
  }));
}
