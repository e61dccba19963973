import { z } from 'zod';
import { isCurrency } from '../records/currencies.ts';
import { day, id } from '../records/schema.ts';

const knownCurrency = z
  .string()
  .refine(isCurrency, 'There is no such currency in ISO 4217; write its three letters, for example AED.');

export const campaignMetricsInput = z.strictObject({
  campaignId: id,
  /** First business day; 28 days before the last one unless said. */
  from: day.optional(),
  /** Last business day; the newest one that the figures cover unless said. */
  to: day.optional(),
  /** The agency's reporting currency unless said. */
  currency: knownCurrency.optional(),
});
export type CampaignMetricsInput = z.infer<typeof campaignMetricsInput>;

export const metricsSummaryInput = z.strictObject({
  campaignIds: z.array(id).max(200, 'At most 200 campaigns at a time.'),
  currency: knownCurrency.optional(),
});
export type MetricsSummaryInput = z.infer<typeof metricsSummaryInput>;

/** Signed, unlike an amount that people send: a platform's credit is negative spend. */
const amount = z.object({ amount: z.string(), currency: z.string() });
const count = z.number().int().nullable();
const decimalText = z.string().nullable();

const ratioFields = {
  cpm: decimalText,
  cpc: decimalText,
  ctr: decimalText,
  cpa: decimalText,
  roas: decimalText,
};

/** What platforms and files may not tell of a day that had delivery. */
export const untoldFigures = ['conversions', 'conversionValue'] as const;
export type UntoldFigure = (typeof untoldFigures)[number];

/** Of these figures some rows say nothing: the sum, and its ratio, are of those that do, and null where none does. */
const untold = z.array(z.enum(untoldFigures));

/** Sums and the ratios made of them; null is unknown, and never 0. */
const figureFields = {
  spend: amount.nullable(),
  impressions: count,
  clicks: count,
  conversions: decimalText,
  conversionValue: amount.nullable(),
  videoViews25: count,
  videoViews50: count,
  videoViews75: count,
  videoViews100: count,
  ...ratioFields,
  untold,
};
export const figures = z.object(figureFields);
export type Figures = z.infer<typeof figures>;

/** Reach of exactly this period, as the platform gave it, and the frequency that follows; never a sum. */
const reachFields = { reach: count, frequency: decimalText };

export const currencyFigures = z.object({ currency: z.string(), ...figureFields });
export type CurrencyFigures = z.infer<typeof currencyFigures>;

const dayAmounts = z.object({
  currency: z.string(),
  spend: amount.nullable(),
  conversionValue: amount.nullable(),
  /** One unit in the answer's currency; null: there is none for this day. */
  rate: decimalText,
  ratePublishedOn: z.string().nullable(),
});

export const metricsDay = z.object({
  /** A day in the ad account's own zone. A day without delivery is not listed. */
  date: z.string(),
  /** Still running in at least one of the accounts. */
  isPartial: z.boolean(),
  ...figureFields,
  byCurrency: z.array(dayAmounts),
});
export type MetricsDay = z.infer<typeof metricsDay>;

export const platformCampaignMetrics = z.object({
  platformCampaignId: z.string(),
  nativeId: z.string(),
  name: z.string(),
  nativeStatus: z.string().nullable(),
  isGone: z.boolean(),
  adAccountId: z.string(),
  adAccountName: z.string(),
  platform: z.string(),
  ...figureFields,
  ...reachFields,
  byCurrency: z.array(currencyFigures),
});
export type PlatformCampaignMetrics = z.infer<typeof platformCampaignMetrics>;

export const adAccountMetrics = z.object({
  adAccountId: z.string(),
  name: z.string(),
  platform: z.string(),
  ...figureFields,
  byCurrency: z.array(currencyFigures),
});
export type AdAccountMetrics = z.infer<typeof adAccountMetrics>;

export const fxUse = z.object({
  base: z.string(),
  quote: z.string(),
  /** The business days that were converted. */
  firstDate: z.string(),
  lastDate: z.string(),
  /** One unit of base in quote; lowest and highest where it moved. */
  minRate: z.string(),
  maxRate: z.string(),
  /** null where no published rate was needed. */
  firstPublishedOn: z.string().nullable(),
  lastPublishedOn: z.string().nullable(),
  /** Who published the rates. */
  sources: z.array(z.string()),
  pegs: z.array(z.object({ currency: z.string(), anchor: z.string(), rate: z.string() })),
  /** The same in a sentence. */
  note: z.string(),
});
export type FxUse = z.infer<typeof fxUse>;

export const leftOut = z.object({
  currency: z.string(),
  firstDate: z.string(),
  lastDate: z.string(),
  /** How many days had no rate. */
  days: z.number().int(),
  spend: amount,
  /** null: it is not told of any of them. */
  conversionValue: amount.nullable(),
  note: z.string(),
});
export type LeftOut = z.infer<typeof leftOut>;

/** An ad account that does not tell a figure, or not of all its days: the sum is without it. */
export const untoldBy = z.object({
  figure: z.enum(untoldFigures),
  adAccountId: z.string(),
  name: z.string(),
  platform: z.string(),
  /** Days of its platform campaigns that do not tell it, of how many. */
  campaignDays: z.number().int(),
  ofCampaignDays: z.number().int(),
  /** The same in a sentence. */
  note: z.string(),
});
export type UntoldBy = z.infer<typeof untoldBy>;

export const freshness = z.object({
  adAccountId: z.string(),
  name: z.string(),
  platform: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  /** The first clock: when the last sync succeeded. */
  lastSyncedAt: z.string().nullable(),
  /** The second clock: the newest day that the figures cover, in the account's zone. */
  newestBusinessDate: z.string().nullable(),
  syncStatus: z.string(),
  syncError: z.string().nullable(),
  /** The account's own today, when it lies in the range and the figures reach it: it is partial. */
  partialDay: z.string().nullable(),
});
export type Freshness = z.infer<typeof freshness>;

export const campaignMetrics = z.object({
  campaignId: z.string(),
  from: z.string(),
  to: z.string(),
  currency: z.string(),
  /**
   * In `currency`; what had no rate, and what is not told, is left out of the sums and of the ratios made of them, and
   * named in `leftOut` and `untoldBy`.
   */
  totals: z.object({ ...figureFields, ...reachFields }),
  byCurrency: z.array(currencyFigures),
  days: z.array(metricsDay),
  platformCampaigns: z.array(platformCampaignMetrics),
  adAccounts: z.array(adAccountMetrics),
  fx: z.array(fxUse),
  leftOut: z.array(leftOut),
  untoldBy: z.array(untoldBy),
  freshness: z.array(freshness),
  /** Some figure comes from the sandbox and not from a real platform. */
  isSandbox: z.boolean(),
});
export type CampaignMetrics = z.infer<typeof campaignMetrics>;

export const campaignSummary = z.object({
  campaignId: z.string(),
  from: z.string(),
  to: z.string(),
  spend: amount.nullable(),
  conversionValue: amount.nullable(),
  impressions: count,
  clicks: count,
  conversions: decimalText,
  ...ratioFields,
  untold,
  /** Currencies that had no rate on some day. */
  leftOut: z.array(z.string()),
  isSandbox: z.boolean(),
});
export type CampaignSummary = z.infer<typeof campaignSummary>;

export const metricsSummary = z.object({ currency: z.string(), items: z.array(campaignSummary) });
export type MetricsSummary = z.infer<typeof metricsSummary>;
