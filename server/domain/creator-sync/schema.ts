import { z } from 'zod';
import { socialPlatforms } from '../../integrations/creator-network.ts';
import { day, id, listInput, pageOf } from '../records/schema.ts';

export const creatorSyncKinds = [
  'ACCOUNT',
  'PROFILE',
  'AUDIENCE',
  'CONTENTS',
  'HISTORY',
  'EVERYTHING',
] as const;
export const creatorSyncTriggers = ['CONNECT', 'WEBHOOK', 'POLL', 'MANUAL'] as const;
export const creatorSyncStatuses = ['QUEUED', 'RUNNING', 'SUCCESS', 'ERROR'] as const;

/** One fetch of a creator's accounts through Phyllo. */
export const creatorSyncRun = z.object({
  id: z.string(),
  creatorId: z.string(),
  creatorName: z.string(),
  /** null: a look at which accounts the creator has. */
  account: z
    .object({ creatorPlatformId: z.string(), platform: z.enum(socialPlatforms), handle: z.string() })
    .nullable(),
  kind: z.enum(creatorSyncKinds),
  trigger: z.enum(creatorSyncTriggers),
  status: z.enum(creatorSyncStatuses),
  attempts: z.number().int(),
  contentsRead: z.number().int(),
  contentsNew: z.number().int(),
  /** What went wrong last, in plain words, with what to do. */
  error: z.string().nullable(),
  /** Of HISTORY: the first day that is wanted. */
  historyFrom: z.string().nullable(),
  /** Since when Phyllo itself is still at work, where that is waited for. */
  pendingSince: z.string().nullable(),
  nextAttemptAt: z.string().nullable(),
  requestedById: z.string().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type CreatorSyncRun = z.infer<typeof creatorSyncRun>;

export const creatorSyncRunPage = pageOf(creatorSyncRun);

export const listCreatorSyncRunsInput = z.strictObject({
  creatorId: id.optional(),
  creatorPlatformId: id.optional(),
  status: z.enum(creatorSyncStatuses).optional(),
  cursor: listInput.cursor,
  limit: listInput.limit,
});
export type ListCreatorSyncRunsInput = z.infer<typeof listCreatorSyncRunsInput>;

export const creatorSyncRunRef = z.strictObject({ creatorSyncRunId: id });
export const refreshInput = z.strictObject({ creatorPlatformId: id });
export const fetchHistoryInput = z.strictObject({
  creatorPlatformId: id,
  /** The first UTC day whose posts are wanted. */
  from: day,
});
export type FetchHistoryInput = z.infer<typeof fetchHistoryInput>;
export const requestedRun = z.object({ creatorSyncRunId: z.string() });

/** How Phyllo's webhook to this installation stands, as Phyllo says now. */
export const webhookState = z.object({
  isOn: z.boolean(),
  isStandIn: z.boolean(),
  /** Where Phyllo is to send. */
  url: z.string(),
  /** NONE: nothing is sent here; INACTIVE: Phyllo gave up after failures; UNKNOWN: it could not be asked. */
  state: z.enum(['OFF', 'ACTIVE', 'INACTIVE', 'NONE', 'UNKNOWN']),
  events: z.array(z.string()),
  /** Why it is UNKNOWN, or could not be set right. */
  error: z.string().nullable(),
  /** When Phyllo was asked. */
  checkedAt: z.string(),
});
export type WebhookState = z.infer<typeof webhookState>;
