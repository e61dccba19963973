import type { Task } from 'graphile-worker';
import {
  moveConnections,
  requestDueCreatorSyncs,
  wakeLostCreatorSyncs,
} from '../../server/domain/creator-sync/poll.ts';
import type { JobServices } from '../services.ts';

/** `poll-creators`: asks for what is due, moves what time alone moves, and wakes what lost its job. */
export function pollCreatorsTask(services: JobServices): Task {
  return async () => {
    await wakeLostCreatorSyncs(services);
    await moveConnections(services);
    await requestDueCreatorSyncs(services);
  };
}
