import { TZDate } from '@date-fns/tz';
import { dayIn, firstInstantOf, plusDays } from '../../kernel/time-zones.ts';
import type { AccountDayState } from './schema.ts';

/** When an account is synced, in minutes of its own day: soon after midnight, then every six hours. */
const SLOT_MINUTES = [15, 6 * 60 + 15, 12 * 60 + 15, 18 * 60 + 15] as const;

const MINUTE_MS = 60_000;

/**
 * The newest slot at or before `now` in a zone. Slots that were missed are caught up by the newest alone; one inside a
 * skipped hour falls on the first moment after the gap; one inside a doubled hour on its first pass.
 */
export function dueSlot(now: Date, timeZone: string): Date {
  const today = dayIn(timeZone, now);
  // Two days back: a zone that skipped a whole day has no slot on it.
  const slots = [0, -1, -2].flatMap((days) => slotsOf(plusDays(today, days), timeZone));
  const past = slots.filter((slot) => slot <= now.getTime());
  return new Date(Math.max(...past));
}

/** The next slot after `now`, and whether it is the first of its day: the one that reads all that may still change. */
export function nextSlot(now: Date, timeZone: string): { at: Date; isFirst: boolean } {
  return slotsAfter(now, timeZone)[0] ?? { at: now, isFirst: true };
}

/** The next first slot of a day after `now`. */
export function nextFirstSlot(now: Date, timeZone: string): Date {
  return slotsAfter(now, timeZone).find(({ isFirst }) => isFirst)?.at ?? now;
}

function slotsAfter(now: Date, timeZone: string): { at: Date; isFirst: boolean }[] {
  const today = dayIn(timeZone, now);
  return [0, 1, 2, 3]
    .flatMap((days) =>
      slotsOf(plusDays(today, days), timeZone).map((at, index) => ({
        at: new Date(at),
        isFirst: index === 0,
      })),
    )
    .filter(({ at }) => at > now);
}

function slotsOf(day: string, timeZone: string): number[] {
  return SLOT_MINUTES.map((minutes) => firstInstantOf(day, minutes, timeZone));
}

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 30 * MINUTE_MS;

/** How long a run waits before its next try: what the platform asked for, else doubling with full jitter. */
export function retryDelayMs(failures: number, retryAfterMs: number | null, random: number): number {
  if (retryAfterMs !== null) return Math.ceil(retryAfterMs * (1 + 0.2 * random));
  const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
  return Math.ceil(ceiling / 2 + (ceiling / 2) * random);
}

/**
 * How far a day's figures may be trusted. `partial`: the day still runs. `settling`: it is over, and the platform may
 * still change it. `final`: it was read once more after that time. `stale`: it should have been read again and was not.
 */
export type DayState = AccountDayState['state'];

/**
 * The state of a day's figures. `today` is the account's own; `readOn` is the account's day on which that day was last
 * read whole, null where it never was; `restatementDays` is how old a day is when it settles.
 */
export function dayState(
  date: string,
  { today, readOn, restatementDays }: { today: string; readOn: string | null; restatementDays: number },
): DayState {
  if (date >= today) return 'partial';
  const settlesOn = plusDays(date, restatementDays);
  if (readOn === null || readOn <= date) return 'stale';
  if (readOn >= settlesOn) return 'final';
  const isDue = today > settlesOn || readOn < plusDays(today, -1);
  return isDue ? 'stale' : 'settling';
}

/** When yesterday's figures are expected, in an account's own day. */
const EXPECTED_BY_HOUR = 9;

/** Whether an account's figures are late: by nine in its own day they should cover yesterday. */
export function isLate(newestBusinessDate: string | null, timeZone: string, now: Date): boolean {
  const today = dayIn(timeZone, now);
  const isExpected = new TZDate(now, timeZone).getHours() >= EXPECTED_BY_HOUR;
  return newestBusinessDate === null || newestBusinessDate < plusDays(today, isExpected ? -1 : -2);
}
