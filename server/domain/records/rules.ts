import type { Json } from '../../../db/types.ts';

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
    const written = decimals.has(column) ? canonicalDecimal : canonical;
    if (written(from) !== written(to)) changes[column] = { from: toJson(from), to: toJson(to) };
  }
  return changes;
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
  if (typeof value !== 'string') return canonical(value);
  const [whole = '', fraction = ''] = value.split('.');
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
