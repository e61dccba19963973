import { divide, shift } from '../records/decimals.ts';

/** Decimals of every ratio: a click-through rate to the millionth, a cost per click to the micro. */
export const RATIO_DECIMALS = 6;

/** The sums that ratios are made of. A null is unknown. */
export interface Sums {
  /** Major units of one currency. */
  spend: string | null;
  /** In the same currency. */
  conversionValue: string | null;
  impressions: number | null;
  clicks: number | null;
  conversions: string | null;
  /** The spend of the rows that tell their conversions: a cost and its divisor speak of the same rows. */
  spendOfConversions: string | null;
  /** The spend of the rows that tell what their conversions are worth. */
  spendOfValue: string | null;
}

/** Each null where its divisor is zero or a part is unknown. The SQL twin is sql.ts. */
export interface Ratios {
  /** Cost of a thousand impressions. */
  cpm: string | null;
  /** Cost of a click. */
  cpc: string | null;
  /** Clicks per impression: 0.0125 is 1.25 %. */
  ctr: string | null;
  /** Cost of a conversion. */
  cpa: string | null;
  /** Conversion value per unit of spend. */
  roas: string | null;
}

/** The ratios of summed counts: never of ratios, and never averaged. */
export function toRatios(sums: Sums): Ratios {
  return {
    cpm: ratio(sums.spend === null ? null : shift(sums.spend, 3), sums.impressions),
    cpc: ratio(sums.spend, sums.clicks),
    ctr: toClickRate(sums),
    cpa: ratio(sums.spendOfConversions, sums.conversions),
    roas: ratio(sums.conversionValue, sums.spendOfValue),
  };
}

/** Clicks per impression, which needs no currency. */
export function toClickRate({ clicks, impressions }: Pick<Sums, 'clicks' | 'impressions'>): string | null {
  return ratio(clicks, impressions);
}

/** Impressions per person reached, for the one period that the reach was asked for. */
export function toFrequency(impressions: number | null, reach: number | null): string | null {
  return ratio(impressions, reach);
}

function ratio(dividend: string | number | null, divisor: string | number | null): string | null {
  return divide(dividend, divisor, RATIO_DECIMALS);
}
