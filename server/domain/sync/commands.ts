import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { SyncTrigger, SyncWork } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import type { DayRange } from '../../integrations/ad-platform.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { dayIn, isTimeZone } from '../../kernel/time-zones.ts';
import { findLiveRun } from './queries.ts';
import type { RequestRangeInput } from './schema.ts';
import { oldestDay } from './windows.ts';

export interface SyncRequest {
  adAccountId: string;
  trigger: SyncTrigger;
  /** Business days of the account's own zone; without it the run takes its platform's window when it begins. */
  window?: DayRange;
  /** RANGE where a window is given, else DAILY, unless said. */
  work?: SyncWork;
}

interface Requested {
  syncRunId: string;
  isNew: boolean;
}

/**
 * Asks for an account's figures and wakes the jobs, in one transaction. Where a run of the account already waits or
 * works, that one is the answer and `isNew` is false; a backfill stands beside the others.
 * Errors: `not_found`; `conflict` where the account is paused or its platform must be connected again.
 */
export async function requestSync(
  tx: TenantTx,
  principal: Principal,
  request: SyncRequest,
): Promise<Requested> {
  await requireSyncable(tx, request.adAccountId);
  const work = request.work ?? (request.window ? 'RANGE' : 'DAILY');
  // A run that stood in the way may end in between: then there is room for the new one.
  for (let look = 0; look < 3; look += 1) {
    const inserted = await insertRun(tx, principal, { ...request, work });
    if (inserted) {
      await wakeRun(tx, { syncRunId: inserted, adAccountId: request.adAccountId, work });
      return { syncRunId: inserted, isNew: true };
    }
    const live = await findLiveRun(tx, request.adAccountId, work === 'BACKFILL' ? 'BACKFILL' : 'OTHER');
    if (live) {
      if (request.trigger === 'MANUAL') await hurry(tx, live, work);
      return { syncRunId: live, isNew: false };
    }
  }
  throw new AppError('conflict', 'Syncs of this account begin and end right now. Ask again in a moment.');
}

interface RangeContext {
  principal: Principal;
  platforms: PlatformRegistry;
  now: Date;
}

/**
 * Asks for a range of days once more. Errors: `not_found`; `invalid` where the platform keeps no figures of them;
 * `conflict` where the account cannot be synced or another run of it is under way.
 */
export async function requestRange(
  tx: TenantTx,
  { principal, platforms, now }: RangeContext,
  { adAccountId, from, to }: RequestRangeInput,
): Promise<{ syncRunId: string }> {
  const account = await requireSyncable(tx, adAccountId);
  const { maxHistoryMonths } = platforms.get(account.platform);
  const today = dayIn(isTimeZone(account.time_zone) ? account.time_zone : 'UTC', now);
  const oldest = oldestDay({ maxHistoryMonths }, today);
  if (from < oldest) throw invalidField('from', `The platform keeps no day before ${oldest}.`);
  if (to > today) throw invalidField('to', `In the account’s own time zone it is ${today}.`);
  const window = { from, to };
  const requested = await requestSync(tx, principal, { adAccountId, trigger: 'MANUAL', window });
  if (!requested.isNew)
    throw new AppError(
      'conflict',
      'Another sync of this account is under way. Ask again once it has ended, or stop it first.',
    );
  return { syncRunId: requested.syncRunId };
}

/** Somebody who asks now does not wait out the pause before a run's next try, nor is today alone enough. */
async function hurry(tx: TenantTx, syncRunId: string, work: SyncWork): Promise<void> {
  await tx
    .updateTable('sync_runs')
    .set({ next_attempt_at: null })
    .$if(work === 'DAILY', (query) =>
      query.set({
        work: sql`case when work = 'INTRADAY' and slices_total = 0 then 'DAILY' else work end`,
      }),
    )
    .where('id', '=', syncRunId)
    .where('status', '=', 'PENDING')
    .execute();
  await sql`select app.wake_sync(${syncRunId}::uuid) from sync_runs
    where id = ${syncRunId}::uuid and status = 'PENDING'`.execute(tx);
}

async function insertRun(
  tx: TenantTx,
  principal: Principal,
  request: SyncRequest & { work: SyncWork },
): Promise<string | null> {
  const inserted = await tx
    .insertInto('sync_runs')
    .values({
      organization_id: principal.organizationId,
      ad_account_id: request.adAccountId,
      trigger: request.trigger,
      work: request.work,
      requested_by_id: principal.userId,
      window_start: request.window?.from ?? null,
      window_end: request.window?.to ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted?.id ?? null;
}

/** Errors: `not_found`; `conflict` where the account is paused or its platform must be connected again. */
export async function requireSyncable(tx: TenantTx, adAccountId: string) {
  const account = await tx
    .selectFrom('ad_accounts')
    .leftJoin('oauth_connections', (join) =>
      join
        .onRef('oauth_connections.organization_id', '=', 'ad_accounts.organization_id')
        .onRef('oauth_connections.id', '=', 'ad_accounts.connection_id'),
    )
    .select(['ad_accounts.sync_status', 'ad_accounts.connection_id', 'oauth_connections.state'])
    .select(['ad_accounts.platform', 'ad_accounts.time_zone', 'ad_accounts.is_manager', 'ad_accounts.source'])
    .where('ad_accounts.id', '=', adAccountId)
    .where('ad_accounts.is_active', '=', true)
    .executeTakeFirst();
  if (!account) throw notFound('ad account');
  if (account.is_manager)
    throw new AppError('conflict', 'A manager has no figures of its own: sync the ad accounts below it.');
  if (account.source === 'FILE')
    throw new AppError('conflict', 'The figures of this account come in by files: import the newest report.');
  if (account.sync_status === 'PAUSED')
    throw new AppError('conflict', 'Syncing of this account is paused. Resume it first.');
  // Members do not see the connection itself; the run finds out for them.
  if (account.connection_id === null || (account.state !== null && account.state !== 'CONNECTED'))
    throw new AppError(
      'conflict',
      'The access to this account has ended. An owner or admin connects it again first.',
    );
  return account;
}

/** Wakes the job of a run that was just made to wait, and shows it on its account; the past shows on its run alone. */
export async function wakeRun(
  tx: TenantTx,
  { syncRunId, adAccountId, work }: { syncRunId: string; adAccountId: string; work: SyncWork },
): Promise<void> {
  if (work !== 'BACKFILL')
    await tx
      .updateTable('ad_accounts')
      .set({ sync_status: 'PENDING' })
      .where('id', '=', adAccountId)
      .where('sync_status', '<>', 'PAUSED')
      .execute();
  await sql`select app.wake_sync(${syncRunId}::uuid)`.execute(tx);
}
