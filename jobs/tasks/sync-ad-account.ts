import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { takeTurn } from '../../server/domain/sync/turn.ts';
import type { JobServices } from '../services.ts';

const payloadSchema = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });

/**
 * `sync-ad-account`: a turn of work on the sync that is due, this run's or one before it. How it ended stands in the run's own row, which also decides whether it comes
 * again: this job only wakes it.
 */
export function syncAdAccountTask(services: JobServices): Task {
  return async (payload, { abortSignal }) => {
    const { organizationId, subjectId: syncRunId } = payloadSchema.parse(payload);
    const outcome = await takeTurn(services, { organizationId, syncRunId }, abortSignal);
    services.log.debug({ organizationId, syncRunId, outcome }, 'sync job');
  };
}
