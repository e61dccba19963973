import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { PlatformError } from '../../integrations/errors.ts';
import { settleAccountStatus } from './account-status.ts';
import type { Claim } from './lease.ts';
import { retryDelayMs } from './rules.ts';

/** Hands a run back: it waits, and its job is woken for whoever takes it up. */
export async function releaseRun(tx: TenantTx, claim: Claim): Promise<boolean> {
  const isHeld = await update(tx, claim, { status: 'PENDING' });
  if (!isHeld) return false;
  await showOnAccount(tx, claim);
  await sql`select app.wake_sync(${claim.syncRunId}::uuid)`.execute(tx);
  await wakeWaiting(tx, claim);
  return true;
}

/**
 * Lets a run wait for its next try, its job woken then. What only has to be waited for counts as no try. False where
 * the run was no longer this attempt's.
 */
export async function postponeRun(
  tx: TenantTx,
  claim: Claim,
  { problem, random }: { problem: PlatformError; random: number },
): Promise<boolean> {
  const isWait = isOnlyWaiting(problem);
  const waitMs = retryDelayMs(claim.failures, problem.retryAfterMs, random);
  const next = sql<Date>`now() + ${waitMs} * interval '1 millisecond'`;
  const isHeld = await update(tx, claim, {
    ...reasons(problem),
    status: 'PENDING',
    next_attempt_at: next,
    ...(isWait ? {} : { retries: sql`retries + 1`, failures: sql`failures + 1` }),
  });
  if (!isHeld) return false;
  await showOnAccount(tx, claim, isWait ? undefined : problem.message);
  await sql`select app.enqueue_sync(${claim.syncRunId}::uuid, ${next})`.execute(tx);
  await wakeWaiting(tx, claim);
  return true;
}

/** The platform works on its answer, or the limits that all share let nobody call yet: nothing failed. */
export function isOnlyWaiting(problem: PlatformError): boolean {
  return problem.isPending || problem.code === 'pace' || problem.code === 'circuit';
}

/** Ends a run that did not succeed. The figures stay as they were. False where the run was no longer this attempt's. */
export async function failRun(tx: TenantTx, claim: Claim, problem: PlatformError): Promise<boolean> {
  const isHeld = await update(tx, claim, {
    ...reasons(problem),
    status: 'ERROR',
    finished_at: sql`now()`,
  });
  if (!isHeld) return false;
  if (claim.work !== 'BACKFILL')
    await tx
      .updateTable('ad_accounts')
      .set({
        sync_error: problem.message,
        updated_at: sql`now()`,
        sync_status: sql`case when sync_status = 'PAUSED' then sync_status else 'ERROR' end`,
      })
      .where('id', '=', claim.adAccountId)
      .execute();
  await wakeWaiting(tx, claim);
  return true;
}

/** Ends a run that somebody stopped. What came in stays. */
export async function pauseRun(tx: TenantTx, claim: Claim): Promise<boolean> {
  const isHeld = await update(tx, claim, {
    status: 'PAUSED',
    finished_at: sql`now()`,
    stop_requested_at: sql`coalesce(stop_requested_at, now())`,
  });
  if (!isHeld) return false;
  if (claim.work !== 'BACKFILL') await settleAccountStatus(tx, claim.adAccountId);
  await wakeWaiting(tx, claim);
  return true;
}

/** Wakes what waited for this run to leave its account. */
export async function wakeWaiting(tx: TenantTx, { adAccountId, syncRunId }: Claim): Promise<void> {
  await sql`
    select app.wake_sync(id) from sync_runs
     where ad_account_id = ${adAccountId}::uuid and id <> ${syncRunId}::uuid and status = 'PENDING'
       and (next_attempt_at is null or next_attempt_at <= now())`.execute(tx);
}

async function update(tx: TenantTx, claim: Claim, values: object): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sync_runs')
    .set({ lease_until: null, calls: claim.calls.total, repeats: claim.calls.repeats, ...values })
    .where('id', '=', claim.syncRunId)
    .where('attempt', '=', claim.attempt)
    .where('status', '=', 'SYNCING')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function reasons(problem: PlatformError) {
  return { error: problem.message, error_code: problem.code, platform_message: problem.vendorMessage };
}

/** The past shows on its run alone: it says nothing of how fresh the account is. */
async function showOnAccount(tx: TenantTx, { adAccountId, work }: Claim, problem?: string): Promise<void> {
  if (work === 'BACKFILL') return;
  await tx
    .updateTable('ad_accounts')
    .set({
      ...(problem === undefined ? {} : { sync_error: problem }),
      updated_at: sql`now()`,
      sync_status: sql`case when sync_status = 'PAUSED' then sync_status else 'PENDING' end`,
    })
    .where('id', '=', adAccountId)
    .execute();
}
