import { plusDays } from '../kernel/time-zones.ts';
import type { DayRange } from './ad-platform.ts';

/** A range in spans of at most so many days, the oldest first. */
export function cutDays({ from, to }: DayRange, days: number): DayRange[] {
  const spans: DayRange[] = [];
  for (let start = from; start <= to; start = plusDays(start, days)) {
    const end = plusDays(start, days - 1);
    spans.push({ from: start, to: end < to ? end : to });
  }
  return spans;
}

/** How many days a range has, both ends included. */
export function countDays({ from, to }: DayRange): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
}
