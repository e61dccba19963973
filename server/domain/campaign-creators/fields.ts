/** What forms and lists of a campaign's creators offer; plain values, so that a page carries no schema for them. */

export const creatorRoles = ['PRIMARY', 'SUPPORTING', 'AFFILIATE', 'UGC'] as const;

export const feeTypes = ['FLAT', 'CPM', 'CPC', 'CPA', 'REVENUE_SHARE', 'HYBRID'] as const;

/** In the order of the work; the last two end it. */
export const creatorCampaignStatuses = [
  'PENDING',
  'INVITED',
  'ACCEPTED',
  'IN_PROGRESS',
  'SUBMITTED',
  'APPROVED',
  'COMPLETED',
  'DECLINED',
  'CANCELLED',
] as const;

/** DELIVERED: all of it, by the day; LATE: after the day, or not yet at it; MISSING: still not when the time is over. */
export const deliverableStates = ['DUE', 'DELIVERED', 'LATE', 'MISSING'] as const;
export type DeliverableState = (typeof deliverableStates)[number];

export const MOST_DELIVERABLES = 50;

/** What may be counted beside the fixed part of a HYBRID fee. */
export const variableFeeTypes = ['CPM', 'CPC', 'CPA', 'REVENUE_SHARE'] as const;
export type VariableFeeType = (typeof variableFeeTypes)[number];

/** What each type means, in words. */
export const feeTypeWords = {
  FLAT: 'One sum for the whole, earned piece by piece as deliverables are confirmed.',
  CPM: 'An amount for each thousand views of confirmed posts.',
  CPC: 'An amount for each click in the results.',
  CPA: 'An amount for each conversion in the results.',
  REVENUE_SHARE: 'A percent of the value of the results.',
  HYBRID: 'A fixed sum as deliverables are confirmed, and a counted part beside it.',
} as const satisfies Record<(typeof feeTypes)[number], string>;

export type FeeTypeName = (typeof feeTypes)[number];

/** The fields of a fee beside its type and currency, as inputs name them. */
export const feeFields = ['fee', 'feePercent', 'variableFeeType', 'variableFee', 'feeCap'] as const;
export type FeeField = (typeof feeFields)[number];

/** The fields that a type of fee needs; FLAT needs none, since its amount may be open still. */
export function needsOf(feeType: FeeTypeName, variableType: VariableFeeType | null): FeeField[] {
  switch (feeType) {
    case 'FLAT':
      return [];
    case 'REVENUE_SHARE':
      return ['feePercent'];
    case 'HYBRID':
      return [
        ...(['fee', 'variableFeeType'] as const),
        ...(variableType === null
          ? []
          : ([variableType === 'REVENUE_SHARE' ? 'feePercent' : 'variableFee'] as const)),
      ];
    default:
      return ['fee'];
  }
}

/** The fields that a type of fee has; others mean nothing beside it. */
export function feeFieldsOf(feeType: FeeTypeName, variableType: VariableFeeType | null): FeeField[] {
  return feeType === 'FLAT' ? ['fee'] : [...needsOf(feeType, variableType), 'feeCap'];
}

/** Three figures of a fee: see feeFigures. */
export const feeFigureNames = ['committed', 'earned', 'expected'] as const;
export type FeeFigureName = (typeof feeFigureNames)[number];

/** What happens with a draft. */
export const reviewKinds = ['SUBMITTED', 'CHANGES_REQUESTED', 'APPROVED'] as const;

/** What a creator answers to a brief; a question decides nothing. */
export const briefAnswers = ['ACCEPTED', 'DECLINED', 'QUESTION'] as const;
export type ReviewKind = (typeof reviewKinds)[number];
