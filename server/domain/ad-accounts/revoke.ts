import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { AdPlatformId, HeldGrant } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { SealError } from '../../kernel/crypto.ts';
import type { SyncServices } from '../sync/services.ts';
import { loadTokenOpener } from '../token-vault/tokens.ts';
import { accessTokenContext, refreshTokenContext } from './rules.ts';

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
  const sealed = await withTenant(services.jobsDb, principal, 'read', (tx) =>
    readSealed(tx, services, request),
  );
  if (!sealed) return;
  await revokeAtPlatform(services, request, sealed);
  await withTenant(services.jobsDb, principal, 'write', (tx) =>
    tx
      .updateTable('oauth_connections')
      .set({ access_token: null, refresh_token: null, refresh_lease_token: null, refresh_lease_until: null })
      .where('id', '=', connectionId)
      .where('state', '=', 'REVOKED')
      .where('token_version', '=', sealed.tokenVersion)
      .execute(),
  );
  services.log.info({ organizationId, connectionId }, 'connection ended and its tokens destroyed');
}

interface SealedGrant {
  platform: AdPlatformId;
  nativeUserId: string;
  tokenVersion: number;
  /** Errors: SealError. */
  open(): HeldGrant;
}

async function readSealed(
  tx: TenantTx,
  { vault }: SyncServices,
  { organizationId, connectionId }: Revocation,
): Promise<SealedGrant | null> {
  const row = await tx
    .selectFrom('oauth_connections')
    .select(['platform', 'access_token', 'refresh_token', 'native_user_id', 'token_version'])
    .where('id', '=', connectionId)
    .where('state', '=', 'REVOKED')
    .executeTakeFirst();
  if (!row?.access_token) return null;
  const { access_token: access, refresh_token: refresh, native_user_id: nativeUserId } = row;
  const opener = await loadTokenOpener(tx, vault, organizationId);
  return {
    platform: row.platform,
    nativeUserId,
    tokenVersion: row.token_version,
    open: () => ({
      accessToken: opener.open(access, accessTokenContext(organizationId, connectionId)),
      refreshToken: refresh && opener.open(refresh, refreshTokenContext(organizationId, connectionId)),
      nativeUserId,
    }),
  };
}

async function revokeAtPlatform(
  services: SyncServices,
  { organizationId, connectionId, isLast }: Revocation,
  sealed: SealedGrant,
): Promise<void> {
  const platform = services.platforms.find(sealed.platform);
  if (!platform) return;
  try {
    await platform.revoke(sealed.open());
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
