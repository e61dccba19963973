import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { SealError } from '../../kernel/crypto.ts';
import type { SyncServices } from '../sync/services.ts';
import { accessTokenContext } from './rules.ts';

interface Revocation {
  organizationId: string;
  connectionId: string;
  /** The last try: the tokens are destroyed whatever the platform says. */
  isLast: boolean;
}

/**
 * Ends a disconnected grant at its platform and destroys its tokens. One that was connected again meanwhile is left
 * alone. Errors: PlatformError of kind `retry` where it should be tried again; the tokens stay until then.
 */
export async function revokeConnection(services: SyncServices, request: Revocation): Promise<void> {
  const { organizationId, connectionId } = request;
  const principal = jobPrincipal(organizationId);
  const row = await withTenant(services.jobsDb, principal, 'read', (tx) =>
    tx
      .selectFrom('oauth_connections')
      .select(['platform', 'access_token', 'native_user_id', 'token_version'])
      .where('id', '=', connectionId)
      .where('state', '=', 'REVOKED')
      .where('access_token', 'is not', null)
      .executeTakeFirst(),
  );
  if (!row?.access_token) return;
  await revokeAtPlatform(services, request, {
    platform: row.platform,
    sealed: row.access_token,
    nativeUserId: row.native_user_id,
  });
  await withTenant(services.jobsDb, principal, 'write', (tx) =>
    tx
      .updateTable('oauth_connections')
      .set({ access_token: null, refresh_token: null })
      .where('id', '=', connectionId)
      .where('state', '=', 'REVOKED')
      .where('token_version', '=', row.token_version)
      .execute(),
  );
  services.log.info({ organizationId, connectionId }, 'connection ended and its tokens destroyed');
}

async function revokeAtPlatform(
  services: SyncServices,
  { organizationId, connectionId, isLast }: Revocation,
  grant: { platform: Parameters<SyncServices['platforms']['find']>[0]; sealed: Buffer; nativeUserId: string },
): Promise<void> {
  const platform = services.platforms.find(grant.platform);
  if (!platform) return;
  try {
    const accessToken = services.vault.open(grant.sealed, accessTokenContext(organizationId, connectionId));
    await platform.revoke({ accessToken, refreshToken: null, nativeUserId: grant.nativeUserId });
  } catch (error) {
    if (!(error instanceof PlatformError) && !(error instanceof SealError)) throw error;
    const isWorthRepeating = error instanceof PlatformError && error.kind === 'retry' && !isLast;
    if (isWorthRepeating) throw error;
    services.log.warn(
      { organizationId, connectionId, err: error },
      'a grant could not be ended at its platform; its tokens are destroyed here',
    );
  }
}
