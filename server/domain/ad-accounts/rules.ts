import type { SealContext } from '../../kernel/crypto.ts';

/** What a connection's access token is bound to: moved to another row it does not open. */
export function accessTokenContext(organizationId: string, connectionId: string): SealContext {
  return { organizationId, table: 'oauth_connections', rowId: connectionId, column: 'access_token' };
}

export function refreshTokenContext(organizationId: string, connectionId: string): SealContext {
  return { organizationId, table: 'oauth_connections', rowId: connectionId, column: 'refresh_token' };
}

/** The scopes without which nothing can be read and that were not given. */
export function missingScopes(required: readonly string[], granted: readonly string[]): string[] {
  return required.filter((scope) => !granted.includes(scope));
}
