import type { MatchRule, MatchRuleInput } from './schema.ts';

/** What a rule says, whoever wrote it. */
export interface PlainRule {
  adAccountId: string | null;
  platform: MatchRule['platform'];
  nameMatch: MatchRule['nameMatch'];
  namePattern: string | null;
  label: string | null;
  isBoost: boolean;
}

export interface CarriedRule extends PlainRule {
  createdById: string | null;
  /** null: it is new. */
  createdAt: string | null;
}

export function plainRule(rule: MatchRuleInput | PlainRule): PlainRule {
  const namePattern = rule.namePattern ?? null;
  return {
    adAccountId: rule.adAccountId ?? null,
    platform: rule.platform ?? null,
    nameMatch: namePattern === null ? null : (rule.nameMatch ?? 'CONTAINS'),
    namePattern,
    label: rule.label ?? null,
    isBoost: rule.isBoost,
  };
}

/**
 * The rules as they are stored. One that says what it said keeps its author, and with it whose eyes it has. Whoever
 * saves takes over what sleeps, and where they see all of the agency also what sees less.
 */
export function carryAuthors(
  before: readonly MatchRule[],
  after: readonly MatchRuleInput[],
  author: { userId: string | null; seesAll: boolean },
): CarriedRule[] {
  const left = before.filter(({ isAsleep, isNarrow }) => !isAsleep && !(isNarrow && author.seesAll));
  return after.map((input) => {
    const rule = plainRule(input);
    const at = left.findIndex((old) => says(old) === says(rule));
    const [kept] = at < 0 ? [] : left.splice(at, 1);
    return { ...rule, createdById: kept?.createdById ?? author.userId, createdAt: kept?.createdAt ?? null };
  });
}

/** Whether nothing changed: neither what the rules say, nor their order, nor whose they are. */
export function sameRules(before: readonly MatchRule[], after: readonly CarriedRule[]): boolean {
  const all = (rules: readonly (MatchRule | CarriedRule)[]) =>
    JSON.stringify(rules.map((rule) => [plainRule(rule), rule.createdById]));
  return all(before) === all(after);
}

function says(rule: PlainRule): string {
  return JSON.stringify(plainRule(rule));
}
