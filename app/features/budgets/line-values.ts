import type { BudgetLine, UpdateBudgetInput } from '../../../server/domain/budgets/schema.ts';

/** The inputs of a line, in the editor and in what it sends. */
export const lineFields = [
  'kind',
  'platform',
  'adAccountId',
  'campaignCreatorId',
  'month',
  'amount',
  'note',
] as const;
export type LineField = (typeof lineFields)[number];
export type LineValues = Readonly<Record<LineField, string>>;

export const emptyLine: LineValues = {
  kind: 'MEDIA',
  platform: '',
  adAccountId: '',
  campaignCreatorId: '',
  month: '',
  amount: '',
  note: '',
};

/** Stored lines as the editor shows them. */
export function lineValues(lines: readonly BudgetLine[]): LineValues[] {
  return lines.map((line) => ({
    kind: line.kind,
    platform: line.platform ?? '',
    adAccountId: line.adAccountId ?? '',
    campaignCreatorId: line.campaignCreatorId ?? '',
    month: line.month ?? '',
    amount: line.amount,
    note: line.note ?? '',
  }));
}

/** The lines that a form sent, a set of inputs each; a line without an amount and a note is none. */
export function readLines(form: Pick<FormData, 'getAll'>): LineValues[] {
  const columns = lineFields.map((name) => form.getAll(`lines.${name}`).map(String));
  const count = Math.max(...columns.map(({ length }) => length));
  return Array.from({ length: count }, (_, at) => {
    const entries = lineFields.map((name, column) => [name, columns[column]?.[at]?.trim() ?? '']);
    return Object.fromEntries(entries) as LineValues;
  }).filter(({ amount, note }) => amount !== '' || note !== '');
}

/**
 * A line as the procedure takes it: what does not fit its kind is left out, as the editor does not show it there without
 * a script either. A comma between thousands is no part of an amount.
 */
export function toLineInputs(lines: readonly LineValues[]): UpdateBudgetInput['lines'] {
  return lines.map((line) => {
    const onPlatform = line.kind === 'MEDIA' || line.kind === 'BOOST';
    const ofCreator = line.kind === 'CREATOR' || line.kind === 'BOOST';
    return {
      kind: line.kind,
      platform: (onPlatform && !line.adAccountId && line.platform) || null,
      adAccountId: (onPlatform && line.adAccountId) || null,
      campaignCreatorId: (ofCreator && line.campaignCreatorId) || null,
      month: line.month || null,
      amount: line.amount.replaceAll(',', ''),
      note: line.note || null,
    };
  }) as UpdateBudgetInput['lines'];
}
