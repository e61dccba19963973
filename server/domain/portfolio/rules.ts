import type { FreshnessState } from '../metrics/dashboard-schema.ts';
import { freshnessStates } from '../metrics/dashboard-schema.ts';
import { RATIO_DECIMALS } from '../metrics/rules.ts';
import type { Paced } from '../pacing/queries.ts';
import { pacingBands } from '../pacing/schema.ts';
import { divide, product, round, subtract, sum } from '../records/decimals.ts';
import { type Money, toMoney } from '../records/money.ts';
import type { CampaignRow } from './queries.ts';
import type { PortfolioCampaign, PortfolioSort, Rollup } from './schema.ts';

export interface FoundCampaign {
  row: CampaignRow;
  paced: Paced;
}

/** Decimals of a converted amount in an answer. */
const CONVERTED_DECIMALS = 6;

/** One campaign of the list. */
export function toPortfolioCampaign(
  { row, paced }: FoundCampaign,
  { currency, isClient }: { currency: string; isClient: boolean },
): PortfolioCampaign {
  const { campaign, spend, pace, sums } = paced;
  const own = (value: string | null) => (isClient ? null : amountOf(value, campaign.currency));
  const freshness = freshnessOf(paced);
  return {
    campaignId: row.id,
    name: row.name,
    status: row.status,
    objective: row.objective,
    brandId: row.brand_id,
    brandName: row.brand_name,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    platforms: [...paced.platforms],
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    budget: isClient ? null : toMoney(row.budget, row.currency),
    spent: amountOf(sums?.total_spend ?? null, currency),
    ownSpent: row.budget === null ? null : own(sum([spend.spent, spend.spentAfter, spend.spentOutside])),
    pacedSpent: own(pace.spent),
    expected: own(pace.expected),
    ratio: isClient ? null : pace.ratio,
    band: isClient ? null : pace.band,
    bandReason: isClient ? null : pace.reason,
    projection: isClient ? null : pace.flightEnd,
    roas: divide(sums?.total_value ?? null, sums?.total_spend_of_value ?? null, RATIO_DECIMALS),
    ...freshness,
    isSandbox: sums?.is_sandbox ?? false,
  };
}

/** The worst of its accounts, and the newest day that all of them cover. */
function freshnessOf({
  accounts,
}: Paced): Pick<PortfolioCampaign, 'state' | 'stateReason' | 'newestBusinessDate'> {
  const live = accounts.filter(({ isDone }) => !isDone);
  const judged = live.length > 0 ? live : accounts;
  const [worst] = [...judged].sort((a, b) => rank(b.state) - rank(a.state));
  const newest = judged.map(({ newestBusinessDate }) => newestBusinessDate);
  if (!worst) return { state: 'NONE', stateReason: null, newestBusinessDate: null };
  return {
    state: live.length > 0 ? worst.state : 'FINAL',
    stateReason: `${worst.name}: ${worst.reason}`,
    newestBusinessDate: newest.includes(null)
      ? null
      : (newest.filter((day) => day !== null).sort()[0] ?? null),
  };
}

function rank(state: FreshnessState): number {
  return freshnessStates.indexOf(state);
}

function amountOf(value: string | null, currency: string): Money | null {
  return toMoney(value === null ? null : round(value, CONVERTED_DECIMALS), currency);
}

/** In the order that was asked for; what is unknown comes last, and names decide between equals. */
export function sortCampaigns(items: readonly PortfolioCampaign[], sort: PortfolioSort): PortfolioCampaign[] {
  const isDown = sort.startsWith('-');
  const compare = comparisons[sort.replace('-', '') as keyof typeof comparisons];
  const byName = (a: PortfolioCampaign, b: PortfolioCampaign) =>
    a.name.localeCompare(b.name, 'en') || a.campaignId.localeCompare(b.campaignId);
  return [...items].sort((a, b) => compare(a, b, isDown ? -1 : 1) || byName(a, b));
}

type Compare = (a: PortfolioCampaign, b: PortfolioCampaign, direction: 1 | -1) => number;

function byValue(valueOf: (item: PortfolioCampaign) => string | number | null): Compare {
  return (a, b, direction) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (left === right) return 0;
    return (left < right ? -1 : 1) * direction;
  };
}

const number = (value: string | null | undefined) =>
  value === null || value === undefined ? null : Number(value);

const comparisons = {
  name: byValue(({ name }) => name.toLowerCase()),
  status: byValue(({ status }) => status),
  brand: byValue(({ brandName }) => brandName?.toLowerCase() ?? null),
  startsOn: byValue(({ startsOn }) => startsOn),
  endsOn: byValue(({ endsOn }) => endsOn),
  budget: byValue(({ budget }) => number(budget?.amount)),
  spent: byValue(({ spent }) => number(spent?.amount)),
  ratio: byValue(({ ratio }) => number(ratio)),
  roas: byValue(({ roas }) => number(roas)),
  // Off its pace first, the furthest before; then what cannot be judged, then what needs nobody.
  pace: byValue(({ band, ratio }) => {
    const place = band === null ? pacingBands.length : pacePlaces.indexOf(band);
    const distance = ratio === null ? 0 : Math.min(Math.abs(Number(ratio) - 1), 1000);
    return place - distance / 10_000;
  }),
} as const;

/** OVER and UNDER stand together: how far off counts, and not to which side. */
const pacePlaces = pacingBands.map((band) => (band === 'UNDER' ? 'OVER' : band)) as readonly string[];

interface RollupContext {
  currency: string;
  rates: ReadonlyMap<string, string | null>;
  isClient: boolean;
}

/** The sums over a set and the ratios of these sums. */
export function rollUp(
  found: readonly FoundCampaign[],
  { currency, rates, isClient }: RollupContext,
): Rollup {
  const money = (values: readonly (string | null)[]) => amountOf(sum(values), currency);
  const judged = isClient ? [] : found.filter(isJudged);
  const paced = pacedSums(judged, rates);
  const value = found.map(({ paced: { sums } }) => sums?.total_value ?? null);
  const ofValue = found.map(({ paced: { sums } }) => sums?.total_spend_of_value ?? null);
  return {
    currency,
    campaigns: found.length,
    budget: isClient ? null : money(found.map(({ row }) => convert(row.budget, row.currency, rates))),
    spent: money(found.map(({ paced: { sums } }) => sums?.total_spend ?? null)),
    pacedSpent: amountOf(paced.spent, currency),
    expected: amountOf(paced.expected, currency),
    ratio: divide(paced.spent, paced.expected, RATIO_DECIMALS),
    pacedCampaigns: judged.length,
    conversionValue: money(value),
    roas: divide(sum(value), sum(ofValue), RATIO_DECIMALS),
    byBand: isClient ? [] : countBy(found, ({ paced: { pace } }) => pace.band),
    byStatus: countBy(found, ({ row }) => row.status),
    byBrand: brandsOf(found, { currency, rates, isClient }),
    leftOut: leftOutOf(found, { currency, rates, isClient }),
    isSandbox: found.some(({ paced: { sums } }) => sums?.is_sandbox === true),
  };
}

/** Both sides of the ratio by one rate, today's, so that it is of the same money. */
function pacedSums(judged: readonly FoundCampaign[], rates: RollupContext['rates']) {
  const side = (valueOf: (one: FoundCampaign) => string | null) =>
    sum(judged.map((one) => convert(valueOf(one), one.paced.campaign.currency, rates)));
  return { spent: side(({ paced }) => paced.pace.spent), expected: side(({ paced }) => paced.pace.expected) };
}

function isJudged({ paced: { pace } }: FoundCampaign): boolean {
  return pace.band === 'ON_PACE' || pace.band === 'OVER' || pace.band === 'UNDER';
}

function convert(
  amount: string | null,
  currency: string | null,
  rates: RollupContext['rates'],
): string | null {
  const rate = currency === null ? null : (rates.get(currency) ?? null);
  return amount === null || rate === null ? null : product([amount, rate]);
}

function countBy(found: readonly FoundCampaign[], keyOf: (one: FoundCampaign) => string): Rollup['byBand'] {
  const counts = new Map<string, number>();
  for (const one of found) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return [...counts].map(([key, campaigns]) => ({ key, campaigns }));
}

function brandsOf(found: readonly FoundCampaign[], context: RollupContext): Rollup['byBrand'] {
  const brands = new Map<string, FoundCampaign[]>();
  for (const one of found) {
    const key = one.row.brand_id ?? '';
    brands.set(key, [...(brands.get(key) ?? []), one]);
  }
  return [...brands]
    .map(([key, own]) => {
      const paced = pacedSums(context.isClient ? [] : own.filter(isJudged), context.rates);
      return {
        key,
        name: own[0]?.row.brand_name ?? 'No brand',
        campaigns: own.length,
        spent: amountOf(sum(own.map(({ paced: { sums } }) => sums?.total_spend ?? null)), context.currency),
        ratio: divide(paced.spent, paced.expected, RATIO_DECIMALS),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Spend, and budgets, in currencies that no rate reaches the answer's from. */
function leftOutOf(
  found: readonly FoundCampaign[],
  { currency, rates, isClient }: RollupContext,
): Rollup['leftOut'] {
  const spend = new Map<string, string[]>();
  for (const { paced } of found)
    for (const [own, amount] of Object.entries(paced.sums?.total_left_out ?? {}))
      spend.set(own, [...(spend.get(own) ?? []), amount]);
  const budgets = new Map<string, string[]>();
  for (const { row } of found)
    if (
      !isClient &&
      row.budget !== null &&
      row.currency !== null &&
      (rates.get(row.currency) ?? null) === null
    )
      budgets.set(row.currency, [...(budgets.get(row.currency) ?? []), row.budget]);
  const toItems = (amounts: ReadonlyMap<string, string[]>, word: string) =>
    [...amounts].map(([own, all]) => ({
      amount: round(sum(all) ?? '0', CONVERTED_DECIMALS),
      currency: own,
      note: `There is no rate from ${own} to ${currency}: this ${word} is in no total.`,
    }));
  return [...toItems(spend, 'spend'), ...toItems(budgets, 'budget')];
}

/** How far a ratio is from 1, without its side. */
export function offBy(ratio: string): string {
  return subtract(ratio, '1').replace('-', '');
}
