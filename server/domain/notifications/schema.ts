import { z } from 'zod';
import { flag, id, listInput, pageOf } from '../records/schema.ts';

const { cursor, limit } = listInput;

export const notificationKinds = [
  'MENTIONED',
  'TASK_ASSIGNED',
  'TASK_REMINDER',
  'TASK_OVERDUE',
  'RECORD_CHANGED',
  'CONTRACT_ENDING',
  'CONTRACT_CONFLICT',
  'WORK_CONFLICT',
  'CREATOR_CONNECTION_ENDED',
  'CAMPAIGN_SUBMITTED',
  'CAMPAIGN_APPROVED',
  'CAMPAIGN_RETURNED',
  'CAMPAIGN_CANCELLED',
  'BRIEF_ANSWERED',
] as const;

export const notificationNouns = [
  'task',
  'deal',
  'campaign',
  'contact',
  'company',
  'creatorContract',
] as const;

export const listNotificationsInput = z.strictObject({
  /** true: those alone that are not read yet. */
  unread: flag.optional(),
  cursor,
  limit,
});
export type ListNotificationsInput = z.infer<typeof listNotificationsInput>;

/** Either some, or all that there are. */
export const markReadInput = z
  .strictObject({
    notificationIds: z.array(id).min(1, 'Name at least one.').max(200, 'At most 200 at a time.').optional(),
    all: z.literal(true).optional(),
  })
  .refine(({ notificationIds, all }) => (notificationIds === undefined) !== (all === undefined), {
    message: 'Send notificationIds, or all.',
    path: ['notificationIds'],
  });
export type MarkReadInput = z.infer<typeof markReadInput>;

export const notification = z.object({
  id: z.string(),
  kind: z.enum(notificationKinds),
  /** What happened, in words that quote nothing which the reader does not see. */
  text: z.string(),
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  /** What it is about, where the reader still sees that. */
  subject: z.object({ noun: z.enum(notificationNouns), id: z.string(), name: z.string() }).nullable(),
  /** The note that mentions the reader, where they still see it. */
  noteId: z.string().nullable(),
  isRead: z.boolean(),
  readAt: z.string().nullable(),
  createdAt: z.string(),
});
export type Notification = z.infer<typeof notification>;

export const notificationPage = pageOf(notification);

/** How many are unread, counted to 100. */
export const unreadCount = z.number().int();
