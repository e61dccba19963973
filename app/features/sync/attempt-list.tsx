import type { SyncAttempt, SyncRunDetail } from '../../../server/domain/sync/schema.ts';
import { formatCapped, formatDateTime } from '../../lib/format.ts';
import { type Tone, StatusDot } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { durationOf } from './labels.ts';

const outcomes = {
  DONE: { label: 'Came to its end', tone: 'success' },
  FAILED: { label: 'Failed', tone: 'danger' },
  RETRIED: { label: 'Failed, tried again', tone: 'warning' },
  WAITED: { label: 'Had to wait', tone: 'info' },
  YIELDED: { label: 'Made room', tone: 'neutral' },
  STOPPED: { label: 'Was stopped', tone: 'neutral' },
  LOST: { label: 'Its worker fell silent', tone: 'warning' },
} as const satisfies Record<NonNullable<SyncAttempt['outcome']>, { label: string; tone: Tone }>;

export interface AttemptListProps {
  run: SyncRunDetail;
  /** The reader's zone. */
  timeZone: string;
}

/** Every try of a run: when it began, how it ended, and what was said then. */
export function AttemptList({ run, timeZone }: AttemptListProps) {
  const { attempts } = run;
  if (attempts.length === 0) return null;
  return (
    <Panel title="Tries" padded={false}>
      <ol className="attempt-list">
        {attempts.map((attempt) => {
          const { label, tone } = attempt.outcome
            ? outcomes[attempt.outcome]
            : { label: 'At work', tone: 'accent' as const };
          const took = durationOf({ startedAt: attempt.startedAt, finishedAt: attempt.endedAt });
          return (
            <li key={attempt.attempt} value={attempt.attempt}>
              <p className="flex flex-wrap justify-between gap-x-4">
                <StatusDot tone={tone}>
                  {attempt.attempt}. {label}
                </StatusDot>
                <span className="figures text-muted">{took}</span>
              </p>
              <p className="text-sm text-muted">{whenAndHow(attempt, { timeZone, run })}</p>
              {attempt.error && <p className="text-sm text-pretty">{attempt.error}</p>}
              {attempt.platformMessage && (
                <p className="text-sm wrap-anywhere text-muted">
                  <q>{attempt.platformMessage}</q>
                  {attempt.errorCode && <code className="pl-1.5 font-mono">{attempt.errorCode}</code>}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

function whenAndHow({ startedAt, outcome, slicesDone }: SyncAttempt, { run, timeZone }: AttemptListProps) {
  const when = formatDateTime(startedAt, timeZone);
  if (outcome === null || run.slicesTotal === 0) return when;
  return `${when} · ${slicesDone} of ${formatCapped(run.slicesTotal, 'slice', 'slices', Infinity)} in`;
}
