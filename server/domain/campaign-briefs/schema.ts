import { z } from 'zod';
import { briefAnswers, feeTypes, variableFeeTypes } from '../campaign-creators/fields.ts';
import { contentTypes, socialPlatforms } from '../creator-contents/fields.ts';
import { id, money, requiredText, text } from '../records/schema.ts';
import { briefStates } from './fields.ts';

const answer = z.enum(briefAnswers);

const fee = z.object({
  feeType: z.enum(feeTypes).nullable(),
  fee: money.nullable(),
  feePercent: z.string().nullable(),
  variableFeeType: z.enum(variableFeeTypes).nullable(),
  variableFee: money.nullable(),
  feeCap: money.nullable(),
});
export type BriefFee = z.infer<typeof fee>;

/** What was asked for on the day that a brief was sent; later changes of the work leave it as it is. */
export const briefTerms = z.object({
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  deliverables: z.array(
    z.object({
      platform: z.enum(socialPlatforms),
      type: z.enum(contentTypes),
      count: z.number().int(),
      dueOn: z.string().nullable(),
      revisionRounds: z.number().int().nullable(),
      note: z.string().nullable(),
    }),
  ),
  /** Without # and @. */
  hashtags: z.array(z.string()),
  mentions: z.array(z.string()),
  /** What an advertisement may be disclosed with. */
  disclosures: z.array(z.string()),
  /** Null at the link's page where the sender did not choose to show it. */
  fee: fee.nullable(),
  showsFee: z.boolean(),
});
export type BriefTerms = z.infer<typeof briefTerms>;

const work = { campaignId: id, creatorId: id };

export const briefWorkRef = z.strictObject(work);

/** What a brief's form begins with. */
export const briefDraft = z.object({
  subject: z.string(),
  body: z.string(),
  terms: briefTerms,
  /** The creator's first mail address, where the reader sees the contact; null: none is known. */
  recipient: z.string().nullable(),
});
export type BriefDraft = z.infer<typeof briefDraft>;

export const sendBriefInput = z.strictObject({
  ...work,
  subject: requiredText(200),
  body: requiredText(20_000),
  /** Whether the link's page shows the fee. */
  showsFee: z.boolean().default(false),
});
export type SendBriefInput = z.infer<typeof sendBriefInput>;

export const briefRef = z.strictObject({ campaignBriefId: id });

const note = text(5000).nullish();

export const recordAnswerInput = z.strictObject({ campaignBriefId: id, answer, note });
export type RecordAnswerInput = z.infer<typeof recordAnswerInput>;

export const briefAnswer = z.object({
  id: z.string(),
  answer,
  note: z.string().nullable(),
  answeredAt: z.string(),
  /** Who wrote down what was said elsewhere; null: the creator, by the link. */
  recordedById: z.string().nullable(),
  recordedByName: z.string().nullable(),
});
export type BriefAnswer = z.infer<typeof briefAnswer>;

export const campaignBrief = z.object({
  id: z.string(),
  campaignId: z.string(),
  creatorId: z.string(),
  /** Of this creator's work, from 1. */
  number: z.number().int(),
  subject: z.string(),
  body: z.string(),
  terms: briefTerms,
  state: z.enum(briefStates),
  sentAt: z.string(),
  sentById: z.string().nullable(),
  sentByName: z.string().nullable(),
  expiresAt: z.string().nullable(),
  openedAt: z.string().nullable(),
  withdrawnAt: z.string().nullable(),
  /** The oldest first. */
  answers: z.array(briefAnswer),
});
export type CampaignBrief = z.infer<typeof campaignBrief>;

export const campaignBriefs = z.object({ items: z.array(campaignBrief) });

/** `briefUrl` is the link's secret: it is in this answer and nowhere else. */
export const sentBrief = z.object({
  brief: campaignBrief,
  briefUrl: z.string(),
  recipient: z.string().nullable(),
});
export type SentBrief = z.infer<typeof sentBrief>;

/** What is no link's secret is answered as an unknown one is. */
const token = z.string().min(1).max(1000);

export const briefToken = z.strictObject({ token });
export const answerBriefInput = z.strictObject({ token, answer, note });

/** What a creator reads who was sent a link. */
export const briefInvitation = z.object({
  agencyName: z.string(),
  creatorName: z.string(),
  campaignName: z.string(),
  subject: z.string(),
  body: z.string(),
  terms: briefTerms,
  askedBy: z.string().nullable(),
  expiresAt: z.string().nullable(),
  timeZone: z.string(),
  /** Null where the work still waits for an answer; else why none is taken any more. */
  closed: z.string().nullable(),
  answers: z.array(z.object({ answer, note: z.string().nullable(), answeredAt: z.string() })),
});
export type BriefInvitation = z.infer<typeof briefInvitation>;
