import type { Task } from 'graphile-worker';
import { watchContracts, type WatchServices } from '../../server/domain/creator-contracts/watch.ts';

/** `watch-contracts`: warns of what ends in contracts and tells of conflicts, each once, by each agency's own day. */
export function watchContractsTask(services: WatchServices): Task {
  return async (_payload, { abortSignal }) => {
    await watchContracts(services, { signal: abortSignal });
  };
}
