import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import { formatCapped, formatCount, formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { useMay } from '../shell/use-account.ts';
import { isStopping, soonWords, statusWords, syncStatusTones, workLabel } from './labels.ts';
import { IntentButton } from './sync-buttons.tsx';
import { windowOf } from './sync-run-table.tsx';

export interface RunningListProps {
  runs: readonly SyncRun[];
  /** All that are under way; the list stops at fifty. */
  count: number;
  /** The reader's zone. */
  timeZone: string;
  now: string;
}

/** What is under way: how far it is, what it waits for, and a way to stop it. */
export function RunningList({ runs, count, timeZone, now }: RunningListProps) {
  const mayStop = useMay('sync-runs.start');
  return (
    <>
      <ul className="run-list">
        {runs.map((run) => (
          <li key={run.id} className="run-row" data-record-id={run.id}>
            <div className="run-who">
              <a className="run-name" href={paths.syncRun(run.id)}>
                {run.adAccountName}
              </a>
              <p className="text-sm text-muted">
                {platformLabels[run.platform]} · {workLabel(run)} · {windowOf(run)}
              </p>
            </div>
            <div className="run-progress">
              <RunProgress run={run} />
              <Wait run={run} timeZone={timeZone} now={now} />
            </div>
            <p className="run-counts figures text-sm text-muted">{soFar(run)}</p>
            {mayStop && (
              <IntentButton
                intent="stop"
                fields={{ syncRunId: run.id }}
                label={`${isStopping(run) ? 'Stopping' : 'Stop'} the sync of ${run.adAccountName}`}
                isBusy={isStopping(run)}
                size="small"
              >
                {isStopping(run) ? 'Stopping' : 'Stop'}
              </IntentButton>
            )}
          </li>
        ))}
      </ul>
      {count > runs.length && (
        <p className="px-4 py-2.5 text-muted">
          And {formatCount(count - runs.length)} more; they show here as these end.
        </p>
      )}
    </>
  );
}

/** How many of a run's slices are in; a run that is being planned has none yet. */
export function RunProgress({ run }: { run: SyncRun }) {
  const { slicesDone, slicesTotal } = run;
  const words = statusWords(run);
  if (slicesTotal === 0) return <ProgressBar label={run.startedAt ? `${words}: being planned` : words} />;
  const isLast = run.status === 'SYNCING' && slicesDone === slicesTotal;
  return (
    <ProgressBar
      label={isLast ? `${words}: reach, then it is done` : words}
      value={slicesDone}
      max={slicesTotal}
      detail={`${formatCount(slicesDone)} of ${formatCapped(slicesTotal, 'slice', 'slices', Infinity)}`}
    />
  );
}

function Wait({ run, timeZone, now }: Pick<RunningListProps, 'timeZone' | 'now'> & { run: SyncRun }) {
  if (run.status !== 'PENDING') return null;
  const { error, nextAttemptAt } = run;
  const until = nextAttemptAt && Date.parse(nextAttemptAt) > Date.parse(now) ? nextAttemptAt : null;
  return (
    <p className="pt-1 text-sm text-pretty">
      <StatusDot tone={error ? 'warning' : syncStatusTones.PENDING}>
        {error ?? 'It makes room for other work and goes on after it.'}
      </StatusDot>
      {until && (
        <>
          {' '}
          Goes on{' '}
          <time dateTime={until} title={formatDateTime(until, timeZone)}>
            {soonWords(until, now)}
          </time>
          .
        </>
      )}
    </p>
  );
}

function soFar({ rowsRead, retries, calls }: SyncRun): string {
  const parts = [
    formatCapped(rowsRead, 'row', 'rows', Infinity),
    formatCapped(calls, 'call', 'calls', Infinity),
    ...(retries > 0 ? [formatCapped(retries, 'retry', 'retries', Infinity)] : []),
  ];
  return parts.join(' · ');
}
