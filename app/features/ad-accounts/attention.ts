import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import { formatDate, formatRelative } from '../../lib/format.ts';

/** From here on somebody should renew a permission that ends. */
export const EXPIRY_WARNING_DAYS = 14;

const DAY_MS = 86_400_000;

type Grant = Pick<AdAccount, 'connectionId' | 'connectionState' | 'grantExpiresAt' | 'source'>;
type Watched = Grant & Pick<AdAccount, 'syncStatus' | 'syncError' | 'isLate' | 'vanishedAt'>;

export interface Until {
  tone: 'quiet' | 'warning' | 'danger';
  words: string;
}

/** Whether the access to an account has ended. A connection that is not the reader's to see tells nothing. */
export function hasEnded(
  { connectionId, connectionState, grantExpiresAt, source }: Grant,
  now: string,
): boolean {
  if (source === 'FILE') return false;
  if (connectionId === null) return true;
  if (connectionState === null) return false;
  return connectionState !== 'CONNECTED' || (grantExpiresAt !== null && grantExpiresAt <= now);
}

/** Until when an account may be read. */
export function grantUntil(account: Grant, now: string): Until {
  const { source, connectionState, connectionId, grantExpiresAt } = account;
  if (source === 'FILE') return { tone: 'quiet', words: 'By files' };
  if (connectionId === null) return { tone: 'danger', words: 'No access' };
  if (connectionState === 'REVOKED') return { tone: 'danger', words: 'Access ended' };
  if (grantExpiresAt !== null && (connectionState === 'EXPIRED' || grantExpiresAt <= now))
    return { tone: 'danger', words: `Expired ${formatRelative(grantExpiresAt, now)}` };
  if (connectionState === 'EXPIRED') return { tone: 'danger', words: 'Expired' };
  if (grantExpiresAt === null) return { tone: 'quiet', words: 'No end date' };
  return endsSoon(account, now)
    ? { tone: 'warning', words: `Ends ${formatRelative(grantExpiresAt, now)}` }
    : { tone: 'quiet', words: `Until ${formatDate(grantExpiresAt.slice(0, 10))}` };
}

function endsSoon({ grantExpiresAt }: Grant, now: string): boolean {
  if (grantExpiresAt === null) return false;
  return Date.parse(grantExpiresAt) - Date.parse(now) <= EXPIRY_WARNING_DAYS * DAY_MS;
}

/** Whether somebody should look at an account: what comes in is broken, late, or about to end. */
export function needsAttention(account: Watched, now: string): boolean {
  if (account.vanishedAt !== null || hasEnded(account, now) || endsSoon(account, now)) return true;
  if (account.syncStatus === 'PAUSED') return false;
  return account.syncStatus === 'ERROR' || account.isLate;
}
