import type { FieldDefinition } from '../../../server/domain/records/fields.ts';
import { toWidth } from '../../table/column-widths.ts';
import type { ListLook, ListRow } from './list-look.ts';

/** A column that a list shows; the width is said where somebody drew it. */
export interface ChosenColumn {
  id: string;
  width?: number;
}

const MOST = 40;

/**
 * The columns that an address names, `name:240,type,ownerId`, in its order. The name is always there and first, since it
 * is what leads to the record; what is no field is left out.
 */
export function readColumns(
  text: string | null,
  look: Pick<ListLook, 'columns'>,
  fields: readonly FieldDefinition[],
): ChosenColumn[] {
  const known = new Set(fields.map(({ name }) => name));
  const asked = text ? text.split(',').slice(0, MOST).map(readColumn) : look.columns.map((id) => ({ id }));
  const seen = new Set<string>();
  const shown = asked.filter(({ id }) => known.has(id) && !seen.has(id) && seen.add(id));
  const name = shown.find(({ id }) => id === 'name') ?? { id: 'name' };
  return [name, ...shown.filter(({ id }) => id !== 'name')];
}

function readColumn(text: string): ChosenColumn {
  const [, id = text, width] = /^(.*?)(?::(\d{1,4}))?$/s.exec(text) ?? [];
  const decoded = decode(id);
  return width === undefined ? { id: decoded } : { id: decoded, width: toWidth(Number(width)) };
}

/** A key of the agency's own may hold what separates columns. */
const encode = (id: string) => id.replaceAll(/[%,:]/g, (letter) => encodeURIComponent(letter));

function decode(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** The columns as an address says them; null where they are those that stand anyway. */
export function writeColumns(
  columns: readonly ChosenColumn[],
  look: Pick<ListLook, 'columns'>,
): string | null {
  const text = columns
    .map(({ id, width }) => (width === undefined ? encode(id) : `${encode(id)}:${width}`))
    .join(',');
  return text === look.columns.map(encode).join(',') ? null : text;
}

/** Shows these columns: those that were shown keep their order and width, new ones come last. */
export function showColumns(columns: readonly ChosenColumn[], ids: readonly string[]): ChosenColumn[] {
  const kept = columns.filter(({ id }) => id === 'name' || ids.includes(id));
  const added = ids.filter((id) => !columns.some((column) => column.id === id));
  return [...kept, ...added.map((id) => ({ id }))];
}

/** Moves a column by one place; the name stays first. */
export function moveColumn(
  columns: readonly ChosenColumn[],
  columnId: string,
  by: -1 | 1,
): readonly ChosenColumn[] {
  const from = columns.findIndex(({ id }) => id === columnId);
  const to = from + by;
  const [column, other] = [columns[from], columns[to]];
  if (!column || !other || from < 1 || to < 1) return columns;
  const moved = [...columns];
  moved[from] = other;
  moved[to] = column;
  return moved;
}

/** The widths that a table was given, in its columns. */
export function withWidths(
  columns: readonly ChosenColumn[],
  widths: Readonly<Record<string, number>>,
): ChosenColumn[] {
  return columns.map((column) => {
    const width = widths[column.id];
    return width === undefined ? column : { id: column.id, width: toWidth(width) };
  });
}

/** What one row carries to the page: its id, version and name, and what its columns read. */
export function toListRow(
  record: { id: string; version: number; name: string; customFields: Record<string, unknown> },
  columns: readonly ChosenColumn[],
  look: Pick<ListLook, 'looks'>,
): ListRow {
  const row: ListRow = { id: record.id, version: record.version, name: record.name };
  const fields = record as unknown as Readonly<Record<string, ListRow[string]>>;
  for (const { id } of columns) {
    const key = id.startsWith('customFields.') ? id.slice('customFields.'.length) : null;
    row[id] = key === null ? fields[id] : (record.customFields[key] as ListRow[string]);
    for (const also of look.looks[id]?.alsoReads ?? []) row[also] = fields[also];
  }
  return row;
}
