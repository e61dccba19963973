/** Days are counted from 1970-01-01 in the calendar of the ad account; no instant hides in them. */
export const DAY_MS = 86_400_000;

export interface LocalMoment {
  day: number;
  hour: number;
}

/** The day number of `YYYY-MM-DD`, or undefined when it is no real date. */
export function dayOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const instant = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(instant)) return undefined;
  const day = instant / DAY_MS;
  // Some engines roll 2026-02-31 over into March.
  return isoDay(day) === text ? day : undefined;
}

/** A day number that the code itself states. */
export function fixedDay(text: string): number {
  const day = dayOf(text);
  if (day === undefined) throw new Error(`${text} is no date`);
  return day;
}

export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** 0 is January. Whole-number arithmetic (days since 1 March of an era of 400 years), as it is asked for every figure. */
export function monthOf(day: number): number {
  const sinceMarch0 = day + 719_468;
  const dayOfEra = ((sinceMarch0 % 146_097) + 146_097) % 146_097;
  const centuries = Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096);
  const year = Math.floor((dayOfEra - Math.floor(dayOfEra / 1_460) + centuries) / 365);
  const dayOfYear = dayOfEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  return (Math.floor((5 * dayOfYear + 2) / 153) + 2) % 12;
}

export function firstOfMonth(day: number): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS;
}

/** The same day of the month some months away, or that month's last day where it has no such day. */
export function addMonths(day: number, months: number): number {
  const date = new Date(day * DAY_MS);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY_MS;
  const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 1) / DAY_MS;
  return Math.min(first + date.getUTCDate() - 1, next - 1);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(zone, clock);
  return clock;
}

/** What a wall clock in the zone shows, as milliseconds since the epoch as if it were UTC. */
function wallClock(zone: string, instant: Date): number {
  const shown: Record<string, number> = {};
  for (const part of clockOf(zone).formatToParts(instant)) shown[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

export function localMoment(zone: string, instant: Date): LocalMoment {
  const wall = wallClock(zone, instant);
  const day = Math.floor(wall / DAY_MS);
  return { day, hour: Math.floor((wall - day * DAY_MS) / 3_600_000) };
}

export function zoneOffsetMinutes(zone: string, instant: Date): number {
  const whole = Math.floor(instant.getTime() / 1000) * 1000;
  return Math.round((wallClock(zone, new Date(whole)) - whole) / 60_000);
}

/** The instant at which a clock in the zone shows that day and minute. */
export function localInstant(zone: string, day: number, minuteOfDay: number): Date {
  const wall = day * DAY_MS + minuteOfDay * 60_000;
  const guess = wall - zoneOffsetMinutes(zone, new Date(wall)) * 60_000;
  return new Date(wall - zoneOffsetMinutes(zone, new Date(guess)) * 60_000);
}
