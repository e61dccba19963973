import type { MergeChoice, MergeField } from './schema.ts';

/** A record's row as the database has it. */
export type Row = Readonly<Record<string, unknown>>;

/** What is no field: keys, what the database computes, and where a record stands. */
const NO_FIELDS: ReadonlySet<string> = new Set([
  'organization_id',
  'id',
  'created_by_id',
  'is_active',
  'version',
  'created_at',
  'updated_at',
  'name_key',
  'merged_into_id',
]);

const CUSTOM = 'customFields.';

export class UnknownChoice extends Error {
  readonly field: string;
  constructor(field: string) {
    super(field);
    this.field = field;
  }
}

/**
 * Every field of two records with what it becomes: what was chosen, else the kept record's value unless it is empty;
 * lists unite; who is not to be contacted by one record is not to be contacted; the later contact counts.
 * Errors: UnknownChoice where a choice names no field, or wants both of one value.
 */
export function planMerge(
  kept: Row,
  merged: Row,
  choices: Readonly<Record<string, MergeChoice>> = {},
): MergeField[] {
  const left = fieldsOf(kept);
  const right = fieldsOf(merged);
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const unknown = Object.keys(choices).find((field) => !names.includes(field));
  if (unknown !== undefined) throw new UnknownChoice(unknown);
  return names.map((field) => planField(field, [left[field], right[field]], choices[field]));
}

type Value = MergeField['kept'];

function planField(field: string, [left, right]: [unknown, unknown], chosen?: MergeChoice): MergeField {
  const [kept, merged] = [toValue(left), toValue(right)];
  const isList = Array.isArray(kept) || Array.isArray(merged);
  if (chosen === 'both' && !isList) throw new UnknownChoice(field);
  const choice = chosen ?? (isList ? 'both' : choiceFor(field, kept, merged));
  const both = isList ? unite(listOf(kept), listOf(merged)) : null;
  const result = choice === 'both' ? both : choice === 'keep' ? kept : merged;
  return { field, isList, kept, merged, differs: !same(kept, merged), both, choice, result };
}

function choiceFor(field: string, kept: Value, merged: Value): MergeChoice {
  if (isEmpty(kept)) return isEmpty(merged) ? 'keep' : 'merge';
  if (field === 'status' && merged === 'DO_NOT_CONTACT') return 'merge';
  if (field === 'lastContactedAt' && typeof kept === 'string' && typeof merged === 'string')
    return merged > kept ? 'merge' : 'keep';
  return 'keep';
}

/** The columns that a plan writes; those that stay are left to whoever compares. The agency's own fields are one. */
export function valuesOf(fields: readonly MergeField[]): Record<string, unknown> {
  const own = fields.filter(({ field }) => field.startsWith(CUSTOM));
  const columns = fields
    .filter(({ field }) => !field.startsWith(CUSTOM))
    .map(({ field, result }) => [toColumn(field), result]);
  const custom = own.map(({ field, result }) => [field.slice(CUSTOM.length), result]);
  return {
    ...(Object.fromEntries(columns) as Record<string, unknown>),
    ...(custom.length > 0 ? { custom_fields: Object.fromEntries(custom) as unknown } : {}),
  };
}

function fieldsOf(row: Row): Record<string, unknown> {
  // A contact's name is computed from its two.
  const isField = (column: string) =>
    !NO_FIELDS.has(column) && column !== 'custom_fields' && !(column === 'name' && 'first_name' in row);
  const columns = Object.entries(row).filter(([column]) => isField(column));
  const custom = Object.entries((row.custom_fields ?? {}) as Record<string, unknown>);
  return Object.fromEntries([
    ...columns.map(([column, value]) => [toField(column), value]),
    ...custom.map(([key, value]) => [CUSTOM + key, value]),
  ]) as Record<string, unknown>;
}

const toField = (column: string) =>
  column.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
const toColumn = (field: string) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function toValue(value: unknown): Value {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value : (value as Record<string, unknown>);
}

const listOf = (value: Value): unknown[] => (Array.isArray(value) ? value : value === null ? [] : [value]);
const isEmpty = (value: Value) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);
const same = (a: Value, b: Value) => JSON.stringify(a) === JSON.stringify(b) || (isEmpty(a) && isEmpty(b));

/** Both lists, the kept first; texts that differ in case alone are one. */
function unite(kept: unknown[], merged: unknown[]): unknown[] {
  const keyOf = (item: unknown) =>
    typeof item === 'string' ? item.trim().toLowerCase() : JSON.stringify(item);
  const held = new Set(kept.map(keyOf));
  return [...kept, ...merged.filter((item) => !held.has(keyOf(item)))];
}
