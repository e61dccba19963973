import { daysFrom, monthsFrom } from '../campaigns/rules.ts';
import type { StoredCampaign } from '../campaigns/queries.ts';
import type { BudgetVersion } from '../budgets/schema.ts';
import type { MatchRule } from '../campaign-match-rules/schema.ts';
import { compareDecimals, divide, product, subtract, sum } from '../records/decimals.ts';
import type { CampaignPlan } from './schema.ts';

type Split = CampaignPlan['budgetSplit'][number];
type Preset = CampaignPlan['deliverables'][number];

const PERCENT_DECIMALS = 4;

/**
 * The lines of a plan as parts of its total, by kind, platform and the campaign's own months; what names an account or a
 * creator is another campaign's, and counts by its kind. Empty where nothing is split or the total is 0.
 */
export function splitOf(standing: BudgetVersion | null, startsOn: string | null): Split[] {
  if (!standing || compareDecimals(standing.total.amount, '0') <= 0) return [];
  const parts = new Map<string, Omit<Split, 'percent'> & { amounts: string[] }>();
  for (const { kind, platform, month, amount } of standing.lines) {
    const place = month === null || startsOn === null ? null : monthsFrom(startsOn, month);
    // A month before the first day is no month of the campaign's own.
    const at = place === null || place < 0 ? null : place;
    const key = `${kind} ${platform ?? ''} ${at ?? ''}`;
    const part = parts.get(key) ?? {
      kind,
      platform: (platform ?? null) as Split['platform'],
      month: at,
      amounts: [],
    };
    part.amounts.push(amount);
    parts.set(key, part);
  }
  const shares = [...parts.values()].map(({ amounts, ...part }) => ({
    ...part,
    percent: percentOf(sum(amounts) ?? '0', standing.total.amount),
  }));
  return withinWhole(shares);
}

function percentOf(amount: string, total: string): string {
  return divide(product([amount, 100]), total, PERCENT_DECIMALS) ?? '0';
}

/** Rounded each by itself, the parts may come to a little more than the whole: the last one gives way. */
function withinWhole(shares: readonly Split[]): Split[] {
  const over = subtract(sum(shares.map(({ percent }) => percent)) ?? '0', '100');
  const last = shares.at(-1);
  if (!last || compareDecimals(over, '0') <= 0) return [...shares];
  return [...shares.slice(0, -1), { ...last, percent: subtract(last.percent, over) }];
}

/** Rules by what they say of names and labels; those of an account alone are left out. */
export function rulePresets(rules: readonly MatchRule[]): CampaignPlan['rules'] {
  return rules
    .filter(({ namePattern, label }) => namePattern !== null || label !== null)
    .map(({ platform, nameMatch, namePattern, label, isBoost }) => ({
      platform,
      nameMatch,
      namePattern,
      label,
      isBoost,
    }));
}

export interface OwedPiece extends Omit<Preset, 'dueAfterDays'> {
  dueOn: string | null;
}

/** What creators are asked for, each kind of piece once, with days that count from the campaign's first. */
export function deliverablePresets(pieces: readonly OwedPiece[], startsOn: string | null): Preset[] {
  const presets = new Map<string, Preset>();
  for (const { dueOn, ...piece } of pieces) {
    const after = dueOn === null || startsOn === null ? null : Math.max(0, daysFrom(startsOn, dueOn));
    const preset = { ...piece, dueAfterDays: after };
    presets.set(JSON.stringify(preset), preset);
  }
  return [...presets.values()];
}

/** The plan of a campaign without what is its own alone: its days, accounts and people. */
export function planOf(
  campaign: StoredCampaign,
): Omit<CampaignPlan, 'deliverables' | 'rules' | 'budgetSplit'> {
  const { startsOn, endsOn, budget } = campaign;
  const { categories, competitors, territories, hashtags, mentions, links } = campaign;
  return {
    objective: campaign.objective,
    durationDays:
      startsOn === null || endsOn === null ? null : Math.min(daysFrom(startsOn, endsOn) + 1, 3660),
    budget: budget?.amount ?? null,
    currency: budget?.currency ?? null,
    ...{ categories, competitors, territories, hashtags, mentions, links },
  };
}
