import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import { formatCount, formatDateTime, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Callout } from '../../ui/callout.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { durationOf, runStatusLabels, syncStatusTones, triggerLabels } from './labels.ts';
import { windowOf } from './sync-run-table.tsx';

export interface SyncRunFactsProps {
  run: SyncRun;
  /** Who asked for it; null for the schedule. */
  requestedBy: string | null;
  /** The agency's zone. */
  timeZone: string;
  now: string;
}

/** One run: what it did, when, for which days, and what went wrong. */
export function SyncRunFacts({ run, requestedBy, timeZone, now }: SyncRunFactsProps) {
  const at = (iso: string | null) => iso && formatDateTime(iso, timeZone);
  return (
    <>
      <Trouble run={run} now={now} />
      <StatRow>
        {counts.map(({ label, hint, value }) => (
          <Stat
            key={label}
            label={label}
            hint={hint}
            value={formatCount(run.finishedAt ? value(run) : null)}
          />
        ))}
      </StatRow>
      <Panel title="About">
        <DetailList
          details={[
            {
              term: 'Status',
              value: <Badge tone={syncStatusTones[run.status]}>{runStatusLabels[run.status]}</Badge>,
            },
            {
              term: 'Ad account',
              value: (
                <a className="link" href={paths.adAccount(run.adAccountId)}>
                  {run.adAccountName}
                </a>
              ),
            },
            { term: 'Days', value: run.windowStart && `${windowOf(run)}, in the account’s own zone` },
            { term: 'Why', value: triggerLabels[run.trigger] },
            { term: 'Asked for by', value: requestedBy },
            { term: 'Asked for', value: at(run.requestedAt) },
            { term: 'Started', value: at(run.startedAt) },
            { term: 'Ended', value: at(run.finishedAt) },
            { term: 'Took', value: durationOf(run) },
            { term: 'Tries', value: formatCount(run.retries + 1) },
          ]}
        />
      </Panel>
    </>
  );
}

const counts = [
  { label: 'Rows read', hint: 'sent by the platform', value: (run: SyncRun) => run.rowsRead },
  { label: 'Rows written', hint: 'new or changed here', value: (run: SyncRun) => run.rowsWritten },
  { label: 'Restated', hint: 'said something else before', value: (run: SyncRun) => run.rowsRestated },
  { label: 'Removed', hint: 'no longer sent', value: (run: SyncRun) => run.rowsRemoved },
] as const;

function Trouble({ run, now }: { run: SyncRun; now: string }) {
  if (run.error === null) return null;
  const isFinal = run.status === 'ERROR';
  const again =
    run.nextAttemptAt && !isFinal ? ` It is tried again ${formatRelative(run.nextAttemptAt, now)}.` : '';
  return (
    <Callout
      tone={isFinal ? 'danger' : 'warning'}
      title={isFinal ? 'This run failed; the figures of before stand' : 'This run waits before its next try'}
    >
      <p>
        {run.error}
        {again}
      </p>
      {run.platformMessage && <p className="text-muted">The platform said: {run.platformMessage}</p>}
    </Callout>
  );
}
