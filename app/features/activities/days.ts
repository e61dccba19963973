import { formatDateTime } from '../../lib/format.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A moment's day in a zone: "22 Nov 2026". */
function dayOf(iso: string, timeZone: string): string {
  return formatDateTime(iso, timeZone).split(',')[0] ?? '';
}

export interface DayOf<T> {
  label: string;
  items: T[];
}

/** Entries by the days of a zone, in their order; today and yesterday by those words. */
export function byDay<T extends { createdAt: string }>(
  items: readonly T[],
  { timeZone, now }: { timeZone: string; now: string },
): DayOf<T>[] {
  const today = dayOf(now, timeZone);
  const yesterday = dayOf(new Date(Date.parse(now) - DAY_MS).toISOString(), timeZone);
  const days: DayOf<T>[] = [];
  for (const item of items) {
    const day = dayOf(item.createdAt, timeZone);
    const label = day === today ? 'Today' : day === yesterday ? 'Yesterday' : day;
    const last = days.at(-1);
    if (last?.label === label) last.items.push(item);
    else days.push({ label, items: [item] });
  }
  return days;
}
