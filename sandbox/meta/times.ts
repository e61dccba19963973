import { type AdAccount } from '../world/accounts.ts';
import { localInstant, zoneOffsetMinutes } from '../world/calendar.ts';

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** A moment of the account's clock as Meta writes it: `2026-01-31T08:15:00+0400`, the offset without a colon. */
export function metaTime(account: AdAccount, day: number, minuteOfDay: number): string {
  const instant = localInstant(account.timeZone, day, minuteOfDay);
  const offset = zoneOffsetMinutes(account.timeZone, instant);
  const wall = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(offset);
  return `${wall}${offset < 0 ? '-' : '+'}${two(size / 60)}${two(size % 60)}`;
}
