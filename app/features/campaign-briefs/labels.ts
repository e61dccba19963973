import type { BriefAnswer, CampaignBrief } from '../../../server/domain/campaign-briefs/schema.ts';
import type { Tone } from '../../ui/badge.tsx';

export const briefStateLabels = {
  OPEN: 'Waits for an answer',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  EXPIRED: 'Expired without an answer',
  WITHDRAWN: 'Withdrawn',
} as const satisfies Record<CampaignBrief['state'], string>;

export const briefStateTones = {
  OPEN: 'info',
  ACCEPTED: 'success',
  DECLINED: 'neutral',
  EXPIRED: 'warning',
  WITHDRAWN: 'neutral',
} as const satisfies Record<CampaignBrief['state'], Tone>;

export const answerLabels = {
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  QUESTION: 'Asked',
} as const satisfies Record<BriefAnswer['answer'], string>;
