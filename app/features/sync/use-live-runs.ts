import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import { isLive } from './labels.ts';
import { type Ask, type Live, type LiveRules, useLive } from './use-live.ts';

/** Asks for the same runs that the loader gave, over HTTP. Keep it stable between renders. */
export type AskForRuns = Ask<readonly SyncRun[]>;

export interface LiveRuns {
  runs: readonly SyncRun[];
  state: Live<unknown>['state'];
}

const rules: LiveRules<readonly SyncRun[]> = {
  isLive: (runs) => runs.some(isLive),
  hasTurned: hasEnded,
};

/**
 * Keeps runs fresh while one of them waits or works. When one ends, the page's loaders run again: its figures and
 * clocks have moved with it.
 */
export function useLiveRuns(loaded: readonly SyncRun[], ask: AskForRuns): LiveRuns {
  const { value, state } = useLive(loaded, ask, rules);
  return { runs: value, state };
}

/** Whether a run that was alive when the page was loaded is over now. */
function hasEnded(before: readonly SyncRun[], after: readonly SyncRun[]): boolean {
  const live = new Set(before.filter(isLive).map(({ id }) => id));
  return after.some((run) => live.has(run.id) && !isLive(run));
}
