import type { Task } from 'graphile-worker';
import { z } from 'zod';
import {
  moveConnections,
  requestDueCreatorSyncs,
  requestMissedCreatorSyncs,
  wakeLostCreatorSyncs,
} from '../../server/domain/creator-sync/poll.ts';
import type { JobServices } from '../services.ts';

/** The clock sends none, or its own `_cron`. */
const payloadSchema = z.object({ notReadSince: z.iso.datetime({ offset: true }).optional() }).nullish();

/**
 * `poll-creators`: asks for what is due, moves what time alone moves, and wakes what lost its job. `notReadSince`: asks
 * for all that was not read since then, whether it is due or not.
 */
export function pollCreatorsTask(services: JobServices): Task {
  return async (payload) => {
    const notReadSince = payloadSchema.parse(payload)?.notReadSince;
    if (notReadSince !== undefined) return requestMissedCreatorSyncs(services, notReadSince);
    await wakeLostCreatorSyncs(services);
    await moveConnections(services);
    await requestDueCreatorSyncs(services);
  };
}
