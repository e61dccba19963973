import { useMemo } from 'react';
import type { Deal } from '../../../server/domain/deals/schema.ts';
import { formatDate, formatMoney, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { type DataColumn, DataTable } from '../../table/data-table.tsx';
import type { Selection } from '../../table/selection-cells.tsx';
import { type Sort, sortHref } from '../../table/sort.ts';
import { dealStatusLabels, stageLabels } from './labels.ts';

export const dealSortKeys = ['name', 'amount', 'expectedCloseOn', 'createdAt', 'updatedAt'] as const;

/** What the table shows of a deal: a page carries its data twice, so it carries no more. */
export type DealLine = Pick<
  Deal,
  'id' | 'name' | 'companyName' | 'stage' | 'status' | 'amount' | 'closedOn' | 'expectedCloseOn' | 'updatedAt'
>;

export function toDealLine(deal: Deal): DealLine {
  const { id, name, companyName, stage, status, amount, closedOn, expectedCloseOn, updatedAt } = deal;
  return { id, name, companyName, stage, status, amount, closedOn, expectedCloseOn, updatedAt };
}

export interface DealTableProps {
  deals: readonly DealLine[];
  url: URL;
  sort: Sort | null;
  now: string;
  selection?: Selection | undefined;
}

export function DealTable({ deals, url, sort, now, selection }: DealTableProps) {
  const columns = useMemo(() => columnsOf(now), [now]);
  return (
    <DataTable
      label="Deals"
      columns={columns}
      rows={deals}
      rowId={(deal) => deal.id}
      rowName={(deal) => deal.name}
      rowHref={(deal) => paths.deal(deal.id)}
      sort={sort}
      hrefForSort={(next) => sortHref(url, next)}
      {...(selection && { selection })}
    />
  );
}

function columnsOf(now: string): DataColumn<DealLine>[] {
  return [
    { id: 'name', header: 'Name', cell: (deal) => deal.name, sortKey: 'name' },
    { id: 'company', header: 'Company', cell: (deal) => deal.companyName ?? '—' },
    {
      id: 'stage',
      header: 'Stage',
      cell: (deal) => (deal.status === 'OPEN' ? stageLabels[deal.stage] : dealStatusLabels[deal.status]),
    },
    {
      id: 'amount',
      header: 'Amount',
      className: 'end',
      cell: (deal) => formatMoney(deal.amount),
      sortKey: 'amount',
      firstDirection: 'desc',
    },
    {
      id: 'close',
      header: 'Close',
      className: 'end',
      cell: (deal) => formatDate(deal.closedOn ?? deal.expectedCloseOn),
      sortKey: 'expectedCloseOn',
      firstDirection: 'desc',
    },
    {
      id: 'updated',
      header: 'Changed',
      className: 'end quiet',
      cell: (deal) => formatRelative(deal.updatedAt, now),
      sortKey: 'updatedAt',
      firstDirection: 'desc',
    },
  ];
}
