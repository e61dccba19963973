import type { BudgetLineInput, BudgetVersion } from '../budgets/schema.ts';
import type { CampaignPlan } from '../campaign-templates/schema.ts';
import { minorDigits } from '../records/currencies.ts';
import { compareDecimals, divide, product, round, subtract } from '../records/decimals.ts';
import { monthsFrom, plusMonths } from './rules.ts';

export type CarriedLine = BudgetLineInput;

interface Total {
  amount: string;
  currency: string;
}

interface Carried {
  /** What the new campaign's budget comes to. */
  total: Total;
  /** The work that each creator's work became; what did not come along is missing. */
  works: ReadonlyMap<string, string>;
  /** The first days of both campaigns; months move by the months between them. */
  days: readonly [string | null, string | null];
}

/**
 * The lines of one campaign's plan for another: amounts as parts of the new total where that differs, months moved,
 * creators by their new work. An account that the author does not see is left open within its platform.
 */
export function carriedLines(before: BudgetVersion, { total, works, days }: Carried): CarriedLine[] {
  const [from, to] = days;
  const months = from === null || to === null ? 0 : monthsFrom(from, to);
  const isSame =
    before.total.currency === total.currency && compareDecimals(before.total.amount, total.amount) === 0;
  return before.lines.map((line) => ({
    kind: line.kind,
    platform: line.platform as CarriedLine['platform'],
    adAccountId: line.adAccountName === null ? null : line.adAccountId,
    campaignCreatorId: works.get(line.campaignCreatorId ?? '') ?? null,
    month: line.month === null ? null : plusMonths(line.month, months),
    amount: isSame ? line.amount : partOf(total, line.amount, before.total.amount),
    note: line.note,
  }));
}

/** A template's parts of a total; months count from the campaign's first, and are left open where it has none. */
export function templateLines(
  split: CampaignPlan['budgetSplit'],
  { total, startsOn }: { total: Total; startsOn: string | null },
): CarriedLine[] {
  return split.map(({ kind, platform, month, percent }) => ({
    kind,
    platform: platform ?? null,
    month: startsOn === null || month === null || month === undefined ? null : plusMonths(startsOn, month),
    amount: partOf(total, percent, '100'),
  }));
}

/** A part of a total in whole minor units, rounded down, so that all parts never come to more than the whole. */
function partOf({ amount, currency }: Total, part: string, whole: string): string {
  const digits = minorDigits(currency);
  const exact = divide(product([amount, part]), whole, digits + 10) ?? '0';
  const rounded = round(exact, digits);
  const step = digits === 0 ? '1' : `0.${'0'.repeat(digits - 1)}1`;
  return compareDecimals(rounded, exact) > 0 ? subtract(rounded, step) : rounded;
}
