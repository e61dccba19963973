import type { SyncRun, SyncRunDetail, SyncSlice } from '../../../server/domain/sync/schema.ts';
import { formatCount, formatDateRange, formatDateTime } from '../../lib/format.ts';
import { type Tone, StatusDot } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { zoneWords } from './labels.ts';

export interface SliceTableProps {
  run: SyncRunDetail;
  /** The reader's zone. */
  timeZone: string;
}

/** The ranges that a run's days are cut into, each fetched whole and then replaced whole. */
export function SliceTable({ run, timeZone }: SliceTableProps) {
  const { slices } = run;
  if (slices.length === 0) return null;
  const current = run.status === 'SYNCING' ? slices.find(({ isDone }) => !isDone)?.id : undefined;
  return (
    <Panel
      title="Slices"
      description={`Days of the account’s own zone, ${zoneWords(run.timeZone)}. Each is fetched whole and then replaced whole.`}
      padded={false}
    >
      <Table label="Slices">
        <thead>
          <tr>
            <th scope="col">Days</th>
            <th scope="col">State</th>
            <th scope="col" className="end">
              Read
            </th>
            <th scope="col" className="end">
              Written
            </th>
            <th scope="col" className="end">
              Restated
            </th>
            <th scope="col" className="end">
              Removed
            </th>
            <th scope="col">Fetched</th>
          </tr>
        </thead>
        <tbody>
          {slices.map((slice) => {
            const { tone, label } = stateOf(slice, { isCurrent: slice.id === current, run });
            return (
              <tr key={slice.id}>
                <th scope="row">{formatDateRange(slice.from, slice.to)}</th>
                <td>
                  <StatusDot tone={tone}>{label}</StatusDot>
                </td>
                {[slice.rowsRead, slice.rowsWritten, slice.rowsRestated, slice.rowsRemoved].map(
                  (value, at) => (
                    <td key={String(at)} className="end">
                      {slice.isDone ? formatCount(value) : '—'}
                    </td>
                  ),
                )}
                <td className="quiet">{formatDateTime(slice.fetchedAt, timeZone)}</td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </Panel>
  );
}

function stateOf(
  { isDone, hasReport }: SyncSlice,
  { isCurrent, run }: { isCurrent: boolean; run: Pick<SyncRun, 'status'> },
): { tone: Tone; label: string } {
  if (isDone) return { tone: 'success', label: 'In' };
  if (run.status === 'ERROR') return { tone: 'neutral', label: 'Not fetched' };
  if (hasReport) return { tone: 'accent', label: 'The platform makes the report' };
  if (isCurrent) return { tone: 'accent', label: 'Fetching' };
  return { tone: 'info', label: 'To come' };
}
