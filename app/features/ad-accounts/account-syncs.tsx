import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { PlatformSettings } from '../../../server/domain/platform-settings/schema.ts';
import type { SyncRun, UpcomingSync } from '../../../server/domain/sync/schema.ts';
import { addDays } from '../../lib/date-range.ts';
import { formatDate, formatDateTime, formatRelative } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useMay } from '../shell/use-account.ts';
import { isLive, isStopping } from '../sync/labels.ts';
import { LiveLine, type LiveLineProps } from '../sync/live-line.tsx';
import { IntentButton } from '../sync/sync-buttons.tsx';
import { SyncRunTable } from '../sync/sync-run-table.tsx';

export interface AccountSyncsProps {
  account: AdAccount;
  runs: readonly SyncRun[];
  state: LiveLineProps['state'];
  /** What runs next; null where nothing does. */
  next: UpcomingSync | null;
  /** null where its figures come in by files. */
  settings: PlatformSettings | null;
  /** Whether days may be asked for: it is connected, in use and not paused. */
  canAsk: boolean;
  timeZone: string;
  now: string;
}

/** What ran and runs next in an account, and the ways to have more of it read. */
export function AccountSyncs(props: AccountSyncsProps) {
  const { account, runs, state, next, timeZone, now } = props;
  return (
    <Panel
      title="Syncs"
      padded={false}
      description={
        next && (
          <>
            Next: {next.work === 'BACKFILL' ? 'history' : 'new figures'},{' '}
            <time dateTime={next.at} title={formatDateTime(next.at, timeZone)}>
              {formatRelative(next.at, now)}
            </time>
          </>
        )
      }
      actions={
        <a className="link" href={withQuery(paths.syncRuns(), { adAccountId: account.id })}>
          All runs
        </a>
      }
    >
      {runs.length === 0 ? (
        <p className="p-4 text-muted">Nothing was synced yet.</p>
      ) : (
        <SyncRunTable runs={runs} now={now} of="account" />
      )}
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2.5">
        <More {...props} />
        <LiveLine state={state} />
      </div>
    </Panel>
  );
}

function More({ account, runs, settings, canAsk }: AccountSyncsProps) {
  const mayStart = useMay('sync-runs.start');
  const live = runs.filter(isLive);
  const hasBackfill = live.some(({ work }) => work === 'BACKFILL');
  const mayReachFurther = settings !== null && !reachesBack(account, settings.backfillMonths);
  const reaches = account.backfilledFrom
    ? `History reaches back to ${formatDate(account.backfilledFrom)}.`
    : 'No history was brought in yet.';
  return (
    <>
      <p className="min-w-0 flex-1 basis-56 text-muted">
        {settings &&
          (settings.backfillMonths === 0 ? 'No history is brought in, as the agency has set.' : reaches)}
      </p>
      {mayStart && canAsk && (
        <>
          {live.map((run) => (
            <IntentButton key={run.id} intent="stop" fields={{ syncRunId: run.id }} isBusy={isStopping(run)}>
              {isStopping(run) ? 'Stopping' : run.work === 'BACKFILL' ? 'Stop the history' : 'Stop'}
            </IntentButton>
          ))}
          <LinkButton href={paths.syncRange(account.id)}>Pull a range again</LinkButton>
          {mayReachFurther && !hasBackfill && (
            <IntentButton intent="backfill">Bring in {settings.backfillMonths} months</IntentButton>
          )}
        </>
      )}
    </>
  );
}

/** Whether the history that the agency wants is there; a month counts thirty days, so that none is asked for twice. */
function reachesBack({ backfilledFrom, today }: AdAccount, months: number): boolean {
  return months === 0 || (backfilledFrom !== null && backfilledFrom <= addDays(today, -30 * months));
}
