import type { CreatorPlatform } from '../../../../server/domain/creator-platforms/schema.ts';
import { formatDateIn } from '../../../lib/format.ts';
import type { Tone } from '../../../ui/badge.tsx';

type State = CreatorPlatform['connectionState'];

export const connectionTones = {
  NEVER: 'neutral',
  CONNECTING: 'info',
  CONNECTED: 'info',
  SYNCED: 'success',
  EXPIRING: 'warning',
  EXPIRED: 'danger',
  REVOKED: 'danger',
} as const satisfies Record<State, Tone>;

/** States in which connecting (again) helps. */
export function needsConnecting({ connectionState }: Pick<CreatorPlatform, 'connectionState'>): boolean {
  return ['NEVER', 'EXPIRING', 'EXPIRED', 'REVOKED'].includes(connectionState);
}

/** How an account's connection stands and what to do about it, in sentences. */
export function connectionWords(
  { connectionState, connectedAt, expiresAt }: CreatorPlatform,
  timeZone: string,
): string {
  const since = connectedAt ? ` since ${formatDateIn(connectedAt, timeZone)}` : '';
  switch (connectionState) {
    case 'NEVER':
      return 'Its figures are written by hand. Connect it, and they come by themselves.';
    case 'CONNECTING':
      return 'The creator was asked to allow access; nothing is confirmed yet.';
    case 'CONNECTED':
      return 'Connected. The first figures are on their way: nothing is to be done.';
    case 'SYNCED':
      return `Connected${since}. The figures refresh themselves every day.`;
    case 'EXPIRING':
      return `The network is expected to end the access on ${formatDateIn(expiresAt, timeZone)}. Ask the creator to connect once more before then.`;
    case 'EXPIRED':
      return 'The network ended the access. Its figures stay as they were; the creator has to sign in there once more.';
    case 'REVOKED':
      return 'The access was withdrawn. Its figures stay as they were; the creator may allow it again.';
  }
}
