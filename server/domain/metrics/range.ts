import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import { invalidField } from '../../kernel/errors.ts';

/** A span of business days, both ends included, YYYY-MM-DD. */
export interface DayRange {
  from: string;
  to: string;
}

/** The days that a range has when nobody says otherwise: the window in which platforms restate. */
export const DEFAULT_DAYS = 28;

/** No platform hands out daily figures that are older (Meta and Google keep 37 months). */
export const MAX_MONTHS = 37;

/**
 * The range that was asked for, completed: 28 days that end at the newest day the figures cover.
 * Errors: `invalid` on `to` where it is before `from`, on `from` where the range is over 37 months.
 */
export function resolveRange(
  asked: { from?: string | undefined; to?: string | undefined },
  newest: string,
): DayRange {
  const to = asked.to ?? (asked.from !== undefined && asked.from > newest ? asked.from : newest);
  const from = asked.from ?? addDays(to, 1 - DEFAULT_DAYS);
  if (to < from) throw invalidField('to', 'The last day is before the first one.');
  if (from < addMonths(to, -MAX_MONTHS)) {
    throw invalidField('from', `A range holds at most ${MAX_MONTHS} months; begin later or end earlier.`);
  }
  return { from, to };
}

export function addDays(day: string, count: number): string {
  return toDay(Date.parse(day) + count * 86_400_000);
}

/** The same day of another month, or that month's last where it is shorter. */
export function addMonths(day: string, count: number): string {
  const date = new Date(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + count];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return toDay(Date.UTC(year, month, Math.min(date.getUTCDate(), lastOfMonth)));
}

/** The day that it is in a time zone. */
export function dayIn(timeZone: string, instant: Date): string {
  return format(new TZDate(instant, timeZone), 'yyyy-MM-dd');
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
