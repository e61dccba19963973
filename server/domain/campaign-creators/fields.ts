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
