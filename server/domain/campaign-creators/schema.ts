import { z } from 'zod';
import { contentTypes, socialPlatforms } from '../creator-contents/fields.ts';
import {
  amountInput,
  currency,
  day,
  decimal,
  expectedVersion,
  flag,
  id,
  listInput,
  money,
  pageOf,
  requiredText,
  text,
} from '../records/schema.ts';
import { draftState } from './delivery-schema.ts';
import {
  briefAnswers,
  creatorCampaignStatuses,
  creatorRoles,
  deliverableStates,
  feeFigureNames,
  feeTypes,
  MOST_DELIVERABLES,
  variableFeeTypes,
} from './fields.ts';
import { firstStatuses } from './rules.ts';

const platform = z.enum(socialPlatforms);
const contentType = z.enum(contentTypes);
const status = z.enum(creatorCampaignStatuses);
const role = z.enum(creatorRoles);
const feeType = z.enum(feeTypes);
const percent = decimal.refine(
  (value) => Number(value) <= 100,
  'Write the percent as a number from 0 to 100, for example 12.5.',
);

export const deliverableInput = z.strictObject({
  /** Of one that is there: it keeps what was delivered. Left out: a new one. */
  campaignDeliverableId: id.optional(),
  platform,
  type: contentType,
  /** How many pieces. */
  count: z.number().int().min(1, 'At least 1.').max(1000, 'At most 1,000.').default(1),
  dueOn: day.nullish(),
  revisionRounds: z.number().int().min(0).max(100).nullish(),
  note: text(2000).nullish(),
});
export type DeliverableInput = z.infer<typeof deliverableInput>;

const terms = {
  role: role.optional(),
  feeType: feeType.optional(),
  /** What the type counts by: of FLAT the whole, of CPM a thousand views, of CPC a click, of CPA a conversion, of HYBRID the fixed part. */
  fee: amountInput.nullish(),
  /** Of REVENUE_SHARE, and of HYBRID by it: "12.5" is 12.5 % of the value of the results. */
  feePercent: percent.nullish(),
  /** Of HYBRID: what is counted beside the fixed part. */
  variableFeeType: z.enum(variableFeeTypes).nullish(),
  /** Of HYBRID: per thousand views, per click or per conversion, in the currency of the fee. */
  variableFee: decimal.nullish(),
  /** The whole fee is never more, in its currency. */
  feeCap: decimal.nullish(),
  /** Of a fee that comes bare; without one it is the campaign's, else the agency's reporting currency. */
  currency: currency.optional(),
  /** The days of this work, where they are not the campaign's own. */
  startsOn: day.nullish(),
  endsOn: day.nullish(),
  note: text(5000).nullish(),
  /** All of them; what is not named goes. */
  deliverables: z.array(deliverableInput).max(MOST_DELIVERABLES, `At most ${MOST_DELIVERABLES}.`).optional(),
};

const assign = {
  campaignId: id,
  creatorId: id,
  ...terms,
  /** Where the work stands already. */
  status: z.enum(firstStatuses).optional(),
};

/** Why somebody is assigned in spite of a block or a clause. */
const overrideReason = requiredText(2000);

export const assignCreatorInput = z.strictObject(assign);
export type AssignCreatorInput = z.infer<typeof assignCreatorInput>;
export const assignAnywayInput = z.strictObject({ ...assign, overrideReason });

const update = { campaignId: id, creatorId: id, ...terms, status: status.optional(), expectedVersion };

export const updateCampaignCreatorInput = z.strictObject(update);
export type UpdateCampaignCreatorInput = z.infer<typeof updateCampaignCreatorInput>;
export const updateAnywayInput = z.strictObject({ ...update, overrideReason });

export const campaignCreatorRef = z.strictObject({ campaignId: id, creatorId: id });
export type CampaignCreatorRef = z.infer<typeof campaignCreatorRef>;
export const campaignCreatorChange = z.strictObject({ campaignId: id, creatorId: id, expectedVersion });

export const listCampaignCreatorsInput = z.strictObject({
  campaignId: id,
  status: status.optional(),
  cursor: listInput.cursor,
  limit: listInput.limit,
});
export type ListCampaignCreatorsInput = z.infer<typeof listCampaignCreatorsInput>;

export const listCampaignsOfCreatorInput = z.strictObject({
  creatorId: id,
  cursor: listInput.cursor,
  limit: listInput.limit,
});
export type ListCampaignsOfCreatorInput = z.infer<typeof listCampaignsOfCreatorInput>;

const shortAccount = z.object({
  creatorPlatformId: z.string(),
  platform,
  handle: z.string(),
  profileUrl: z.string().nullable(),
  imageUrl: z.string().nullable(),
  isVerified: z.boolean().nullable(),
  followers: z.number().nullable(),
  figuresAt: z.string().nullable(),
});

/** What a fee has come to, each null where it is unknown. */
export const feeAmounts = z.object({
  committed: money.nullable(),
  earned: money.nullable(),
  expected: money.nullable(),
  /** What is unknown or left out. */
  notes: z.array(z.string()),
});

/** The newest brief of some work. */
export const briefState = z.object({
  campaignBriefId: z.string(),
  number: z.number().int(),
  sentAt: z.string(),
  openedAt: z.string().nullable(),
  withdrawnAt: z.string().nullable(),
  /** The newest answer to it. */
  answer: z.enum(briefAnswers).nullable(),
  answeredAt: z.string().nullable(),
});
export type BriefState = z.infer<typeof briefState>;

export const deliverable = z.object({
  id: z.string(),
  platform,
  type: contentType,
  count: z.number().int(),
  dueOn: z.string().nullable(),
  revisionRounds: z.number().int().nullable(),
  note: z.string().nullable(),
  /** Pieces that came for it, confirmed or not yet decided. */
  delivered: z.number().int(),
  confirmed: z.number().int(),
  /** Of those delivered, the ones that came after `dueOn`. */
  late: z.number().int(),
  state: z.enum(deliverableStates),
});
export type Deliverable = z.infer<typeof deliverable>;

export const campaignCreator = z.object({
  id: z.string(),
  campaignId: z.string(),
  campaignName: z.string(),
  creatorId: z.string(),
  /** Null where the creator is not the reader's to see. */
  creatorName: z.string().nullable(),
  accounts: z.array(shortAccount),
  role,
  status,
  /** The steps that the reader may take from here. */
  nextStatuses: z.array(status),
  feeType: feeType.nullable(),
  /** Null also for a client's own login, as are feeType, note and overrideReason. */
  fee: money.nullable(),
  feeCurrency: z.string().nullable(),
  feePercent: z.string().nullable(),
  variableFeeType: z.enum(variableFeeTypes).nullable(),
  variableFee: money.nullable(),
  feeCap: money.nullable(),
  /** What it has come to; null for a client's own login, as is brief. */
  amounts: feeAmounts.nullable(),
  /** Null also where none was sent. */
  brief: briefState.nullable(),
  /** Null: the campaign's own days. */
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  note: z.string().nullable(),
  briefSentAt: z.string().nullable(),
  acceptedAt: z.string().nullable(),
  completedAt: z.string().nullable(),
  overrideReason: z.string().nullable(),
  /** `drafts`: null for a client's own login. */
  deliverables: z.array(deliverable.extend({ drafts: draftState.nullable() })),
  /** Pieces that are for the campaign. */
  confirmed: z.number().int(),
  /** Pieces that nobody decided yet. */
  pending: z.number().int(),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type CampaignCreator = z.infer<typeof campaignCreator>;

export const campaignCreatorPage = pageOf(campaignCreator);

export const checkAssignmentInput = z.strictObject({
  campaignId: id,
  creatorId: id,
  platforms: z.array(platform).max(20).default([]),
  startsOn: day.nullish(),
  endsOn: day.nullish(),
});
export type CheckAssignmentInput = z.infer<typeof checkAssignmentInput>;

/** What stands against an assignment; both empty where nothing does. */
export const assignmentCheck = z.object({
  block: z.object({ reason: z.string(), brandId: z.string().nullable() }).nullable(),
  findings: z.array(
    z.object({
      kind: z.enum(['CONFLICT', 'POSSIBLE']),
      clause: z.string(),
      reason: z.string(),
      until: z.string().nullable(),
      contractId: z.string().nullable(),
      contractTitle: z.string().nullable(),
      brandId: z.string().nullable(),
      brandName: z.string().nullable(),
    }),
  ),
});
export type AssignmentCheck = z.infer<typeof assignmentCheck>;

export const listOverdueInput = z.strictObject({
  campaignId: id.optional(),
  creatorId: id.optional(),
  /** true: only what is wanted still; false: also what came late. */
  outstanding: flag.default(true),
  limit: listInput.limit,
});
export type ListOverdueInput = z.infer<typeof listOverdueInput>;

export const overdueDeliverables = z.object({
  items: z.array(
    deliverable.extend({
      campaignId: z.string(),
      campaignName: z.string(),
      creatorId: z.string(),
      creatorName: z.string().nullable(),
      /** Days since it was due, or since the work was over. */
      daysLate: z.number().int(),
    }),
  ),
});
export type OverdueDeliverables = z.infer<typeof overdueDeliverables>;

export const explainFeeInput = z.strictObject({
  campaignId: id,
  creatorId: id,
  figure: z.enum(feeFigureNames),
});
export type ExplainFeeInput = z.infer<typeof explainFeeInput>;
