import { type DateRange, FLIGHT, rangePresets, type ResolvedRange } from '../../lib/date-range.ts';
import { formatDateRange } from '../../lib/format.ts';

/** The day that it is in a zone, YYYY-MM-DD. */
export function todayIn(timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(now);
  const part = (type: string) => parts.find((item) => item.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** "Last 28 days · 25 Oct – 21 Nov 2026". */
export function rangeLabel({ from, to, preset }: ResolvedRange): string {
  const days = formatDateRange(from, to);
  const name = preset === FLIGHT ? 'Flight' : rangePresets.find(({ id }) => id === preset)?.label;
  return name ? `${name} · ${days}` : days;
}

const DAY_MS = 86_400_000;

/** Every day of a range, in order. */
export function daysOf({ from, to }: DateRange): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += DAY_MS)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
