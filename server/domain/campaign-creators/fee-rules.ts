import type { FeeTerms } from './fees.ts';
import { feeFieldsOf, type FeeField, needsOf } from './fields.ts';

/** What of the terms an input or a row speaks of. */
export type FeeValues = Pick<
  FeeTerms,
  'feeType' | 'amount' | 'percent' | 'variableType' | 'variableAmount' | 'cap'
>;

export interface FeeProblem {
  path: FeeField;
  message: string;
}

const columns = {
  fee: 'amount',
  feePercent: 'percent',
  variableFeeType: 'variableType',
  variableFee: 'variableAmount',
  feeCap: 'cap',
} as const satisfies Record<FeeField, keyof FeeValues>;

const needed = {
  fee: {
    FLAT: 'A flat fee is an amount for the whole.',
    CPM: 'A CPM fee is an amount per thousand views.',
    CPC: 'A CPC fee is an amount per click.',
    CPA: 'A CPA fee is an amount per conversion.',
    REVENUE_SHARE: 'A share of revenue is a percent, not an amount.',
    HYBRID: 'A hybrid fee has a fixed amount beside what is counted.',
  },
  feePercent: 'A share of revenue is a percent of the value of the results.',
  variableFeeType: 'Say what is counted beside the fixed amount: views, clicks, conversions or revenue.',
  variableFee: 'Say the amount per thousand views, per click or per conversion.',
} as const;

const unused = {
  fee: 'A share of revenue is a percent, not an amount.',
  feePercent: 'Only a share of revenue has a percent.',
  variableFeeType: 'Only a hybrid fee counts something beside its amount.',
  variableFee: 'Only a hybrid fee by views, clicks or conversions has an amount beside its fixed one.',
  feeCap: 'A flat fee has no cap: it is its own.',
} as const satisfies Record<FeeField, string>;

/**
 * What is wrong with terms: a field that the type needs and nobody said, and one that was sent and that the type has no
 * use for. A FLAT fee may be left open: it is not agreed yet.
 */
export function feeProblems(terms: FeeValues, sent: ReadonlySet<FeeField>): FeeProblem[] {
  const used = feeFieldsOf(terms.feeType, terms.variableType);
  const missing = needsOf(terms.feeType, terms.variableType).filter((path) => terms[columns[path]] === null);
  const idle = [...sent].filter((path) => !used.includes(path) && terms[columns[path]] !== null);
  return [
    ...missing.map((path) => ({ path, message: neededWords(path, terms) })),
    ...idle.map((path) => ({ path, message: unused[path] })),
  ];
}

function neededWords(path: FeeField, { feeType }: FeeValues): string {
  if (path === 'fee') return needed.fee[feeType];
  return path === 'feeCap' ? unused.feeCap : needed[path];
}

/** The terms without what their type has no use for. */
export function trimmed(terms: FeeValues): FeeValues {
  const used = feeFieldsOf(terms.feeType, terms.variableType);
  const kept = <K extends FeeField>(path: K) => (used.includes(path) ? terms[columns[path]] : null);
  return {
    feeType: terms.feeType,
    amount: kept('fee'),
    percent: kept('feePercent'),
    variableType: used.includes('variableFeeType') ? terms.variableType : null,
    variableAmount: kept('variableFee'),
    cap: kept('feeCap'),
  };
}
