import { z } from 'zod';

export const figureUnits = ['MONEY', 'COUNT', 'RATIO', 'PERCENT', 'DAYS'] as const;
export type FigureUnit = (typeof figureUnits)[number];

/** Where a leaf comes from: what was read, from whom, when, and by which run. */
export const figureSource = z.object({
  /** A platform's, ECB, the agency's own record: in words. */
  name: z.string(),
  adAccountId: z.string().nullable(),
  adAccountName: z.string().nullable(),
  /** The zone that the days are days of. */
  timeZone: z.string().nullable(),
  attributionSetting: z.string().nullable(),
  syncRunId: z.string().nullable(),
  /** Where more than one fetch is behind it, the oldest and the newest. */
  fetchedFrom: z.string().nullable(),
  fetchedTo: z.string().nullable(),
  /** How many stored rows. */
  rows: z.number().int(),
  isSandbox: z.boolean(),
});
export type FigureSource = z.infer<typeof figureSource>;

/**
 * What a figure is made of, as a tree: a leaf holds a value, a node the operation over its parts. `evaluate` in rules.ts
 * gives the value of a node from its leaves, and a figure's explanation comes to the figure to the last digit.
 * Null is unknown: it is left out of a SUM, and makes every other operation unknown. A divisor of 0 gives null.
 * WHOLE_SUM is a sum that one unknown part makes unknown, as of video views.
 */
export interface Formula {
  label: string;
  unit: FigureUnit;
  /** Of MONEY. */
  currency: string | null;
  /** The exact decimal; of a node what its parts come to. */
  value: string | null;
  /** Null: a leaf. The sums, PRODUCT and the extremes take any number of parts; SUBTRACT and DIVIDE two. */
  operation: 'SUM' | 'WHOLE_SUM' | 'SUBTRACT' | 'PRODUCT' | 'DIVIDE' | 'MIN' | 'MAX' | null;
  /** The decimals that the result is rounded to, half away from zero; null: exact, and not of a DIVIDE. */
  decimals: number | null;
  parts: Formula[];
  /** Beside a leaf: the day that it is of, the day and source of a rate, why it is left out. */
  note: string | null;
  /** Of a leaf, places in `sources`. */
  sources: number[];
}
export const formula: z.ZodType<Formula> = z.lazy(() =>
  z.object({
    label: z.string(),
    unit: z.enum(figureUnits),
    currency: z.string().nullable(),
    value: z.string().nullable(),
    operation: z.enum(['SUM', 'WHOLE_SUM', 'SUBTRACT', 'PRODUCT', 'DIVIDE', 'MIN', 'MAX']).nullable(),
    decimals: z.number().int().nullable(),
    parts: z.array(formula),
    note: z.string().nullable(),
    sources: z.array(z.number().int()),
  }),
);

/** What a stored row said before, when that changed, and by which run. */
export const restatement = z.object({
  /** Which of the figure's columns: "Spend", "Clicks". */
  label: z.string(),
  date: z.string(),
  adAccountName: z.string(),
  platformCampaignName: z.string(),
  unit: z.enum(figureUnits),
  currency: z.string().nullable(),
  /** Null: unknown, or there was no row. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  changedAt: z.string(),
  syncRunId: z.string().nullable(),
});
export type Restatement = z.infer<typeof restatement>;

export const explanation = z.object({
  title: z.string(),
  /** What it is of: the campaign, the days, the filters. */
  subtitle: z.string(),
  /** The formula in words: "spend ÷ impressions × 1,000". */
  words: z.string(),
  formula,
  sources: z.array(figureSource),
  /** The newest first, at most 100; `restatementCount` counts all. */
  restatements: z.array(restatement),
  restatementCount: z.number().int(),
  /** What a reader should know beside: what is left out, what is partial, how platforms overlap. */
  notes: z.array(z.string()),
});
export type Explanation = z.infer<typeof explanation>;
