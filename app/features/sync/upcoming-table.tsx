import type { UpcomingSync } from '../../../server/domain/sync/schema.ts';
import { formatDateTime, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Table } from '../../ui/table.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { useMay } from '../shell/use-account.ts';
import { workHints, workLabels, zoneWords } from './labels.ts';
import { IntentButton } from './sync-buttons.tsx';

export interface UpcomingTableProps {
  items: readonly UpcomingSync[];
  /** The reader's zone. */
  timeZone: string;
  now: string;
}

/** What runs next of each account, by the account's own clock and by the reader's. */
export function UpcomingTable({ items, timeZone, now }: UpcomingTableProps) {
  const mayStart = useMay('sync-runs.start');
  return (
    <Table label="What runs next">
      <thead>
        <tr>
          <th scope="col">Ad account</th>
          <th scope="col" className="wide">
            Platform
          </th>
          <th scope="col">When</th>
          <th scope="col">Work</th>
          <th scope="col" className="wide">
            In the account’s own time
          </th>
          <th scope="col" className="wide">
            In yours, {zoneWords(timeZone)}
          </th>
          {mayStart && (
            <th scope="col">
              <span className="sr-only">Start</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const isDue = Date.parse(item.at) <= Date.parse(now);
          return (
            <tr key={`${item.adAccountId} ${item.work}`}>
              <th scope="row" className="clip">
                <a className="run-link hover:underline" href={paths.adAccount(item.adAccountId)}>
                  {item.adAccountName}
                </a>
              </th>
              <td className="quiet wide">{platformLabels[item.platform]}</td>
              <td>{whenOf(item, { isDue, now })}</td>
              <td title={workHints[item.work]}>{workLabels[item.work]}</td>
              <td className="wide" title={zoneWords(item.timeZone)}>
                {isDue ? '—' : formatDateTime(item.at, item.timeZone)}
              </td>
              <td className="quiet wide">{isDue ? '—' : formatDateTime(item.at, timeZone)}</td>
              {mayStart && <td className="end">{item.syncRunId === null && startOf(item)}</td>}
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function whenOf({ at, syncRunId }: UpcomingSync, { isDue, now }: { isDue: boolean; now: string }): string {
  return syncRunId !== null && isDue ? 'As soon as there is room' : formatRelative(at, now);
}

function startOf({ adAccountId, adAccountName }: UpcomingSync) {
  return (
    <IntentButton
      intent="sync"
      fields={{ adAccountId }}
      label={`Sync ${adAccountName} now`}
      size="small"
      variant="quiet"
    >
      Sync now
    </IntentButton>
  );
}
