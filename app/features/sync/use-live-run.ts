import { useCallback } from 'react';
import type { SyncRunDetail } from '../../../server/domain/sync/schema.ts';
import { isLive, statusWords } from './labels.ts';
import { type Ask, type Live, type LiveRules, useLive } from './use-live.ts';

const rules: LiveRules<SyncRunDetail> = {
  isLive,
  // What it restated is loaded once it has ended.
  hasTurned: (before, after) => isLive(before) && !isLive(after),
  newsOf: (before, after) => {
    const words = statusWords(after);
    return statusWords(before) === words ? null : `This sync: ${words.toLowerCase()}.`;
  },
};

/** One run, kept fresh until it has ended. */
export function useLiveRun(loaded: SyncRunDetail): Live<SyncRunDetail> {
  const syncRunId = loaded.id;
  const ask = useCallback<Ask<SyncRunDetail>>(
    (api, signal) => api.syncRuns.byId.query({ syncRunId }, { signal }),
    [syncRunId],
  );
  return useLive(loaded, ask, rules);
}
