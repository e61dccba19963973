import { useNavigate } from '@remix-run/react';
import { type ReactNode, useMemo, useRef } from 'react';
import type { FieldDefinition } from '../../../server/domain/records/fields.ts';
import { formatDate, formatMoney, formatRelative, missing } from '../../lib/format.ts';
import { listHref } from '../../lib/list-url.ts';
import type { Density } from '../../lib/density.ts';
import { type DataColumn, DataTable, type DataTableProps } from '../../table/data-table.tsx';
import { readSort, sortHref } from '../../table/sort.ts';
import { type ChosenColumn, withWidths, writeColumns } from './chosen-columns.ts';
import { specOf, type FieldSpecs, valueInWords } from './field-specs.ts';
import { EDITABLE, useCellEdits } from './use-cell-edits.tsx';
import type { CellWords, ListLook, ListRow } from './list-look.ts';

export interface RecordListProps {
  look: ListLook;
  rows: readonly ListRow[];
  columns: readonly ChosenColumn[];
  /** The noun's fields and the agency's own. */
  fields: readonly FieldDefinition[];
  specs: FieldSpecs;
  url: URL;
  words: CellWords;
  density: Density;
  /** Where a row leads. */
  rowHref: (row: ListRow) => string;
  /** What stands under columns, by their ids. */
  footers?: Readonly<Record<string, ReactNode>>;
  selection?: DataTableProps<ListRow>['selection'];
  /** Where one field of a record is saved, for who may change these; see useCellEdits. */
  fieldHrefOf?: ((recordId: string) => string) | undefined;
}

const usualWidth = 160;

/** A list of records with the columns that its address names. */
export function RecordList(props: RecordListProps) {
  const { look, rows, columns, fields, specs, url, words, footers, selection, fieldHrefOf } = props;
  const canEdit = fieldHrefOf !== undefined;
  const table = useRef<HTMLDivElement>(null);
  const editCell = useCellEdits<ListRow>(table, {
    specs,
    names: words.names,
    fieldHrefOf: fieldHrefOf ?? null,
  });
  const navigate = useNavigate();
  const model = useMemo(
    () => columns.flatMap((column) => toDataColumn(column, { look, fields, specs, words, footers, canEdit })),
    [columns, look, fields, specs, words, footers, canEdit],
  );
  const keys = fields.flatMap(({ name, isSortable }) => (isSortable ? [name] : []));
  const onResize = (widths: Readonly<Record<string, number>>) => {
    const href = listHref(url, { columns: writeColumns(withWidths(columns, widths), look) });
    void navigate(href, { replace: true, preventScrollReset: true });
  };
  return (
    <div ref={table} className="contents">
      <DataTable
        label={look.label}
        columns={model}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowHref={props.rowHref}
        sort={readSort(url.searchParams.get('sort') ?? look.sort, keys)}
        hrefForSort={(next) => sortHref(url, next)}
        density={props.density}
        onResize={onResize}
        {...(selection && { selection })}
        editCell={editCell}
      />
    </div>
  );
}

interface ColumnParts {
  look: ListLook;
  fields: readonly FieldDefinition[];
  specs: FieldSpecs;
  words: CellWords;
  footers: RecordListProps['footers'];
  canEdit: boolean;
}

function toDataColumn(column: ChosenColumn, parts: ColumnParts): DataColumn<ListRow>[] {
  const { look, fields, specs, words, footers, canEdit } = parts;
  const field = fields.find(({ name }) => name === column.id);
  if (!field) return [];
  const { width = usualWidth, className: ownClass = classOf(field), cell } = look.looks[column.id] ?? {};
  const spec = specs[column.id];
  const className = canEdit && spec && !spec.isFixed ? `${ownClass} ${EDITABLE}`.trim() : ownClass;
  const footer = footers?.[column.id];
  const isLargestFirst = field.type === 'instant' || field.type === 'number' || field.type === 'money';
  return [
    {
      id: column.id,
      header: field.label,
      width: column.width ?? width,
      cell: cell ? (row) => cell(row, words) : usualCell(field, specs, words),
      ...(className && { className }),
      ...(field.isSortable && { sortKey: field.name }),
      ...(isLargestFirst && { firstDirection: 'desc' as const }),
      ...(footer !== undefined && { footer }),
    },
  ];
}

function classOf({ type }: FieldDefinition): string {
  if (type === 'number' || type === 'money') return 'end';
  return type === 'instant' ? 'end quiet' : '';
}

/** A value as its type is read: text, so that a cell costs one element. */
function usualCell(field: FieldDefinition, specs: FieldSpecs, words: CellWords) {
  const spec = specOf(specs, field.name);
  const { timeZone, names, now } = words;
  return ({ [field.name]: value }: ListRow): ReactNode => {
    if (value === null || value === undefined || value === '') return missing;
    switch (field.type) {
      case 'instant':
        return formatRelative(value as string, now);
      case 'date':
        return formatDate(value as string);
      case 'money':
        return formatMoney(value as { amount: string; currency: string });
      case 'user':
      case 'reference':
        return names[value as string] ?? missing;
      case 'several':
        return (value as readonly string[]).join(', ') || missing;
      default:
        return valueInWords(spec, value, { names, timeZone });
    }
  };
}
