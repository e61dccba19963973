import type { SyncOverview } from '../../../server/domain/sync/schema.ts';
import { formatCount } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Callout } from '../../ui/callout.tsx';
import { Stat, StatRow } from '../../ui/stat.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { soonWords } from './labels.ts';

export interface SyncStatsProps {
  overview: SyncOverview;
  now: string;
}

/** How the syncs stand: what goes on, what the last day brought, what is late. */
export function SyncStats({ overview, now }: SyncStatsProps) {
  const { runningCount, waitingCount, lastDay, lateCount, pausedCount } = overview;
  const count = (status: string, value: number) =>
    value === 0 ? undefined : <HistoryLink status={status} />;
  return (
    <>
      {overview.resting.map((resting) => (
        <Resting key={resting.platform} resting={resting} now={now} />
      ))}
      <StatRow>
        <Stat label="Running" value={formatCount(runningCount)} hint="at work or between two tries" />
        <Stat label="Waiting" value={formatCount(waitingCount)} hint="asked for, not begun" />
        <Stat
          label="Done, 24 h"
          value={formatCount(lastDay.succeeded)}
          hint={count('SUCCESS', lastDay.succeeded)}
        />
        <Stat
          label="Failed, 24 h"
          value={formatCount(lastDay.failed)}
          hint={count('ERROR', lastDay.failed)}
        />
        <Stat
          label="Stopped, 24 h"
          value={formatCount(lastDay.stopped)}
          hint={count('PAUSED', lastDay.stopped)}
        />
        <Stat label="Late accounts" value={formatCount(lateCount)} hint="yesterday is missing" />
        <Stat label="Paused accounts" value={formatCount(pausedCount)} hint="not synced until resumed" />
      </StatRow>
    </>
  );
}

function HistoryLink({ status }: { status: string }) {
  return (
    <a className="link run-link" href={`${withQuery(paths.syncRuns(), { status })}#history`}>
      Show
    </a>
  );
}

type RestingProps = Pick<SyncStatsProps, 'now'> & { resting: SyncOverview['resting'][number] };

function Resting({ resting: { platform, until, reason }, now }: RestingProps) {
  const name = platformLabels[platform];
  const why =
    reason === 'circuit'
      ? `${name} failed several times in a row, so it is left alone for a moment.`
      : `${name} asked for a pause, because it was asked too often.`;
  return (
    <Callout tone="warning" title={`Nothing is asked of ${name} right now`}>
      {why} Its syncs go on by themselves {soonWords(until, now)}; nothing is lost.
    </Callout>
  );
}
