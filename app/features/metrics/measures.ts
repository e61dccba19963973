import type { CampaignMetrics, Figures, UntoldFigure } from '../../../server/domain/metrics/schema.ts';
import { type Figure, formatMeasure, formatMoneyExact, formatRatio, type Measure } from '../../lib/format.ts';

/** One figure of a row: its name, how it is printed, and how it comes about. */
export interface FigureSpec {
  id: string;
  label: string;
  /** In a table's header, where the label is too long. */
  short?: string;
  kind: Measure['kind'];
  value: (figures: Figures) => Figure;
  /** Spend, say, is a sum; a ratio is made of two. */
  formula: string;
  /** What a ratio is per: "per click". */
  per?: string;
  /** What a ratio divides by: it is "—" where that is zero or unknown. */
  divisor?: string;
  /** What it is made of, where not every platform and file tells that. */
  needs?: UntoldFigure;
}

export const sums = {
  spend: {
    id: 'spend',
    label: 'Spend',
    kind: 'money',
    value: ({ spend }) => spend?.amount,
    formula: 'What the platforms charged, summed over days',
  },
  impressions: {
    id: 'impressions',
    label: 'Impressions',
    short: 'Impr.',
    kind: 'count',
    value: ({ impressions }) => impressions,
    formula: 'How often ads were shown, summed over days',
  },
  clicks: {
    id: 'clicks',
    label: 'Clicks',
    kind: 'count',
    value: ({ clicks }) => clicks,
    formula: 'Clicks that lead to the advertiser, summed over days',
  },
  conversions: {
    id: 'conversions',
    label: 'Conversions',
    short: 'Conv.',
    kind: 'count',
    value: ({ conversions }) => conversions,
    formula: 'As the platform attributes them; those of the last 28 days may still change',
    needs: 'conversions',
  },
  conversionValue: {
    id: 'conversionValue',
    label: 'Conversion value',
    short: 'Value',
    kind: 'money',
    value: ({ conversionValue }) => conversionValue?.amount,
    formula: 'What the conversions are worth, as the platform was told',
    needs: 'conversionValue',
  },
} as const satisfies Record<string, FigureSpec>;

export const ratios = {
  cpm: {
    id: 'cpm',
    label: 'CPM',
    kind: 'money',
    value: ({ cpm }) => cpm,
    formula: 'Spend ÷ impressions × 1,000',
    per: 'per 1,000 impressions',
    divisor: 'impressions',
  },
  cpc: {
    id: 'cpc',
    label: 'CPC',
    kind: 'money',
    value: ({ cpc }) => cpc,
    formula: 'Spend ÷ clicks',
    per: 'per click',
    divisor: 'clicks',
  },
  ctr: {
    id: 'ctr',
    label: 'CTR',
    kind: 'percent',
    value: ({ ctr }) => ctr,
    formula: 'Clicks ÷ impressions',
    per: 'clicks per impression',
    divisor: 'impressions',
  },
  cpa: {
    id: 'cpa',
    label: 'CPA',
    kind: 'money',
    value: ({ cpa }) => cpa,
    formula: 'Spend ÷ conversions',
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
    per: 'value per unit of spend',
    divisor: 'spend',
    needs: 'conversionValue',
  },
} as const satisfies Record<string, FigureSpec>;

/** The order in which a table shows them. */
export const tableFigures: readonly FigureSpec[] = [
  sums.spend,
  sums.impressions,
  sums.clicks,
  ratios.ctr,
  ratios.cpc,
  ratios.cpm,
  sums.conversions,
  ratios.cpa,
  sums.conversionValue,
  ratios.roas,
];

/** What the chart can draw beside spend. */
export const chartFigures: readonly FigureSpec[] = tableFigures.filter(({ id }) => id !== 'spend');

/** The figure that the address asks for; clicks where it asks for none. */
export function chartFigure(id: string | null): FigureSpec {
  return chartFigures.find((figure) => figure.id === id) ?? sums.clicks;
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
export function printBare(spec: FigureSpec, figures: Figures, currency: string): string {
  if (spec.kind !== 'money') return printFigure(spec, figures, currency);
  return formatRatio(spec.value(figures), digitsOf(currency));
}

export function printFigure(spec: FigureSpec, figures: Figures, currency: string): string {
  return formatMeasure(spec.value(figures), measureOf(spec, currency));
}

/** Whether some of the days behind a figure do not tell it: it is of the others, or unknown where none does. */
export function isPartlyTold({ needs }: FigureSpec, { untold }: Pick<Figures, 'untold'>): boolean {
  return needs !== undefined && untold.includes(needs);
}

/** "Zayed clinics, part of Gulf TikTok": whose days do not tell what the figure is made of. */
export function untoldAccounts(
  { needs }: FigureSpec,
  { untoldBy }: Pick<CampaignMetrics, 'untoldBy'>,
): string {
  return untoldBy
    .filter(({ figure }) => figure === needs)
    .map((by) => (by.campaignDays === by.ofCampaignDays ? by.name : `part of ${by.name}`))
    .join(', ');
}

const NOT_TOLD = 'The platform or the file does not tell it: unknown, and not 0.';
const PARTLY_TOLD = 'Of the days that tell it; some do not.';

/** The formula, and every digit of an amount that is shown rounded. */
export function figureTitle(spec: FigureSpec, figures: Figures, currency: string): string {
  const value = spec.value(figures);
  if (value === null || value === undefined)
    return isPartlyTold(spec, figures) ? `${spec.formula}. ${NOT_TOLD}` : spec.formula;
  const exact = spec.kind === 'money' ? formatMoneyExact({ amount: String(value), currency }) : String(value);
  return `${spec.formula} = ${exact}${isPartlyTold(spec, figures) ? `. ${PARTLY_TOLD}` : ''}`;
}
