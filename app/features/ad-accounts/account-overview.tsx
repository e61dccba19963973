import { useCallback } from 'react';
import type { AccountSpend, AdAccount, Connection } from '../../../server/domain/ad-accounts/schema.ts';
import type { PlatformSettings } from '../../../server/domain/platform-settings/schema.ts';
import type { AccountDayState, SyncRun, UpcomingSync } from '../../../server/domain/sync/schema.ts';
import { useMay, useTimeZone } from '../shell/use-account.ts';
import { type AskForRuns, useLiveRuns } from '../sync/use-live-runs.ts';
import { AccountSyncs } from './account-syncs.tsx';
import { AdAccountFacts } from './ad-account-facts.tsx';
import { hasEnded } from './attention.ts';
import { DayStates } from './day-states.tsx';
import type { PlatformStatus } from './connect-platforms.tsx';

export interface AccountOverviewProps {
  account: AdAccount;
  connection: Connection | null;
  platform: PlatformStatus | null;
  settings: PlatformSettings | null;
  runs: readonly SyncRun[];
  next: UpcomingSync | null;
  days: readonly AccountDayState[];
  spend: AccountSpend | null;
  people: Readonly<Record<string, string>>;
  now: string;
}

/** What an account is, how fresh its figures are, and what runs in it. */
export function AccountOverview(props: AccountOverviewProps) {
  const { account, connection, settings, days, people, now } = props;
  const timeZone = useTimeZone();
  const canConnect = useMay('ad-accounts.connect');
  const adAccountId = account.id;
  const ask = useCallback<AskForRuns>(
    async (live, signal) =>
      (await live.syncRuns.list.query({ adAccountId, limit: props.runs.length || 1 }, { signal })).items,
    [adAccountId, props.runs.length],
  );
  const { runs, state } = useLiveRuns(props.runs, ask);
  const canAsk = account.isActive && account.syncStatus !== 'PAUSED' && !hasEnded(account, now);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <AdAccountFacts
          account={account}
          connection={connection}
          spend={props.spend}
          people={people}
          timeZone={timeZone}
          canConnect={canConnect}
          now={now}
        />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <AccountSyncs
          account={account}
          runs={runs}
          state={state}
          next={props.next}
          settings={settings}
          canAsk={canAsk && account.source !== 'FILE'}
          timeZone={timeZone}
          now={now}
        />
        <DayStates days={days} settings={settings} />
      </div>
    </div>
  );
}
