import { z } from 'zod';
import { socialPlatforms } from '../../integrations/creator-network.ts';
import { connectionStates, engagementBases, figureSources } from '../creators/schema.ts';
import { day, expectedVersion, flag, id, instant, requiredText } from '../records/schema.ts';

const platform = z.enum(socialPlatforms);
/** As forms send them: the digits alone. */
const count = z.coerce
  .number('Write a whole number.')
  .int('Write a whole number.')
  .min(0, 'At least 0.')
  .max(Number.MAX_SAFE_INTEGER);
/** A mean, with at most two decimals. */
const mean = z.string().regex(/^\d{1,15}(\.\d{1,2})?$/, 'Write a number, for example 1250 or 1250.5.');
/** A ratio, 0.034 for 3.4%. */
const ratio = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,8})?$/, 'Write the rate as a ratio, for example 0.034 for 3.4%.');

/** What somebody read at the network; a figure that is left out stays as it is, null takes it away. */
const figureInput = {
  followers: count.nullish(),
  following: count.nullish(),
  posts: count.nullish(),
  /** Of all posts together. */
  likes: count.nullish(),
  meanViews: mean.nullish(),
  meanLikes: mean.nullish(),
  meanComments: mean.nullish(),
  /** When the figures were true; now unless said. */
  figuresAt: instant.optional(),
};

const detailInput = {
  isVerified: flag.nullish(),
  /** A rate that somebody states, with what it is by. */
  statedEngagementRate: ratio.nullish(),
  statedEngagementBasis: z.enum(engagementBases).nullish(),
  ...figureInput,
};

export const createCreatorPlatformInput = z.strictObject({
  creatorId: id,
  platform,
  /** A handle, with or without @, or the link to the profile. */
  handle: requiredText(2000),
  ...detailInput,
});
export type CreateCreatorPlatformInput = z.infer<typeof createCreatorPlatformInput>;

export const updateCreatorPlatformInput = z.strictObject({
  creatorPlatformId: id,
  handle: requiredText(2000).optional(),
  ...detailInput,
  expectedVersion,
});
export type UpdateCreatorPlatformInput = z.infer<typeof updateCreatorPlatformInput>;

export const creatorPlatformRef = z.strictObject({ creatorPlatformId: id });
export const creatorPlatformChange = z.strictObject({ creatorPlatformId: id, expectedVersion });
export const listCreatorPlatformsInput = z.strictObject({ creatorId: id, deleted: flag.optional() });

const figures = {
  followers: z.number().int().nullable(),
  following: z.number().int().nullable(),
  posts: z.number().int().nullable(),
  likes: z.number().int().nullable(),
  /** Means over the newest posts, as decimal strings. */
  meanViews: z.string().nullable(),
  meanLikes: z.string().nullable(),
  meanComments: z.string().nullable(),
  /** How many posts the means are over; null where they were written by hand. */
  measuredPosts: z.number().int().nullable(),
};

/** A rate and what it divides by. `definition` is read by people. */
export const engagement = z.object({
  /** A ratio as a decimal string: 0.034 is 3.4%. */
  rate: z.string(),
  basis: z.enum(engagementBases),
  /** COMPUTED: from the figures beside it; STATED: as somebody or a file gave it. */
  origin: z.enum(['COMPUTED', 'STATED']),
  definition: z.string(),
});
export type Engagement = z.infer<typeof engagement>;

export const creatorPlatform = z.object({
  id: z.string(),
  creatorId: z.string(),
  platform,
  /** Without a leading @. */
  handle: z.string(),
  nativeId: z.string().nullable(),
  profileUrl: z.string().nullable(),
  imageUrl: z.string().nullable(),
  isVerified: z.boolean().nullable(),
  ...figures,
  /** Computed where that can be, else as stated; null where neither is. */
  engagement: engagement.nullable(),
  statedEngagementRate: z.string().nullable(),
  statedEngagementBasis: z.enum(engagementBases).nullable(),
  source: z.enum(figureSources),
  /** When the figures were true. */
  figuresAt: z.string().nullable(),
  connectionState: z.enum(connectionStates),
  /** Whether Phyllo reads it: its figures are not written by hand then. */
  isConnected: z.boolean(),
  connectedAt: z.string().nullable(),
  /** When the network is expected to end the access; null where nobody knows. */
  expiresAt: z.string().nullable(),
  lastSyncedAt: z.string().nullable(),
  contentsSyncedAt: z.string().nullable(),
  audienceSyncedAt: z.string().nullable(),
  /** What went wrong last, in plain words, with what to do. */
  syncError: z.string().nullable(),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type CreatorPlatform = z.infer<typeof creatorPlatform>;

export const creatorPlatformList = z.array(creatorPlatform);

const MOST_DAYS = 731;

const range = {
  /** UTC days, both included. Left out: the 90 days to today. */
  from: day.optional(),
  to: day.optional(),
};

export const snapshotsInput = z
  .strictObject({ creatorPlatformId: id, ...range })
  .refine(isShort, { error: `At most ${MOST_DAYS} days at a time, the first one first.`, path: ['to'] });
export type SnapshotsInput = z.infer<typeof snapshotsInput>;

export const creatorMetricsInput = z
  .strictObject({ creatorId: id, ...range })
  .refine(isShort, { error: `At most ${MOST_DAYS} days at a time, the first one first.`, path: ['to'] });
export type CreatorMetricsInput = z.infer<typeof creatorMetricsInput>;

function isShort({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean {
  if (from === undefined || to === undefined) return true;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days >= 0 && days < MOST_DAYS;
}

/** An account's figures as last known on a day. A day without a fetch has no snapshot: it is a gap and no zero. */
export const snapshot = z.object({
  date: z.string(),
  ...figures,
  engagementRate: z.string().nullable(),
  source: z.enum(figureSources),
  fetchedAt: z.string(),
});
export type Snapshot = z.infer<typeof snapshot>;

export const snapshots = z.object({ from: z.string(), to: z.string(), snapshots: z.array(snapshot) });
export type Snapshots = z.infer<typeof snapshots>;

export const creatorMetrics = z.object({
  creatorId: z.string(),
  from: z.string(),
  to: z.string(),
  platforms: z.array(creatorPlatform.extend({ snapshots: z.array(snapshot) })),
});
export type CreatorMetrics = z.infer<typeof creatorMetrics>;
