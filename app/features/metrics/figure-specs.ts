import type { FigureName, FigureSet } from '../../../server/domain/metrics/dashboard-schema.ts';
import type { UntoldBy, UntoldFigure } from '../../../server/domain/metrics/schema.ts';
import { type Figure, formatMeasure, formatMoneyExact, formatRatio, type Measure } from '../../lib/format.ts';

/** One figure: its name, how it is printed, how it comes about, and what its rise means. */
export interface FigureSpec {
  id: FigureName;
  label: string;
  kind: Measure['kind'];
  value: (figures: FigureSet) => Figure;
  /** Spend, say, is a sum; a ratio is made of two. */
  formula: string;
  /** Whether more of it is better. Of spend and what follows it, neither. */
  rise: 'good' | 'bad' | 'neutral';
  /** What a ratio is per: "per click". */
  per?: string;
  /** What a ratio divides by: it is "—" where that is zero or unknown. */
  divisor?: string;
  /** What it is made of, where not every platform and file tells that. */
  needs?: UntoldFigure;
}

const video = (share: 25 | 50 | 75 | 100) =>
  ({
    id: `videoViews${share}`,
    label: `Video ${share}%`,
    kind: 'count',
    value: (figures) => figures[`videoViews${share}`],
    formula: `Video plays that reached ${share}% of its length, summed over days`,
    rise: 'good',
  }) as const satisfies FigureSpec;

/** Every figure that a dashboard has. */
export const figureSpecs = {
  spend: {
    id: 'spend',
    label: 'Spend',
    kind: 'money',
    value: ({ spend }) => spend?.amount,
    formula: 'What the platforms charged, summed over days',
    rise: 'neutral',
  },
  impressions: {
    id: 'impressions',
    label: 'Impressions',
    kind: 'count',
    value: ({ impressions }) => impressions,
    formula: 'How often ads were shown, summed over days',
    rise: 'good',
  },
  clicks: {
    id: 'clicks',
    label: 'Clicks',
    kind: 'count',
    value: ({ clicks }) => clicks,
    formula: 'Clicks that lead to the advertiser, summed over days',
    rise: 'good',
  },
  conversions: {
    id: 'conversions',
    label: 'Conversions',
    kind: 'count',
    value: ({ conversions }) => conversions,
    formula: 'As the platform attributes them; those of the last 28 days may still change',
    rise: 'good',
    needs: 'conversions',
  },
  conversionValue: {
    id: 'conversionValue',
    label: 'Conversion value',
    kind: 'money',
    value: ({ conversionValue }) => conversionValue?.amount,
    formula: 'What the conversions are worth, as the platform was told',
    rise: 'good',
    needs: 'conversionValue',
  },
  reach: {
    id: 'reach',
    label: 'Reach',
    kind: 'count',
    value: ({ reach }) => reach,
    formula: 'People who saw an ad at least once in exactly these days, as the platform counted them',
    rise: 'good',
  },
  frequency: {
    id: 'frequency',
    label: 'Frequency',
    kind: 'ratio',
    value: ({ frequency }) => frequency,
    formula: 'Impressions ÷ reach, for exactly these days',
    rise: 'neutral',
    per: 'impressions per person',
    divisor: 'reach',
  },
  cpm: {
    id: 'cpm',
    label: 'CPM',
    kind: 'money',
    value: ({ cpm }) => cpm,
    formula: 'Spend ÷ impressions × 1,000',
    rise: 'bad',
    per: 'per 1,000 impressions',
    divisor: 'impressions',
  },
  cpc: {
    id: 'cpc',
    label: 'CPC',
    kind: 'money',
    value: ({ cpc }) => cpc,
    formula: 'Spend ÷ clicks',
    rise: 'bad',
    per: 'per click',
    divisor: 'clicks',
  },
  ctr: {
    id: 'ctr',
    label: 'CTR',
    kind: 'percent',
    value: ({ ctr }) => ctr,
    formula: 'Clicks ÷ impressions',
    rise: 'good',
    per: 'clicks per impression',
    divisor: 'impressions',
  },
  cpa: {
    id: 'cpa',
    label: 'CPA',
    kind: 'money',
    value: ({ cpa }) => cpa,
    formula: 'Spend ÷ conversions',
    rise: 'bad',
    per: 'per conversion',
    divisor: 'conversions',
    needs: 'conversions',
  },
  roas: {
    id: 'roas',
    label: 'ROAS',
    kind: 'ratio',
    value: ({ roas }) => roas,
    formula: 'Conversion value ÷ spend',
    rise: 'good',
    per: 'value per unit of spend',
    divisor: 'spend',
    needs: 'conversionValue',
  },
  videoViews25: video(25),
  videoViews50: video(50),
  videoViews75: video(75),
  videoViews100: video(100),
} as const satisfies Readonly<Record<FigureName, FigureSpec>>;

const named = (...names: FigureName[]): readonly FigureSpec[] => names.map((name) => figureSpecs[name]);

/** The totals, a line each: what happened, what it cost, how far videos were watched. */
export const totalLines = [
  named('spend', 'impressions', 'clicks', 'conversions', 'conversionValue', 'reach'),
  named('cpm', 'cpc', 'ctr', 'cpa', 'roas', 'frequency'),
  named('videoViews25', 'videoViews50', 'videoViews75', 'videoViews100'),
] as const;

/** The order in which a table shows them. */
export const tableFigures: readonly FigureSpec[] = [
  ...named('spend', 'impressions', 'clicks', 'ctr', 'cpc', 'cpm', 'conversions', 'cpa', 'conversionValue'),
  ...named('roas', 'reach', 'frequency', 'videoViews25', 'videoViews50', 'videoViews75', 'videoViews100'),
];

/** What a chart by day can draw: reach and frequency are of no single day. */
export const chartFigures: readonly FigureSpec[] = tableFigures.filter(
  ({ id }) => id !== 'reach' && id !== 'frequency',
);

/** The figure that the address asks for; clicks where it asks for none. */
export function chartFigure(id: string | null): FigureSpec {
  return chartFigures.find((figure) => figure.id === id) ?? figureSpecs.clicks;
}

export function measureOf({ kind }: Pick<FigureSpec, 'kind'>, currency: string): Measure {
  return kind === 'money' ? { kind, currency } : { kind };
}

const minorDigits = new Map<string, number>();

/** How many decimals a currency is written with. */
function digitsOf(currency: string): number {
  const known = minorDigits.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  minorDigits.set(currency, digits);
  return digits;
}

/** A figure in a table whose caption names the currency: the digits alone, so that a column stays narrow. */
export function printBare(spec: FigureSpec, figures: FigureSet, currency: string): string {
  if (spec.kind !== 'money') return printFigure(spec, figures, currency);
  return formatRatio(spec.value(figures), digitsOf(currency));
}

export function printFigure(spec: FigureSpec, figures: FigureSet, currency: string): string {
  return formatMeasure(spec.value(figures), measureOf(spec, currency));
}

/** Whether some of the days behind a figure do not tell it: it is of the others, or unknown where none does. */
export function isPartlyTold({ needs }: FigureSpec, { untold }: Pick<FigureSet, 'untold'>): boolean {
  return needs !== undefined && untold.includes(needs);
}

/** "Zayed clinics, part of Gulf TikTok": whose days do not tell what the figure is made of. */
export function untoldAccounts({ needs }: FigureSpec, untoldBy: readonly UntoldBy[]): string {
  return untoldBy
    .filter(({ figure }) => figure === needs)
    .map((by) => (by.campaignDays === by.ofCampaignDays ? by.name : `part of ${by.name}`))
    .join(', ');
}

const NOT_TOLD = 'The platform or the file does not tell it: unknown, and not 0.';
const PARTLY_TOLD = 'Of the days that tell it; some do not.';

/** The formula, and every digit of an amount that is shown rounded. */
export function figureTitle(spec: FigureSpec, figures: FigureSet, currency: string): string {
  const value = spec.value(figures);
  if (value === null || value === undefined)
    return isPartlyTold(spec, figures) ? `${spec.formula}. ${NOT_TOLD}` : spec.formula;
  const exact = spec.kind === 'money' ? formatMoneyExact({ amount: String(value), currency }) : String(value);
  return `${spec.formula} = ${exact}${isPartlyTold(spec, figures) ? `. ${PARTLY_TOLD}` : ''}`;
}
