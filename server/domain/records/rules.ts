import type { Json } from '../../../db/types.ts';
import type { FieldConflict } from '../../kernel/errors.ts';

/** A field's value before and after a change, as the activity stream keeps it. */
export type Changes = Record<string, { from: Json; to: Json }>;

/** Columns of type numeric, where 12.5 and "12.5000" are one value. Text is compared as it was written. */
const decimals: ReadonlySet<string> = new Set(['amount', 'budget', 'allocated_budget']);

/**
 * What an update would change: `after` holds the columns that were sent, `before` the row as it stands.
 * Dates compare by instant, decimals by value, arrays and objects by their content, text to the letter.
 */
export function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Changes {
  const changes: Changes = {};
  for (const [column, to] of Object.entries(after)) {
    if (to === undefined) continue;
    const from = before[column];
    if (column === CUSTOM_FIELDS) Object.assign(changes, customChanges(from, to));
    else if (!isSame(column, from, to)) changes[column] = { from: toJson(from), to: toJson(to) };
  }
  return changes;
}

const CUSTOM_FIELDS = 'custom_fields';
const CUSTOM_PREFIX = 'customFields.';

/** Each of the agency's own fields is a field of its own: `customFields.<key>`. */
function customChanges(from: unknown, to: unknown): Changes {
  const [before, after] = [asObject(from), asObject(to)];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    keys
      .filter((key) => canonical(before[key]) !== canonical(after[key]))
      .map((key) => [CUSTOM_PREFIX + key, { from: toJson(before[key]), to: toJson(after[key]) }]),
  );
}

/** The agency's own fields after a change that names some of them; null takes a key away. */
export function mergeCustomFields(before: unknown, sent: unknown): Record<string, Json> {
  const merged = { ...asObject(before), ...asObject(sent) } as Record<string, Json>;
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

/** The columns that changes are written to: the agency's own fields share one. */
export function columnsOf(changes: Changes): string[] {
  return [...new Set(Object.keys(changes).map((name) => (isCustom(name) ? CUSTOM_FIELDS : name)))];
}

const isCustom = (name: string) => name.startsWith(CUSTOM_PREFIX);

/**
 * The fields that somebody else changed since the caller saw them: `base` holds the columns as they were seen. A field
 * of which the base says nothing has no conflict. An amount and its currency are one field.
 */
export function conflictsOf(
  before: Record<string, unknown>,
  changes: Changes,
  base: Record<string, unknown>,
): FieldConflict[] {
  const seen = (name: string) =>
    isCustom(name) ? asObject(base[CUSTOM_FIELDS])[name.slice(CUSTOM_PREFIX.length)] : base[name];
  const isSeen = (name: string) => base[isCustom(name) ? CUSTOM_FIELDS : name] !== undefined;
  const amount = [...decimals].find(
    (column) => column in before && ('currency' in changes || column in changes),
  );
  const conflicts = Object.entries(changes)
    .filter(
      ([name, { from }]) =>
        name !== amount &&
        !(amount && name === 'currency') &&
        isSeen(name) &&
        !isSame(name, from, seen(name)),
    )
    .map(([name, { from, to }]) => ({
      field: fieldName(name),
      base: toJson(seen(name)),
      current: from,
      yours: to,
    }));
  const money = amount === undefined ? null : amountConflict(amount, { before, changes, base });
  return money ? [...conflicts, money] : conflicts;
}

interface Compared {
  before: Record<string, unknown>;
  changes: Changes;
  base: Record<string, unknown>;
}

function amountConflict(column: string, { before, changes, base }: Compared): FieldConflict | null {
  const names = [column, 'currency'];
  if (names.every((name) => base[name] === undefined || isSame(name, before[name], base[name]))) return null;
  const moneyOf = (valueOf: (name: string) => unknown) => {
    const [amount, currency] = names.map((name) => toJson(valueOf(name)));
    return amount === null ? null : { amount, currency };
  };
  return {
    field: fieldName(column),
    base: moneyOf((name) => (base[name] === undefined ? before[name] : base[name])),
    current: moneyOf((name) => before[name]),
    yours: moneyOf((name) => (changes[name] ? changes[name].to : before[name])),
  };
}

/** A column as the inputs and answers name it: `legal_name` is `legalName`. */
export function fieldName(column: string): string {
  if (isCustom(column)) return column;
  return column.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

function isSame(column: string, a: unknown, b: unknown): boolean {
  const written = decimals.has(column) ? canonicalDecimal : canonical;
  return written(a) === written(b);
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

/** One text for equal values, whatever the order of an object's keys. */
function canonical(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && !(value instanceof Date)) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

function canonicalDecimal(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return canonical(value);
  const [whole = '', fraction = ''] = String(value).split('.');
  return `${whole.replace(/^(-?)0+(?=\d)/, '$1')}.${fraction.replace(/0+$/, '')}`;
}

/** Drops what was not sent, so that a PATCH changes the fields it names and no other. */
export function sentOnly<T extends Record<string, unknown>>(
  columns: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
