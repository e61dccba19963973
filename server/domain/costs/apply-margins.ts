import { leaf, node } from '../explanations/rules.ts';
import type { Formula } from '../explanations/schema.ts';
import { converted, type DatedCost, type FoundCosts } from './assemble.ts';
import { type BudgetKind, budgetKinds } from '../budgets/schema.ts';
import { holdingRules, marginOf } from './rules.ts';
import type { MarginRule } from './schema.ts';

/** A rule with the cost that it was asked on and what it comes to. */
export interface AppliedRule {
  rule: MarginRule;
  /** Null of a fixed amount. */
  base: Formula | null;
  margin: Formula;
}

/** What each rule comes to that held on some of the days. */
export function marginsOf(costs: readonly DatedCost[], found: FoundCosts): AppliedRule[] {
  return [...percentMargins(costs, found), ...fixedMargins(costs, found)];
}

function percentMargins(costs: readonly DatedCost[], found: FoundCosts): AppliedRule[] {
  const brands = new Map(found.campaigns.map(({ id, brand_id: brandId }) => [id, brandId]));
  const bases = new Map<MarginRule, Formula[]>();
  for (const cost of costs) {
    const of = { campaignId: cost.campaignId, brandId: brands.get(cost.campaignId) ?? null };
    for (const rule of holdingRules(found.margins, of, { kind: cost.kind, day: cost.date }))
      if (rule.kind !== 'FIXED') bases.set(rule, [...(bases.get(rule) ?? []), converted(cost, found)]);
  }
  return [...bases].map(([rule, parts]) => {
    const base = node({ label: 'Cost that it is asked on', unit: 'MONEY', currency: found.currency }, 'SUM', {
      parts,
    });
    return { rule, base, margin: marginOf(rule, base, found.places?.own) };
  });
}

/** Each month's amount by the days on which the rule holds: of the flight, or of the costs where there is none. */
function fixedMargins(costs: readonly DatedCost[], found: FoundCosts): AppliedRule[] {
  const rules = found.margins.filter(({ kind }) => kind === 'FIXED');
  return rules.flatMap((rule) => {
    const parts = found.campaigns.flatMap((campaign) => {
      const days = daysOf(rule, { campaign, costs, found });
      return monthsOf(days).map(([month, count]) => monthPart(rule, { month, count, found }));
    });
    if (parts.length === 0) return [];
    const { currency } = found;
    return [
      {
        rule,
        base: null,
        margin: node({ label: 'Fixed margin', unit: 'MONEY', currency }, 'SUM', { parts }),
      },
    ];
  });
}

interface Place {
  campaign: FoundCosts['campaigns'][number];
  costs: readonly DatedCost[];
  found: FoundCosts;
}

function daysOf(rule: MarginRule, { campaign, costs, found }: Place): string[] {
  const own = costs
    .filter(({ campaignId }) => campaignId === campaign.id)
    .map(({ date }) => date)
    .sort();
  const from = latest([campaign.starts_on ?? own[0], found.range.from, rule.validFrom]);
  const to = earliest([campaign.ends_on ?? found.today, found.range.to, found.today, rule.validTo]);
  if (campaign.starts_on === null && own.length === 0) return [];
  const of = { campaignId: campaign.id, brandId: campaign.brand_id };
  const days: string[] = [];
  for (let day = from; day !== undefined && to !== undefined && day <= to; day = dayAfter(day)) {
    const isHeld = budgetKinds.some((kind: BudgetKind) =>
      holdingRules([...found.margins], of, { kind, day: day ?? '' }).includes(rule),
    );
    if (isHeld) days.push(day);
  }
  return days;
}

function monthsOf(days: readonly string[]): [string, number][] {
  const months = new Map<string, number>();
  for (const day of days) months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + 1);
  return [...months];
}

function monthPart(
  rule: MarginRule,
  { month, count, found }: { month: string; count: number; found: FoundCosts },
): Formula {
  const amount = rule.amount ?? { amount: '0', currency: found.currency };
  const whole = converted(
    {
      ...amount,
      date: found.today,
      label: `A month from ${rule.validFrom}`,
      sources: found.places?.own ?? [],
    },
    found,
  );
  const days = leaf({ label: `Days of ${month} on which it holds`, unit: 'DAYS' }, String(count));
  const ofMonth = leaf({ label: `Days of ${month}`, unit: 'DAYS' }, String(daysIn(month)));
  const { currency } = found;
  const times = node({ label: 'Amount × days', unit: 'MONEY', currency }, 'PRODUCT', {
    parts: [whole, days],
  });
  return node({ label: month, unit: 'MONEY', currency }, 'DIVIDE', { parts: [times, ofMonth], decimals: 6 });
}

function daysIn(month: string): number {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

function latest(days: readonly (string | null | undefined)[]): string | undefined {
  return days
    .filter((day) => typeof day === 'string')
    .sort()
    .at(-1);
}

function earliest(days: readonly (string | null | undefined)[]): string | undefined {
  return days.filter((day) => typeof day === 'string').sort()[0];
}
