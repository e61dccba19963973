import { sql } from 'kysely';
import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import type { SyncTrigger, SyncWork } from '../../../db/types.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { DayRange } from '../../integrations/ad-platform.ts';
import { type CallCount, countCallsFrom } from './call-count.ts';
import type { RunRef, SyncServices } from './services.ts';

/** A run that this process holds: nobody else writes its figures while `attempt` stands in its row. */
export interface Claim extends RunRef {
  attempt: number;
  adAccountId: string;
  work: SyncWork;
  trigger: SyncTrigger;
  /** Tries in a row that brought nothing in. */
  failures: number;
  /** Workers in a row that fell silent over it before anything came in. */
  lostAttempts: number;
  /** What was asked for, or what it was planned for; null until then. */
  window: DayRange | null;
  isPlanned: boolean;
  calls: CallCount;
}

/** The lease passed to somebody else, or the run was ended from outside: nothing of this attempt may be written. */
export class Fenced extends Error {
  override readonly name = 'Fenced';

  constructor() {
    super('This attempt no longer holds its sync run.');
  }
}

/** Somebody stopped the run: it ends here and keeps what came in. */
export class StopRequested extends Error {
  override readonly name = 'StopRequested';

  constructor() {
    super('This sync run was stopped.');
  }
}

const LEASE = sql`interval '60 seconds'`;
/** Often enough that somebody who stops a run sees it stop. */
const RENEW_EVERY_MS = 4_000;
const UNIQUE_VIOLATION = '23505';

/**
 * Takes a run that waits or whose lease ran out, by the database's clock. null: another holds it, or another run of its
 * account works, or it is over.
 */
export async function claimRun(services: SyncServices, ref: RunRef): Promise<Claim | null> {
  try {
    return await withTenant(services.jobsDb, jobPrincipal(ref.organizationId), 'write', async (tx) => {
      await putBackLost(tx, ref);
      return takeRun(tx, ref);
    });
  } catch (error) {
    // Two runs of one account were taken at the same moment: the index lets one of them.
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return null;
    throw error;
  }
}

/** Another run of the account whose worker fell silent waits again: it must not keep this one out. */
async function putBackLost(tx: TenantTx, { syncRunId }: RunRef): Promise<void> {
  await sql`
    with lost as (
      update sync_runs r set status = 'PENDING', lease_until = null, lost_attempts = r.lost_attempts + 1
        from sync_runs asked
       where asked.id = ${syncRunId}::uuid and r.ad_account_id = asked.ad_account_id and r.id <> asked.id
         and r.status = 'SYNCING' and r.lease_until < now()
      returning r.id)
    select app.wake_sync(id) from lost`.execute(tx);
}

async function takeRun(tx: TenantTx, ref: RunRef): Promise<Claim | null> {
  const run = await tx
    .updateTable('sync_runs')
    .set({
      status: 'SYNCING',
      attempt: sql`attempt + 1`,
      lost_attempts: sql`lost_attempts + case when status = 'SYNCING' then 1 else 0 end`,
      lease_until: sql`now() + ${LEASE}`,
      started_at: sql`coalesce(started_at, now())`,
      next_attempt_at: null,
    })
    .where('id', '=', ref.syncRunId)
    .where(
      sql<boolean>`(status = 'PENDING' or (status = 'SYNCING' and lease_until < now()))
        and not exists (select from sync_runs other where other.organization_id = sync_runs.organization_id
              and other.ad_account_id = sync_runs.ad_account_id and other.id <> sync_runs.id
              and other.status = 'SYNCING')`,
    )
    .returning(['attempt', 'failures', 'lost_attempts', 'ad_account_id', 'work', 'trigger'])
    .returning(['window_start', 'window_end', 'slices_total', 'calls', 'repeats'])
    .executeTakeFirst();
  if (!run) return null;
  if (run.work !== 'BACKFILL')
    await tx
      .updateTable('ad_accounts')
      .set({ sync_status: 'SYNCING' })
      .where('id', '=', run.ad_account_id)
      .where('sync_status', '<>', 'PAUSED')
      .execute();
  const { attempt, failures, work, trigger, window_start: from, window_end: to } = run;
  return {
    ...ref,
    attempt,
    failures,
    work,
    trigger,
    lostAttempts: run.lost_attempts,
    adAccountId: run.ad_account_id,
    window: from !== null && to !== null ? { from, to } : null,
    isPlanned: run.slices_total > 0,
    calls: countCallsFrom(run),
  };
}

/**
 * Throws Fenced where this attempt no longer holds the run; otherwise nobody takes it before the transaction ends.
 * Answers whether somebody stopped it.
 */
export async function requireHeld(tx: TenantTx, claim: Claim): Promise<{ isStopRequested: boolean }> {
  const held = await tx
    .selectFrom('sync_runs')
    .select('stop_requested_at')
    .where('id', '=', claim.syncRunId)
    .where('attempt', '=', claim.attempt)
    .where('status', '=', 'SYNCING')
    .forUpdate()
    .executeTakeFirst();
  if (!held) throw new Fenced();
  return { isStopRequested: held.stop_requested_at !== null };
}

/** Renews the lease until `end`; `signal` aborts with Fenced where another took the run, with StopRequested where it was stopped. */
export function keepLease(services: SyncServices, claim: Claim): { signal: AbortSignal; end: () => void } {
  const over = new AbortController();
  const renew = async () => {
    try {
      const standing = await renewOnce(services, claim);
      if (standing === 'lost') over.abort(new Fenced());
      if (standing === 'stopped') over.abort(new StopRequested());
    } catch (error) {
      // A database that is away for a moment costs nothing: the fence decides at the write.
      services.log.warn({ syncRunId: claim.syncRunId, err: error }, 'a sync lease could not be renewed');
    }
  };
  const timer = setInterval(() => void renew(), RENEW_EVERY_MS);
  return { signal: over.signal, end: () => clearInterval(timer) };
}

async function renewOnce(services: SyncServices, claim: Claim): Promise<'held' | 'stopped' | 'lost'> {
  return withTenant(services.jobsDb, jobPrincipal(claim.organizationId), 'write', async (tx) => {
    const renewed = await tx
      .updateTable('sync_runs')
      .set({ lease_until: sql`now() + ${LEASE}`, calls: claim.calls.total, repeats: claim.calls.repeats })
      .where('id', '=', claim.syncRunId)
      .where('attempt', '=', claim.attempt)
      .where('status', '=', 'SYNCING')
      .returning('stop_requested_at')
      .executeTakeFirst();
    if (!renewed) return 'lost';
    return renewed.stop_requested_at === null ? 'held' : 'stopped';
  });
}
