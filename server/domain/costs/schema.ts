import { z } from 'zod';
import { budgetKinds } from '../budgets/schema.ts';
import { fxUse } from '../metrics/schema.ts';
import {
  currency,
  day,
  decimal,
  expectedVersion,
  id,
  listInput,
  pageOf,
  requiredText,
  text,
} from '../records/schema.ts';

const amount = z.object({ amount: z.string(), currency: z.string() });

/** An exact amount with its sign: a credit is negative. */
const signedDecimal = z
  .string()
  .regex(
    /^-?\d{1,14}(\.\d{1,4})?$/,
    'Write the amount as digits with at most four decimals, for example 1234.50.',
  );

const costFields = {
  /** The agency's day. */
  date: day,
  description: requiredText(500),
  amount: signedDecimal,
  /** The campaign's, else the agency's reporting currency, unless said. */
  currency: currency.optional(),
};

export const listCostsInput = z.strictObject({
  campaignId: id,
  cursor: listInput.cursor,
  limit: listInput.limit,
  deleted: listInput.deleted,
});
export type ListCostsInput = z.infer<typeof listCostsInput>;

export const createCostInput = z.strictObject({ campaignId: id, ...costFields });
export type CreateCostInput = z.infer<typeof createCostInput>;

export const updateCostInput = z.strictObject({
  campaignCostId: id,
  date: costFields.date.optional(),
  description: costFields.description.optional(),
  amount: costFields.amount.optional(),
  currency: costFields.currency,
  expectedVersion,
});
export type UpdateCostInput = z.infer<typeof updateCostInput>;

export const costRef = z.strictObject({ campaignCostId: id });
export const costChange = z.strictObject({ campaignCostId: id, expectedVersion });

export const campaignCost = z.object({
  id: z.string(),
  campaignId: z.string(),
  date: z.string(),
  description: z.string(),
  amount,
  createdById: z.string().nullable(),
  createdByName: z.string().nullable(),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type CampaignCost = z.infer<typeof campaignCost>;
export const campaignCostPage = pageOf(campaignCost);

/** MARKUP: percent of the cost, on top. SHARE: percent of what the client pays. FIXED: an amount a month and campaign. */
export const marginKinds = ['MARKUP', 'SHARE', 'FIXED'] as const;
export type MarginKind = (typeof marginKinds)[number];

/** Where a rule holds; the narrowest that is valid on a day wins. */
export const marginScopes = ['CAMPAIGN', 'BRAND', 'AGENCY'] as const;
export type MarginScope = (typeof marginScopes)[number];

const percent = z
  .string()
  .regex(
    /^\d{1,3}(\.\d{1,4})?$/,
    'Write the percentage as digits with at most four decimals, for example 12.5.',
  );

const appliesTo = z.array(z.enum(budgetKinds)).min(1, 'Choose at least one.').max(4);

const marginFields = {
  kind: z.enum(marginKinds),
  appliesTo: appliesTo.default([...budgetKinds]),
  /** Of MARKUP and SHARE: 12.5 is 12.5 %. */
  percent: percent.nullish(),
  /** Of FIXED, a month for each campaign. */
  amount: decimal.nullish(),
  currency: currency.nullish(),
  validFrom: day,
  /** Its last day; null: until another is made. */
  validTo: day.nullish(),
  note: text(1000).nullish(),
};

export const createMarginInput = z.strictObject({
  /** At most one of the two; neither: the whole agency. */
  brandId: id.nullish(),
  campaignId: id.nullish(),
  ...marginFields,
});
export type CreateMarginInput = z.infer<typeof createMarginInput>;

export const updateMarginInput = z.strictObject({
  marginRuleId: id,
  kind: marginFields.kind.optional(),
  appliesTo: appliesTo.optional(),
  percent: marginFields.percent,
  amount: marginFields.amount,
  currency: marginFields.currency,
  validFrom: day.optional(),
  validTo: marginFields.validTo,
  note: marginFields.note,
  expectedVersion,
});
export type UpdateMarginInput = z.infer<typeof updateMarginInput>;

export const marginRef = z.strictObject({ marginRuleId: id });
export const marginChange = z.strictObject({ marginRuleId: id, expectedVersion });

export const listMarginsInput = z.strictObject({
  /** Those that may hold for this campaign: its own, its brand's and the agency's. */
  campaignId: id.optional(),
  brandId: id.optional(),
  deleted: listInput.deleted,
});
export type ListMarginsInput = z.infer<typeof listMarginsInput>;

export const marginRule = z.object({
  id: z.string(),
  scope: z.enum(marginScopes),
  brandId: z.string().nullable(),
  brandName: z.string().nullable(),
  campaignId: z.string().nullable(),
  campaignName: z.string().nullable(),
  kind: z.enum(marginKinds),
  appliesTo: z.array(z.enum(budgetKinds)),
  percent: z.string().nullable(),
  amount: amount.nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  note: z.string().nullable(),
  createdById: z.string().nullable(),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type MarginRule = z.infer<typeof marginRule>;

/** At most 500, the narrowest scope first, then the newest validity. */
export const marginList = z.object({ items: z.array(marginRule) });

/** What a rule would ask on top of a cost, before it is saved. */
export const previewMarginInput = z.strictObject({
  kind: marginFields.kind,
  percent: marginFields.percent,
  amount: marginFields.amount,
  currency: marginFields.currency,
  /** A cost to try it on. */
  cost: z.strictObject({ amount: decimal, currency }),
});
export type PreviewMarginInput = z.infer<typeof previewMarginInput>;

export const marginPreview = z.object({
  cost: amount,
  margin: amount,
  clientCost: amount,
  /** Of what the client pays: 0.2 is 20 %; null where that is nothing. */
  share: z.string().nullable(),
  note: z.string(),
});
export type MarginPreview = z.infer<typeof marginPreview>;

/** Whose conversions and values count as true. */
export const valueSources = ['PLATFORMS', 'RESULTS'] as const;
export type ValueSource = (typeof valueSources)[number];

const settingsFields = {
  valueSource: z.enum(valueSources).nullable(),
  pacingTolerance: z.string().nullable(),
};

/** What is set, and what holds: a brand's null is the agency's, the agency's null the product's own. */
const settingsOf = z.object({
  ...settingsFields,
  effectiveValueSource: z.enum(valueSources),
  effectivePacingTolerance: z.string(),
  version: z.number().int(),
});

export const costSettingsInput = z.strictObject({});

export const costSettings = z.object({
  agency: settingsOf,
  brands: z.array(settingsOf.extend({ brandId: z.string(), name: z.string() })),
  mayUpdate: z.boolean(),
});
export type CostSettings = z.infer<typeof costSettings>;

export const updateCostSettingsInput = z.strictObject({
  /** Null or left out: the agency's own. */
  brandId: id.nullish(),
  valueSource: z.enum(valueSources).nullish(),
  /** 0.1 is 10 %; over 0 and under 1. */
  pacingTolerance: z
    .string()
    .regex(/^0\.\d{1,4}$/, 'Write the tolerance as a fraction between 0 and 1, for example 0.1 for 10 %.')
    .refine((value) => Number(value) > 0, 'The tolerance is over 0.')
    .nullish(),
  expectedVersion,
});
export type UpdateCostSettingsInput = z.infer<typeof updateCostSettingsInput>;

/** Of which campaigns and days. */
const stackOf = {
  /** One or more. */
  campaignIds: z.array(id).min(1, 'Name at least one campaign.').max(500, 'At most 500 at a time.'),
  /** Both left out: on platforms the days of each campaign's flight, and of fees, other costs and results all days. */
  from: day.optional(),
  to: day.optional(),
  /** The budget's of a single campaign, else the agency's reporting currency, unless said. */
  currency: currency.optional(),
};
export const costStackInput = z.strictObject(stackOf);
export type CostStackInput = z.infer<typeof costStackInput>;

/** The stack from the bottom; COST is media, boosts, creators and other together, CLIENT_COST the margin on top of it. */
export const costKinds = ['MEDIA', 'BOOST', 'CREATOR', 'OTHER', 'COST', 'MARGIN', 'CLIENT_COST'] as const;
export type CostKind = (typeof costKinds)[number];

export const costLine = z.object({
  kind: z.enum(costKinds),
  /** Null: unknown, see `note`; nothing of it is an exact 0. */
  amount: amount.nullable(),
  /** Of CREATOR: what is agreed and not yet earned. */
  committed: amount.nullable(),
  /** Of what the client pays: 0.6 is 60 %. */
  share: z.string().nullable(),
  note: z.string().nullable(),
});
export type CostLine = z.infer<typeof costLine>;

/** A margin rule that held on some of the days. */
export const appliedMargin = z.object({
  marginRuleId: z.string(),
  scope: z.enum(marginScopes),
  kind: z.enum(marginKinds),
  percent: z.string().nullable(),
  /** Of FIXED, a month. */
  monthly: amount.nullable(),
  /** The cost that it was asked on; null of FIXED. */
  base: amount.nullable(),
  margin: amount,
});
export type AppliedMargin = z.infer<typeof appliedMargin>;

const valueOf = {
  conversions: z.string().nullable(),
  conversionValue: amount.nullable(),
  /** Value per what the client pays. */
  roas: z.string().nullable(),
  /** What the client pays per conversion. */
  cpa: z.string().nullable(),
};

export const costStack = z.object({
  campaignIds: z.array(z.string()),
  /** The days that have costs or were asked for; null: there is none. */
  range: z.object({ from: z.string(), to: z.string() }).nullable(),
  currency: z.string(),
  lines: z.array(costLine),
  margins: z.array(appliedMargin),
  /** As the platforms claim. */
  claimed: z.object({
    ...valueOf,
    /** Value per media spend alone, as dashboards show it. */
    mediaRoas: z.string().nullable(),
    /** Why something is null, or what is not told. */
    reason: z.string().nullable(),
    platforms: z.array(z.string()),
    /** Several platforms claim, each for itself: a sale may be counted more than once. */
    overlapNote: z.string().nullable(),
  }),
  /** By the source of truth that the agency chose. */
  truth: z.object({
    ...valueOf,
    /** Null: the campaigns' brands chose differently, and no one number is true of all. */
    source: z.enum(valueSources).nullable(),
    chosenBy: z.enum(['BRAND', 'AGENCY', 'DEFAULT', 'SEVERAL']),
    /** Whose counts it holds, of RESULTS. */
    origins: z.array(z.string()),
    reason: z.string().nullable(),
  }),
  fx: z.array(fxUse),
  /** Amounts in currencies without a rate, which no sum holds. */
  leftOut: z.array(z.object({ kind: z.enum(costKinds), ...amount.shape, note: z.string() })),
  notes: z.array(z.string()),
  isSandbox: z.boolean(),
});
export type CostStack = z.infer<typeof costStack>;

export const costFigures = [
  'media',
  'boosts',
  'creators',
  'creatorsCommitted',
  'other',
  'cost',
  'margin',
  'clientCost',
  'claimedConversions',
  'claimedValue',
  'mediaRoas',
  'claimedRoas',
  'claimedCpa',
  'trueConversions',
  'trueValue',
  'trueRoas',
  'trueCpa',
] as const;
export type CostFigure = (typeof costFigures)[number];

export const explainCostInput = z.strictObject({ ...stackOf, figure: z.enum(costFigures) });
export type ExplainCostInput = z.infer<typeof explainCostInput>;
