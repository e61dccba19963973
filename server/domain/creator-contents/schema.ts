import { z } from 'zod';
import {
  day,
  expectedVersion,
  flag,
  id,
  instant,
  listInput,
  pageOf,
  requiredText,
  text,
  webAddress,
} from '../records/schema.ts';
import {
  contentSorts,
  contentTypes,
  disclosureStates,
  matchStates,
  MOST_CONFIRMED_AT_ONCE,
  socialPlatforms,
} from './fields.ts';

const platform = z.enum(socialPlatforms);
const type = z.enum(contentTypes);
const source = z.enum(['PHYLLO', 'MANUAL', 'FILE']);
const count = z
  .number()
  .int()
  .nonnegative()
  .max(Number.MAX_SAFE_INTEGER, 'That is more than can be counted.');

const figuresInput = {
  views: count.nullish(),
  likes: count.nullish(),
  comments: count.nullish(),
  shares: count.nullish(),
  saves: count.nullish(),
  reach: count.nullish(),
  impressions: count.nullish(),
};

const byHand = {
  type: type.optional(),
  title: text(1000).nullish(),
  caption: text(20_000).nullish(),
  publishedAt: instant.nullish(),
  /** Whether the network shows its paid-partnership label; null: nobody looked. */
  isLabelledSponsored: z.boolean().nullish(),
  ...figuresInput,
  /** When the figures were read; now unless said. */
  figuresAt: instant.optional(),
};

export const createContentInput = z.strictObject({
  creatorId: id,
  /** The post's own address at one of the nine networks. */
  url: webAddress,
  /** Needed only where the address does not say whose of several accounts it is. */
  creatorPlatformId: id.optional(),
  ...byHand,
});
export type CreateContentInput = z.infer<typeof createContentInput>;

export const updateContentInput = z.strictObject({ creatorContentId: id, ...byHand, expectedVersion });
export type UpdateContentInput = z.infer<typeof updateContentInput>;

export const contentRef = z.strictObject({ creatorContentId: id });
export const contentChange = z.strictObject({ creatorContentId: id, expectedVersion });

const contentSort = z.enum(
  contentSorts.flatMap((name) => [name, `-${name}` as const]) as [ContentSort, ...ContentSort[]],
);
export type ContentSort = (typeof contentSorts)[number] | `-${(typeof contentSorts)[number]}`;

const filters = {
  ...listInput,
  sort: contentSort.default('-publishedAt'),
  campaignId: id.optional(),
  platform: platform.optional(),
  type: type.optional(),
  /** With or without #. */
  hashtag: requiredText(100).optional(),
  /** Of its matches, of the campaign's where one is asked for; NONE: it is for no campaign that the reader sees. */
  state: z.enum([...matchStates, 'NONE']).optional(),
  /** Of pieces that are for a campaign, or may be. */
  disclosure: z.enum(disclosureStates).optional(),
  /** Business days of the agency, inclusive. */
  publishedFrom: day.optional(),
  publishedTo: day.optional(),
  /** true: what a refresh no longer found at its network. */
  isMissing: flag.optional(),
};

export const listContentsInput = z.strictObject({ ...filters, creatorId: id.optional() });
export type ListContentsInput = z.infer<typeof listContentsInput>;

export const listContentsOfCreatorInput = z.strictObject({ ...filters, creatorId: id });

const figures = {
  views: z.number().nullable(),
  likes: z.number().nullable(),
  comments: z.number().nullable(),
  shares: z.number().nullable(),
  saves: z.number().nullable(),
  reach: z.number().nullable(),
  impressions: z.number().nullable(),
};

/** A piece and a campaign that it is for, or seems to be. */
export const contentMatch = z.object({
  campaignContentId: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  state: z.enum(matchStates),
  /** HASHTAG:x, MENTION:x, LINK:x: what it was recognised by; MANUAL: somebody said so. */
  reasons: z.array(z.string()),
  campaignDeliverableId: z.string().nullable(),
  decidedById: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  version: z.number().int(),
});
export type ContentMatch = z.infer<typeof contentMatch>;

export const creatorContent = z.object({
  id: z.string(),
  creatorId: z.string(),
  creatorName: z.string(),
  creatorPlatformId: z.string(),
  platform,
  /** Without @. */
  handle: z.string(),
  nativeId: z.string().nullable(),
  type,
  url: z.string().nullable(),
  title: z.string().nullable(),
  caption: z.string().nullable(),
  hashtags: z.array(z.string()),
  mentions: z.array(z.string()),
  links: z.array(z.string()),
  isLabelledSponsored: z.boolean().nullable(),
  durationSeconds: z.number().int().nullable(),
  thumbnailUrl: z.string().nullable(),
  /** Of a story alone: our copy of its picture, which is at /creator-contents/:creatorContentId/media once it is KEPT. */
  media: z
    .object({
      state: z.enum(['KEPT', 'WAITING', 'LOST']),
      contentType: z.string().nullable(),
      error: z.string().nullable(),
    })
    .nullable(),
  publishedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  ...figures,
  /** Likes and comments; null where either is untold. */
  engagements: z.number().nullable(),
  /** (likes + comments) / views of this piece, as a decimal: 0.05 is 5 %. */
  engagementRate: z.string().nullable(),
  source,
  /** When the figures were fetched, or read by hand. */
  figuresAt: z.string().nullable(),
  missingSince: z.string().nullable(),
  /** Null where it is for no campaign that the reader sees: nothing has to be disclosed then. */
  disclosure: z
    .object({
      state: z.enum(disclosureStates),
      found: z.array(z.string()),
      missing: z.array(z.enum(['TEXT', 'LABEL'])),
    })
    .nullable(),
  /** Those that the reader sees. */
  matches: z.array(contentMatch),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type CreatorContent = z.infer<typeof creatorContent>;

export const creatorContentPage = pageOf(creatorContent);

export const contentSnapshot = z.object({
  /** Whole days after publication. */
  day: z.number().int(),
  takenAt: z.string(),
  source,
  ...figures,
});
export type ContentSnapshot = z.infer<typeof contentSnapshot>;

export const creatorContentDetail = creatorContent.extend({
  snapshots: z.array(contentSnapshot),
  /** The figures of days 1, 7 and 30: of that day, or the last before it. Null until that day has come, and where none were taken. */
  milestones: z.object({
    day1: contentSnapshot.nullable(),
    day7: contentSnapshot.nullable(),
    day30: contentSnapshot.nullable(),
  }),
});
export type CreatorContentDetail = z.infer<typeof creatorContentDetail>;

export const confirmInput = z.strictObject({
  campaignContentId: id,
  /** Which of the creator's deliverables it delivers; left out: the first that it fits. */
  campaignDeliverableId: id.nullish(),
  expectedVersion,
});
export type ConfirmInput = z.infer<typeof confirmInput>;

export const rejectInput = z.strictObject({ campaignContentId: id, expectedVersion });
export type RejectInput = z.infer<typeof rejectInput>;

export const attachInput = z.strictObject({
  campaignId: id,
  creatorContentId: id,
  campaignDeliverableId: id.nullish(),
});
export type AttachInput = z.infer<typeof attachInput>;

export const moveInput = z.strictObject({
  campaignContentId: id,
  /** null: to none by name. */
  campaignDeliverableId: id.nullable(),
  expectedVersion,
});
export type MoveInput = z.infer<typeof moveInput>;

export const confirmManyInput = z.strictObject({
  campaignContentIds: z.array(id).min(1).max(MOST_CONFIRMED_AT_ONCE),
});

export const confirmedMany = z.object({
  confirmed: z.number().int(),
  /** null: no match that the caller sees has the id. */
  refused: z.array(z.object({ campaignContentId: z.string().nullable(), reason: z.string() })),
});
export type ConfirmedMany = z.infer<typeof confirmedMany>;

/** Sums over pieces; null where no piece tells it. `untold` says how many of the pieces a sum leaves out. */
const sums = {
  /** Pieces that the sums are over. */
  pieces: z.number().int(),
  views: z.number().nullable(),
  likes: z.number().nullable(),
  comments: z.number().nullable(),
  engagements: z.number().nullable(),
  /** Likes and comments by views, over the pieces that tell all three. */
  engagementRate: z.string().nullable(),
  untold: z.object({ views: z.number().int(), likes: z.number().int(), comments: z.number().int() }),
};

export const campaignFigures = z.object({
  ...sums,
  /** Matches that nobody decided yet. */
  pending: z.number().int(),
  /** Confirmed pieces that disclose nothing. */
  undisclosed: z.number().int(),
  creators: z.array(
    z.object({ creatorId: z.string(), creatorName: z.string(), pending: z.number().int(), ...sums }),
  ),
});
export type CampaignFigures = z.infer<typeof campaignFigures>;

export const creatorFiguresInput = z.strictObject({
  creatorId: id,
  months: z.coerce.number().int().min(1).max(60).default(12),
});

export const creatorFigures = z.object({
  /** Newest first; a month without a piece is left out. In the agency's own time zone. */
  months: z.array(z.object({ month: z.string(), ...sums })),
});
export type CreatorFigures = z.infer<typeof creatorFigures>;

export const campaignFiguresInput = z.strictObject({ campaignId: id });

export const recognisePostInput = z.strictObject({ url: webAddress });

/** What the address of a post tells before it is added. */
export const recognisedPost = z.object({
  platform,
  /** Null where the address does not say: any may be. */
  type: type.nullable(),
  /** Whose it is, where the address says so; without @. */
  handle: z.string().nullable(),
  /** The account that the address names, as far as the reader sees it. */
  account: z
    .object({ creatorId: z.string(), creatorName: z.string(), creatorPlatformId: z.string() })
    .nullable(),
  /** The piece, where it is here already. */
  creatorContentId: z.string().nullable(),
});
export type RecognisedPost = z.infer<typeof recognisedPost>;
