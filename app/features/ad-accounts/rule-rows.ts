import type {
  BrandRuleInput,
  BrandRulePreview,
  NameMatch,
} from '../../../server/domain/brand-rules/schema.ts';

export const matchLabels = {
  CONTAINS: 'contains',
  STARTS_WITH: 'starts with',
  ENDS_WITH: 'ends with',
  IS: 'is exactly',
} as const satisfies Record<NameMatch, string>;

/** The names of a rule's fields; a form has each once a rule, in their order. */
export const ruleFields = { match: 'ruleMatch', pattern: 'rulePattern', brandId: 'ruleBrandId' } as const;

/** A rule as it is being written. */
export interface RuleRow {
  /** Of this page alone. */
  key: number;
  match: NameMatch;
  pattern: string;
  brandId: string;
}

export function toRows(rules: readonly BrandRuleInput[]): RuleRow[] {
  return rules.map(({ match, pattern, brandId }, key) => ({ key, match, pattern, brandId }));
}

export function emptyRow(rows: readonly RuleRow[]): RuleRow {
  const key = 1 + Math.max(-1, ...rows.map((row) => row.key));
  return { key, match: 'CONTAINS', pattern: '', brandId: '' };
}

/** Before the script there is no button that adds a row: some stand ready. */
export function withSpareRows(rows: readonly RuleRow[], count: number): RuleRow[] {
  const all = [...rows];
  while (all.length < rows.length + count) all.push(emptyRow(all));
  return all;
}

/** The rows that say something; what is half filled in is the procedure's to refuse. */
export function rulesOf(rows: readonly RuleRow[]): BrandRuleInput[] {
  return rows.filter(isWritten).map(({ match, pattern, brandId }) => ({ match, pattern, brandId }));
}

/** Whether every row that says something says all of it. */
export function areWhole(rows: readonly RuleRow[]): boolean {
  return rows.filter(isWritten).every(({ pattern, brandId }) => pattern.trim() !== '' && brandId !== '');
}

function isWritten({ pattern, brandId }: RuleRow): boolean {
  return pattern.trim() !== '' || brandId !== '';
}

/** The rules of a form, in its order. */
export function readRules(form: FormData): BrandRuleInput[] {
  return rulesFrom((name) => form.getAll(name).map((value) => (typeof value === 'string' ? value : '')));
}

/** The rules of a form that was refused: of several inputs of a name it keeps a line each. */
export function typedRules(values: Readonly<Record<string, string>>): BrandRuleInput[] {
  return rulesFrom((name) => (values[name] ?? '').split('\n'));
}

function rulesFrom(texts: (name: string) => string[]): BrandRuleInput[] {
  const [matches, brandIds] = [texts(ruleFields.match), texts(ruleFields.brandId)];
  const rows = texts(ruleFields.pattern).map((pattern, at): RuleRow => {
    return { key: at, match: readMatch(matches[at]), pattern, brandId: brandIds[at] ?? '' };
  });
  return rulesOf(rows);
}

export function readMatch(value: string | undefined): NameMatch {
  return value !== undefined && value in matchLabels ? (value as NameMatch) : 'CONTAINS';
}

/** A row at another place. */
export function moved(rows: readonly RuleRow[], from: number, to: number): RuleRow[] {
  const next = [...rows];
  const [row] = next.splice(from, 1);
  if (row) next.splice(to, 0, row);
  return next;
}

type Matched = BrandRulePreview['unmatched'];

/** "12 campaigns: Summer, Winter and 10 more". */
export function matchedWords({ campaignCount, names }: Matched): string {
  if (campaignCount === 0) return 'No campaign';
  const count = campaignCount === 1 ? '1 campaign' : `${campaignCount} campaigns`;
  const more = campaignCount - names.length;
  return `${count}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Which of the preview's lines belongs to which row: rows that say nothing have none. */
export function matchedOf(rows: readonly RuleRow[], preview: BrandRulePreview | null): (Matched | null)[] {
  let at = 0;
  return rows.map((row) => (isWritten(row) ? (preview?.rules[at++] ?? null) : null));
}
