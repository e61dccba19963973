import type { SyncRunDetail } from '../../../server/domain/sync/schema.ts';
import { formatCount, formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { durationOf, triggerLabels, workHints, workLabel, zoneWords } from './labels.ts';
import { windowOf } from './sync-run-table.tsx';

/** What a run read and changed, so far or in all. */
export function RunCounts({ run, now }: { run: SyncRunDetail; now: string }) {
  const hasEnded = run.finishedAt !== null;
  const took = durationOf({ startedAt: run.startedAt, finishedAt: run.finishedAt ?? now });
  return (
    <StatRow>
      {counts.map(({ label, hint, value }) => (
        <Stat
          key={label}
          label={label}
          hint={hint}
          value={formatCount(run.startedAt || run.finishedAt ? value(run) : null)}
        />
      ))}
      <Stat
        label={hasEnded ? 'Took' : 'So far'}
        hint={hasEnded ? 'from begin to end' : 'since it began'}
        value={took ?? '—'}
      />
    </StatRow>
  );
}

const counts = [
  { label: 'Rows read', hint: 'sent by the platform', value: (run: SyncRunDetail) => run.rowsRead },
  { label: 'Rows written', hint: 'new or changed here', value: (run: SyncRunDetail) => run.rowsWritten },
  { label: 'Restated', hint: 'said something else before', value: (run: SyncRunDetail) => run.rowsRestated },
  { label: 'Removed', hint: 'no longer sent', value: (run: SyncRunDetail) => run.rowsRemoved },
  { label: 'Retries', hint: 'of the whole run', value: (run: SyncRunDetail) => run.retries },
  { label: 'Calls repeated', hint: 'after a failure or a pause', value: (run: SyncRunDetail) => run.repeats },
  { label: 'Calls', hint: 'made to the platform', value: (run: SyncRunDetail) => run.calls },
] as const;

export interface RunFactsProps {
  run: SyncRunDetail;
  /** Who asked for it; null for the schedule. */
  requestedBy: string | null;
  /** The reader's zone. */
  timeZone: string;
}

/** What a run is: whose, which days, why, when. */
export function RunFacts({ run, requestedBy, timeZone }: RunFactsProps) {
  const at = (iso: string | null) => iso && formatDateTime(iso, timeZone);
  return (
    <Panel title="About">
      <DetailList
        details={[
          {
            term: 'Ad account',
            value: (
              <a className="link" href={paths.adAccount(run.adAccountId)}>
                {run.adAccountName}
              </a>
            ),
          },
          { term: 'Platform', value: platformLabels[run.platform] },
          { term: 'Work', value: workWords(run) },
          { term: 'Days', value: run.windowStart && `${windowOf(run)}, ${zoneWords(run.timeZone)}` },
          { term: 'Why', value: triggerLabels[run.trigger] },
          {
            term: 'Asked for by',
            value: requestedBy ?? (run.trigger === 'SCHEDULE' ? 'The schedule' : null),
          },
          { term: 'Asked for', value: at(run.requestedAt) },
          { term: 'Began', value: at(run.startedAt) },
          { term: 'Ended', value: at(run.finishedAt) },
          {
            term: 'Run',
            value: (
              <>
                <code className="font-mono text-sm select-all">{run.id}</code>{' '}
                <CopyButton value={run.id} label="Copy the run’s id" />
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function workWords(run: SyncRunDetail) {
  if (run.importId !== null)
    return (
      <a className="link" href={paths.importRun(run.importId)}>
        {workLabel(run)}
      </a>
    );
  return (
    <>
      {workLabel(run)}
      <span className="block text-sm text-muted">{workHints[run.work]}</span>
    </>
  );
}
