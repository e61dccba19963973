import { sql } from 'kysely';
import { withSystem, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { runSync, type SyncOutcome } from './run.ts';
import type { RunRef, SyncServices } from './services.ts';

/** A run that cannot be worked on now is looked at again after this, unless what it waits for wakes it first. */
const LOOK_AGAIN_MS = { least: 15_000, most: 30_000 };

/**
 * Takes the turn that a job of `asked` is: works on it, or on the run that should come before it, so that an agency
 * which asks for much does not keep another waiting. Whatever is put off keeps a job of its own.
 */
export async function takeTurn(
  services: SyncServices,
  asked: RunRef,
  stopping?: AbortSignal,
): Promise<SyncOutcome> {
  const next = await chooseRun(services, asked);
  if (!next) {
    await lookAgain(services, asked);
    return 'skipped';
  }
  if (next.syncRunId !== asked.syncRunId) await wake(services, asked);
  return runSync(services, next, stopping);
}

async function chooseRun(services: SyncServices, asked: RunRef): Promise<RunRef | null> {
  const { rows } = await withSystem(services.jobsDb, (tx) =>
    sql<{ organization_id: string; sync_run_id: string }>`
      select organization_id, sync_run_id
        from app.next_sync_run(${asked.organizationId}::uuid, ${asked.syncRunId}::uuid)`.execute(tx),
  );
  const [row] = rows;
  return row ? { organizationId: row.organization_id, syncRunId: row.sync_run_id } : null;
}

function wake(services: SyncServices, { organizationId, syncRunId }: RunRef): Promise<unknown> {
  return withTenant(services.jobsDb, jobPrincipal(organizationId), 'write', (tx) =>
    sql`select app.wake_sync(${syncRunId}::uuid)`.execute(tx),
  );
}

/** Its account is busy, or enough backfills are under way. A run that is over has nothing to wait for. */
function lookAgain(services: SyncServices, { organizationId, syncRunId }: RunRef): Promise<unknown> {
  const { least, most } = LOOK_AGAIN_MS;
  const waitMs = Math.round(least + (most - least) * Math.random());
  return withTenant(services.jobsDb, jobPrincipal(organizationId), 'write', (tx) =>
    sql`
      select app.enqueue_sync(id, greatest(next_attempt_at, now() + ${waitMs} * interval '1 millisecond'))
        from sync_runs where id = ${syncRunId}::uuid and status = 'PENDING'`.execute(tx),
  );
}
