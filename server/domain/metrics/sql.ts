import { type RawBuilder, sql } from 'kysely';
import { divideSql } from '../records/decimals.ts';
import { RATIO_DECIMALS, type Ratios, type Sums } from './rules.ts';

/** The ratios over SQL expressions of sums. The twin of `toRatios` in rules.ts. */
export function ratiosSql(
  sums: Record<keyof Sums, RawBuilder<unknown>>,
): Record<keyof Ratios, RawBuilder<string | null>> {
  const ratio = (dividend: RawBuilder<unknown>, divisor: RawBuilder<unknown>) =>
    divideSql(dividend, divisor, RATIO_DECIMALS);
  return {
    cpm: ratio(sql`(${sums.spend})::numeric * 1000`, sums.impressions),
    cpc: ratio(sums.spend, sums.clicks),
    ctr: ratio(sums.clicks, sums.impressions),
    cpa: ratio(sums.spendOfConversions, sums.conversions),
    roas: ratio(sums.conversionValue, sums.spendOfValue),
  };
}
