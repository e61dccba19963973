import type { CreatorCampaignStatus, FeeType } from '../../../db/types.ts';
import { leaf, node } from '../explanations/rules.ts';
import type { Formula } from '../explanations/schema.ts';
import { minorDigits } from '../records/currencies.ts';
import type { FeeBasis } from './fee-basis.ts';
import { TERMS } from './fee-basis.ts';
import type { VariableFeeType } from './fields.ts';

/** What was agreed to be paid; decimal strings, null where it was not said. */
export interface FeeTerms {
  feeType: FeeType;
  /** Of FLAT and HYBRID the fixed sum, of CPM for a thousand views, of CPC for a click, of CPA for a conversion. */
  amount: string | null;
  /** Of every amount here; what is earned is in it. */
  currency: string | null;
  /** Of REVENUE_SHARE, and of HYBRID with a share: 12.5 is 12.5 %. */
  percent: string | null;
  variableType: VariableFeeType | null;
  variableAmount: string | null;
  cap: string | null;
}

/** Three figures of a fee, each with how it comes about; a value of null is unknown. */
export interface FeeFigures {
  /** What stands to be paid: the fixed part whole, and what the counted part has come to. */
  committed: Formula;
  /** What was earned by what was delivered. */
  earned: Formula;
  /** What it comes to at full delivery; null where nobody can know. */
  expected: Formula;
}

/**
 * The figures of a fee, rounded to its currency's minor digits.
 *
 * FLAT: earned is fee × confirmed / owed pieces; with nothing owed by the piece the whole once the work is COMPLETED, 0
 * before. CPM: fee × views / 1000. CPC: fee × clicks. CPA: fee × conversions. REVENUE_SHARE: a percent of the value of
 * the results. HYBRID: a fixed and a counted part. A cap bounds the whole. Work that was DECLINED or CANCELLED owes what
 * it earned. Expected of CPM takes the mean views of the confirmed posts for those that are still to come; clicks,
 * conversions and values to come are nobody's to know.
 */
export function feeFigures(terms: FeeTerms, basis: FeeBasis, status: CreatorCampaignStatus): FeeFigures {
  const earned = earnedFee(terms, basis);
  const isOff = status === 'DECLINED' || status === 'CANCELLED';
  if (isOff) return { earned, committed: { ...earned, label: 'Committed' }, expected: renamed(earned) };
  const counted = countedPart(terms, basis);
  const whole = hasFixedPart(terms) ? [fixedWhole(terms)] : [];
  const committed = together(terms, 'Committed', [...whole, ...counted]);
  if (status === 'COMPLETED') return { earned, committed, expected: renamed(committed) };
  return { earned, committed, expected: expectedFee(terms, basis) };
}

/** What was earned by what the basis holds; see feeFigures. */
export function earnedFee(terms: FeeTerms, basis: FeeBasis): Formula {
  const fixed = hasFixedPart(terms) ? [fixedEarned(terms, basis)] : [];
  return together(terms, 'Fee earned', [...fixed, ...countedPart(terms, basis)]);
}

function renamed(formula: Formula): Formula {
  return { ...formula, label: 'Expected' };
}

function hasFixedPart({ feeType }: FeeTerms): boolean {
  return feeType === 'FLAT' || feeType === 'HYBRID';
}

/** What is counted, and at what rate; null where the fee has no counted part. */
export function countedTerms(terms: FeeTerms): { by: VariableFeeType; rate: string | null } | null {
  const { feeType } = terms;
  if (feeType === 'FLAT') return null;
  const by = feeType === 'HYBRID' ? terms.variableType : feeType;
  if (by === null) return null;
  if (by === 'REVENUE_SHARE') return { by, rate: terms.percent };
  return { by, rate: feeType === 'HYBRID' ? terms.variableAmount : terms.amount };
}

function money({ currency }: FeeTerms, label: string) {
  return { label, unit: 'MONEY' as const, currency };
}

const digitsOf = ({ currency }: FeeTerms) => (currency === null ? 2 : minorDigits(currency));

function fixedWhole(terms: FeeTerms): Formula {
  return leaf(money(terms, 'Agreed fee'), terms.amount, [TERMS]);
}

function fixedEarned(terms: FeeTerms, { delivered, owed }: FeeBasis): Formula {
  const reached = node(money(terms, 'Fee × delivered'), 'PRODUCT', { parts: [fixedWhole(terms), delivered] });
  if (owed === null) return { ...reached, label: 'Agreed fee, once completed' };
  return node(money(terms, 'Fixed part'), 'DIVIDE', { parts: [reached, owed], decimals: digitsOf(terms) });
}

const rateLabels = {
  CPM: 'Fee per 1,000 views',
  CPC: 'Fee per click',
  CPA: 'Fee per conversion',
} as const;

function countedPart(terms: FeeTerms, basis: FeeBasis): Formula[] {
  const counted = countedTerms(terms);
  if (!counted) return [];
  const { by, rate } = counted;
  const decimals = digitsOf(terms);
  if (by === 'REVENUE_SHARE') {
    const percent = leaf({ label: 'Agreed share', unit: 'PERCENT' }, rate, [TERMS]);
    const parts = [
      node(money(terms, 'Value × share'), 'PRODUCT', { parts: [basis.value, percent] }),
      ofHundred,
    ];
    return [node(money(terms, 'Share of the value'), 'DIVIDE', { parts, decimals })];
  }
  const price = leaf(money(terms, rateLabels[by]), rate, [TERMS]);
  if (by === 'CPM') return [perThousand(terms, [price, basis.views])];
  const count = by === 'CPC' ? basis.clicks : basis.conversions;
  return [node(money(terms, 'Counted part'), 'PRODUCT', { parts: [price, count], decimals })];
}

const ofHundred = leaf({ label: 'Of a hundred', unit: 'COUNT' }, '100');
const ofThousand = leaf({ label: 'For each thousand', unit: 'COUNT' }, '1000');

function perThousand(terms: FeeTerms, factors: Formula[]): Formula {
  const times = node(money(terms, 'Fee × views'), 'PRODUCT', { parts: factors });
  return node(money(terms, 'Fee by views'), 'DIVIDE', {
    parts: [times, ofThousand],
    decimals: digitsOf(terms),
  });
}

function expectedFee(terms: FeeTerms, basis: FeeBasis): Formula {
  const counted = countedTerms(terms);
  const fixed = hasFixedPart(terms) ? [fixedWhole(terms)] : [];
  if (!counted) return together(terms, 'Expected', fixed);
  const isViews = counted.by === 'CPM';
  const toCome = isViews ? viewsAtFullDelivery(basis) : null;
  if (toCome === null) {
    const note = isViews
      ? 'No post is confirmed yet whose views are known.'
      : 'Clicks, conversions and values to come are not known.';
    return leaf({ ...money(terms, 'Expected'), note }, null);
  }
  const price = leaf(money(terms, rateLabels.CPM), counted.rate, [TERMS]);
  return together(terms, 'Expected', [...fixed, perThousand(terms, [price, toCome])]);
}

/** The views so far, raised to all that is owed at their mean; null where no view is known or nothing is owed by the piece. */
function viewsAtFullDelivery({ owed, delivered, views, viewedPosts }: FeeBasis): Formula | null {
  if (views.value === null || viewedPosts.value === null || viewedPosts.value === '0') return null;
  if (owed === null) return null;
  if (Number(viewedPosts.value) >= Number(owed.value) || delivered.value === owed.value) return views;
  const parts = [
    node({ label: 'Views × owed', unit: 'COUNT' }, 'PRODUCT', { parts: [views, owed] }),
    viewedPosts,
  ];
  const note = 'At the mean views of the confirmed posts.';
  return node({ label: 'Views at full delivery', unit: 'COUNT', note }, 'DIVIDE', { parts, decimals: 0 });
}

/** The parts in sum, and never more than the cap. One part alone needs no sum. */
function together(terms: FeeTerms, label: string, parts: Formula[]): Formula {
  const [only] = parts;
  const named = money(terms, label);
  if (!only) return leaf({ ...named, note: 'What is counted was not agreed.' }, null);
  const isAlone = parts.length === 1;
  const whole = isAlone ? { ...only, label } : node(named, 'SUM', { parts });
  if (terms.cap === null) return whole;
  const cap = leaf(money(terms, 'At most'), terms.cap, [TERMS]);
  return node(named, 'MIN', { parts: [isAlone ? only : whole, cap] });
}
