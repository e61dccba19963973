import type { DateOrder } from '../mapping.ts';
import { parseDay, type Parsed, quote } from '../values.ts';
import { type Cell, textOf } from './sheet.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const TIME = /[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([AaPp][Mm])?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/;
const WORDED = [
  { pattern: /^(?:[A-Za-z]{3,9},? )?([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/, day: 2, month: 1, year: 3 },
  {
    pattern: /^(?:[A-Za-z]{3,9},? )?(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})$/,
    day: 1,
    month: 2,
    year: 3,
  },
] as const;
const ORDERED = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})$/;

/** No ad report is older; an older day is a number that was read as a day. */
const OLDEST = '2000-01-01';
/** Day 0 of a workbook's count of days, which knows a 29 February 1900 (ECMA-376, 18.17.4.1). */
const SERIAL_START = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

/** A day's text without its time: a day is labelled in the account's own zone and never shifted. */
function dayPart(text: string): string {
  return text.trim().replace(TIME, '').replace(/,$/, '').trim();
}

/** A day as YYYY-MM-DD, or what is wrong with it. */
export function parseReportDay(cell: Cell | undefined, order: DateOrder): Parsed<string> {
  const parsed = typeof cell === 'number' ? fromSerial(cell) : fromText(cell ?? '', order);
  if ('problem' in parsed || parsed.value >= OLDEST) return parsed;
  return { problem: `${quote(textOf(cell))} is no day of an ad report` };
}

function fromSerial(serial: number): Parsed<string> {
  if (serial >= 20_000_101 && serial <= 29_991_231) return fromText(String(serial), 'Y-M-D');
  if (!(serial > 0 && serial < 100_000)) return { problem: `${quote(String(serial))} is no day` };
  return { value: new Date(SERIAL_START + Math.floor(serial) * DAY_MS).toISOString().slice(0, 10) };
}

function fromText(text: string, order: DateOrder): Parsed<string> {
  const part = dayPart(oneDay(text));
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(part);
  if (compact) return parseDay(compact.slice(1).join('-'), 'Y-M-D');
  for (const { pattern, day, month, year } of WORDED) {
    const match = pattern.exec(part);
    const number = match ? MONTHS.indexOf((match[month] ?? '').slice(0, 3).toLowerCase()) + 1 : 0;
    if (match && number > 0) return parseDay(`${match[year]}-${number}-${match[day]}`, 'Y-M-D');
  }
  if (/^\d{4}[-/.]/.test(part)) return parseDay(part.replace(/[/.]/g, '-'), 'Y-M-D');
  return parseDay(part, order);
}

/** "2025-04-03 - 2025-04-03": a period of one day is a day. */
function oneDay(text: string): string {
  const halves = text.trim().split(/ (?:-|–|to|~) /);
  return halves.length === 2 && halves[0] === halves[1] ? (halves[0] ?? text) : text;
}

/** Whether a text is a week, a month or any other period rather than a day. */
export function isPeriod(text: string): boolean {
  const part = text.trim();
  const halves = part.split(/ (?:-|–|to|~) /);
  if (halves.length === 2) return halves[0] !== halves[1];
  return /^(?:[A-Za-z]{3,9} \d{4}|\d{4}-\d{2}|\d{4}[ -]?[QW]\d{1,2}|[QW]\d{1,2}[ -]?\d{4}|all|all time|lifetime)$/i.test(
    part,
  );
}

/**
 * The order of a column's days: as a part above 12 tells; years first or months in words need none.
 * Problem: where every day could be read in both orders.
 */
export function decideOrder(cells: Iterable<Cell>): { order: DateOrder } | { problem: string } {
  const seen = { 'D/M/Y': 0, 'M/D/Y': 0 };
  let ambiguous: string | null = null;
  for (const cell of cells) {
    if (typeof cell === 'number') continue;
    const match = ORDERED.exec(dayPart(oneDay(cell)));
    if (!match) continue;
    const [first, second] = [Number(match[1]), Number(match[3])];
    if (first > 12) seen['D/M/Y'] += 1;
    else if (second > 12) seen['M/D/Y'] += 1;
    else if (first !== second) ambiguous ??= cell;
  }
  if (seen['D/M/Y'] > 0 && seen['M/D/Y'] > 0) return { problem: 'has days in two orders' };
  if (seen['D/M/Y'] > 0) return { order: 'D/M/Y' };
  if (seen['M/D/Y'] > 0) return { order: 'M/D/Y' };
  if (ambiguous !== null) return { problem: `holds ${quote(ambiguous)}, which may be either of two days` };
  return { order: 'Y-M-D' };
}
