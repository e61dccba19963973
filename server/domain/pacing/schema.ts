import { z } from 'zod';
import { freshnessStates } from '../metrics/dashboard-schema.ts';
import { id } from '../records/schema.ts';

/**
 * Whether a campaign spends as its plan expects. ON_PACE, UNDER and OVER judge the ratio by the tolerance; the others
 * say why nothing is judged. SILENT: an account's figures are late or failed, and a verdict on old figures would mislead.
 */
export const pacingBands = [
  'OVER',
  'UNDER',
  'ON_PACE',
  'SILENT',
  'NOT_STARTED',
  'ENDED',
  'NOTHING_ATTACHED',
  'NO_BUDGET',
  'NO_DATES',
] as const;
export type PacingBand = (typeof pacingBands)[number];

/** Whose weeks the weekdays' weights are of; EVEN: nobody has spent for a full week, and all days weigh alike. */
export const shapeBases = ['CAMPAIGN', 'BRAND', 'AGENCY', 'EVEN'] as const;
export type ShapeBasis = (typeof shapeBases)[number];

export const pacingInput = z.strictObject({ campaignId: id });

/** Spend by the end of a day, if it goes on as in the last full days. Amounts in the budget's currency. */
export const projection = z.object({
  date: z.string(),
  amount: z.string(),
  /** Four of five times it ends between these; null where there are too few days to say. */
  low: z.string().nullable(),
  high: z.string().nullable(),
  /** Of the days until then; null where there is none. */
  budget: z.string().nullable(),
  /** Projection per budget. */
  ratio: z.string().nullable(),
  /** The full days whose spend it goes by. */
  basedOnDays: z.number().int(),
});
export type Projection = z.infer<typeof projection>;

export const pacingMonth = z.object({
  month: z.string(),
  /** Of the budget's lines for this month; where there are none, the plan's share by its days. */
  budget: z.string(),
  isOfLines: z.boolean(),
  spent: z.string().nullable(),
  expected: z.string().nullable(),
  ratio: z.string().nullable(),
  band: z.enum(pacingBands),
});
export type PacingMonth = z.infer<typeof pacingMonth>;

/** One day of the chart; amounts are from the first day to this one. */
export const pacingDay = z.object({
  date: z.string(),
  expected: z.string().nullable(),
  /** Null after the last full day. */
  spent: z.string().nullable(),
  /** Null until then. */
  projected: z.string().nullable(),
  low: z.string().nullable(),
  high: z.string().nullable(),
  isPaused: z.boolean(),
});
export type PacingDay = z.infer<typeof pacingDay>;

export const silentAccount = z.object({
  adAccountId: z.string(),
  name: z.string(),
  state: z.enum(freshnessStates),
  /** The newest day that its figures cover; null: none. */
  newestBusinessDate: z.string().nullable(),
  /** In a sentence: what is wrong and since when. */
  reason: z.string(),
});
export type SilentAccount = z.infer<typeof silentAccount>;

export const weekdayShape = z.object({
  basis: z.enum(shapeBases),
  /** Full weeks that it was read from, at most 8. */
  weeks: z.number().int(),
  /** Monday first; together 1. */
  weights: z.array(z.string()),
  /** The same in a sentence. */
  note: z.string(),
});
export type WeekdayShape = z.infer<typeof weekdayShape>;

export const pacing = z.object({
  campaignId: z.string(),
  /** The budget's; the agency's reporting currency where there is none. */
  currency: z.string(),
  band: z.enum(pacingBands),
  /** Why, in a sentence. */
  reason: z.string(),
  /** How far the ratio may be from 1: 0.1 is 10 %. */
  tolerance: z.string(),
  flight: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** The last day that all its accounts cover whole; what is said here is said of the days through it. */
  through: z.string().nullable(),
  /** For platforms: the total less what its lines set aside for creators and other costs. */
  budget: z.string().nullable(),
  /** On platforms, boosts with it, from the flight's first day through `through`. */
  spent: z.string().nullable(),
  /** What came after `through`: days that still run, and days that some accounts do not cover yet. Not in `spent`. */
  spentAfter: z.string().nullable(),
  expected: z.string().nullable(),
  /** Spent per expected; also where the band is not of it. */
  ratio: z.string().nullable(),
  monthEnd: projection.nullable(),
  flightEnd: projection.nullable(),
  /** A day, on the days left, to end on budget; 0 where it is spent. */
  neededPerDay: z.string().nullable(),
  /** A day, of the last full days that the projections go by. */
  averagePerDay: z.string().nullable(),
  /** Days of the flight after `through` on which it spends. */
  daysLeft: z.number().int().nullable(),
  shape: weekdayShape.nullable(),
  months: z.array(pacingMonth),
  /** The flight's days, at most 1,200. */
  days: z.array(pacingDay),
  silentAccounts: z.array(silentAccount),
  /** Spend in currencies without a rate, which no amount here holds. */
  leftOut: z.array(z.object({ amount: z.string(), currency: z.string(), note: z.string() })),
  /** How it is reckoned, what is partial, what is left out: in sentences. */
  notes: z.array(z.string()),
  isSandbox: z.boolean(),
});
export type Pacing = z.infer<typeof pacing>;

export const pacingFigures = [
  'budget',
  'spent',
  'expected',
  'ratio',
  'monthEnd',
  'monthEndLow',
  'monthEndHigh',
  'flightEnd',
  'flightEndLow',
  'flightEndHigh',
  'neededPerDay',
  'averagePerDay',
] as const;
export type PacingFigure = (typeof pacingFigures)[number];

export const explainPacingInput = z.strictObject({ campaignId: id, figure: z.enum(pacingFigures) });
export type ExplainPacingInput = z.infer<typeof explainPacingInput>;
