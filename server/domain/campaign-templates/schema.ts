import { z } from 'zod';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import { MOST_DELIVERABLES } from '../campaign-creators/fields.ts';
import { campaignObjectives, recognition } from '../campaigns/schema.ts';
import { contentTypes, socialPlatforms } from '../creator-contents/fields.ts';
import {
  currency,
  decimal,
  expectedVersion,
  id,
  listInput,
  pageOf,
  requiredText,
  text,
} from '../records/schema.ts';

/** What a creator is usually asked for; days count from the campaign's first. */
const deliverablePreset = z.strictObject({
  platform: z.enum(socialPlatforms),
  type: z.enum(contentTypes),
  count: z.number().int().min(1, 'At least 1.').max(1000, 'At most 1,000.').default(1),
  dueAfterDays: z.number().int().min(0).max(3660).nullish(),
  revisionRounds: z.number().int().min(0).max(100).nullish(),
  note: text(2000).nullish(),
});

/** A rule of campaign_match_rules that names no account: those are another campaign's. */
const rulePreset = z.strictObject({
  platform: z.enum(adPlatforms).nullish(),
  nameMatch: z.enum(['CONTAINS', 'STARTS_WITH', 'ENDS_WITH', 'IS']).nullish(),
  namePattern: requiredText(200).nullish(),
  label: requiredText(200).nullish(),
  isBoost: z.boolean().default(false),
});

/** A part of the budget as a percentage of the whole: "12.5" is 12.5 %. */
const splitPreset = z.strictObject({
  kind: z.enum(['MEDIA', 'BOOST', 'CREATOR', 'OTHER']),
  platform: z.enum(adPlatforms).nullish(),
  /** The campaign's first calendar month is 0; null: not split by month. */
  month: z.number().int().min(0).max(119).nullish(),
  percent: z
    .string()
    .regex(/^(100(\.0{1,4})?|\d{1,2}(\.\d{1,4})?)$/, 'Write a percentage from 0 to 100, for example 12.5.'),
});

const plan = {
  objective: z.enum(campaignObjectives).nullish(),
  /** From the first day to the last, both counted. */
  durationDays: z.number().int().min(1, 'At least 1.').max(3660, 'At most ten years.').nullish(),
  budget: decimal.nullish(),
  currency: currency.nullish(),
  ...recognition,
  deliverables: z.array(deliverablePreset).max(MOST_DELIVERABLES).default([]),
  rules: z.array(rulePreset).max(100).default([]),
  budgetSplit: z.array(splitPreset).max(500).default([]),
};

/** What a template keeps, as campaign_templates.plan holds it. */
export const campaignPlan = z.strictObject(plan);
export type CampaignPlan = z.infer<typeof campaignPlan>;

export const campaignTemplateRef = z.strictObject({ campaignTemplateId: id });
export const campaignTemplateChange = z.strictObject({ campaignTemplateId: id, expectedVersion });

export const listCampaignTemplatesInput = z.strictObject({
  q: listInput.q,
  cursor: listInput.cursor,
  limit: listInput.limit,
  deleted: listInput.deleted,
  /** Those that may be used for this brand: its own, and those of every brand. */
  brandId: id.optional(),
});
export type ListCampaignTemplatesInput = z.infer<typeof listCampaignTemplatesInput>;

const about = {
  description: text(20_000).nullish(),
  /** Null: for every brand. */
  brandId: id.nullish(),
};

export const createCampaignTemplateInput = z.strictObject({
  /** The campaign whose plan it keeps. */
  fromCampaignId: id,
  name: requiredText(200),
  ...about,
});
export type CreateCampaignTemplateInput = z.infer<typeof createCampaignTemplateInput>;

export const updateCampaignTemplateInput = z.strictObject({
  campaignTemplateId: id,
  name: requiredText(200).optional(),
  ...about,
  expectedVersion,
});
export type UpdateCampaignTemplateInput = z.infer<typeof updateCampaignTemplateInput>;

export const campaignTemplate = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  brandId: z.string().nullable(),
  brandName: z.string().nullable(),
  plan: campaignPlan,
  createdById: z.string().nullable(),
  createdByName: z.string().nullable(),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type CampaignTemplate = z.infer<typeof campaignTemplate>;

export const campaignTemplatePage = pageOf(campaignTemplate);
