import type { Json } from '../../../db/types.ts';

/** A field's value before and after a change, as the activity stream keeps it. */
export type Changes = Record<string, { from: Json; to: Json }>;

/**
 * What an update would change: `after` holds the columns that were sent, `before` the row as it stands.
 * Dates compare by instant, arrays and objects by their content.
 */
export function changesBetween(before: Record<string, unknown>, after: Record<string, unknown>): Changes {
  const changes: Changes = {};
  for (const [column, to] of Object.entries(after)) {
    if (to === undefined) continue;
    const from = before[column];
    if (canonical(from) !== canonical(to)) changes[column] = { from: toJson(from), to: toJson(to) };
  }
  return changes;
}

function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

/** One text for equal values, whatever the order of an object's keys; 12.5 and "12.5000" are one amount. */
function canonical(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string' && /^-?\d+\.\d+$/.test(value)) return value.replace(/\.?0+$/, '');
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && !(value instanceof Date)) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Drops what was not sent, so that a PATCH changes the fields it names and no other. */
export function sentOnly<T extends Record<string, unknown>>(
  columns: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
