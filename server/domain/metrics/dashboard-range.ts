import { invalidField } from '../../kernel/errors.ts';
import type { DashboardInput } from './dashboard-schema.ts';
import { addDays, type DayRange } from './range.ts';

/** 52 weeks: a year back that keeps the weekdays. */
const YEAR_DAYS = 364;

/**
 * The range that another is compared with: as many days, beginning on the same weekday, so that day by day a Monday
 * stands beside a Monday. PREVIOUS is the latest such range that ends before the other begins; CUSTOM begins where it
 * is told to. Errors: `invalid` on `compareFrom`.
 */
export function comparedRange(
  range: DayRange,
  { compare, compareFrom }: Pick<DashboardInput, 'compare' | 'compareFrom'>,
): DayRange | null {
  if (compare === undefined) return null;
  if (compare === 'CUSTOM' && compareFrom === undefined)
    throw invalidField('compareFrom', 'Say the first day to compare with.');
  const days = daysIn(range);
  const back = compare === 'YEAR' ? YEAR_DAYS : Math.ceil(days / 7) * 7;
  const from = compare === 'CUSTOM' && compareFrom ? compareFrom : addDays(range.from, -back);
  return { from, to: addDays(from, days - 1) };
}

/** How many days a range has. */
export function daysIn({ from, to }: DayRange): number {
  return daysBetween(from, to) + 1;
}

/** How many days `to` is after `from`. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** The day that has the same place in another range. */
export function alignedDay(date: string, from: DayRange, to: DayRange): string {
  return addDays(to.from, daysBetween(from.from, date));
}
