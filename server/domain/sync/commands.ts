import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { SyncTrigger } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import type { DayRange } from '../../integrations/ad-platform.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { findLiveRun } from './queries.ts';
import { dueSlot } from './rules.ts';
import { isTimeZone } from '../../kernel/time-zones.ts';

interface SyncRequest {
  adAccountId: string;
  trigger: SyncTrigger;
  /** Business days of the account's own zone; without it the run takes its platform's window when it begins. */
  window?: DayRange;
}

/**
 * Asks for an account's figures and wakes the jobs, in one transaction. Where a run of the account already waits or
 * works, that one is the answer and `isNew` is false.
 * Errors: `not_found`; `conflict` where the account is paused or its platform must be connected again.
 */
export async function requestSync(
  tx: TenantTx,
  principal: Principal,
  request: SyncRequest,
): Promise<{ syncRunId: string; isNew: boolean }> {
  await requireSyncable(tx, request.adAccountId);
  // A run that stood in the way may end in between: then there is room for the new one.
  for (let look = 0; look < 3; look += 1) {
    const inserted = await insertRun(tx, principal, request);
    if (inserted) {
      await wake(tx, request.adAccountId, inserted);
      return { syncRunId: inserted, isNew: true };
    }
    const live = await findLiveRun(tx, request.adAccountId);
    if (live) {
      if (request.trigger === 'MANUAL') await hurry(tx, live);
      return { syncRunId: live, isNew: false };
    }
  }
  throw new AppError('conflict', 'Syncs of this account begin and end right now. Ask again in a moment.');
}

/** Somebody who asks now does not wait out the pause before a run's next try. */
async function hurry(tx: TenantTx, syncRunId: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('sync_runs')
    .set({ next_attempt_at: null })
    .where('id', '=', syncRunId)
    .where('status', '=', 'PENDING')
    .where('next_attempt_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  if (numUpdatedRows > 0n)
    await sql`select app.enqueue('sync-ad-account', ${syncRunId}::uuid, ${syncRunId})`.execute(tx);
}

async function insertRun(tx: TenantTx, principal: Principal, request: SyncRequest): Promise<string | null> {
  const inserted = await tx
    .insertInto('sync_runs')
    .values({
      organization_id: principal.organizationId,
      ad_account_id: request.adAccountId,
      trigger: request.trigger,
      requested_by_id: principal.userId,
      window_start: request.window?.from ?? null,
      window_end: request.window?.to ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted?.id ?? null;
}

async function requireSyncable(tx: TenantTx, adAccountId: string): Promise<void> {
  const account = await tx
    .selectFrom('ad_accounts')
    .leftJoin('oauth_connections', (join) =>
      join
        .onRef('oauth_connections.organization_id', '=', 'ad_accounts.organization_id')
        .onRef('oauth_connections.id', '=', 'ad_accounts.connection_id'),
    )
    .select(['ad_accounts.sync_status', 'ad_accounts.connection_id', 'oauth_connections.state'])
    .where('ad_accounts.id', '=', adAccountId)
    .where('ad_accounts.is_active', '=', true)
    .executeTakeFirst();
  if (!account) throw notFound('ad account');
  if (account.sync_status === 'PAUSED')
    throw new AppError('conflict', 'Syncing of this account is paused. Resume it first.');
  // Members do not see the connection itself; the run finds out for them.
  if (account.connection_id === null || (account.state !== null && account.state !== 'CONNECTED'))
    throw new AppError(
      'conflict',
      'The access to this account has ended. An owner or admin connects it again first.',
    );
}

async function wake(tx: TenantTx, adAccountId: string, syncRunId: string): Promise<void> {
  await tx
    .updateTable('ad_accounts')
    .set({ sync_status: 'PENDING' })
    .where('id', '=', adAccountId)
    .where('sync_status', '<>', 'PAUSED')
    .execute();
  await sql`select app.enqueue('sync-ad-account', ${syncRunId}::uuid, ${syncRunId})`.execute(tx);
}

/**
 * Inserts the runs of an agency's accounts whose newest slot has passed and that were not synced since, and wakes
 * them. A slot is one row for ever, so that however many schedulers look, it runs once. Answers how many are new.
 */
export async function requestDueSyncs(
  tx: TenantTx,
  principal: Principal,
  request: { adAccountIds: readonly string[]; now: Date },
): Promise<number> {
  const accounts = await tx
    .selectFrom('ad_accounts')
    .select(['id', 'time_zone', 'last_synced_at', 'connected_at'])
    .where('id', 'in', [...request.adAccountIds])
    .execute();
  const due = accounts.flatMap((account) => {
    // An unknown zone must not stop the others; its own run says so when it is asked for.
    if (!isTimeZone(account.time_zone)) return [];
    const slot = dueSlot(request.now, account.time_zone);
    const newest = Math.max(account.last_synced_at?.getTime() ?? 0, account.connected_at?.getTime() ?? 0);
    return newest < slot.getTime() ? [{ id: account.id, slot }] : [];
  });
  if (due.length === 0) return 0;
  const runs = await tx
    .insertInto('sync_runs')
    .values(
      due.map(({ id, slot }) => ({
        organization_id: principal.organizationId,
        ad_account_id: id,
        trigger: 'SCHEDULE' as const,
        slot,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'ad_account_id'])
    .execute();
  for (const run of runs) await wake(tx, run.ad_account_id, run.id);
  return runs.length;
}
