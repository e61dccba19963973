import { addMonths, differenceInCalendarMonths } from 'date-fns';
import type { Reach } from '../../../db/tenant.ts';
import type { TaskRecurrence } from '../../../db/types.ts';
import { firstInstantOf, fromUtcDay, plusDays, utcDay } from '../../kernel/time-zones.ts';

/** When one is reminded on a day without a time. */
export const DEFAULT_REMIND_TIME = '09:00';

const DAY_MS = 24 * 60 * 60 * 1000;
const DAY_MINUTES = 24 * 60;

/** The instant from which a task is overdue: its due time, or the end of its due day, in its zone. */
export function dueMoment(due: { day: string; time: string | null }, timeZone: string): Date {
  const minutes = due.time === null ? DAY_MINUTES : minutesOf(due.time);
  return new Date(firstInstantOf(due.day, minutes, timeZone));
}

/** The instant of a reminder in its zone. */
export function remindMoment(remind: { day: string; time: string | null }, timeZone: string): Date {
  return new Date(firstInstantOf(remind.day, minutesOf(remind.time ?? DEFAULT_REMIND_TIME), timeZone));
}

/** "14:30" and PostgreSQL's "14:30:00" as minutes of the day. */
function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

export interface Series {
  recurrence: TaskRecurrence;
  /** The first due day, which the others are counted from. */
  startOn: string;
}

/**
 * The next day of a series after `after` that is not past on `today`: what was missed meanwhile is not made up for.
 * Counted from the first day, so that the 31st is the 31st again after a month that has none.
 */
export function nextOccurrence({ recurrence, startOn }: Series, after: string, today: string): string {
  const earliest = [plusDays(after, 1), today, startOn].reduce((a, b) => (a > b ? a : b));
  switch (recurrence) {
    case 'DAILY':
      return earliest;
    case 'WEEKDAYS':
      return nextWeekday(earliest);
    case 'WEEKLY':
      return plusDays(startOn, 7 * Math.ceil(daysBetween(startOn, earliest) / 7));
    case 'MONTHLY':
      return nextByMonths(startOn, earliest, 1);
    case 'QUARTERLY':
      return nextByMonths(startOn, earliest, 3);
    case 'YEARLY':
      return nextByMonths(startOn, earliest, 12);
  }
}

function nextWeekday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return plusDays(day, weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
}

function nextByMonths(startOn: string, earliest: string, step: number): string {
  const start = fromUtcDay(startOn);
  const months = Math.max(0, differenceInCalendarMonths(fromUtcDay(earliest), start));
  const turns = Math.floor(months / step);
  const candidates = [turns, turns + 1].map((turn) => utcDay(addMonths(start, turn * step)));
  return candidates.find((day) => day >= earliest) ?? startOn;
}

/** Days from one business day to another; negative backwards. */
export function daysBetween(from: string, to: string): number {
  return Math.round((fromUtcDay(to).getTime() - fromUtcDay(from).getTime()) / DAY_MS);
}

interface Belonging {
  brand_id: string | null;
  owner_id: string | null;
  created_by_id: string | null;
  assignee_id: string | null;
}

/**
 * Whether the policy on tasks lets this principal write such a row. Who sees a task only through the record that it
 * hangs on may read it.
 */
export function mayChange(
  principal: { reach: Reach; userId: string | null; brandIds: readonly string[] },
  task: Belonging,
): boolean {
  if (principal.reach === 'all') return true;
  if (task.brand_id !== null && principal.brandIds.includes(task.brand_id)) return true;
  if (principal.reach !== 'assigned' || principal.userId === null) return false;
  return [task.owner_id, task.created_by_id, task.assignee_id].includes(principal.userId);
}
