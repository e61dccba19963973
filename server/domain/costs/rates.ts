import type { BudgetKind } from '../budgets/schema.ts';
import { round, sum } from '../records/decimals.ts';
import type { DatedCost, FoundCosts } from './assemble.ts';
import type { CostStack } from './schema.ts';

const AMOUNT_DECIMALS = 6;

/** The rates that were taken, by day: of the costs, and of the agency's own count. */
export function ratesOf(costs: readonly DatedCost[], { results, rates, currency }: FoundCosts) {
  const pairs = new Map<string, { date: string; currency: string }>();
  for (const { date, currency: of } of [...costs, ...results])
    if (of !== null && of !== currency) pairs.set(`${date} ${of}`, { date, currency: of });
  return [...pairs]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, pair]) => {
      const found = rates.get(key);
      return {
        ...pair,
        ...{ rate: found?.rate ?? null, published_on: found?.publishedOn ?? null },
        sources: found ? [...found.sources] : null,
      };
    });
}

/** What has no rate, by kind and currency. */
export function leftOutOf(
  costs: readonly DatedCost[],
  { rates, currency }: FoundCosts,
): CostStack['leftOut'] {
  const left = new Map<string, string[]>();
  for (const one of costs) {
    if (one.currency === currency || rates.has(`${one.date} ${one.currency}`)) continue;
    const key = `${one.kind} ${one.currency}`;
    left.set(key, [...(left.get(key) ?? []), one.amount]);
  }
  return [...left].map(([key, amounts]) => {
    const [kind, own] = key.split(' ') as [BudgetKind, string];
    const note = `There is no rate from ${own} to ${currency} on these days: it is in no sum.`;
    return { kind, amount: round(sum(amounts) ?? '0', AMOUNT_DECIMALS), currency: own, note };
  });
}
