import { isDay } from '../../lib/date-range.ts';
import { formatCount } from '../../lib/format.ts';

const DAY_MS = 86_400_000;

/** How many days a flight has, both ends counted; null where an end is missing or they cross. */
export function flightDays(startsOn: string, endsOn: string): number | null {
  if (!isDay(startsOn) || !isDay(endsOn)) return null;
  const days = (Date.parse(`${endsOn}T00:00:00Z`) - Date.parse(`${startsOn}T00:00:00Z`)) / DAY_MS + 1;
  return days > 0 ? days : null;
}

/** "31 days", "28 days, 4 weeks", "1 day"; empty where it is not known. */
export function flightWords(startsOn: string, endsOn: string): string {
  const days = flightDays(startsOn, endsOn);
  if (days === null) return '';
  const weeks = days / 7;
  const inDays = `${formatCount(days)} ${days === 1 ? 'day' : 'days'}`;
  if (!Number.isInteger(weeks)) return inDays;
  return `${inDays}, ${weeks} ${weeks === 1 ? 'week' : 'weeks'}`;
}
