import type { SyncOverview } from '../../../server/domain/sync/schema.ts';
import { type Ask, type Live, type LiveRules, useLive } from './use-live.ts';

const ask: Ask<SyncOverview> = (api, signal) => api.syncRuns.overview.query(undefined, { signal });

const rules: LiveRules<SyncOverview> = {
  isLive: ({ runningCount, waitingCount }) => runningCount + waitingCount > 0,
  hasTurned: (before, after) => turnsOf(before) !== turnsOf(after),
  newsOf,
  // The schedule starts runs while nobody looks.
  idleMs: 30_000,
};

/** How the syncs stand, kept fresh. When one begins or ends, the lists of what is next and what was are loaded again. */
export function useOverview(loaded: SyncOverview): Live<SyncOverview> {
  return useLive(loaded, ask, rules);
}

function turnsOf({ running, waitingCount, lastDay }: SyncOverview): string {
  return JSON.stringify([running.map(({ id }) => id).sort(), waitingCount, lastDay]);
}

function newsOf(before: SyncOverview, after: SyncOverview): string | null {
  const words = (['succeeded', 'failed', 'stopped'] as const).flatMap((how) => {
    const count = after.lastDay[how] - before.lastDay[how];
    if (count <= 0) return [];
    return [
      `${count} ${count === 1 ? 'sync' : 'syncs'} ${how === 'stopped' ? (count === 1 ? 'was stopped' : 'were stopped') : how}.`,
    ];
  });
  return words.length === 0 ? null : words.join(' ');
}
