import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { runSync } from '../../server/domain/sync/run.ts';
import type { JobServices } from '../services.ts';

const payloadSchema = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });

/**
 * `sync-ad-account`: works on one run. How it ended stands in the run's own row, which also decides whether it comes
 * again: this job only wakes it.
 */
export function syncAdAccountTask(services: JobServices): Task {
  return async (payload, { abortSignal }) => {
    const { organizationId, subjectId: syncRunId } = payloadSchema.parse(payload);
    const outcome = await runSync(services, { organizationId, syncRunId }, abortSignal);
    services.log.debug({ organizationId, syncRunId, outcome }, 'sync job');
  };
}
