import { sql } from 'kysely';
import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { DayRange } from '../../integrations/ad-platform.ts';
import type { RunRef, SyncServices } from './services.ts';

/** A run that this process holds: nobody else writes its figures while `attempt` stands in its row. */
export interface Claim extends RunRef {
  attempt: number;
  retries: number;
  adAccountId: string;
  /** What was asked for, or null: the platform's own window. */
  window: DayRange | null;
}

/** The lease passed to somebody else, or the run was ended from outside: nothing of this attempt may be written. */
export class Fenced extends Error {
  override readonly name = 'Fenced';

  constructor() {
    super('This attempt no longer holds its sync run.');
  }
}

const LEASE = sql`interval '60 seconds'`;
const RENEW_EVERY_MS = 15_000;

/** Takes a run that waits or whose lease ran out, by the database's clock. null: another holds it, or it is over. */
export async function claimRun(services: SyncServices, ref: RunRef): Promise<Claim | null> {
  return withTenant(services.jobsDb, jobPrincipal(ref.organizationId), 'write', async (tx) => {
    const run = await tx
      .updateTable('sync_runs')
      .set({
        status: 'SYNCING',
        attempt: sql`attempt + 1`,
        lease_until: sql`now() + ${LEASE}`,
        started_at: sql`coalesce(started_at, now())`,
        next_attempt_at: null,
      })
      .where('id', '=', ref.syncRunId)
      .where((eb) =>
        eb.or([
          eb('status', '=', 'PENDING'),
          eb.and([eb('status', '=', 'SYNCING'), eb('lease_until', '<', sql<Date>`now()`)]),
        ]),
      )
      .returning(['attempt', 'retries', 'ad_account_id', 'window_start', 'window_end'])
      .executeTakeFirst();
    if (!run) return null;
    await tx
      .updateTable('ad_accounts')
      .set({ sync_status: 'SYNCING' })
      .where('id', '=', run.ad_account_id)
      .where('sync_status', '<>', 'PAUSED')
      .execute();
    const { attempt, retries, window_start: from, window_end: to } = run;
    return {
      ...ref,
      attempt,
      retries,
      adAccountId: run.ad_account_id,
      window: from !== null && to !== null ? { from, to } : null,
    };
  });
}

/** Throws Fenced where this attempt no longer holds the run; otherwise nobody takes it before the transaction ends. */
export async function requireHeld(tx: TenantTx, claim: Claim): Promise<void> {
  const held = await tx
    .selectFrom('sync_runs')
    .select('id')
    .where('id', '=', claim.syncRunId)
    .where('attempt', '=', claim.attempt)
    .where('status', '=', 'SYNCING')
    .forUpdate()
    .executeTakeFirst();
  if (!held) throw new Fenced();
}

/** Renews the lease until `end`; `signal` aborts with Fenced once that fails because another took the run. */
export function keepLease(services: SyncServices, claim: Claim): { signal: AbortSignal; end: () => void } {
  const lost = new AbortController();
  const renew = async () => {
    try {
      if (!(await renewOnce(services, claim))) lost.abort(new Fenced());
    } catch (error) {
      // A database that is away for a moment costs nothing: the fence decides at the write.
      services.log.warn({ syncRunId: claim.syncRunId, err: error }, 'a sync lease could not be renewed');
    }
  };
  const timer = setInterval(() => void renew(), RENEW_EVERY_MS);
  return { signal: lost.signal, end: () => clearInterval(timer) };
}

async function renewOnce(services: SyncServices, claim: Claim): Promise<boolean> {
  return withTenant(services.jobsDb, jobPrincipal(claim.organizationId), 'write', async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('sync_runs')
      .set({ lease_until: sql`now() + ${LEASE}` })
      .where('id', '=', claim.syncRunId)
      .where('attempt', '=', claim.attempt)
      .where('status', '=', 'SYNCING')
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  });
}
