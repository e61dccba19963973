import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { watchWork } from '../../server/domain/creator-contracts/watch.ts';
import { runCreatorSync } from '../../server/domain/creator-sync/run.ts';
import type { JobServices } from '../services.ts';

const payloadSchema = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });

/** `sync-creator`: one try of one run. How it ended, and whether it comes again, stands in the run's own row. */
export function syncCreatorTask(services: JobServices): Task {
  return async (payload, { abortSignal }) => {
    const { organizationId, subjectId: creatorSyncRunId } = payloadSchema.parse(payload);
    const outcome = await runCreatorSync(services, { organizationId, creatorSyncRunId }, abortSignal);
    services.log.debug({ organizationId, creatorSyncRunId, outcome }, 'creator sync job');
    // What the sync brought may break a contract's exclusivity.
    await watchWork(services, { organizationId, of: { creatorSyncRunId } });
  };
}
