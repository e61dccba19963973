import type { CreatorConnectionState, SocialPlatform } from '../../../db/types.ts';
import type { NetworkAccount } from '../../integrations/creator-network.ts';

const DAY_MS = 86_400_000;

/**
 * How long a network lets an app read after the creator allowed it, in days; what is not here is unknown. Meta ends the
 * access to data 90 days after a person last allowed it (Facebook Login, "Authorization vs. data access"); TikTok's
 * refresh tokens live 365 days (Login Kit, "Manage user access tokens").
 */
const LIFETIMES: Partial<Record<SocialPlatform, number>> = { INSTAGRAM: 90, FACEBOOK: 90, TIKTOK: 365 };

/** So long before its end an access is said to end. */
const WARNING_MS = 7 * DAY_MS;

/** When an access is expected to end; null where nobody knows. */
export function expiryOf(platform: SocialPlatform, connectedAt: Date): Date | null {
  const days = LIFETIMES[platform];
  return days === undefined ? null : new Date(connectedAt.getTime() + days * DAY_MS);
}

interface Standing {
  state: CreatorConnectionState;
  expiresAt: Date | null;
  now: Date;
}

const LIVE: ReadonlySet<CreatorConnectionState> = new Set(['CONNECTED', 'SYNCED', 'EXPIRING']);

export function isLive(state: CreatorConnectionState): boolean {
  return LIVE.has(state);
}

/**
 * What a connection becomes once the service told how its account stands. What was not live and is connected is
 * CONNECTED until its figures are in. An expected end that passed is no end: the service says when it is one.
 */
export function stateAfter({ state, expiresAt, now }: Standing, told: NetworkAccount['state']) {
  if (told === 'EXPIRED') return 'EXPIRED' as const;
  if (told === 'DISCONNECTED') return 'REVOKED' as const;
  if (told === 'UNKNOWN') return state;
  if (!isLive(state)) return 'CONNECTED' as const;
  return stateByTime({ state, expiresAt, now });
}

/** What a live connection becomes by time alone. A connection that was never synced keeps saying so. */
export function stateByTime({ state, expiresAt, now }: Standing): CreatorConnectionState {
  const isNear = expiresAt !== null && expiresAt.getTime() - now.getTime() < WARNING_MS;
  if (state === 'SYNCED' && isNear) return 'EXPIRING';
  if (state === 'EXPIRING' && !isNear) return 'SYNCED';
  return state;
}

/** Whether somebody is to be told: the figures stop without anybody of the agency having wished it. */
export function isLoss(before: CreatorConnectionState, after: CreatorConnectionState): boolean {
  return isLive(before) && (after === 'EXPIRED' || after === 'REVOKED');
}
