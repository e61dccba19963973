import type { BudgetLine, BudgetVersion } from '../../../server/domain/budgets/schema.ts';
import { platformLabel } from '../ad-accounts/labels.ts';
import { budgetKindLabels, monthName } from './labels.ts';

/** What a line is of, whatever its amount. */
function keyOf({ kind, platform, adAccountId, campaignCreatorId, month }: BudgetLine): string {
  return [kind, platform, adAccountId, campaignCreatorId, month].map((part) => part ?? '').join('|');
}

/** "Media, Meta, Glow EU, Nov 2026": what a line is of, in words. */
export function lineName(line: BudgetLine): string {
  const { kind, platform, adAccountId, adAccountName, campaignCreatorId, creatorName, month } = line;
  const account = adAccountId && (adAccountName ?? 'an account that is not yours to see');
  const creator = campaignCreatorId && (creatorName ?? 'a creator who is not yours to see');
  return [
    budgetKindLabels[kind],
    platform && platformLabel(platform),
    account,
    creator,
    month && monthName(month),
  ]
    .filter(Boolean)
    .join(', ');
}

export interface PlanChange {
  key: string;
  name: string;
  /** Null: there was no such line, or there is none any more. */
  before: string | null;
  after: string | null;
}

type Planned = Pick<BudgetVersion, 'lines'>;

/**
 * What a plan changes of another, line by line; several lines of one thing count together. Amounts are exact decimals
 * with at most four digits after the point, as the lines hold them.
 */
export function planChanges(before: Planned | null, after: Planned): PlanChange[] {
  const [from, to] = [sumByKey(before?.lines ?? []), sumByKey(after.lines)];
  const keys = [...new Set([...to.keys(), ...from.keys()])];
  return keys.flatMap((key) => {
    const [was, is] = [from.get(key), to.get(key)];
    if (was?.units === is?.units) return [];
    const name = is?.name ?? was?.name ?? '';
    return [{ key, name, before: was ? toDecimal(was.units) : null, after: is ? toDecimal(is.units) : null }];
  });
}

function sumByKey(lines: readonly BudgetLine[]): Map<string, { name: string; units: bigint }> {
  const sums = new Map<string, { name: string; units: bigint }>();
  for (const line of lines) {
    const key = keyOf(line);
    const units = (sums.get(key)?.units ?? 0n) + toUnits(line.amount);
    sums.set(key, { name: lineName(line), units });
  }
  return sums;
}

const DECIMALS = 4;

/** An amount in ten thousandths, exactly; 0 of what is no amount. */
export function toUnits(amount: string): bigint {
  const match = /^(\d{1,14})(?:\.(\d{1,4}))?$/.exec(amount.trim());
  return match ? BigInt((match[1] ?? '0') + (match[2] ?? '').padEnd(DECIMALS, '0')) : 0n;
}

/** Back to a decimal, with no more digits than it needs. */
export function toDecimal(units: bigint): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(DECIMALS + 1, '0');
  const [whole, rest] = [digits.slice(0, -DECIMALS), digits.slice(-DECIMALS).replace(/0+$/, '')];
  return `${sign}${whole}${rest && `.${rest}`}`;
}
