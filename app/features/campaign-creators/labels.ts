import type { CampaignCreator } from '../../../server/domain/campaign-creators/schema.ts';

export const feeTypeLabels = {
  FLAT: 'Flat fee',
  CPM: 'Per 1,000 views',
  CPC: 'Per click',
  CPA: 'Per conversion',
  REVENUE_SHARE: 'Share of revenue',
  HYBRID: 'Fixed and counted',
} as const satisfies Record<NonNullable<CampaignCreator['feeType']>, string>;

export const variableFeeLabels = {
  CPM: feeTypeLabels.CPM,
  CPC: feeTypeLabels.CPC,
  CPA: feeTypeLabels.CPA,
  REVENUE_SHARE: feeTypeLabels.REVENUE_SHARE,
} as const satisfies Record<NonNullable<CampaignCreator['variableFeeType']>, string>;

/** The button that moves the work to a status. */
export const stepLabels = {
  PENDING: 'Plan again',
  INVITED: 'Mark as invited',
  ACCEPTED: 'Accepted',
  IN_PROGRESS: 'Start work',
  SUBMITTED: 'Submitted',
  APPROVED: 'Approve',
  COMPLETED: 'Complete',
  DECLINED: 'Declined',
  CANCELLED: 'Cancel',
} as const satisfies Record<CampaignCreator['status'], string>;

/** What is said of work that ended: nothing leads further by itself. */
export const endingStatuses: readonly CampaignCreator['status'][] = ['DECLINED', 'CANCELLED'];

export function optionsOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}
