import { tableFeatures, useTable, type RowData } from '@tanstack/react-table';
import { useMemo, useRef, type ReactNode } from 'react';
import { Table } from '../ui/table.tsx';
import { nextSort, type Sort, type SortDirection } from './sort.ts';
import { useRowLinks, useScrollToTop } from './use-row-links.ts';

export interface DataColumn<Row> {
  /** Stable and unique in the table. */
  id: string;
  header: string;
  /** The cell's content. Return text or one plain element: a list draws this hundreds of times. */
  cell: (row: Row) => ReactNode;
  /** What the cells are, space-separated; see Table: `end`, `quiet`, `clip`, `wrap`, `wide`. */
  className?: string;
  /** The server's name for sorting by this column; without one its header is no link. */
  sortKey?: string;
  /** The direction of the first click: figures and dates want their largest first. */
  firstDirection?: SortDirection;
  /** A total under the column. */
  footer?: ReactNode;
}

export interface DataTableProps<Row> {
  label: string;
  /** Keep it at module scope or in a memo: a new array rebuilds the column model. */
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  /** The record's id. */
  rowId: (row: Row) => string;
  /** Where a row leads. The first column's content becomes the link, and a click on the row follows it. */
  rowHref?: (row: Row) => string;
  sort?: Sort | null;
  /** The same list's address under another order; see sortHref in sort.ts. */
  hrefForSort?: (sort: Sort) => string;
  height?: 'viewport' | 'content';
}

// The core alone: the server sorts, filters and pages. Selection, order and visibility are switched on here.
const features = tableFeatures({});

/** A list of records as a plain table: one component for all of it, and none per row or cell. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, rowHref, height = 'viewport' } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  useRowLinks(body);
  useScrollToTop(body, rows[0] && rowId(rows[0]));
  const model = useMemo(() => {
    const defs = columns.map(({ id, header }) => ({ id, header }));
    return { defs, byId: new Map(columns.map((column) => [column.id, column])) };
  }, [columns]);
  const table = useTable({ features, columns: model.defs, data: rows, getRowId: rowId });
  const shown = table.getAllLeafColumns().flatMap(({ id }) => model.byId.get(id) ?? []);

  return (
    <Table label={label} height={height} rows={rowHref ? 'linked' : 'plain'}>
      <thead>
        <tr>{shown.map((column) => headerCell(column, props))}</tr>
      </thead>
      <tbody ref={body}>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id}>
            {shown.map((column, index) =>
              index === 0 ? firstCell(column, row.original, rowHref) : cell(column, row.original),
            )}
          </tr>
        ))}
      </tbody>
      {shown.some(({ footer }) => footer !== undefined) && footerRow(shown)}
    </Table>
  );
}

function cell<Row>(column: DataColumn<Row>, row: Row) {
  return (
    <td key={column.id} className={column.className}>
      {column.cell(row)}
    </td>
  );
}

function firstCell<Row>(column: DataColumn<Row>, row: Row, rowHref: ((row: Row) => string) | undefined) {
  const content = column.cell(row);
  return (
    <th key={column.id} scope="row" className={column.className}>
      {rowHref ? (
        <a href={rowHref(row)} data-row-link="">
          {content}
        </a>
      ) : (
        content
      )}
    </th>
  );
}

function headerCell<Row>(column: DataColumn<Row>, { sort = null, hrefForSort }: DataTableProps<Row>) {
  const { id, header, className, sortKey, firstDirection } = column;
  if (sortKey === undefined || !hrefForSort) {
    return (
      <th key={id} scope="col" className={className}>
        {header}
      </th>
    );
  }
  const direction = sort?.key === sortKey ? (sort.direction === 'asc' ? 'ascending' : 'descending') : 'none';
  return (
    <th key={id} scope="col" className={className} aria-sort={direction}>
      <a className="sort" href={hrefForSort(nextSort(sort, sortKey, firstDirection))}>
        {header}
      </a>
    </th>
  );
}

function footerRow<Row>(columns: readonly DataColumn<Row>[]) {
  return (
    <tfoot>
      <tr>
        {columns.map(({ id, className, footer }) => (
          <td key={id} className={className}>
            {footer}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
