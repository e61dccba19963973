import { setTimeout as delay } from 'node:timers/promises';
import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { getSyncRun } from './queries.ts';
import { runSync } from './run.ts';
import type { SyncRun } from './schema.ts';
import type { RunRef, SyncServices } from './services.ts';

const LOOK_EVERY_MS = 500;

/**
 * Works on a run until it has ended, through the platform's waits, or waits for whoever holds it; answers it as it
 * ended. For commands: a jobs process comes back to a run by its queue instead.
 */
export async function runToEnd(services: SyncServices, ref: RunRef): Promise<SyncRun> {
  for (;;) {
    const run = await withTenant(services.jobsDb, jobPrincipal(ref.organizationId), 'read', (tx) =>
      getSyncRun(tx, ref.syncRunId),
    );
    if (run.status !== 'PENDING' && run.status !== 'SYNCING') return run;
    const waitMs = run.nextAttemptAt === null ? 0 : Date.parse(run.nextAttemptAt) - Date.now();
    if (waitMs > 0) await delay(Math.min(waitMs, LOOK_EVERY_MS));
    else if ((await runSync(services, ref)) === 'skipped') await delay(LOOK_EVERY_MS);
  }
}
