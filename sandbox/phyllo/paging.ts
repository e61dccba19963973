import { type Json } from '../meta/json.ts';
import { dayOf } from '../world/calendar.ts';
import { type PhylloAnswer, type PhylloCall, ok } from './call.ts';
import { invalid } from './failures.ts';

export const PAGE_PARAMETERS = ['limit', 'offset'] as const;
const MOST = 100;
const USUAL = 10;

function wholeNumber(
  { query }: PhylloCall,
  name: string,
  { usual, least, most }: { usual: number; least: number; most: number },
): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value < least || value > most) {
    throw invalid('invalid_field', `${name} must be a number from ${least} to ${most}.`);
  }
  return value;
}

/** A day of the question, in days since 1970; null where it is left out. */
export function dayParameter({ query }: PhylloCall, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  const day = dayOf(text);
  if (day === undefined) throw invalid('invalid_date', `${name} must be a date as YYYY-MM-DD.`);
  return day;
}

/** A page of a list. It says neither how many there are nor whether there are more: a short one is the last. */
export function pageOf<T>(call: PhylloCall, entries: readonly T[], write: (entry: T) => Json): PhylloAnswer {
  const limit = wholeNumber(call, 'limit', { usual: USUAL, least: 1, most: MOST });
  const offset = wholeNumber(call, 'offset', { usual: 0, least: 0, most: 999_999_999 });
  const shown = call.isEmptied ? [] : entries.slice(offset, offset + limit);
  const { query } = call;
  return ok({
    data: shown.map(write),
    metadata: { offset, limit, from_date: query.get('from_date'), to_date: query.get('to_date') },
  });
}
