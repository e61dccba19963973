import { type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { settleAccountStatus } from './account-status.ts';
import { requireSyncable, wakeRun } from './commands.ts';
import { getSyncRun } from './queries.ts';
import type { SyncRun } from './schema.ts';

/**
 * Stops a run. One that waits is over at once; one that works ends at its next safe point, within seconds. What came in
 * stays. Errors: `not_found`; `conflict` where it has ended already.
 */
export async function stopSync(tx: TenantTx, principal: Principal, syncRunId: string): Promise<SyncRun> {
  const run = await lockRun(tx, syncRunId);
  if (run.status !== 'PENDING' && run.status !== 'SYNCING')
    throw new AppError('conflict', 'This sync has ended already.');
  const isWaiting = run.status === 'PENDING';
  await tx
    .updateTable('sync_runs')
    .set({
      stop_requested_at: sql`coalesce(stop_requested_at, now())`,
      stopped_by_id: principal.userId,
      ...(isWaiting ? { status: 'PAUSED' as const, finished_at: sql`now()`, next_attempt_at: null } : {}),
    })
    .where('id', '=', syncRunId)
    .execute();
  if (isWaiting && run.work !== 'BACKFILL') await settleAccountStatus(tx, run.ad_account_id);
  return getSyncRun(tx, syncRunId);
}

/**
 * Lets a stopped run go on with the slices that it has not brought in. Errors: `not_found`; `conflict` where it was not
 * stopped, another run of the account is under way, or the account cannot be synced.
 */
export async function resumeSync(tx: TenantTx, syncRunId: string): Promise<SyncRun> {
  const run = await lockRun(tx, syncRunId);
  if (run.status !== 'PAUSED')
    throw new AppError('conflict', 'This sync was not stopped, so there is nothing to resume.');
  await requireSyncable(tx, run.ad_account_id);
  const { numUpdatedRows } = await tx
    .updateTable('sync_runs')
    .set({
      status: 'PENDING',
      stop_requested_at: null,
      stopped_by_id: null,
      finished_at: null,
      next_attempt_at: null,
      failures: 0,
      lost_attempts: 0,
    })
    .where('id', '=', syncRunId)
    .where('status', '=', 'PAUSED')
    .where(
      sql<SqlBool>`not exists (
        select from sync_runs live where live.organization_id = sync_runs.organization_id
           and live.ad_account_id = sync_runs.ad_account_id and live.status in ('PENDING', 'SYNCING')
           and (live.work = 'BACKFILL') = (sync_runs.work = 'BACKFILL'))`,
    )
    .executeTakeFirst();
  if (numUpdatedRows === 0n)
    throw new AppError('conflict', 'Another sync of this account is under way. Resume this one after it.');
  await wakeRun(tx, { syncRunId, adAccountId: run.ad_account_id, work: run.work });
  return getSyncRun(tx, syncRunId);
}

async function lockRun(tx: TenantTx, syncRunId: string) {
  const run = await tx
    .selectFrom('sync_runs')
    .select(['status', 'work', 'ad_account_id'])
    .where('id', '=', syncRunId)
    .forUpdate()
    .executeTakeFirst();
  if (!run) throw notFound('sync run');
  return run;
}
