import { tableFeatures, useTable, type RowData } from '@tanstack/react-table';
import { useMemo, useRef, type ReactNode } from 'react';
import { useHasScript } from '../lib/use-has-script.ts';
import { formatName } from '../lib/format.ts';
import { Table } from '../ui/table.tsx';
import { ColumnSizer } from './column-sizer.tsx';
import { widthStep } from './column-widths.ts';
import { selectAllCell, selectCell, type Selection } from './selection-cells.tsx';
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
  /** In CSS pixels; see column-widths.ts. With it on each column, long content is cut and no cell moves another. */
  width?: number;
}

export interface DataTableProps<Row> {
  label: string;
  /** Keep it at module scope or in a memo: a new array rebuilds the column model. */
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  /** The record's id: the row's `data-record-id`, and after `row-` its DOM id. */
  rowId: (row: Row) => string;
  /** What a row is called where only its checkbox is heard; needed with `selection`. */
  rowName?: (row: Row) => string;
  /** Where a row leads. The first column's content becomes the link, and a click on the row follows it. */
  rowHref?: (row: Row) => string;
  sort?: Sort | null;
  /** The same list's address under another order; see sortHref in sort.ts. */
  hrefForSort?: (sort: Sort) => string;
  height?: 'viewport' | 'content';
  /** Smaller rows for those who read many. */
  density?: 'comfortable' | 'compact';
  /** A column of checkboxes before the first. */
  selection?: Selection;
  /** Stands in a cell's place while it is edited; null leaves the cell as it is. */
  editCell?: (row: Row, columnId: string) => ReactNode | null;
  /** Takes the widths of all columns shown, in pixels, after one was dragged or moved by keyboard. */
  onResize?: (widths: Readonly<Record<string, number>>) => void;
}

// The core alone: the server sorts, filters and pages, and the address says which columns are shown.
const features = tableFeatures({});

/** A list of records as a plain table: one component for all of it, and none per row or cell. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, rowHref, selection, height = 'viewport' } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const hasScript = useHasScript();
  useRowLinks(body);
  useScrollToTop(body, rows[0] && rowId(rows[0]));
  const model = useMemo(() => {
    const defs = columns.map(({ id, header }) => ({ id, header }));
    return { defs, byId: new Map(columns.map((column) => [column.id, column])) };
  }, [columns]);
  const table = useTable({ features, columns: model.defs, data: rows, getRowId: rowId });
  const shown = table.getAllLeafColumns().flatMap(({ id }) => model.byId.get(id) ?? []);

  return (
    <Table
      label={label}
      height={height}
      rows={rowHref ? 'linked' : 'plain'}
      hasSelection={selection !== undefined}
      {...(props.density && { density: props.density })}
      isFixed={shown.some(({ width }) => width !== undefined)}
    >
      {columnWidths(shown, selection !== undefined)}
      <thead>
        <tr>
          {selection && selectAllCell(rows.map(rowId), selection, label)}
          {shown.map((column) => headerCell(column, props, hasScript))}
        </tr>
      </thead>
      <tbody ref={body}>
        {table.getRowModel().rows.map(({ id, original }) => (
          <tr key={id} id={`row-${id}`} data-record-id={id}>
            {selection && selectCell(id, props.rowName?.(original) ?? id, selection)}
            {shown.map((column, index) => bodyCell(column, original, { ...props, isFirst: index === 0 }))}
          </tr>
        ))}
      </tbody>
      {shown.some(({ footer }) => footer !== undefined) && footerRow(shown, selection !== undefined)}
    </Table>
  );
}

/** Widths stand as steps in an attribute that the stylesheet knows: a policy without inline styles allows no others. */
function columnWidths<Row>(columns: readonly DataColumn<Row>[], hasSelection: boolean) {
  if (!columns.some(({ width }) => width !== undefined)) return null;
  return (
    <colgroup>
      {hasSelection && <col data-w="select" />}
      {columns.map(({ id, width }) => (
        <col key={id} data-w={width === undefined ? undefined : widthStep(width)} />
      ))}
    </colgroup>
  );
}

type BodyCellProps<Row> = Pick<DataTableProps<Row>, 'rowHref' | 'editCell'> & { isFirst: boolean };

function bodyCell<Row>(column: DataColumn<Row>, row: Row, props: BodyCellProps<Row>) {
  const { rowHref, editCell, isFirst } = props;
  const edited = editCell?.(row, column.id) ?? null;
  const content = column.cell(row);
  if (!isFirst) {
    return (
      <td key={column.id} className={column.className}>
        {edited ?? content}
      </td>
    );
  }
  return (
    <th key={column.id} scope="row" className={column.className}>
      {edited ??
        (rowHref ? (
          <a href={rowHref(row)} data-row-link="">
            {typeof content === 'string' ? formatName(content) : content}
          </a>
        ) : (
          content
        ))}
    </th>
  );
}

type HeaderProps<Row> = Pick<DataTableProps<Row>, 'sort' | 'hrefForSort' | 'onResize'>;

function headerCell<Row>(column: DataColumn<Row>, props: HeaderProps<Row>, hasScript: boolean) {
  const { id, header, className, sortKey, firstDirection, width } = column;
  const { sort = null, hrefForSort, onResize } = props;
  const sizer = hasScript && onResize && width !== undefined && (
    <ColumnSizer columnId={id} header={header} width={width} onResize={onResize} />
  );
  if (sortKey === undefined || !hrefForSort) {
    return (
      <th key={id} scope="col" data-column={id} className={className}>
        {header}
        {sizer}
      </th>
    );
  }
  const direction = sort?.key === sortKey ? (sort.direction === 'asc' ? 'ascending' : 'descending') : 'none';
  return (
    <th key={id} scope="col" data-column={id} className={className} aria-sort={direction}>
      <a className="sort" href={hrefForSort(nextSort(sort, sortKey, firstDirection))}>
        {header}
      </a>
      {sizer}
    </th>
  );
}

function footerRow<Row>(columns: readonly DataColumn<Row>[], hasSelection: boolean) {
  return (
    <tfoot>
      <tr>
        {hasSelection && <td />}
        {columns.map(({ id, className, footer }) => (
          <td key={id} className={className}>
            {footer}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}
