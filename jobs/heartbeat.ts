import { type RawBuilder, sql } from 'kysely';
import type { WorkerUtils } from 'graphile-worker';
import { withSystem, withTenant } from '../db/tenant.ts';
import { jobPrincipal } from '../server/auth/principal.ts';
import type { JobServices } from './services.ts';

const BEAT_EVERY_MS = 15_000;
const SWEEP_EVERY_MS = 15_000;
const SILENCE = sql`interval '60 seconds'`;

export interface Heartbeat {
  /** Stops beating, and forgets the workers of this process, whose jobs it has ended. */
  end(): Promise<void>;
}

/**
 * Keeps this process's workers alive in the others' eyes, and watches over theirs: graphile-worker would free a killed
 * worker's jobs only after hours. `workerIds` is read at each beat, since workers may be replaced.
 */
export async function startHeartbeat(
  services: JobServices,
  utils: WorkerUtils,
  workerIds: ReadonlySet<string>,
): Promise<Heartbeat> {
  await beat(services, workerIds);
  await sweep(services, utils);
  const timers = [
    every(BEAT_EVERY_MS, services, () => beat(services, workerIds)),
    every(SWEEP_EVERY_MS, services, () => sweep(services, utils)),
  ];
  return {
    end: async () => {
      timers.forEach(clearInterval);
      for (const workerId of workerIds) await forget(services, workerId);
    },
  };
}

function every(ms: number, services: JobServices, work: () => Promise<void>): NodeJS.Timeout {
  let isBusy = false;
  return setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    work()
      // A database that is away for a moment must not end the process; the next beat tries again.
      .catch((error: unknown) => services.log.warn({ err: error }, 'a heartbeat was missed'))
      .finally(() => {
        isBusy = false;
      });
  }, ms);
}

async function beat(services: JobServices, workerIds: ReadonlySet<string>): Promise<void> {
  await withSystem(services.jobsDb, async (tx) => {
    for (const workerId of workerIds) await sql`select app.beat(${workerId})`.execute(tx);
  });
}

/** Frees what dead workers held: their jobs, runs whose lease ran out, imports that lost their job. */
export async function sweep(services: JobServices, utils: WorkerUtils): Promise<void> {
  const silent = await withSystem(services.jobsDb, (tx) =>
    sql<{
      worker_id: string;
    }>`select silent_workers as worker_id from app.silent_workers(${SILENCE})`.execute(tx),
  );
  const dead = silent.rows.map(({ worker_id: workerId }) => workerId);
  if (dead.length > 0) {
    await utils.forceUnlockWorkers(dead);
    for (const workerId of dead) await forget(services, workerId);
    services.log.warn({ workers: dead }, 'the jobs of silent workers are free again');
  }
  const { runs, imports } = await withSystem(services.jobsDb, async (tx) => ({
    runs: await sql<Lost>`select organization_id, sync_run_id as id from app.lost_sync_runs()`.execute(tx),
    imports: await sql<Lost>`select organization_id, import_id as id from app.unfinished_imports()`.execute(
      tx,
    ),
  }));
  for (const row of runs.rows) await wake(services, row, sql`select app.wake_sync(${row.id}::uuid)`);
  for (const row of imports.rows)
    await wake(services, row, sql`select app.enqueue('run-import', ${row.id}::uuid, ${row.id})`);
}

interface Lost {
  organization_id: string;
  id: string;
}

async function wake(
  services: JobServices,
  { organization_id, id }: Lost,
  job: RawBuilder<unknown>,
): Promise<void> {
  await withTenant(services.jobsDb, jobPrincipal(organization_id), 'write', (tx) => job.execute(tx));
  services.log.warn({ organizationId: organization_id, id }, 'work that nobody held is woken again');
}

async function forget(services: JobServices, workerId: string): Promise<void> {
  await withSystem(services.jobsDb, (tx) => sql`select app.forget_worker(${workerId})`.execute(tx));
}
