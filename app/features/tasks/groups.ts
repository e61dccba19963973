import type { Task } from '../../../server/domain/tasks/schema.ts';
import { dayInWords } from './due.ts';

/** The tabs of the page; each is a question to the list. */
export const taskTabs = ['myDay', 'upcoming', 'overdue', 'all', 'completed'] as const;
export type TaskTab = (typeof taskTabs)[number];

export const tabLabels = {
  myDay: 'My day',
  upcoming: 'Upcoming',
  overdue: 'Overdue',
  all: 'All open',
  completed: 'Completed',
} as const satisfies Record<TaskTab, string>;

export function readTab(value: string | null): TaskTab {
  return taskTabs.find((tab) => tab === value) ?? 'myDay';
}

/** What a row shows of a task. A page carries its data twice, as HTML and as data, so it carries no more. */
export type TaskLine = Pick<
  Task,
  | ('id' | 'title' | 'dueOn' | 'dueTime' | 'dueAt' | 'remindOn' | 'timeZone' | 'priority' | 'recurrence')
  | ('assigneeId' | 'assigneeName' | 'completed' | 'completedAt' | 'isOverdue' | 'isShared')
  | ('companyId' | 'companyName' | 'contactId' | 'contactName' | 'dealId' | 'dealName')
  | ('campaignId' | 'campaignName' | 'brandId' | 'ownerId' | 'createdById')
>;

export function toTaskLine(task: Task): TaskLine {
  const { id, title, dueOn, dueTime, dueAt, remindOn, timeZone, priority, recurrence } = task;
  const { assigneeId, assigneeName, completed, completedAt, isOverdue, isShared } = task;
  const { companyId, companyName, contactId, contactName, dealId, dealName } = task;
  const { campaignId, campaignName, brandId, ownerId, createdById } = task;
  return {
    ...{ id, title, dueOn, dueTime, dueAt, remindOn, timeZone, priority, recurrence },
    ...{ assigneeId, assigneeName, completed, completedAt, isOverdue, isShared },
    ...{ companyId, companyName, contactId, contactName, dealId, dealName },
    ...{ campaignId, campaignName, brandId, ownerId, createdById },
  };
}

export interface TaskGroup {
  id: string;
  /** null where the list is one. */
  heading: string | null;
  tasks: TaskLine[];
}

/** The tasks of a tab under its headings, in the order in which they came. */
export function groupTasks(tab: TaskTab, tasks: readonly TaskLine[], today: string): TaskGroup[] {
  const headingOf = tab === 'myDay' ? myDayHeading : tab === 'upcoming' ? dayHeading : () => null;
  const groups = new Map<string, TaskGroup>();
  for (const task of tasks) {
    const heading = headingOf(task, today);
    const group = groups.get(heading ?? '');
    if (group) group.tasks.push(task);
    else groups.set(heading ?? '', { id: heading ?? 'all', heading, tasks: [task] });
  }
  const all = [...groups.values()];
  return tab === 'myDay' ? all.sort((a, b) => myDayOrder(a) - myDayOrder(b)) : all;
}

const myDayHeadings = ['Overdue', 'Today', 'To remember today', 'Without a day'];

function myDayOrder({ heading }: TaskGroup): number {
  return myDayHeadings.indexOf(heading ?? '');
}

function myDayHeading(task: TaskLine, today: string): string {
  if (task.isOverdue) return 'Overdue';
  if (task.dueOn !== null && task.dueOn <= today) return 'Today';
  return task.remindOn !== null ? 'To remember today' : 'Without a day';
}

function dayHeading({ dueOn }: TaskLine, today: string): string | null {
  return dueOn === null ? null : dayInWords(dueOn, today);
}
