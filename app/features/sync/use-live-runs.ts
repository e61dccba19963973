import { useRevalidator } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import type { liveApi } from '../../bridge/live.ts';
import { isLive } from './labels.ts';

/** Asks for the same runs that the loader gave, over HTTP. Keep it stable between renders. */
export type AskForRuns = (api: typeof liveApi, signal: AbortSignal) => Promise<readonly SyncRun[]>;

export interface LiveRuns {
  runs: readonly SyncRun[];
  /** `still`: nothing runs. `stalled`: the server did not answer lately; what is shown may be old. */
  state: 'still' | 'live' | 'stalled';
}

const EVERY_MS = 2_000;
const LONGEST_MS = 30_000;

/**
 * Keeps runs fresh while one of them waits or works, asking more rarely while nobody answers and not at all while the
 * page is hidden. When one ends, the page's loaders run again: its figures and clocks have moved with it.
 */
export function useLiveRuns(loaded: readonly SyncRun[], ask: AskForRuns): LiveRuns {
  const [polled, setPolled] = useState<{ from: readonly SyncRun[]; runs: readonly SyncRun[] } | null>(null);
  const [isStalled, setIsStalled] = useState(false);
  const { revalidate } = useRevalidator();
  // What was polled belongs to what was loaded; a newer load wins.
  const runs = polled?.from === loaded ? polled.runs : loaded;
  const hasLive = runs.some(isLive);

  useEffect(() => {
    if (!hasLive) return;
    const stop = new AbortController();
    const poll = async (failures: number): Promise<void> => {
      await pause(Math.min(EVERY_MS * 2 ** failures, LONGEST_MS), stop.signal);
      if (stop.signal.aborted) return;
      if (document.hidden) return poll(failures);
      try {
        const live = await import('../../bridge/live.ts');
        const next = await ask(live.liveApi, stop.signal);
        if (stop.signal.aborted) return;
        setIsStalled(false);
        setPolled({ from: loaded, runs: next });
        if (hasEnded(loaded, next)) return revalidate();
      } catch {
        // Said on the page, and asked again.
        if (stop.signal.aborted) return;
        setIsStalled(true);
        return poll(failures + 1);
      }
      return poll(0);
    };
    void poll(0);
    return () => stop.abort();
  }, [hasLive, loaded, ask, revalidate]);

  return { runs, state: !hasLive ? 'still' : isStalled ? 'stalled' : 'live' };
}

/** Whether a run that was alive when the page was loaded is over now. */
function hasEnded(before: readonly SyncRun[], after: readonly SyncRun[]): boolean {
  const live = new Set(before.filter(isLive).map(({ id }) => id));
  return after.some((run) => live.has(run.id) && !isLive(run));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
