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
  { id: 'last_30_days', label: 'Last 30 days' },
  { id: 'last_90_days', label: 'Last 90 days' },
  { id: 'this_week', label: 'This week' },
  { id: 'last_week', label: 'Last week' },
  { id: 'this_month', label: 'This month' },
  { id: 'last_month', label: 'Last month' },
  { id: 'this_quarter', label: 'This quarter' },
  { id: 'last_quarter', label: 'Last quarter' },
  { id: 'year_to_date', label: 'Year to date' },
] as const;
export type RangePreset = (typeof rangePresets)[number]['id'];

/** The days that a campaign runs: a range that only a page of one campaign has. */
export const FLIGHT = 'flight';

export interface ResolvedRange extends DateRange {
  /** Null for a range typed by hand. */
  preset: RangePreset | typeof FLIGHT | null;
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

/** The Monday on or before a day: weeks are ISO's. */
function firstOfWeek(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

function firstOfQuarter(day: string): string {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}

const lastDays = (count: number) => (today: string) => ({
  from: addDays(today, -count),
  to: addDays(today, -1),
});
/** The whole week, month or quarter before the one that `first` begins. */
const wholeBefore = (first: (day: string) => string) => (today: string) => {
  const to = addDays(first(today), -1);
  return { from: first(to), to };
};
const soFar = (first: (day: string) => string) => (today: string) => ({ from: first(today), to: today });

const presetDays: Readonly<Record<RangePreset, (today: string) => DateRange>> = {
  today: (today) => ({ from: today, to: today }),
  yesterday: lastDays(1),
  last_7_days: lastDays(7),
  last_14_days: lastDays(14),
  last_28_days: lastDays(28),
  last_30_days: lastDays(30),
  last_90_days: lastDays(90),
  this_week: soFar(firstOfWeek),
  last_week: wholeBefore(firstOfWeek),
  this_month: soFar(firstOfMonth),
  last_month: wholeBefore(firstOfMonth),
  this_quarter: soFar(firstOfQuarter),
  last_quarter: wholeBefore(firstOfQuarter),
  year_to_date: soFar((day) => `${day.slice(0, 4)}-01-01`),
};

/** A preset's days, seen from `today` in the calendar that the page speaks of. */
export function presetRange(preset: RangePreset, today: string): DateRange {
  return presetDays[preset](today);
}

/**
 * The days of a campaign that are over or under way; of one that is yet to begin, all of them. Null without a first day.
 */
export function flightRange(
  { startsOn, endsOn }: { startsOn: string | null; endsOn: string | null },
  today: string,
): DateRange | null {
  if (startsOn === null) return null;
  const last = endsOn ?? today;
  if (startsOn > today) return { from: startsOn, to: last < startsOn ? startsOn : last };
  return { from: startsOn, to: last < today ? last : today };
}

/**
 * What the address asks for. Two typed days win over a preset and are put in order; anything unreadable falls back,
 * because a stale or mangled link should still show a page.
 */
export function readDateRange(
  search: URLSearchParams,
  today: string,
  { fallback = 'last_28_days', flight = null }: { fallback?: RangePreset; flight?: DateRange | null } = {},
): ResolvedRange {
  const [from, to] = [search.get('from'), search.get('to')];
  if (isDay(from) && isDay(to)) {
    return from <= to ? { from, to, preset: null } : { from: to, to: from, preset: null };
  }
  const range = search.get('range');
  if (flight && range === FLIGHT) return { ...flight, preset: FLIGHT };
  const asked = rangePresets.find(({ id }) => id === range)?.id ?? fallback;
  return { ...presetRange(asked, today), preset: asked };
}

/** How many days a range has, both ends included. */
export function lengthOf({ from, to }: DateRange): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs) + 1;
}
