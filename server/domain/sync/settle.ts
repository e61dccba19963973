import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { PlatformError } from '../../integrations/errors.ts';
import type { SyncSubject } from './account.ts';
import type { Claim } from './lease.ts';
import { retryDelayMs } from './rules.ts';

/** Hands a run back because this process stops: it waits, and its job is woken for whoever lives on. */
export async function releaseRun(tx: TenantTx, claim: Claim): Promise<void> {
  const { numUpdatedRows } = await held(tx, claim)
    .set({ status: 'PENDING', lease_until: null })
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  await setAccount(tx, claim, { sync_status: 'PENDING' });
  await sql`select app.enqueue('sync-ad-account', ${claim.syncRunId}::uuid, ${claim.syncRunId})`.execute(tx);
}

/** Lets a run wait for its next try, its job woken then. False where the run was no longer this attempt's. */
export async function postponeRun(
  tx: TenantTx,
  claim: Claim,
  { problem, random }: { problem: PlatformError; random: number },
): Promise<boolean> {
  const waitMs = retryDelayMs(claim.retries, problem.retryAfterMs, random);
  const next = sql<Date>`now() + ${waitMs} * interval '1 millisecond'`;
  const { numUpdatedRows } = await held(tx, claim)
    .set({
      ...reasons(problem),
      status: 'PENDING',
      lease_until: null,
      retries: sql`retries + 1`,
      next_attempt_at: next,
    })
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await setAccount(tx, claim, { sync_status: 'PENDING', sync_error: problem.message });
  await sql`select app.enqueue_sync(${claim.syncRunId}::uuid, ${next})`.execute(tx);
  return true;
}

/**
 * Ends a run that did not succeed. The figures stay as they were; a dead grant ends its connection, so that no account
 * of it calls again before somebody connects. False where the run was no longer this attempt's.
 */
export async function failRun(
  tx: TenantTx,
  claim: Claim,
  { problem, subject }: { problem: PlatformError; subject: SyncSubject | null },
): Promise<boolean> {
  const { numUpdatedRows } = await held(tx, claim)
    .set({ ...reasons(problem), status: 'ERROR', lease_until: null, finished_at: sql`now()` })
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await setAccount(tx, claim, { sync_status: 'ERROR', sync_error: problem.message });
  if (problem.kind === 'reauthorize' && subject) await endConnection(tx, subject, problem);
  return true;
}

/** Only while it still holds the token that was refused: somebody may have connected again meanwhile. */
async function endConnection(tx: TenantTx, subject: SyncSubject, problem: PlatformError): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('oauth_connections')
    .set({ state: problem.grant ?? 'REVOKED', error: problem.message })
    .where('id', '=', subject.connectionId)
    .where('token_version', '=', subject.tokenVersion)
    .where('state', '=', 'CONNECTED')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  await tx
    .updateTable('ad_accounts')
    .set({ sync_status: 'ERROR', sync_error: problem.message, updated_at: sql`now()` })
    .where('connection_id', '=', subject.connectionId)
    .where('sync_status', '<>', 'PAUSED')
    .execute();
}

function held(tx: TenantTx, claim: Claim) {
  return tx
    .updateTable('sync_runs')
    .where('id', '=', claim.syncRunId)
    .where('attempt', '=', claim.attempt)
    .where('status', '=', 'SYNCING');
}

function reasons(problem: PlatformError) {
  return { error: problem.message, error_code: problem.code, platform_message: problem.vendorMessage };
}

async function setAccount(
  tx: TenantTx,
  claim: Claim,
  values: { sync_status: 'PENDING' | 'ERROR'; sync_error?: string },
): Promise<void> {
  const { sync_status: status, ...others } = values;
  await tx
    .updateTable('ad_accounts')
    .set({
      ...others,
      updated_at: sql`now()`,
      sync_status: sql`case when sync_status = 'PAUSED' then sync_status else ${status}::sync_status end`,
    })
    .where('id', '=', claim.adAccountId)
    .execute();
}
