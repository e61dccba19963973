import { z } from 'zod';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import { campaignObjectives, campaignStatuses } from '../campaigns/schema.ts';
import { freshnessStates } from '../metrics/dashboard-schema.ts';
import { pacingBands, projection } from '../pacing/schema.ts';
import { currency, id, text } from '../records/schema.ts';

/** The campaigns that the reader sees, narrowed by each of these. */
const filter = {
  q: text(200).optional(),
  campaignIds: z.array(id).max(500, 'At most 500 at a time.').optional(),
  brandId: id.optional(),
  ownerId: id.optional(),
  /** It has something attached there. */
  platform: z.enum(adPlatforms).optional(),
  objective: z.enum(campaignObjectives).optional(),
  status: z.enum(campaignStatuses).optional(),
  /** true: neither a draft, nor completed, nor cancelled. */
  isOpen: z.preprocess(
    (value) => (value === 'true' ? true : value === 'false' ? false : value),
    z.boolean('Write true or false.').optional(),
  ),
  band: z.enum(pacingBands).optional(),
};

export const portfolioSorts = [
  'name',
  '-name',
  'status',
  'brand',
  'startsOn',
  '-startsOn',
  'endsOn',
  '-endsOn',
  'budget',
  '-budget',
  'spent',
  '-spent',
  'ratio',
  '-ratio',
  'roas',
  '-roas',
  /** What is furthest off its pace first. */
  'pace',
] as const;
export type PortfolioSort = (typeof portfolioSorts)[number];

export const portfolioInput = z.strictObject({
  ...filter,
  /** Of the converted amounts and totals: the agency's reporting currency unless said. */
  currency: currency.optional(),
  sort: z.enum(portfolioSorts).default('pace'),
  limit: z.coerce.number().int().min(1, 'At least 1.').max(500, 'At most 500 at a time.').default(500),
});
export type PortfolioInput = z.infer<typeof portfolioInput>;

export const rollupInput = z.strictObject({ ...filter, currency: currency.optional() });
export type RollupInput = z.infer<typeof rollupInput>;

const amount = z.object({ amount: z.string(), currency: z.string() });

export const portfolioCampaign = z.object({
  campaignId: z.string(),
  name: z.string(),
  status: z.enum(campaignStatuses),
  objective: z.enum(campaignObjectives).nullable(),
  brandId: z.string().nullable(),
  brandName: z.string().nullable(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  platforms: z.array(z.string()),
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  /** In its own currency; null also for a client's own login, as is all of the pacing. */
  budget: amount.nullable(),
  /** To date, boosts with it, in the answer's currency. */
  spent: amount.nullable(),
  /** The same in the budget's currency; null where it has none. */
  ownSpent: amount.nullable(),
  /** Of the flight, through the last full day, in the budget's currency: what `ratio` is made of. */
  pacedSpent: amount.nullable(),
  expected: amount.nullable(),
  ratio: z.string().nullable(),
  band: z.enum(pacingBands).nullable(),
  bandReason: z.string().nullable(),
  /** To the flight's end. */
  projection: projection.nullable(),
  /** As the platforms claim it: value per media spend. */
  roas: z.string().nullable(),
  /** The newest day that all its accounts cover; null where nothing is attached or an account has none. */
  newestBusinessDate: z.string().nullable(),
  state: z.enum(freshnessStates),
  stateReason: z.string().nullable(),
  isSandbox: z.boolean(),
});
export type PortfolioCampaign = z.infer<typeof portfolioCampaign>;

const counted = z.object({ key: z.string(), campaigns: z.number().int() });

/** Of a whole set, never averaged: the ratio is what was spent per what was expected, both summed. */
export const rollup = z.object({
  currency: z.string(),
  campaigns: z.number().int(),
  /** Each null where nothing is known. Converted by the rates of each day's spend; a budget by the newest day's. */
  budget: amount.nullable(),
  spent: amount.nullable(),
  /** Of the campaigns that pacing judges. */
  pacedSpent: amount.nullable(),
  expected: amount.nullable(),
  ratio: z.string().nullable(),
  /** How many campaigns the ratio is of. */
  pacedCampaigns: z.number().int(),
  conversionValue: amount.nullable(),
  roas: z.string().nullable(),
  byBand: z.array(counted),
  byStatus: z.array(counted),
  byBrand: z.array(
    counted.extend({ name: z.string(), spent: amount.nullable(), ratio: z.string().nullable() }),
  ),
  /** Amounts in currencies without a rate, which no sum holds. */
  leftOut: z.array(amount.extend({ note: z.string() })),
  isSandbox: z.boolean(),
});
export type Rollup = z.infer<typeof rollup>;

export const portfolio = z.object({
  items: z.array(portfolioCampaign),
  /** How many match beyond `items`; the totals hold them. */
  more: z.number().int(),
  totals: rollup,
});
export type Portfolio = z.infer<typeof portfolio>;

/** In the order in which they press. */
export const exceptionKinds = [
  'SYNC_FAILED',
  'FIGURES_STALE',
  'DISAGREES',
  'OFF_PACE',
  'PENDING_APPROVAL',
  'BUDGET_PENDING',
  'DELIVERABLE_OVERDUE',
  'ENDING_SOON',
  'OVER_AND_OPEN',
  'CONTRACT_ENDING',
] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

export const severities = ['URGENT', 'WARNING', 'NOTE'] as const;
export type Severity = (typeof severities)[number];

export const exceptionsInput = z.strictObject({
  brandId: id.optional(),
  kind: z.enum(exceptionKinds).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type ExceptionsInput = z.infer<typeof exceptionsInput>;

export const exception = z.object({
  kind: z.enum(exceptionKinds),
  severity: z.enum(severities),
  /** What is wrong and since when. */
  sentence: z.string(),
  brandId: z.string().nullable(),
  brandName: z.string().nullable(),
  /** What it leads to. */
  campaignId: z.string().nullable(),
  campaignName: z.string().nullable(),
  adAccountId: z.string().nullable(),
  syncRunId: z.string().nullable(),
  creatorId: z.string().nullable(),
  creatorName: z.string().nullable(),
  contractId: z.string().nullable(),
  budgetVersionId: z.string().nullable(),
  /** The day it is about: due, ending, or the newest that figures cover. */
  date: z.string().nullable(),
});
export type Exception = z.infer<typeof exception>;

export const exceptions = z.object({
  items: z.array(exception),
  /** How many there are of each kind, beyond `items` as well. */
  counts: z.array(z.object({ kind: z.enum(exceptionKinds), count: z.number().int() })),
});
export type Exceptions = z.infer<typeof exceptions>;
