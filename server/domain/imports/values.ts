import type { DateOrder } from './mapping.ts';

/** A cell's text as a typed value, or what is wrong with it in words that follow the cell's name. */
export type Parsed<T> = { value: T } | { problem: string };

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const ORDERED = /^(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})$/;

/**
 * A day as YYYY-MM-DD. The order is stated, never guessed: 3/4/2017 is two different days. A day that begins with its
 * year and has hyphens (ISO 8601) reads the same under every order.
 */
export function parseDay(text: string, order: DateOrder): Parsed<string> {
  const parts = ISO.exec(text)?.slice(1) ?? orderedParts(text, order);
  if (!parts) return { problem: `${quote(text)} is not a date written as ${order}` };
  const [year = '', month = '', day = ''] = parts;
  if (year.length !== 4) return { problem: `${quote(text)} needs a year of four digits (${order})` };
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isCalendarDay(value)) return { problem: `${quote(text)} is not a day of the calendar (${order})` };
  return { value };
}

function orderedParts(text: string, order: DateOrder): string[] | null {
  const match = ORDERED.exec(text);
  if (!match) return null;
  const [, first = '', , second = '', third = ''] = match;
  if (order === 'Y-M-D') return [first, second, third];
  return order === 'M/D/Y' ? [third, first, second] : [third, second, first];
}

/** PostgreSQL has no year 0. */
function isCalendarDay(value: string): boolean {
  const instant = new Date(`${value}T00:00:00Z`);
  return (
    !value.startsWith('0000') && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(value)
  );
}

/** Spaces and apostrophes that people and programs put between groups of three digits. */
const GROUPS = "[ \\u00a0\\u202f'’]";

const patterns = {
  '.': new RegExp(`^([+-]?)(\\d+|\\d{1,3}(?:,\\d{3})+|\\d{1,3}(?:${GROUPS}\\d{3})+)(?:\\.(\\d+))?$`),
  ',': new RegExp(`^([+-]?)(\\d+|\\d{1,3}(?:\\.\\d{3})+|\\d{1,3}(?:${GROUPS}\\d{3})+)(?:,(\\d+))?$`),
} as const;

/** An exact decimal as digits with a point, "1234.50". Groups of three are read where they are complete. */
export function parseDecimal(text: string, mark: '.' | ','): Parsed<string> {
  const match = patterns[mark].exec(text);
  if (!match) return { problem: `${quote(text)} is not a number with the decimal sign "${mark}"` };
  const [, sign = '', whole = '', fraction] = match;
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  return { value: `${sign === '-' ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}` };
}

export function parseInteger(text: string, mark: '.' | ','): Parsed<number> {
  const decimal = parseDecimal(text, mark);
  if ('problem' in decimal) return decimal;
  const value = Number(decimal.value);
  return Number.isSafeInteger(value) ? { value } : { problem: `${quote(text)} is not a whole number` };
}

/** A number that a custom field keeps. JSON holds it as a double: more digits than that are refused, not rounded. */
export function parseNumber(text: string, mark: '.' | ','): Parsed<number> {
  const decimal = parseDecimal(text, mark);
  if ('problem' in decimal) return decimal;
  if (decimal.value.replace(/\D/g, '').replace(/^0+/, '').length > 15)
    return { problem: `${quote(text)} has more digits than a number keeps; map it as text` };
  return { value: Number(decimal.value) };
}

/** A cell as it is shown inside a sentence. */
export function quote(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return `"${shown}"`;
}
