import { TZDate, tzOffset } from '@date-fns/tz';
import { addDays, format } from 'date-fns';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The business day that it is in a zone, YYYY-MM-DD. Errors: RangeError for a zone that is not known. */
export function dayIn(timeZone: string, now: Date): string {
  return format(new TZDate(now, timeZone), 'yyyy-MM-dd');
}

/** `days` after a business day; before it where negative. */
export function plusDays(day: string, days: number): string {
  return utcDay(addDays(fromUtcDay(day), days));
}

/** A business day as a date of the calendar without zones, for reckoning. */
export function fromUtcDay(day: string): TZDate {
  return new TZDate(`${day}T00:00:00Z`, 'UTC');
}

/** The business day of such a date. */
export function utcDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Whether this machine knows a zone by its IANA name. */
export function isTimeZone(timeZone: string): boolean {
  return !Number.isNaN(tzOffset(timeZone, new Date(0)));
}

/**
 * The first instant (milliseconds) at which clocks in the zone show this minute of this day, or have passed it: inside a
 * skipped hour the first moment after the gap, inside a doubled hour its first pass. 1440 is the day's end.
 * Errors: RangeError for a zone that is not known.
 */
export function firstInstantOf(day: string, minutes: number, timeZone: string): number {
  const wanted = fromUtcDay(day).getTime() + minutes * MINUTE_MS;
  const before = wanted - offsetMs(timeZone, wanted - DAY_MS);
  if (localMs(timeZone, before) === wanted) return before;
  const after = wanted - offsetMs(timeZone, wanted + DAY_MS);
  if (localMs(timeZone, after) === wanted) return after;
  return gapEnd(timeZone, wanted);
}

/** The transition that skips a local time: the first instant whose local time is past it. */
function gapEnd(timeZone: string, wanted: number): number {
  let low = wanted - DAY_MS;
  let high = wanted + DAY_MS;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2);
    if (localMs(timeZone, middle) > wanted) high = middle;
    else low = middle;
  }
  return Math.floor(high / 1000) * 1000;
}

function localMs(timeZone: string, instant: number): number {
  return instant + offsetMs(timeZone, instant);
}

function offsetMs(timeZone: string, instant: number): number {
  const minutes = tzOffset(timeZone, new Date(instant));
  if (Number.isNaN(minutes)) throw new RangeError(`The time zone ${timeZone} is not known.`);
  return minutes * MINUTE_MS;
}
