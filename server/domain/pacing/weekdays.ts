import { divide, product, subtract, sum } from '../records/decimals.ts';
import type { ShapeBasis } from './schema.ts';

/** What one day came to, in one currency. A day without spend is left out. */
export interface DaySpend {
  date: string;
  /** A decimal string; a platform's credit is negative. */
  amount: string;
}

/** Monday first; decimal strings. */
export type Weights = readonly string[];

/** Full weeks that a shape is read from at most. */
export const MOST_WEEKS = 8;
/** With fewer, the next wider set of figures tells more. */
const ENOUGH_WEEKS = 4;
/** As many weeks of even days are mixed into what was seen: of one week a third remains, of eight four fifths. */
const EVEN_WEEKS = 2;
/** Days back from the last one that hold eight full weeks wherever their Mondays fall. */
export const SHAPE_DAYS = MOST_WEEKS * 7 + 6;

const WEIGHT_DECIMALS = 6;

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

export interface SeenWeeks {
  /** Full weeks with spend, at most 8. */
  weeks: number;
  /** What each weekday of them came to, Monday first; never negative. */
  totals: readonly string[];
}

/**
 * The last full weeks (Monday to Sunday) through a day. A week is full from the first day of spend on; one without spend,
 * and one on whose days it was paused, shows no shape and is passed over.
 */
export function seenWeeks(
  days: readonly DaySpend[],
  through: string,
  isPaused: (day: string) => boolean = () => false,
): SeenWeeks {
  const byDay = new Map(days.filter(({ date }) => date <= through).map(({ date, amount }) => [date, amount]));
  const first = [...byDay].flatMap(([date, amount]) => (isPositive(amount) ? [date] : [])).sort()[0];
  const seen: string[][] = [];
  if (first !== undefined) {
    const lastSunday = daysAfter(through, -((weekdayOf(through) + 1) % 7));
    for (let back = 0; seen.length < MOST_WEEKS; back += 1) {
      const monday = daysAfter(lastSunday, -6 - 7 * back);
      if (monday < first) break;
      const week = [0, 1, 2, 3, 4, 5, 6].map((offset) => daysAfter(monday, offset));
      const amounts = week.map((day) => byDay.get(day) ?? '0');
      if (!week.some(isPaused) && isPositive(sum(amounts) ?? '0')) seen.push(amounts);
    }
  }
  const totals = [0, 1, 2, 3, 4, 5, 6].map((weekday) => {
    const total = sum(seen.map((week) => week[weekday] ?? '0')) ?? '0';
    return isPositive(total) ? total : '0';
  });
  return { weeks: seen.length, totals };
}

export interface Shape {
  basis: ShapeBasis;
  weeks: number;
  weights: Weights;
}

const EVEN: Weights = [1, 2, 3, 4, 5, 6, 7].map(() => divide('1', '7', WEIGHT_DECIMALS) ?? '0');

/**
 * What each weekday weighs: its share of the weeks that were seen, drawn towards a seventh the fewer they are. The
 * campaign's own weeks count where there are four, else its brand's, else the agency's; where nobody has four, the
 * most that somebody has.
 */
export function shapeOf(levels: readonly { basis: ShapeBasis; seen: SeenWeeks }[]): Shape {
  const enough = levels.find(({ seen }) => seen.weeks >= ENOUGH_WEEKS);
  const most = Math.max(0, ...levels.map(({ seen }) => seen.weeks));
  const chosen = enough ?? levels.find(({ seen }) => seen.weeks === most);
  if (!chosen || chosen.seen.weeks === 0) return { basis: 'EVEN', weeks: 0, weights: EVEN };
  return { basis: chosen.basis, weeks: chosen.seen.weeks, weights: weightsOf(chosen.seen) };
}

/** Whether a campaign's own weeks are enough, so that nobody has to ask for wider ones. */
export function isEnough({ weeks }: SeenWeeks): boolean {
  return weeks >= ENOUGH_WEEKS;
}

function weightsOf({ weeks, totals }: SeenWeeks): Weights {
  const whole = sum(totals) ?? '0';
  return totals.map((total) => {
    const own = product([String(7 * weeks), total]);
    const even = product([String(EVEN_WEEKS), whole]);
    const divisor = product([String(7 * (weeks + EVEN_WEEKS)), whole]);
    return divide(sum([own, even]), divisor, WEIGHT_DECIMALS) ?? '0';
  });
}

function isPositive(amount: string): boolean {
  return !amount.startsWith('-') && subtract(amount, '0') !== '0';
}

function daysAfter(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}
