import { divide, round, subtract, sum } from '../records/decimals.ts';
import type { BudgetPerformanceRow, BudgetSum } from './schema.ts';

/** What one part has come to; each null where it is unknown. */
export interface Spending {
  key: string | null;
  name: string;
  spent: string | null;
  forecast: string | null;
  note?: string;
}

const SHARE_DECIMALS = 6;

/** Allocated against spent against forecast; what has one side alone has a row of its own. */
export function compareParts(
  allocated: readonly BudgetSum[],
  spending: readonly Spending[],
): BudgetPerformanceRow[] {
  const keys = [...new Set([...allocated, ...spending].map(({ key }) => key))];
  return keys.map((key) => {
    const planned = allocated.find((one) => one.key === key);
    const own = spending.find((one) => one.key === key);
    return comparePart({
      key,
      name: own?.name ?? planned?.name ?? '',
      allocated: planned?.amount ?? null,
      spent: own?.spent ?? null,
      forecast: own?.forecast ?? null,
      note: own?.note ?? null,
    });
  });
}

export function comparePart(part: Omit<BudgetPerformanceRow, 'remaining' | 'share'>): BudgetPerformanceRow {
  const { allocated, spent } = part;
  return {
    ...part,
    remaining: allocated === null || spent === null ? null : subtract(allocated, spent),
    share: divide(spent, allocated, SHARE_DECIMALS),
  };
}

/** The exact sum of what is known, rounded as an answer is. */
export function totalOf(values: readonly (string | null)[]): string | null {
  const whole = sum(values);
  return whole === null ? null : round(whole, SHARE_DECIMALS);
}
