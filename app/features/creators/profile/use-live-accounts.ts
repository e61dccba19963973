import { useCallback, useMemo } from 'react';
import type { CreatorPlatform } from '../../../../server/domain/creator-platforms/schema.ts';
import type { CreatorSyncRun } from '../../../../server/domain/creator-sync/schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import { type Ask, type Live, type LiveRules, useLive } from '../../sync/use-live.ts';
import { isUnderWay } from './sync-run-words.ts';

export interface LiveAccounts {
  accounts: readonly CreatorPlatform[];
  runs: readonly CreatorSyncRun[];
}

const rules: LiveRules<LiveAccounts> = {
  isLive: ({ accounts, runs }) =>
    runs.some(isUnderWay) || accounts.some(({ connectionState }) => connectionState === 'CONNECTED'),
  // The other parts of the page speak of the same figures.
  hasTurned: (before, after) => rules.isLive(before) && !rules.isLive(after),
  newsOf: (before, after) => {
    const synced = after.accounts.filter(
      ({ id, connectionState }) =>
        connectionState === 'SYNCED' &&
        before.accounts.find((account) => account.id === id)?.connectionState === 'CONNECTED',
    );
    if (synced.length === 0) return null;
    const names = synced.map(({ platform, handle }) => `${platformLabels[platform]} @${handle}`);
    return `The first figures of ${names.join(', ')} are here.`;
  },
};

/** A creator's accounts and fetches, kept fresh while something goes on. */
export function useLiveAccounts(creatorId: string, loaded: LiveAccounts): Live<LiveAccounts> {
  const { accounts, runs } = loaded;
  const first = useMemo(() => ({ accounts, runs }), [accounts, runs]);
  const limit = Math.max(runs.length, 1);
  const ask = useCallback<Ask<LiveAccounts>>(
    async (api, signal) => {
      const [found, page] = await Promise.all([
        api.creatorPlatforms.list.query({ creatorId }, { signal }),
        api.creatorSync.list.query({ creatorId, limit }, { signal }),
      ]);
      return { accounts: found, runs: page.items };
    },
    [creatorId, limit],
  );
  return useLive(first, ask, rules);
}
