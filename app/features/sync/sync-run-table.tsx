import { useMemo } from 'react';
import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import { formatCount, formatDateRange, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { type DataColumn, DataTable } from '../../table/data-table.tsx';
import { StatusDot } from '../../ui/badge.tsx';
import { platformLabels } from '../ad-accounts/labels.ts';
import { durationOf, isLive, statusWords, syncStatusTones, triggerLabels, workLabel } from './labels.ts';

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
      height="content"
    />
  );
}

interface Shown extends Pick<SyncRunTableProps, 'now' | 'of'> {
  hasErrors: boolean;
}

function columnsOf({ now, of, hasErrors }: Shown): DataColumn<SyncRun>[] {
  return of === 'agency' ? ofAgency(now) : ofAccount(now, hasErrors);
}

function ofAgency(now: string): DataColumn<SyncRun>[] {
  return [
    { id: 'account', header: 'Ad account', cell: accountCell },
    { id: 'ended', header: 'Ended', cell: (run) => formatRelative(run.finishedAt, now) },
    { id: 'status', header: 'Status', cell: statusCell },
    ...counts,
    figure('differing', 'Differ', (run) => (run.daysChecked === 0 ? null : run.daysDiffering)),
    figure('retries', 'Retries', (run) => run.retries + run.repeats),
    figure('calls', 'Calls', (run) => run.calls),
    took,
  ];
}

function ofAccount(now: string, hasErrors: boolean): DataColumn<SyncRun>[] {
  return [
    { id: 'requested', header: 'Asked for', cell: (run) => formatRelative(run.requestedAt, now) },
    {
      id: 'status',
      header: 'Status',
      cell: (run) => <StatusDot tone={syncStatusTones[run.status]}>{statusText(run)}</StatusDot>,
    },
    ...(hasErrors ? [error] : []),
    {
      id: 'work',
      header: 'Work',
      className: 'quiet wide',
      cell: (run) => <span title={triggerLabels[run.trigger]}>{workLabel(run)}</span>,
    },
    { id: 'window', header: 'Days', className: 'wide', cell: windowOf },
    ...counts,
    took,
  ];
}

function accountCell(run: SyncRun) {
  const about = [platformLabels[run.platform], workLabel(run), windowOf(run)];
  return (
    <span className="run-cell">
      {run.adAccountName}
      <small>{about.join(' · ')}</small>
    </span>
  );
}

function statusCell(run: SyncRun) {
  return (
    <span className="run-cell" data-narrow="">
      <StatusDot tone={syncStatusTones[run.status]}>{statusText(run)}</StatusDot>
      {run.status !== 'SUCCESS' && run.error && <small title={run.error}>{run.error}</small>}
    </span>
  );
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

const took: DataColumn<SyncRun> = {
  id: 'took',
  header: 'Took',
  className: 'end',
  cell: (run) => durationOf(run) ?? '—',
};

function statusText(run: SyncRun): string {
  const tries = run.retries > 0 && isLive(run) ? `, try ${run.retries + 1}` : '';
  return `${statusWords(run)}${tries}`;
}

/** The business days that a run asked for. */
export function windowOf({ windowStart, windowEnd }: Pick<SyncRun, 'windowStart' | 'windowEnd'>): string {
  return windowStart && windowEnd ? formatDateRange(windowStart, windowEnd) : '—';
}

function figure(id: string, header: string, value: (run: SyncRun) => number | null): DataColumn<SyncRun> {
  return {
    id,
    header,
    className: 'end',
    // Before it began it has none; while it runs they are those of the slices that are in.
    cell: (run) => (run.startedAt || run.finishedAt ? formatCount(value(run)) : '—'),
  };
}
