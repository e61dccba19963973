import type { CampaignCreator, Deliverable } from '../../../../server/domain/campaign-creators/schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import { formatCount, formatDate } from '../../../lib/format.ts';
import type { Tone } from '../../../ui/badge.tsx';

export const roleLabels = {
  PRIMARY: 'Primary',
  SUPPORTING: 'Supporting',
  AFFILIATE: 'Affiliate',
  UGC: 'User content',
} as const satisfies Record<CampaignCreator['role'], string>;

export const assignmentLabels = {
  PENDING: 'Planned',
  INVITED: 'Invited',
  ACCEPTED: 'Accepted',
  IN_PROGRESS: 'In progress',
  SUBMITTED: 'Submitted',
  APPROVED: 'Approved',
  COMPLETED: 'Completed',
  DECLINED: 'Declined',
  CANCELLED: 'Cancelled',
} as const satisfies Record<CampaignCreator['status'], string>;

export const assignmentTones = {
  PENDING: 'neutral',
  INVITED: 'info',
  ACCEPTED: 'accent',
  IN_PROGRESS: 'accent',
  SUBMITTED: 'warning',
  APPROVED: 'success',
  COMPLETED: 'success',
  DECLINED: 'neutral',
  CANCELLED: 'neutral',
} as const satisfies Record<CampaignCreator['status'], Tone>;

export const deliverableTones = {
  DUE: 'neutral',
  DELIVERED: 'success',
  LATE: 'warning',
  MISSING: 'danger',
} as const satisfies Record<Deliverable['state'], Tone>;

const states = {
  DUE: 'due',
  DELIVERED: 'delivered',
  LATE: 'late',
  MISSING: 'missing',
} as const satisfies Record<Deliverable['state'], string>;

const types = {
  POST: 'post',
  STORY: 'story',
  REEL: 'reel',
  VIDEO: 'video',
  SHORT: 'short',
  CAROUSEL: 'carousel',
  LIVE: 'live',
  TWEET: 'tweet',
  THREAD: 'thread',
} as const satisfies Record<Deliverable['type'], string>;

/** "Instagram reel, 1 of 2 delivered; late, due 3 Nov 2026". */
export function deliverableWords({ platform, type, count, delivered, dueOn, state }: Deliverable): string {
  const what = `${platformLabels[platform]} ${types[type]}, ${formatCount(delivered)} of ${formatCount(count)} delivered`;
  const due = dueOn ? `, due ${formatDate(dueOn)}` : '';
  return state === 'DELIVERED'
    ? what
    : `${what}; ${states[state]}${state === 'DUE' && dueOn ? ` ${formatDate(dueOn)}` : due}`;
}
