import type { Explanation, Formula } from '../explanations/schema.ts';
import { notesOf } from './fee-basis.ts';
import type { FeeInputs } from './fee-inputs.ts';
import { countedTerms, type FeeTerms } from './fees.ts';
import { type FeeFigureName, feeTypeWords, type VariableFeeType } from './fields.ts';

interface Explained {
  figure: FeeFigureName;
  formula: Formula;
  inputs: FeeInputs;
  /** Whose work on what. */
  subtitle: string;
}

const titles = {
  committed: 'Creator fee, committed',
  earned: 'Creator fee, earned',
  expected: 'Creator fee, expected',
} as const satisfies Record<FeeFigureName, string>;

/** How a fee's figure comes about. */
export function explainFee({ figure, formula, inputs, subtitle }: Explained): Explanation {
  const { terms, done, sources } = inputs;
  return {
    title: titles[figure],
    subtitle,
    words: wordsOf(figure, terms),
    formula,
    sources,
    restatements: [],
    restatementCount: 0,
    notes: feeNotes({ terms, done }),
  };
}

/** What a reader should know beside a fee's figures. */
export function feeNotes({ terms, done }: Pick<FeeInputs, 'terms' | 'done'>): string[] {
  const notes = notesOf(done, terms.currency);
  const by = countedTerms(terms)?.by;
  const hasNoFee = terms.amount === null && terms.percent === null && terms.variableAmount === null;
  return [
    ...(hasNoFee ? ['No fee is agreed yet.'] : []),
    ...(by === 'CPM' ? notes.views : []),
    ...(by === 'REVENUE_SHARE' ? notes.values : []),
    ...(by !== undefined && by !== 'CPM' && done.results.length === 0
      ? ['No results are entered for this work yet: what they bring is unknown.']
      : []),
  ];
}

const counted = {
  CPM: 'fee × views of confirmed posts ÷ 1,000',
  CPC: 'fee × clicks in the results',
  CPA: 'fee × conversions in the results',
  REVENUE_SHARE: 'share × value of the results',
} as const satisfies Record<VariableFeeType, string>;

function wordsOf(figure: FeeFigureName, terms: FeeTerms): string {
  const fixed = figure === 'earned' ? 'fee × confirmed ÷ owed pieces' : 'agreed fee';
  const by = countedTerms(terms)?.by;
  const parts = [
    ...(terms.feeType === 'FLAT' || terms.feeType === 'HYBRID' ? [fixed] : []),
    ...(by ? [counted[by]] : []),
  ];
  const whole = parts.join(' + ') || feeTypeWords[terms.feeType];
  return terms.cap === null ? whole : `the lesser of ${whole}, and the cap`;
}
