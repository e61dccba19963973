import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { failImport, runImport } from '../../server/domain/imports/run.ts';
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
      const done = await runImport({ db, organizationId, importId, now, signal: abortSignal });
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
