import { type Selectable, sql } from 'kysely';
import { withTenant } from '../../../db/tenant.ts';
import type { OauthConnections } from '../../../db/types.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { AdPlatform, AdPlatformId } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { SealError, type Secret } from '../../kernel/crypto.ts';
import type { SyncServices } from '../sync/services.ts';
import { loadTokenOpener, type TokenOpener } from '../token-vault/tokens.ts';
import { accessTokenContext, refreshTokenContext } from './rules.ts';

export interface ConnectionRef {
  organizationId: string;
  connectionId: string;
}

/** A connection's grant with its tokens opened. The jobs' role alone can read one. */
export interface StoredGrant extends ConnectionRef {
  platform: AdPlatform;
  nativeUserId: string;
  accessToken: Secret;
  refreshToken: Secret | null;
  expiresAt: Date | null;
  /** Counts up with every change of the tokens: what is written over an older one must not be. */
  tokenVersion: number;
  /** Somebody refreshes it now. */
  isRefreshing: boolean;
  /** How long after a failed refresh it is left alone, in ms; 0 where it may be tried. */
  restMs: number;
}

/**
 * Reads and opens what a connection holds. Errors: PlatformError of kind `stop` where there is nothing to call with,
 * saying why: `platform_off`, `not_connected`, `sealed`.
 */
export async function readGrant(services: SyncServices, ref: ConnectionRef): Promise<StoredGrant> {
  const { organizationId, connectionId } = ref;
  const { row, opener } = await withTenant(
    services.jobsDb,
    jobPrincipal(organizationId),
    'read',
    async (tx) => ({
      row: await tx
        .selectFrom('oauth_connections')
        .select(['platform', 'state', 'error', 'native_user_id', 'token_version', 'expires_at'])
        .select(['access_token', 'refresh_token', 'refresh_lease_token'])
        .select(
          sql<number>`greatest(0, ceil(extract(epoch from refresh_lease_until - clock_timestamp()) * 1000))::int4`.as(
            'lease_ms',
          ),
        )
        .where('id', '=', connectionId)
        .executeTakeFirst(),
      opener: await loadTokenOpener(tx, services.vault, organizationId),
    }),
  );
  if (!row) throw stopped('not_connected', 'This connection is gone. Connect the platform again.');
  const platform = requirePlatform(services, row.platform);
  const { accessToken, refreshToken } = openTokens(services, { ref, row, opener, platform });
  const leaseMs = row.lease_ms ?? 0;
  return {
    ...ref,
    platform,
    nativeUserId: row.native_user_id,
    accessToken,
    refreshToken,
    expiresAt: row.expires_at,
    tokenVersion: row.token_version,
    isRefreshing: leaseMs > 0 && row.refresh_lease_token !== null,
    restMs: row.refresh_lease_token === null ? leaseMs : 0,
  };
}

function requirePlatform(services: SyncServices, id: AdPlatformId): AdPlatform {
  const platform = services.platforms.find(id);
  if (platform) return platform;
  throw stopped('platform_off', `${id} is off here. An administrator sets it up again.`);
}

interface Sealed {
  ref: ConnectionRef;
  row: Pick<Selectable<OauthConnections>, 'state' | 'error' | 'access_token' | 'refresh_token'>;
  opener: TokenOpener;
  platform: AdPlatform;
}

function openTokens(
  services: SyncServices,
  { ref, row, opener, platform }: Sealed,
): { accessToken: Secret; refreshToken: Secret | null } {
  const { organizationId, connectionId } = ref;
  if (row.state !== 'CONNECTED' || row.access_token === null)
    throw stopped('not_connected', row.error ?? `${platform.name} is not connected. Connect it again.`);
  try {
    return {
      accessToken: opener.open(row.access_token, accessTokenContext(organizationId, connectionId)),
      refreshToken:
        row.refresh_token &&
        opener.open(row.refresh_token, refreshTokenContext(organizationId, connectionId)),
    };
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    services.log.error({ ...ref, err: error }, 'a stored token cannot be opened');
    throw stopped(
      'sealed',
      'The stored access cannot be opened with the keys that are set. Connect again, or restore TOKEN_ENCRYPTION_KEYS.',
    );
  }
}

function stopped(code: string, message: string): PlatformError {
  return new PlatformError({ kind: 'stop', code, message });
}
