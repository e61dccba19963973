import type { MatchRule, MatchRuleInput } from '../../../server/domain/campaign-match-rules/schema.ts';
import { matchLabels, readMatch } from '../ad-accounts/rule-rows.ts';
import { platformLabels } from '../ad-accounts/labels.ts';

/** The names of a rule's fields; a form has each once a rule, in their order. */
export const ruleFields = {
  order: 'ruleOrder',
  adAccountId: 'ruleAdAccountId',
  platform: 'rulePlatform',
  nameMatch: 'ruleNameMatch',
  namePattern: 'ruleNamePattern',
  label: 'ruleLabel',
  kind: 'ruleKind',
} as const;

type TextField = 'adAccountId' | 'platform' | 'namePattern' | 'label';

/** A rule as it is being written; what is not said is empty. */
export interface MatchRow extends Record<TextField, string> {
  /** Of this page alone. */
  key: number;
  nameMatch: keyof typeof matchLabels;
  isBoost: boolean;
}

type Written = Pick<
  MatchRule,
  'adAccountId' | 'platform' | 'nameMatch' | 'namePattern' | 'label' | 'isBoost'
>;

export function toRows(rules: readonly (Written | MatchRuleInput)[]): MatchRow[] {
  return rules.map((rule, key) => ({
    key,
    adAccountId: rule.adAccountId ?? '',
    platform: rule.platform ?? '',
    nameMatch: rule.nameMatch ?? 'CONTAINS',
    namePattern: rule.namePattern ?? '',
    label: rule.label ?? '',
    isBoost: rule.isBoost,
  }));
}

export function emptyRow(rows: readonly MatchRow[]): MatchRow {
  const key = 1 + Math.max(-1, ...rows.map((row) => row.key));
  return {
    ...{ key, adAccountId: '', platform: '', nameMatch: 'CONTAINS', namePattern: '', label: '' },
    isBoost: false,
  };
}

/** Before the script there is no button that adds a row: some stand ready. */
export function withSpareRows(rows: readonly MatchRow[], count: number): MatchRow[] {
  const all = [...rows];
  while (all.length < rows.length + count) all.push(emptyRow(all));
  return all;
}

/** The rows that say something; what is half filled in is the procedure's to refuse. */
export function rulesOf(rows: readonly MatchRow[]): MatchRuleInput[] {
  return rows.filter(isWritten).map((row) => ({
    adAccountId: row.adAccountId || null,
    platform: row.platform in platformLabels ? (row.platform as keyof typeof platformLabels) : null,
    nameMatch: row.namePattern === '' ? null : row.nameMatch,
    namePattern: row.namePattern || null,
    label: row.label || null,
    isBoost: row.isBoost,
  }));
}

/** Whether every row that says something says enough. */
export function areWhole(rows: readonly MatchRow[]): boolean {
  return rows
    .filter(isWritten)
    .every(
      ({ adAccountId, namePattern, label }) =>
        adAccountId !== '' || namePattern.trim() !== '' || label.trim() !== '',
    );
}

export function isWritten({ adAccountId, platform, namePattern, label }: MatchRow): boolean {
  return [adAccountId, platform, namePattern, label].some((text) => text.trim() !== '');
}

/** The rules of a form, in the order that its numbers give them, else in its own. */
export function readRules(form: FormData): MatchRuleInput[] {
  return rulesFrom((name) => form.getAll(name).map((value) => (typeof value === 'string' ? value : '')));
}

/** The rules of a form that was refused: of several inputs of a name it keeps a line each. */
export function typedRules(values: Readonly<Record<string, string>>): MatchRuleInput[] {
  return rulesFrom((name) => (values[name] ?? '').split('\n'));
}

function rulesFrom(texts: (name: string) => string[]): MatchRuleInput[] {
  const of = (field: keyof typeof ruleFields) => texts(ruleFields[field]);
  const [orders, accounts, platforms] = [of('order'), of('adAccountId'), of('platform')];
  const [matches, patterns, labels, kinds] = [of('nameMatch'), of('namePattern'), of('label'), of('kind')];
  const rows = kinds.map((kind, at) => ({
    order: Number(orders[at] ?? '') || at + 1,
    row: {
      key: at,
      adAccountId: accounts[at] ?? '',
      platform: platforms[at] ?? '',
      nameMatch: readMatch(matches[at]),
      namePattern: patterns[at] ?? '',
      label: labels[at] ?? '',
      isBoost: kind === 'boost',
    },
  }));
  return rulesOf(rows.sort((a, b) => a.order - b.order).map(({ row }) => row));
}

/** A row at another place. */
export function moved(rows: readonly MatchRow[], from: number, to: number): MatchRow[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row) next.splice(to, 0, row);
  return next;
}

/** Of each row the place of its rule in what is sent; rows that say nothing have none. */
export function placesOf(rows: readonly MatchRow[]): (number | null)[] {
  let at = 0;
  return rows.map((row) => (isWritten(row) ? at++ : null));
}

/** "name contains “summer”, label “Always-on”, on TikTok". */
export function ruleWords(rule: Pick<MatchRule, 'nameMatch' | 'namePattern' | 'label' | 'platform'>): string {
  const { nameMatch, namePattern, label, platform } = rule;
  const parts = [
    namePattern !== null && `name ${matchLabels[nameMatch ?? 'CONTAINS']} “${namePattern}”`,
    label !== null && `label “${label}”`,
    platform !== null && `on ${platformLabels[platform]}`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : 'everything';
}
