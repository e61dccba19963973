/**
 * Ranges of business days, both ends included, as `?range=last_28_days` or `?from=…&to=…`. Days are labels
 * (YYYY-MM-DD) of one calendar, so the arithmetic is on UTC midnights and no zone or summer time can shift it.
 */
export interface DateRange {
  from: string;
  to: string;
}

/** "Last 7 days" ends yesterday: today is partial, and a partial day would drag every ratio. */
export const rangePresets = [
  { id: 'today', label: 'Today' },
  { id: 'yesterday', label: 'Yesterday' },
  { id: 'last_7_days', label: 'Last 7 days' },
  { id: 'last_14_days', label: 'Last 14 days' },
  { id: 'last_28_days', label: 'Last 28 days' },
  { id: 'last_90_days', label: 'Last 90 days' },
  { id: 'this_month', label: 'This month' },
  { id: 'last_month', label: 'Last month' },
] as const;
export type RangePreset = (typeof rangePresets)[number]['id'];

export interface ResolvedRange extends DateRange {
  /** Null for a range typed by hand. */
  preset: RangePreset | null;
}

const dayMs = 86_400_000;
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** True for a day that the calendar has: 2026-02-30 is none. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !dayPattern.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && toDay(at) === value;
}

function toDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function addDays(day: string, count: number): string {
  return toDay(Date.parse(`${day}T00:00:00Z`) + count * dayMs);
}

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

/** A preset's days, seen from `today` in the calendar that the page speaks of. */
export function presetRange(preset: RangePreset, today: string): DateRange {
  const yesterday = addDays(today, -1);
  const lastDays = (count: number): DateRange => ({ from: addDays(today, -count), to: yesterday });
  const endOfLastMonth = addDays(firstOfMonth(today), -1);
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: yesterday, to: yesterday };
    case 'last_7_days':
      return lastDays(7);
    case 'last_14_days':
      return lastDays(14);
    case 'last_28_days':
      return lastDays(28);
    case 'last_90_days':
      return lastDays(90);
    case 'this_month':
      return { from: firstOfMonth(today), to: today };
    case 'last_month':
      return { from: firstOfMonth(endOfLastMonth), to: endOfLastMonth };
  }
}

/**
 * What the address asks for. Two typed days win over a preset and are put in order; anything unreadable falls back,
 * because a stale or mangled link should still show a page.
 */
export function readDateRange(
  search: URLSearchParams,
  today: string,
  fallback: RangePreset = 'last_28_days',
): ResolvedRange {
  const [from, to] = [search.get('from'), search.get('to')];
  if (isDay(from) && isDay(to)) {
    return from <= to ? { from, to, preset: null } : { from: to, to: from, preset: null };
  }
  const asked = rangePresets.find(({ id }) => id === search.get('range'))?.id ?? fallback;
  return { ...presetRange(asked, today), preset: asked };
}
