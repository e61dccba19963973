import { round, sum } from '../records/decimals.ts';
import { type Money, toMoney } from '../records/money.ts';
import type { SumsRow } from './facts.ts';
import { toClickRate, toRatios } from './rules.ts';
import { type Figures, type UntoldFigure, untoldFigures } from './schema.ts';

/** Decimals of a converted amount in an answer; what is summed behind it is never rounded. */
export const CONVERTED_DECIMALS = 6;

/** The figures of some rows in the currency that they were converted to. */
export function toConvertedFigures(rows: readonly SumsRow[], currency: string): Figures {
  const spend = sum(rows.map((row) => row.converted_spend));
  const conversionValue = sum(rows.map((row) => row.converted_value));
  // What has no rate counts no impression here either: a cost and its divisor speak of the same rows.
  const ratios = toRatios({
    spend,
    conversionValue,
    impressions: count(rows.map((row) => row.converted_impressions)),
    clicks: count(rows.map((row) => row.converted_clicks)),
    conversions: sum(rows.map((row) => row.converted_conversions)),
    spendOfConversions: sum(rows.map((row) => row.converted_spend_of_conversions)),
    spendOfValue: sum(rows.map((row) => row.converted_spend_of_value)),
  });
  const counts = toCounts(rows);
  // A rate of clicks needs no exchange rate: it speaks of all rows.
  ratios.ctr = toClickRate(counts);
  return {
    spend: rounded(spend, currency),
    conversionValue: rounded(conversionValue, currency),
    ...counts,
    ...ratios,
    untold: untoldOf(rows),
  };
}

/** The figures of rows of one currency, in it. */
export function toOwnFigures(rows: readonly SumsRow[], currency: string): Figures {
  const spend = sum(rows.map((row) => row.spend));
  const conversionValue = sum(rows.map((row) => row.conversion_value));
  const counts = toCounts(rows);
  const ratios = toRatios({
    ...counts,
    spend,
    conversionValue,
    spendOfConversions: sum(rows.map((row) => row.spend_of_conversions)),
    spendOfValue: sum(rows.map((row) => row.spend_of_value)),
  });
  return {
    spend: toMoney(spend, currency),
    conversionValue: toMoney(conversionValue, currency),
    ...counts,
    ...ratios,
    untold: untoldOf(rows),
  };
}

/** The figures that some of these rows do not tell. */
function untoldOf(rows: readonly SumsRow[]): UntoldFigure[] {
  return untoldFigures.filter((figure) => rows.some((row) => untoldRows(row, figure) > 0));
}

/** How many of the rows behind a sum do not tell a figure. */
export function untoldRows(
  row: Pick<SumsRow, 'untold_conversions' | 'untold_value'>,
  figure: UntoldFigure,
): number {
  return figure === 'conversions' ? row.untold_conversions : row.untold_value;
}

/** Figures per currency, by its code: amounts of different currencies are never added. */
export function byCurrency(rows: readonly SumsRow[]): ({ currency: string } & Figures)[] {
  return [...groupBy(rows, (row) => row.currency)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, own]) => ({ currency, ...toOwnFigures(own, currency) }));
}

/** Each currency's own spend, where that is more than the one that is answered. */
export function ownSpend(rows: readonly SumsRow[], currency: string): Money[] {
  const own = [...groupBy(rows, (row) => row.currency)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (own.every(([code]) => code === currency)) return [];
  return own.flatMap(([code, of]) => toMoney(sum(of.map((row) => row.spend)), code) ?? []);
}

/** Rows by a key, in the order in which the keys appear. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** A converted amount as it is answered. */
export function rounded(amount: string | null, currency: string): Money | null {
  return toMoney(amount === null ? null : round(amount, CONVERTED_DECIMALS), currency);
}

function toCounts(rows: readonly SumsRow[]) {
  return {
    impressions: count(rows.map((row) => row.impressions)),
    clicks: count(rows.map((row) => row.clicks)),
    conversions: sum(rows.map((row) => row.conversions)),
    videoViews25: wholeCount(rows.map((row) => row.video_views_25)),
    videoViews50: wholeCount(rows.map((row) => row.video_views_50)),
    videoViews75: wholeCount(rows.map((row) => row.video_views_75)),
    videoViews100: wholeCount(rows.map((row) => row.video_views_100)),
  };
}

function count(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** A sum with an unknown part is unknown. */
function wholeCount(values: readonly (number | null)[]): number | null {
  return values.includes(null) ? null : count(values);
}
