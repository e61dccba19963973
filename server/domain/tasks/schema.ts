import { z } from 'zod';
import {
  baseOf,
  day,
  expectedVersion,
  flag,
  id,
  listInput,
  pageOf,
  recordInput,
  recordOutput,
  requiredText,
  text,
} from '../records/schema.ts';

export const taskPriorities = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const;
export const taskRecurrences = ['DAILY', 'WEEKDAYS', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'YEARLY'] as const;
export const taskViews = ['all', 'myDay', 'upcoming', 'overdue'] as const;
export const taskSorts = [
  'dueOn',
  '-dueOn',
  'priority',
  '-priority',
  'completedAt',
  '-completedAt',
  'name',
  '-name',
  'createdAt',
  '-createdAt',
  'updatedAt',
  '-updatedAt',
] as const;

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write the time as HH:MM, from 00:00 to 23:59, for example 14:30.');

const fields = {
  ...recordInput,
  description: text(20_000).nullish(),
  companyId: id.nullish(),
  contactId: id.nullish(),
  dealId: id.nullish(),
  campaignId: id.nullish(),
  /** The day, and the time where it is due by one, in the assignee's own zone. */
  dueOn: day.nullish(),
  dueTime: time.nullish(),
  /** When its assignee is reminded; at 09:00 where only the day is said. */
  remindOn: day.nullish(),
  remindTime: time.nullish(),
  priority: z.enum(taskPriorities).optional(),
  /** The author, unless said; null: nobody yet. */
  assigneeId: id.nullish(),
  recurrence: z.enum(taskRecurrences).nullish(),
  /** true: the brand's own people read it as well. */
  isShared: flag.optional(),
};

/** true completes it, false opens it again. */
const completed = flag.optional();

export const createTaskInput = z.strictObject({ title: requiredText(), ...fields, completed });
export type CreateTaskInput = z.infer<typeof createTaskInput>;

export const updateTaskInput = z.strictObject({
  taskId: id,
  title: requiredText().optional(),
  ...fields,
  completed,
  /** With a new due day of a task that repeats: whether the following ones move with it. */
  movesSeries: flag.optional(),
  expectedVersion,
  base: baseOf({ title: requiredText(), ...fields }),
});
export type UpdateTaskInput = z.infer<typeof updateTaskInput>;

export const taskRef = z.strictObject({ taskId: id });
export const taskChange = z.strictObject({ taskId: id, expectedVersion });

export const listTasksInput = z.strictObject({
  ...listInput,
  sort: z.enum(taskSorts).default('dueOn'),
  /** myDay: the caller's own that are due, to be remembered, or without a day; upcoming: due on a later day. */
  view: z.enum(taskViews).default('all'),
  completed: flag.optional(),
  assigneeId: id.optional(),
  companyId: id.optional(),
  contactId: id.optional(),
  dealId: id.optional(),
  campaignId: id.optional(),
  brandId: id.optional(),
  ownerId: id.optional(),
  priority: z.enum(taskPriorities).optional(),
  dueFrom: day.optional(),
  dueTo: day.optional(),
});
export type ListTasksInput = z.infer<typeof listTasksInput>;

export const task = z.object({
  ...recordOutput,
  title: z.string(),
  description: z.string().nullable(),
  companyId: z.string().nullable(),
  companyName: z.string().nullable(),
  contactId: z.string().nullable(),
  contactName: z.string().nullable(),
  dealId: z.string().nullable(),
  dealName: z.string().nullable(),
  campaignId: z.string().nullable(),
  campaignName: z.string().nullable(),
  dueOn: z.string().nullable(),
  dueTime: z.string().nullable(),
  /** The moment from which it is overdue. */
  dueAt: z.string().nullable(),
  remindOn: z.string().nullable(),
  remindTime: z.string().nullable(),
  remindAt: z.string().nullable(),
  /** The zone of its days and times: the assignee's own, else the agency's. */
  timeZone: z.string(),
  priority: z.enum(taskPriorities),
  assigneeId: z.string().nullable(),
  assigneeName: z.string().nullable(),
  recurrence: z.enum(taskRecurrences).nullable(),
  isShared: z.boolean(),
  completed: z.boolean(),
  completedAt: z.string().nullable(),
  completedById: z.string().nullable(),
  completedByName: z.string().nullable(),
  isOverdue: z.boolean(),
  /** The one that came of completing this one, where it repeats. */
  nextTaskId: z.string().nullable(),
});
export type Task = z.infer<typeof task>;

export const taskPage = pageOf(task);
