import { useMemo } from 'react';
import type { Import } from '../../../server/domain/imports/schema.ts';
import { formatCount, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { type DataColumn, DataTable } from '../../table/data-table.tsx';
import { importKindLabels, importStatusLabels, importStatusTones } from './labels.ts';

export interface ImportTableProps {
  imports: readonly Import[];
  /** User id to name. */
  people: Readonly<Record<string, string>>;
  now: string;
}

export function ImportTable({ imports, people, now }: ImportTableProps) {
  const columns = useMemo(() => columnsOf(people, now), [people, now]);
  return (
    <DataTable
      label="Imports"
      columns={columns}
      rows={imports}
      rowId={({ id }) => id}
      rowHref={({ id }) => paths.importRun(id)}
    />
  );
}

const count = (value: number) => (value === 0 ? '—' : formatCount(value));

function columnsOf(people: Readonly<Record<string, string>>, now: string): DataColumn<Import>[] {
  return [
    { id: 'file', header: 'File', cell: ({ fileName }) => fileName, className: 'clip' },
    { id: 'kind', header: 'Holds', cell: ({ kind }) => importKindLabels[kind] },
    {
      id: 'status',
      header: 'Status',
      cell: ({ status }) => (
        <span className="status-dot" data-tone={importStatusTones[status]}>
          {importStatusLabels[status]}
        </span>
      ),
    },
    { id: 'rows', header: 'Rows', className: 'end', cell: progressOf },
    { id: 'created', header: 'New', className: 'end', cell: ({ rowsCreated }) => count(rowsCreated) },
    { id: 'updated', header: 'Changed', className: 'end', cell: ({ rowsUpdated }) => count(rowsUpdated) },
    { id: 'refused', header: 'Refused', className: 'end', cell: ({ rowsRefused }) => count(rowsRefused) },
    {
      id: 'by',
      header: 'By',
      cell: ({ createdById }) => (createdById && people[createdById]) || '—',
      className: 'wide',
    },
    {
      id: 'when',
      header: 'Uploaded',
      className: 'end quiet',
      cell: ({ createdAt }) => formatRelative(createdAt, now),
    },
  ];
}

function progressOf({ status, rowsDone, rowsTotal }: Import): string {
  const isUnderway = status === 'RUNNING' || status === 'STOPPED';
  return isUnderway ? `${formatCount(rowsDone)} of ${formatCount(rowsTotal)}` : formatCount(rowsTotal);
}
