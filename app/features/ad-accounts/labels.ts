import type { AdAccount, Connection } from '../../../server/domain/ad-accounts/schema.ts';
import type { Tone } from '../../ui/badge.tsx';

/** The platforms as people call them. */
export const platformLabels = {
  META: 'Meta',
  GOOGLE: 'Google Ads',
  TIKTOK: 'TikTok',
  SNAPCHAT: 'Snapchat',
  LINKEDIN: 'LinkedIn',
  TWITTER: 'X',
  PINTEREST: 'Pinterest',
  AMAZON: 'Amazon Ads',
  DV360: 'DV360',
} as const satisfies Record<AdAccount['platform'], string>;

/** Some answers give the platform as plain text. */
export function platformLabel(platform: string): string {
  return (platformLabels as Readonly<Record<string, string>>)[platform] ?? platform;
}

export interface AccountState {
  label: string;
  tone: Tone;
}

type Stateful = Pick<AdAccount, 'syncStatus' | 'connectionState' | 'connectionId' | 'source'>;

/** How an account stands, in a word or two. What ended its access matters more than its last sync. */
export function accountState({ syncStatus, connectionState, connectionId, source }: Stateful): AccountState {
  // Nothing is to be connected where the figures come in by files.
  if (source === 'FILE') return { label: 'By files', tone: 'neutral' };
  if (syncStatus === 'PAUSED') return { label: 'Paused', tone: 'neutral' };
  if (connectionId === null || (connectionState !== null && connectionState !== 'CONNECTED'))
    return { label: 'Not connected', tone: 'danger' };
  return {
    PENDING: { label: 'Waiting to sync', tone: 'info' },
    SYNCING: { label: 'Syncing', tone: 'accent' },
    SUCCESS: { label: 'Up to date', tone: 'success' },
    ERROR: { label: 'Last sync failed', tone: 'danger' },
  }[syncStatus] as AccountState;
}

export const connectionLabels = {
  CONNECTED: 'Connected',
  EXPIRED: 'Expired',
  REVOKED: 'Ended',
} as const satisfies Record<Connection['state'], string>;

export const connectionTones = {
  CONNECTED: 'success',
  EXPIRED: 'danger',
  REVOKED: 'neutral',
} as const satisfies Record<Connection['state'], Tone>;

/** A platform's own word ("CAMPAIGN_PAUSED") as a reader sees it; the word itself stays in the title. */
export function nativeWord(word: string | null): string {
  if (!word) return 'Unknown';
  // TikTok says of each that it is a status: "CAMPAIGN_STATUS_ENABLE".
  const words = word
    .replace(/^([A-Z]+_)?STATUS_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const goodWords = /^(ACTIVE|ENABLED)$|(^|_)ENABLE$/;
const calmWords = /PAUSED|ARCHIVED|DELETED?$|CLOSED|REMOVED|(^|_)ENDED$|CANCELED|CAMPAIGN_STATUS_DISABLE/;

/** Delivering is ACTIVE at Meta, ENABLED at Google, ENABLE at TikTok; what somebody stopped on purpose is no warning. */
export function nativeTone(word: string | null): Tone {
  if (word !== null && goodWords.test(word)) return 'success';
  return word === null || calmWords.test(word) ? 'neutral' : 'warning';
}
