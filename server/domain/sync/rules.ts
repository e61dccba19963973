import { subMonths } from 'date-fns';
import type { DayRange } from '../../integrations/ad-platform.ts';
import { dayIn, firstInstantOf, fromUtcDay, plusDays, utcDay } from '../../kernel/time-zones.ts';

/** When an account is synced, in minutes of its own day: soon after midnight, then every six hours. */
const SLOT_MINUTES = [15, 6 * 60 + 15, 12 * 60 + 15, 18 * 60 + 15] as const;

const MINUTE_MS = 60_000;

/**
 * What a sync asks for: today, which is partial, and every day whose figures may have moved since they were last read.
 * A day settles once it is `restatementDays` old; `readUntil` is the today of the last sync that read so far back, so
 * that after a pause the days that settled meanwhile are read once more.
 */
export function syncWindow(
  facts: { restatementDays: number },
  today: string,
  readUntil: string | null,
): DayRange {
  const oldestToday = readUntil !== null && readUntil < today ? readUntil : today;
  return { from: plusDays(oldestToday, -facts.restatementDays), to: today };
}

/** The oldest day that a platform still answers for. */
export function oldestDay(facts: { maxHistoryMonths: number }, today: string): string {
  // One day less than the platform's own limit, which it may count in another zone.
  return plusDays(utcDay(subMonths(fromUtcDay(today), facts.maxHistoryMonths)), 1);
}

/** Cuts a range into ranges of at most `days`, oldest first: each is fetched whole and then replaced whole. */
export function sliceRange({ from, to }: DayRange, days: number): DayRange[] {
  const slices: DayRange[] = [];
  for (let start = from; start <= to; start = plusDays(start, days)) {
    const end = plusDays(start, days - 1);
    slices.push({ from: start, to: end < to ? end : to });
  }
  return slices;
}

/**
 * The periods whose reach is asked for on its own: 7 and 28 days, with the running day and without it as the pages'
 * presets have them, the month so far and the month before.
 */
export function reachPeriods(today: string): DayRange[] {
  const monthStart = `${today.slice(0, 8)}01`;
  const lastMonthEnd = plusDays(monthStart, -1);
  const yesterday = plusDays(today, -1);
  const periods = [
    { from: plusDays(today, -6), to: today },
    { from: plusDays(today, -27), to: today },
    { from: plusDays(today, -7), to: yesterday },
    { from: plusDays(today, -28), to: yesterday },
    { from: monthStart, to: today },
    { from: `${lastMonthEnd.slice(0, 8)}01`, to: lastMonthEnd },
  ];
  // In a short month, or on its seventh day, two of them are the same days.
  return [...new Map(periods.map((period) => [`${period.from} ${period.to}`, period])).values()];
}

/**
 * The newest slot at or before `now` in a zone. Slots that were missed are caught up by the newest alone; one inside a
 * skipped hour falls on the first moment after the gap; one inside a doubled hour on its first pass.
 */
export function dueSlot(now: Date, timeZone: string): Date {
  const today = dayIn(timeZone, now);
  // Two days back: a zone that skipped a whole day has no slot on it.
  const slots = [0, -1, -2].flatMap((days) =>
    SLOT_MINUTES.map((minutes) => firstInstantOf(plusDays(today, days), minutes, timeZone)),
  );
  const past = slots.filter((slot) => slot <= now.getTime());
  return new Date(Math.max(...past));
}

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 30 * MINUTE_MS;

/** How long a run waits before its next try: what the platform asked for, else doubling with full jitter. */
export function retryDelayMs(retries: number, retryAfterMs: number | null, random: number): number {
  if (retryAfterMs !== null) return Math.ceil(retryAfterMs * (1 + 0.2 * random));
  const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** retries);
  return Math.ceil(ceiling / 2 + (ceiling / 2) * random);
}
