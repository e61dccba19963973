import { leaf, node } from '../explanations/rules.ts';
import type { Formula } from '../explanations/schema.ts';
import { divide, subtract, sum } from '../records/decimals.ts';
import { toAmount } from '../records/money.ts';
import type { BudgetKind } from '../budgets/schema.ts';
import type { MarginKind, MarginPreview, MarginRule, MarginScope, PreviewMarginInput } from './schema.ts';

/** A rule's terms as their columns. */
export interface RuleTerms {
  kind: MarginKind;
  applies_to: BudgetKind[];
  percent: string | null;
  amount: string | null;
  currency: string | null;
  valid_from: string;
  valid_to: string | null;
}

/** Decimals of a margin, as of every converted amount. */
const AMOUNT_DECIMALS = 6;

export function scopeOf(rule: { brand_id: string | null; campaign_id: string | null }): MarginScope {
  return rule.campaign_id !== null ? 'CAMPAIGN' : rule.brand_id !== null ? 'BRAND' : 'AGENCY';
}

/** What does not fit together in a rule; null where all does. */
export function marginProblem(
  rule: RuleTerms & { brand_id?: string | null; campaign_id?: string | null },
): { path: string; message: string } | null {
  if (rule.brand_id && rule.campaign_id)
    return { path: 'brandId', message: 'A rule is of a campaign or of a brand.' };
  if (rule.valid_to !== null && rule.valid_to < rule.valid_from)
    return { path: 'validTo', message: 'The rule would end before it begins.' };
  if (rule.kind === 'FIXED') {
    if (rule.amount === null) return { path: 'amount', message: 'Say how much a month.' };
    if (rule.currency === null) return { path: 'currency', message: 'Say in which currency.' };
    return rule.percent === null ? null : { path: 'percent', message: 'A fixed amount has no percentage.' };
  }
  if (rule.percent === null) return { path: 'percent', message: 'Say how many percent.' };
  if (rule.amount !== null) return { path: 'amount', message: 'A percentage has no amount.' };
  const isWhole = rule.kind === 'SHARE' && !subtract(rule.percent, '100').startsWith('-');
  return isWhole ? { path: 'percent', message: 'A share of what the client pays is under 100 %.' } : null;
}

/** Whether two rules of one scope would hold for the same costs on the same day; a fixed amount may stand beside a percentage. */
export function overlapOf(one: MarginRule, other: RuleTerms): boolean {
  const isBeside = (one.kind === 'FIXED') !== (other.kind === 'FIXED');
  const isApart =
    (one.validTo !== null && one.validTo < other.valid_from) ||
    (other.valid_to !== null && other.valid_to < one.validFrom);
  return !isBeside && !isApart && one.appliesTo.some((kind) => other.applies_to.includes(kind));
}

/** The rules that hold for a kind of cost on a day: all of the narrowest scope that has one. */
export function holdingRules(
  rules: readonly MarginRule[],
  { campaignId, brandId }: { campaignId: string; brandId: string | null },
  { kind, day }: { kind: BudgetKind; day: string },
): MarginRule[] {
  const valid = rules.filter(
    (rule) =>
      rule.appliesTo.includes(kind) &&
      rule.validFrom <= day &&
      (rule.validTo === null || rule.validTo >= day) &&
      (rule.scope === 'AGENCY' ||
        rule.campaignId === campaignId ||
        (rule.brandId !== null && rule.brandId === brandId)),
  );
  for (const scope of ['CAMPAIGN', 'BRAND', 'AGENCY'] as const) {
    const own = valid.filter((rule) => rule.scope === scope);
    if (own.length > 0) return own;
  }
  return [];
}

/** What a percentage asks on top of a cost. MARKUP: cost × p / 100. SHARE: cost × p / (100 - p). */
export function marginOf(
  rule: Pick<MarginRule, 'kind' | 'percent'>,
  cost: Formula,
  sources: number[] = [],
): Formula {
  const money = { label: 'Margin', unit: 'MONEY' as const, currency: cost.currency };
  const percent = leaf({ label: 'Margin in percent', unit: 'PERCENT' }, rule.percent, sources);
  const times = node({ ...money, label: 'Cost × percent' }, 'PRODUCT', { parts: [cost, percent] });
  const hundred = leaf({ label: 'Of a hundred', unit: 'COUNT' }, '100');
  const divisor =
    rule.kind === 'SHARE'
      ? node({ label: '100 less the share', unit: 'PERCENT' }, 'SUBTRACT', { parts: [hundred, percent] })
      : hundred;
  return node(money, 'DIVIDE', { parts: [times, divisor], decimals: AMOUNT_DECIMALS });
}

/** What a rule would ask on a cost; of a fixed amount a whole month's. */
export function previewMargin(input: PreviewMarginInput): MarginPreview | { path: string; message: string } {
  const { cost, kind } = input;
  const terms = {
    ...{ kind, applies_to: [], valid_from: '2000-01-01', valid_to: null },
    ...{ percent: input.percent ?? null, amount: input.amount ?? null, currency: input.currency ?? null },
  };
  const problem = marginProblem(terms);
  if (problem) return problem;
  if (kind === 'FIXED' && terms.currency !== cost.currency)
    return { path: 'currency', message: 'Try it on a cost in the same currency.' };
  const base = leaf({ label: 'Cost', unit: 'MONEY', currency: cost.currency }, cost.amount);
  const margin =
    kind === 'FIXED'
      ? (terms.amount ?? '0')
      : (marginOf({ kind, percent: terms.percent }, base).value ?? '0');
  const whole = sum([cost.amount, margin]) ?? cost.amount;
  const money = (amount: string) => ({ amount: toAmount(amount, cost.currency), currency: cost.currency });
  return {
    cost: money(cost.amount),
    margin: money(margin),
    clientCost: money(whole),
    share: divide(margin, whole, AMOUNT_DECIMALS),
    note:
      kind === 'MARKUP'
        ? 'Cost × percent ÷ 100, on top of the cost.'
        : kind === 'SHARE'
          ? 'Cost × percent ÷ (100 − percent): the percentage of what the client pays.'
          : 'A month for each campaign, by its days.',
  };
}
