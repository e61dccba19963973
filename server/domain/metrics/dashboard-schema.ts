import { z } from 'zod';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import { campaignObjectives, campaignStatuses } from '../campaigns/schema.ts';
import { currency, day, id, instant } from '../records/schema.ts';
import { fxUse, leftOut, untoldBy, untoldFigures } from './schema.ts';

/** What figures are cut by. PLATFORM_CAMPAIGN is the finest that is stored. */
export const breakdowns = [
  'DAY',
  'PLATFORM',
  'AD_ACCOUNT',
  'BRAND',
  'CAMPAIGN',
  'PLATFORM_CAMPAIGN',
  'CREATOR',
] as const;
export type Breakdown = (typeof breakdowns)[number];

/**
 * As many days as the range, on the same weekdays. PREVIOUS: the latest that are over before the range begins; YEAR: 364
 * days earlier; CUSTOM: from `compareFrom`, on whichever weekday that is.
 */
export const comparisons = ['PREVIOUS', 'YEAR', 'CUSTOM'] as const;

/** Every figure that has a name: what pages show, exports hold and explanations are asked for. */
export const figureNames = [
  'spend',
  'impressions',
  'clicks',
  'conversions',
  'conversionValue',
  'reach',
  'frequency',
  'cpm',
  'cpc',
  'ctr',
  'cpa',
  'roas',
  'videoViews25',
  'videoViews50',
  'videoViews75',
  'videoViews100',
] as const;
export type FigureName = (typeof figureNames)[number];

const ids = z.array(id).max(500, 'At most 500 at a time.');

/** Which figures: all that the reader sees, narrowed by each of these. */
export const figureFilter = {
  campaignIds: ids.optional(),
  brandId: id.optional(),
  ownerId: id.optional(),
  /** The campaign's, not the platform's. */
  status: z.enum(campaignStatuses).optional(),
  objective: z.enum(campaignObjectives).optional(),
  platform: z.enum(adPlatforms).optional(),
  adAccountId: id.optional(),
  platformCampaignId: id.optional(),
  /** Boosts of this creator's posts. */
  creatorId: id.optional(),
  /** false: only what waits for a campaign; true: only what has one. */
  isAttached: z.boolean().optional(),
};

/** Which days, in which currency, and as they stood when. */
export const figureView = {
  from: day.optional(),
  to: day.optional(),
  compare: z.enum(comparisons).optional(),
  /** Of CUSTOM: the first day; the range is as long as the other. */
  compareFrom: day.optional(),
  /** The agency's reporting currency unless said. */
  currency: currency.optional(),
  /** As the figures stood at the end of this moment; now unless said. */
  asOf: instant.optional(),
};

export const dashboardInput = z.strictObject({
  ...figureFilter,
  ...figureView,
  by: z.enum(breakdowns).default('PLATFORM'),
  /** The breakdown's rows are sorted by this, the largest first; DAY by its day. */
  sortBy: z.enum(figureNames).default('spend'),
  /** Of rows; DAY has all of its days. */
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type DashboardInput = z.infer<typeof dashboardInput>;

/** A file has every row. */
export const exportDashboardInput = dashboardInput.omit({ limit: true });
export type ExportDashboardInput = z.infer<typeof exportDashboardInput>;

export const exportedDashboard = z.object({ fileName: z.string(), csv: z.string() });
export type ExportedDashboard = z.infer<typeof exportedDashboard>;

const amount = z.object({ amount: z.string(), currency: z.string() });
const count = z.number().int().nullable();
const decimalText = z.string().nullable();

/** One set of every figure, in the answer's currency. Null is unknown, and never 0. */
export const figureSet = z.object({
  spend: amount.nullable(),
  impressions: count,
  clicks: count,
  conversions: decimalText,
  conversionValue: amount.nullable(),
  /** As a platform gave it for exactly these days; null where it gave none or where it is not additive. */
  reach: count,
  frequency: decimalText,
  cpm: decimalText,
  cpc: decimalText,
  ctr: decimalText,
  cpa: decimalText,
  roas: decimalText,
  videoViews25: count,
  videoViews50: count,
  videoViews75: count,
  videoViews100: count,
  /** Figures that some of the rows do not tell. */
  untold: z.array(z.enum(untoldFigures)),
});
export type FigureSet = z.infer<typeof figureSet>;

/**
 * How far figures may be trusted, from best to worst. FINAL: no platform changes them any more. SETTLING: within the days
 * that platforms restate. PARTIAL: a day that still runs is among them. STALE: newer figures should be there and are not.
 * FAILED: the last sync failed. NONE: nothing was ever fetched.
 */
export const freshnessStates = ['FINAL', 'SETTLING', 'PARTIAL', 'STALE', 'FAILED', 'NONE'] as const;
export type FreshnessState = (typeof freshnessStates)[number];

/** The two marks of an account's figures: when they were last read, and which day they reach. */
export const freshnessMark = z.object({
  adAccountId: z.string(),
  name: z.string(),
  platform: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  state: z.enum(freshnessStates),
  /** Why, in a sentence. */
  reason: z.string(),
  lastSyncedAt: z.string().nullable(),
  newestBusinessDate: z.string().nullable(),
  /** The run that a click on the mark leads to: the one that failed, else the newest that ended. */
  syncRunId: z.string().nullable(),
  /** A run is under way now. */
  isSyncing: z.boolean(),
});
export type FreshnessMark = z.infer<typeof freshnessMark>;

export const dashboardDay = figureSet.extend({
  date: z.string(),
  state: z.enum(freshnessStates),
  /** The day that it is compared with, and its figures; null without a comparison. */
  comparedWith: z.string().nullable(),
  compared: figureSet.nullable(),
});
export type DashboardDay = z.infer<typeof dashboardDay>;

export const breakdownRow = figureSet.extend({
  /** The day, the platform's name or the id; null: what belongs to none (no campaign, no brand, no creator). */
  key: z.string().nullable(),
  name: z.string(),
  /** Beneath the name: account and native id of a platform campaign, an account's native id, a campaign's brand. */
  detail: z.string().nullable(),
  platform: z.string().nullable(),
  /** The campaign's own status, or the platform's word for a platform campaign. */
  status: z.string().nullable(),
  campaignId: z.string().nullable(),
  state: z.enum(freshnessStates),
  /** Each currency's own spend where the row has several, or one that is not the answer's. */
  ownSpend: z.array(amount),
  compared: figureSet.nullable(),
});
export type BreakdownRow = z.infer<typeof breakdownRow>;

const days = z.object({ from: z.string(), to: z.string() });

export const dashboard = z.object({
  range: days,
  comparedRange: days.nullable(),
  currency: z.string(),
  asOf: z.string().nullable(),
  totals: figureSet,
  compared: figureSet.nullable(),
  /** A day that had delivery in neither range is not listed. */
  days: z.array(dashboardDay),
  by: z.enum(breakdowns),
  rows: z.array(breakdownRow),
  /** How many rows there are beyond `rows`; the totals hold them. */
  moreRows: z.number().int(),
  fx: z.array(fxUse),
  leftOut: z.array(leftOut),
  /** The same of the range that it is compared with. */
  comparedLeftOut: z.array(leftOut),
  untoldBy: z.array(untoldBy),
  /** One per account whose figures are among them, the worst first. */
  freshness: z.array(freshnessMark),
  state: z.enum(freshnessStates),
  /** Platforms claim conversions each for itself; more than one claims here. */
  hasOverlap: z.boolean(),
  isSandbox: z.boolean(),
});
export type Dashboard = z.infer<typeof dashboard>;

/** One figure of a dashboard: of the whole, or of one of its rows. */
export const explainInput = z.strictObject({
  ...figureFilter,
  ...figureView,
  figure: z.enum(figureNames),
  /** Of one row of this breakdown; without it the total. */
  by: z.enum(breakdowns).optional(),
  /** The row's key; null is the row of what belongs to none. */
  key: z.string().max(100).nullable().optional(),
  /** The figure of the range that it is compared with. */
  isCompared: z.boolean().default(false),
});
export type ExplainInput = z.infer<typeof explainInput>;
