import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { type Claim, whileHeld } from './claim.ts';
import type { CreatorSyncServices } from './services.ts';

/** Ends a run well. What was wrong with its account before is not wrong any more. */
export function succeed(services: CreatorSyncServices, claim: Claim): Promise<void> {
  return whileHeld(services, claim, async (tx) => {
    await end(tx, claim, { status: 'SUCCESS', error: null });
    await tellAccount(tx, claim, null);
  });
}

/** Ends a run badly, in plain words on the run and on the account. Its figures stay as they were. */
export function fail(services: CreatorSyncServices, claim: Claim, error: string): Promise<void> {
  return whileHeld(services, claim, async (tx) => {
    await end(tx, claim, { status: 'ERROR', error });
    await tellAccount(tx, claim, error);
  });
}

async function end(
  tx: TenantTx,
  claim: Claim,
  { status, error }: { status: 'SUCCESS' | 'ERROR'; error: string | null },
): Promise<void> {
  await tx
    .updateTable('creator_sync_runs')
    .set({ status, error, finished_at: sql`now()`, next_attempt_at: null, pending_since: null })
    .where('id', '=', claim.id)
    .execute();
}

/** How an ended connection ended stays written there. */
async function tellAccount(tx: TenantTx, claim: Claim, error: string | null): Promise<void> {
  if (claim.creator_platform_id === null) return;
  await tx
    .updateTable('creator_platforms')
    .set({ sync_error: error, updated_at: sql`now()` })
    .where('id', '=', claim.creator_platform_id)
    .where('connection_state', 'in', ['CONNECTED', 'SYNCED', 'EXPIRING'])
    .execute();
}

interface Postponed {
  waitMs: number;
  /** Phyllo is at work: no failed try. */
  isPending: boolean;
  error: string | null;
}

/** Puts a run off. Where the same was asked for meanwhile, that one goes on in its place. */
export function postpone(
  services: CreatorSyncServices,
  claim: Claim,
  { waitMs, isPending, error }: Postponed,
): Promise<void> {
  return whileHeld(services, claim, async (tx) => {
    const at = sql<Date>`now() + ${waitMs} * interval '1 millisecond'`;
    const { numUpdatedRows } = await tx
      .updateTable('creator_sync_runs')
      .set({
        status: 'QUEUED',
        error,
        next_attempt_at: at,
        pending_since: isPending ? sql`coalesce(pending_since, now())` : null,
      })
      .where('id', '=', claim.id)
      .where(
        sql<boolean>`not exists (
          select from creator_sync_runs other where other.creator_id = creator_sync_runs.creator_id
             and other.creator_platform_id is not distinct from creator_sync_runs.creator_platform_id
             and other.kind = creator_sync_runs.kind and other.status = 'QUEUED'
             and other.history_from is not distinct from creator_sync_runs.history_from)`,
      )
      .executeTakeFirst();
    if (numUpdatedRows === 0n)
      return end(tx, claim, {
        status: 'ERROR',
        error: error ?? 'A newer sync of this account took its place.',
      });
    await sql`select app.enqueue_creator_sync(${claim.id}::uuid, ${at})`.execute(tx);
  });
}
