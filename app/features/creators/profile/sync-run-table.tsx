import type { CreatorSyncRun } from '../../../../server/domain/creator-sync/schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import { formatCount, formatDateTime, formatRelative, missing } from '../../../lib/format.ts';
import { StatusDot } from '../../../ui/badge.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Table } from '../../../ui/table.tsx';
import { runKindWords, runStatusLabels, runStatusTones, runTriggerLabels } from './sync-run-words.ts';

export interface SyncRunTableProps {
  runs: readonly CreatorSyncRun[];
  timeZone: string;
  now: string;
}

/** What was fetched of a creator lately, why, and what went wrong, in words. */
export function SyncRunTable({ runs, timeZone, now }: SyncRunTableProps) {
  if (runs.length === 0) return null;
  return (
    <Panel title="Fetches" padded={false}>
      <Table label="Fetches of this creator">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Account</th>
            <th scope="col">Why</th>
            <th scope="col">State</th>
            <th scope="col" className="end">
              Posts read
            </th>
            <th scope="col" className="end">
              New
            </th>
            <th scope="col">What went wrong</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.id} run={run} timeZone={timeZone} now={now} />
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function RunRow({ run, timeZone, now }: { run: CreatorSyncRun; timeZone: string; now: string }) {
  const { status, account, contentsRead, contentsNew } = run;
  const at = run.finishedAt ?? run.startedAt ?? run.createdAt;
  return (
    <tr>
      <th scope="row">
        <time dateTime={at} title={formatDateTime(at, timeZone)}>
          {formatRelative(at, now)}
        </time>
      </th>
      <td>{runKindWords(run)}</td>
      <td>{account ? `${platformLabels[account.platform]} @${account.handle}` : missing}</td>
      <td>{runTriggerLabels[run.trigger]}</td>
      <td>
        <StatusDot tone={runStatusTones[status]}>{runStatusLabels[status]}</StatusDot>
      </td>
      <td className="end">{formatCount(contentsRead)}</td>
      <td className="end">{formatCount(contentsNew)}</td>
      <td className="wrap">{troubleOf(run, now)}</td>
    </tr>
  );
}

/** A run that waits says for what; one that failed why. */
function troubleOf({ error, status, pendingSince, nextAttemptAt }: CreatorSyncRun, now: string): string {
  const next =
    status === 'QUEUED' && nextAttemptAt ? ` Tried again ${formatRelative(nextAttemptAt, now)}.` : '';
  if (error) return `${error}${next}`;
  return pendingSince && status !== 'SUCCESS' ? `Phyllo is still reading the account.${next}` : missing;
}
