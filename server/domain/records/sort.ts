import { type RawBuilder, sql } from 'kysely';
import type { KeysetRequest, SortKey } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField } from '../../kernel/errors.ts';
import { customFieldKey } from './fields.ts';
import { type FieldColumn, fieldColumn } from './filter-columns.ts';
import { fieldFinder, type Resolved, resolveFilter } from './filter-queries.ts';
import type { FilteredTable } from './registry.ts';

/** What a list's input asks for: which rows, and in which order. Errors: as resolveFilter and fieldKeyset. */
export async function planList<T extends SortedPage & { filter?: string | undefined }>(
  tx: TenantTx,
  table: FilteredTable,
  input: T,
): Promise<{ filters: Resolved<T>; keyset: KeysetRequest }> {
  const [filters, keyset] = await Promise.all([
    resolveFilter(tx, table, input),
    fieldKeyset(tx, table, input),
  ]);
  return { filters, keyset };
}

interface SortedPage {
  sort: string;
  cursor?: string | undefined;
  limit: number;
}

/**
 * The keyset of a list's sort. What has no value stands at the end, whichever way the list is sorted.
 * Errors: `invalid` on `sort` where it names one of the agency's own fields that is none.
 */
export async function fieldKeyset(
  tx: TenantTx,
  table: FilteredTable,
  { sort, cursor, limit }: SortedPage,
): Promise<KeysetRequest> {
  const name = sort.replace(/^-/, '');
  const field = (await fieldFinder(tx, table, [name]))(name);
  if (!field?.isSortable) throw invalidField('sort', `A list is not sorted by ${name}.`);
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const key = sortKey(fieldColumn(table, field), direction);
  return { sortName: sort, key, id: sql<string>`${sql.ref(`${table}.id`)}`, cursor, limit };
}

function sortKey(column: FieldColumn, direction: SortKey['direction']): SortKey {
  const { field, value, table } = column;
  const isUp = direction === 'asc';
  // These three stand in indexes, and always hold a value.
  if (field.name === 'name') {
    return { expression: sql`${sql.ref(`${table}.name_key`)}`, type: 'text', direction };
  }
  if (field.type === 'instant' && field.isRequired)
    return { expression: value, type: 'timestamptz', direction };
  if (field.type === 'text' || customFieldKey(field.name) !== null) return ownKey(column, direction);
  switch (field.type) {
    case 'choice':
      return { expression: choiceRank(column, isUp), type: 'int4', direction };
    case 'date':
      return { expression: sql`coalesce(${value}, ${end(isUp)}::date)`, type: 'date', direction };
    case 'instant':
      return {
        expression: sql`coalesce(${value}, ${end(isUp)}::timestamptz)`,
        type: 'timestamptz',
        direction,
      };
    case 'user':
    case 'reference':
      return { expression: textRank(nameOf(column), isUp), type: 'text', direction };
    default:
      return { expression: sql`coalesce(${value}, ${numberEnd(isUp)})`, type: 'numeric', direction };
  }
}

/** Text, and the agency's own fields, whose days stand as text. */
function ownKey({ field, value }: FieldColumn, direction: SortKey['direction']): SortKey {
  const isUp = direction === 'asc';
  return field.type === 'number' || field.type === 'money'
    ? { expression: sql`coalesce(${value}, ${numberEnd(isUp)})`, type: 'numeric', direction }
    : { expression: textRank(value, isUp), type: 'text', direction };
}

const end = (isUp: boolean) => (isUp ? sql`'infinity'` : sql`'-infinity'`);
const numberEnd = (isUp: boolean) => (isUp ? sql`'Infinity'::numeric` : sql`'-Infinity'::numeric`);

/** A digit before the text keeps what is empty at the end. */
function textRank(value: RawBuilder<unknown>, isUp: boolean): RawBuilder<unknown> {
  const [filled, empty] = isUp ? [sql`'0'`, sql`'1'`] : [sql`'1'`, sql`'0'`];
  return sql`((case when coalesce(${value}, '') = '' then ${empty} else ${filled} || lower(${value}) end) collate "C")`;
}

/** The place among the choices, in the order in which they are offered. */
function choiceRank({ field, value }: FieldColumn, isUp: boolean): RawBuilder<unknown> {
  const last = isUp ? sql`32767` : sql`-1`;
  return sql`coalesce(array_position(${[...(field.choices ?? [])]}::text[], ${value}::text), ${last})`;
}

const names = {
  user: sql`users`,
  company: sql`companies`,
  contact: sql`contacts`,
  brand: sql`organizations`,
} as const;

/** The name of whom or what a field leads to, where the reader sees it. */
function nameOf({ field, value, table }: FieldColumn): RawBuilder<unknown> {
  const noun = field.type === 'user' ? 'user' : (field.reference ?? 'company');
  const isOfAgency =
    noun === 'user' || noun === 'brand'
      ? sql`true`
      : sql`r.organization_id = ${sql.ref(`${table}.organization_id`)}`;
  return sql`(select r.name from ${names[noun]} r where ${isOfAgency} and r.id = ${value})`;
}
