import type { Task } from '../../../server/domain/tasks/schema.ts';
import { formatDate, formatDateTime, formatDay } from '../../lib/format.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The reader's own day and zone, which a task's days are told by. */
export interface Here {
  today: string;
  timeZone: string;
}

type Due = Pick<Task, 'dueOn' | 'dueTime' | 'dueAt' | 'timeZone'>;

/** "Today 14:30", "Fri 22 May", "3 Jan 2027". A time of another zone is told by the reader's own clock. */
export function dueInWords({ dueOn, dueTime, dueAt, timeZone }: Due, here: Here): string | null {
  if (dueOn === null) return null;
  if (dueTime === null) return dayInWords(dueOn, here.today);
  if (timeZone !== here.timeZone && dueAt !== null) return formatDateTime(dueAt, here.timeZone);
  return `${dayInWords(dueOn, here.today)} ${dueTime}`;
}

/** A day as people say it: by its distance where that is small, with the year where it is another. */
export function dayInWords(day: string, today: string): string {
  const distance = Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
  if (distance === 0) return 'Today';
  if (distance === 1) return 'Tomorrow';
  if (distance === -1) return 'Yesterday';
  return day.slice(0, 4) === today.slice(0, 4) ? formatDay(day) : formatDate(day);
}

/** Where a reminder or a due time is of another zone than the reader's, that zone's name; else null. */
export function foreignZone({ timeZone }: Pick<Task, 'timeZone'>, here: Here): string | null {
  return timeZone === here.timeZone ? null : timeZone;
}
