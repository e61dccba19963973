import { useMemo } from 'react';
import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import { formatCount, formatDateRange, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { type DataColumn, DataTable } from '../../table/data-table.tsx';
import { StatusDot } from '../../ui/badge.tsx';
import { durationOf, runStatusLabels, syncStatusTones, triggerLabels } from './labels.ts';

export interface SyncRunTableProps {
  runs: readonly SyncRun[];
  now: string;
  /** `account` on an account's own page, where its name would stand in every row. */
  of: 'agency' | 'account';
}

/** Runs with what they read and changed. */
export function SyncRunTable({ runs, now, of }: SyncRunTableProps) {
  const hasErrors = runs.some(({ error }) => error !== null);
  const columns = useMemo(() => columnsOf({ now, of, hasErrors }), [now, of, hasErrors]);
  return (
    <DataTable
      label="Sync runs"
      columns={columns}
      rows={runs}
      rowId={(run) => run.id}
      rowHref={(run) => paths.syncRun(run.id)}
      height={of === 'agency' ? 'viewport' : 'content'}
    />
  );
}

const account: DataColumn<SyncRun> = {
  id: 'account',
  header: 'Ad account',
  cell: (run) => run.adAccountName,
};

interface Shown extends Pick<SyncRunTableProps, 'now' | 'of'> {
  hasErrors: boolean;
}

function columnsOf({ now, of, hasErrors }: Shown): DataColumn<SyncRun>[] {
  return [
    ...(of === 'agency' ? [account] : []),
    { id: 'requested', header: 'Asked for', cell: (run) => formatRelative(run.requestedAt, now) },
    {
      id: 'status',
      header: 'Status',
      cell: (run) => <StatusDot tone={syncStatusTones[run.status]}>{statusText(run)}</StatusDot>,
    },
    ...(hasErrors ? [error] : []),
    { id: 'trigger', header: 'Why', className: 'quiet wide', cell: (run) => triggerLabels[run.trigger] },
    { id: 'window', header: 'Days', className: 'wide', cell: windowOf },
    ...counts,
    { id: 'took', header: 'Took', className: 'end', cell: (run) => durationOf(run) ?? '—' },
  ];
}

const error: DataColumn<SyncRun> = {
  id: 'error',
  header: 'What happened',
  className: 'clip wide',
  cell: (run) => run.error && <span title={run.error}>{run.error}</span>,
};

const counts = [
  figure('read', 'Read', (run) => run.rowsRead),
  figure('written', 'Written', (run) => run.rowsWritten),
  figure('restated', 'Restated', (run) => run.rowsRestated),
  figure('removed', 'Removed', (run) => run.rowsRemoved),
];

function statusText(run: SyncRun): string {
  const tries = run.retries > 0 && run.status !== 'SUCCESS' ? `, try ${run.retries + 1}` : '';
  return `${runStatusLabels[run.status]}${tries}`;
}

/** The business days that a run asked for. */
export function windowOf({ windowStart, windowEnd }: Pick<SyncRun, 'windowStart' | 'windowEnd'>): string {
  return windowStart && windowEnd ? formatDateRange(windowStart, windowEnd) : '—';
}

function figure(id: string, header: string, value: (run: SyncRun) => number): DataColumn<SyncRun> {
  return {
    id,
    header,
    className: 'end',
    // Until a run has ended its counts say nothing yet.
    cell: (run) => (run.finishedAt ? formatCount(value(run)) : '—'),
  };
}
