import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import type { Tone } from '../../ui/badge.tsx';

export const campaignStatusLabels = {
  DRAFT: 'Draft',
  PENDING_APPROVAL: 'Awaiting approval',
  APPROVED: 'Approved',
  ACTIVE: 'Active',
  PAUSED: 'Paused',
  COMPLETED: 'Completed',
  CANCELLED: 'Cancelled',
} as const satisfies Record<Campaign['status'], string>;

export const campaignStatusTones = {
  DRAFT: 'neutral',
  PENDING_APPROVAL: 'warning',
  APPROVED: 'info',
  ACTIVE: 'success',
  PAUSED: 'warning',
  COMPLETED: 'accent',
  CANCELLED: 'neutral',
} as const satisfies Record<Campaign['status'], Tone>;

export const objectiveLabels = {
  AWARENESS: 'Awareness',
  REACH: 'Reach',
  TRAFFIC: 'Traffic',
  ENGAGEMENT: 'Engagement',
  APP_INSTALLS: 'App installs',
  VIDEO_VIEWS: 'Video views',
  LEAD_GENERATION: 'Lead generation',
  CONVERSIONS: 'Conversions',
  CATALOG_SALES: 'Catalog sales',
  STORE_TRAFFIC: 'Store traffic',
} as const satisfies Record<NonNullable<Campaign['objective']>, string>;
