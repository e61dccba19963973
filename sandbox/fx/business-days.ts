import { DAY_MS, weekdayOf } from '../world/calendar.ts';

/** Easter Sunday of a year of the Gregorian calendar, by the anonymous algorithm (Meeus, Jones and Butcher). */
function easterDay(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = Math.floor((a + 11 * d + 22 * e) / 451);
  const monthAndDay = d + e - 7 * f + 114;
  return Date.UTC(year, Math.floor(monthAndDay / 31) - 1, (monthAndDay % 31) + 1) / DAY_MS;
}

const FIXED_HOLIDAYS = new Set(['01-01', '05-01', '12-25', '12-26']);

/** Whether the ECB publishes reference rates on a day: no weekend and no closing day of the T2 system. */
export function isBusinessDay(day: number): boolean {
  const weekday = weekdayOf(day);
  if (weekday === 0 || weekday === 6) return false;
  const text = new Date(day * DAY_MS).toISOString();
  if (FIXED_HOLIDAYS.has(text.slice(5, 10))) return false;
  const easter = easterDay(Number(text.slice(0, 4)));
  return day !== easter - 2 && day !== easter + 1;
}
