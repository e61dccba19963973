import type { SealContext } from '../../kernel/crypto.ts';

/** What a connection's access token is bound to: moved to another row it does not open. */
export function accessTokenContext(organizationId: string, connectionId: string): SealContext {
  return { organizationId, table: 'oauth_connections', rowId: connectionId, column: 'access_token' };
}

export function refreshTokenContext(organizationId: string, connectionId: string): SealContext {
  return { organizationId, table: 'oauth_connections', rowId: connectionId, column: 'refresh_token' };
}

/** What was typed as the part of an account's id that it may be: without act_ before and dashes within; or null. */
export function idPart(typed: string): string | null {
  const bare = typed.trim().replace(/^act_/i, '').replaceAll('-', '').toLowerCase();
  return /^[\da-z]{4,}$/.test(bare) && /\d/.test(bare) ? bare : null;
}

/** The scopes of `asked` that were not given. */
export function missingScopes(asked: readonly string[], granted: readonly string[]): string[] {
  return asked.filter((scope) => !granted.includes(scope));
}

/**
 * The scopes that an authorization address asks for. They are separated by spaces (RFC 6749, section 3.3), or by commas
 * as Meta's dialog takes them; none where the platform's own application settings say what is asked.
 */
export function scopesIn(authorizationUrl: string): string[] {
  const scope = new URL(authorizationUrl).searchParams.get('scope') ?? '';
  return [...new Set(scope.split(/[\s,]+/).filter(Boolean))];
}

/** What the figures of an account stand on: another currency or zone makes other money and other days of them. */
interface Basis {
  currency: string;
  timeZone: string;
}

interface ListedBasis {
  currency: string | null;
  timeZone: string | null;
}

/**
 * Why an account's new figures must not be put beside those that are here: its platform now names another currency or
 * time zone. null where it names the same, or none.
 */
export function basisChange(account: Basis, listed: ListedBasis): string | null {
  const changes = [
    changed('currency', account.currency, listed.currency),
    changed('time zone', account.timeZone, listed.timeZone),
  ].filter((change) => change !== null);
  if (changes.length === 0) return null;
  return `The platform changed this account’s ${changes.join(' and its ')}. Its figures are not fetched any more, since old and new ones must not mix; those that are here stay.`;
}

function changed(noun: string, from: string, to: string | null): string | null {
  return to === null || to === from ? null : `${noun} from ${from} to ${to}`;
}
