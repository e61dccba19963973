import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { runAdFile } from '../../server/domain/imports/ad-metrics/run.ts';
import { getImport } from '../../server/domain/imports/queries.ts';
import { failImport, type RunRequest, runImport } from '../../server/domain/imports/run.ts';
import type { Import } from '../../server/domain/imports/schema.ts';
import { ingestDailyMetrics } from '../../server/domain/sync/ingest.ts';
import { AppError } from '../../server/kernel/errors.ts';
import type { Logger } from '../../server/kernel/log.ts';

export interface RunImportServices {
  jobsDb: Database;
  log: Logger;
  now: () => Date;
}

const payloadSchema = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });

/** A fault that stays after this many tries is shown to the person, who may resume; it is not tried for days. */
const MAX_TRIES = 5;

/** `run-import`: checks or writes one import from where it stands. */
export function runImportTask(services: RunImportServices): Task {
  const { jobsDb: db, log, now } = services;
  return async (payload, { job, abortSignal }) => {
    const { organizationId, subjectId: importId } = payloadSchema.parse(payload);
    try {
      const done = await runAny({ db, organizationId, importId, now, signal: abortSignal });
      log.info({ organizationId, importId, status: done.status, rows: done.rowsDone }, 'import');
    } catch (error) {
      // It was removed with its agency, or while it waited: there is nothing left to do.
      if (error instanceof AppError && error.code === 'not_found') return;
      if (job.attempts < MAX_TRIES || abortSignal?.aborted) throw error;
      log.error({ organizationId, importId, err: error }, 'import failed');
      await failImport(
        { db, organizationId, importId },
        'Something went wrong on our side and the import stopped. What came in stays; resume it to go on.',
      );
    }
  };
}

/** Ad figures go the road of the syncs into their table, records that of their noun. */
async function runAny(request: RunRequest): Promise<Import> {
  const { db, organizationId, importId } = request;
  const { kind } = await withTenant(db, jobPrincipal(organizationId), 'read', (tx) =>
    getImport(tx, importId),
  );
  return kind === 'ad-metrics' ? runAdFile({ ...request, ingest: ingestDailyMetrics }) : runImport(request);
}
