import { type RawBuilder, sql } from 'kysely';
import type { FilterOperator, Period, PeriodValue } from './fields.ts';

/** Days from the first up to, not including, the second; either end may be open. */
export interface DayRange {
  from: RawBuilder<unknown> | null;
  until: RawBuilder<unknown> | null;
}

/** The agency's own day, read once for a query; the row of the agency itself is the one that is no brand's. */
export const today = sql`(select (now() at time zone o.time_zone)::date from organizations o where o.type <> 'BRAND')`;
const zone = sql`(select o.time_zone from organizations o where o.type <> 'BRAND')`;

/** What a condition on days asks for; the values were checked before. */
export function dayRange(op: FilterOperator, value: unknown): DayRange {
  const [first, second] = Array.isArray(value) ? (value as string[]) : [value as string];
  switch (op) {
    case 'on':
      return { from: dayOf(first), until: plusDays(dayOf(first), 1) };
    case 'before':
      return { from: null, until: dayOf(first) };
    case 'after':
      return { from: plusDays(dayOf(first), 1), until: null };
    case 'between':
      return { from: dayOf(first), until: plusDays(dayOf(second), 1) };
    default:
      return periodRange(value as PeriodValue);
  }
}

/** The instant at which a day begins in the agency's zone. */
export function startOfDay(day: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`((${day})::timestamp at time zone ${zone})`;
}

function dayOf(day: string | undefined): RawBuilder<unknown> {
  return sql`${day}::date`;
}

function plusDays(day: RawBuilder<unknown>, days: number): RawBuilder<unknown> {
  return sql`(${day} + ${days}::int)`;
}

const units = { Week: '7 days', Month: '1 month', Quarter: '3 months', Year: '1 year' } as const;
const offsets = { last: -1, this: 0, next: 1 } as const;

function periodRange({ period, days = 1 }: PeriodValue): DayRange {
  switch (period) {
    case 'today':
      return { from: today, until: plusDays(today, 1) };
    case 'yesterday':
      return { from: plusDays(today, -1), until: today };
    case 'tomorrow':
      return { from: plusDays(today, 1), until: plusDays(today, 2) };
    case 'lastDays':
      return { from: plusDays(today, 1 - days), until: plusDays(today, 1) };
    case 'nextDays':
      return { from: today, until: plusDays(today, days) };
    case 'olderThanDays':
      return { from: null, until: plusDays(today, -days) };
    default:
      return calendarRange(period);
  }
}

type CalendarPeriod = Extract<Period, `${keyof typeof offsets}${keyof typeof units}`>;

function calendarRange(period: CalendarPeriod): DayRange {
  const at = period.slice(0, 4) as keyof typeof offsets;
  const unit = period.slice(4) as keyof typeof units;
  const start = (steps: number) =>
    sql`(date_trunc(${unit.toLowerCase()}::text, ${today}::timestamp) + ${steps}::int * ${units[unit]}::interval)::date`;
  return { from: start(offsets[at]), until: start(offsets[at] + 1) };
}
