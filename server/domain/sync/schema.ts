import { z } from 'zod';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import { id, listInput, pageOf } from '../records/schema.ts';

export const syncStatuses = ['PENDING', 'SYNCING', 'SUCCESS', 'ERROR', 'PAUSED'] as const;
export const syncTriggers = ['CONNECT', 'SCHEDULE', 'MANUAL'] as const;

const { cursor, limit } = listInput;

export const syncRun = z.object({
  id: z.string(),
  adAccountId: z.string(),
  adAccountName: z.string(),
  platform: z.enum(adPlatforms),
  trigger: z.enum(syncTriggers),
  status: z.enum(syncStatuses),
  /** Business days of the account's own zone; null until the run has begun. */
  windowStart: z.string().nullable(),
  windowEnd: z.string().nullable(),
  requestedById: z.string().nullable(),
  requestedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** When it is tried again, where the platform made it wait. */
  nextAttemptAt: z.string().nullable(),
  attempt: z.number().int(),
  retries: z.number().int(),
  rowsRead: z.number().int(),
  rowsWritten: z.number().int(),
  /** Rows that said something else before; what they said is kept as revisions. */
  rowsRestated: z.number().int(),
  rowsRemoved: z.number().int(),
  /** What happened and what to do, in plain words. */
  error: z.string().nullable(),
  errorCode: z.string().nullable(),
  platformMessage: z.string().nullable(),
});
export type SyncRun = z.infer<typeof syncRun>;

export const syncRunRef = z.strictObject({ syncRunId: id });

export const listSyncRunsInput = z.strictObject({
  adAccountId: id.optional(),
  platform: z.enum(adPlatforms).optional(),
  status: z.enum(syncStatuses).optional(),
  cursor,
  limit,
  sort: z.enum(['-requestedAt', 'requestedAt']).default('-requestedAt'),
});
export type ListSyncRunsInput = z.infer<typeof listSyncRunsInput>;

export const syncRunPage = pageOf(syncRun);
