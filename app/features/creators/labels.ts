import type { Creator, CreatorAccount } from '../../../server/domain/creators/schema.ts';
import type { Tone } from '../../ui/badge.tsx';

export const creatorStatusLabels = {
  PROSPECT: 'Prospect',
  OUTREACH: 'Outreach',
  NEGOTIATION: 'Negotiation',
  SIGNED: 'Signed',
  INACTIVE: 'Inactive',
} as const satisfies Record<Creator['status'], string>;

export const creatorStatusTones = {
  PROSPECT: 'neutral',
  OUTREACH: 'info',
  NEGOTIATION: 'accent',
  SIGNED: 'success',
  INACTIVE: 'neutral',
} as const satisfies Record<Creator['status'], Tone>;

type ContractState = NonNullable<Creator['contractState']>;

export const contractStateLabels = {
  NONE: 'No contract',
  DRAFT: 'Not signed yet',
  ACTIVE: 'Running',
  ENDING: 'Ends within 30 days',
  ENDED: 'Ended',
} as const satisfies Record<ContractState, string>;

export const contractStateTones = {
  NONE: 'neutral',
  DRAFT: 'info',
  ACTIVE: 'success',
  ENDING: 'warning',
  ENDED: 'neutral',
} as const satisfies Record<ContractState, Tone>;

type ConnectionState = CreatorAccount['connectionState'];

export const connectionStateLabels = {
  NEVER: 'Not connected',
  CONNECTING: 'Connecting',
  CONNECTED: 'Connected, no figures yet',
  SYNCED: 'Connected',
  EXPIRING: 'Access ends soon',
  EXPIRED: 'Access has ended',
  REVOKED: 'Access withdrawn',
} as const satisfies Record<ConnectionState, string>;

/** What an engagement rate divides by, as it stands beside the rate. */
export const engagementBasisLabels = {
  FOLLOWERS: 'of followers',
  REACH: 'of reach',
  VIEWS: 'of views',
  UNSTATED: 'of what is not said',
} as const satisfies Record<NonNullable<CreatorAccount['engagementBasis']>, string>;

/** The definition in a sentence. */
export const engagementBasisWords = {
  FOLLOWERS: 'Mean likes and comments of the newest posts, divided by followers',
  REACH: 'Engagements divided by the people reached, as it was stated',
  VIEWS: 'Engagements divided by views, as it was stated',
  UNSTATED: 'A rate that was stated without saying what it divides by',
} as const satisfies Record<NonNullable<CreatorAccount['engagementBasis']>, string>;

/** Where an account's figures come from. */
export const figureSourceLabels = {
  PHYLLO: 'Phyllo',
  MANUAL: 'By hand',
  FILE: 'A file',
} as const satisfies Record<CreatorAccount['source'], string>;
