import { withTenant } from '../../../db/tenant.ts';
import type { MetricSource } from '../../../db/types.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { Access, AccountRef, AdPlatform } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { type Secret, SealError } from '../../kernel/crypto.ts';
import { accessTokenContext } from '../ad-accounts/rules.ts';
import type { Claim } from './lease.ts';
import { isTimeZone } from '../../kernel/time-zones.ts';
import type { SyncServices } from './services.ts';

/** All that a sync needs to ask for one account's figures. */
export interface SyncSubject {
  platform: AdPlatform;
  access: Access;
  account: AccountRef;
  connectionId: string;
  tokenVersion: number;
  source: MetricSource;
}

/**
 * The account with its opened token. Whatever stands in the way of a call is a PlatformError that says what to do, and
 * no call is made.
 */
export async function loadSubject(services: SyncServices, claim: Claim): Promise<SyncSubject> {
  const row = await withTenant(services.jobsDb, jobPrincipal(claim.organizationId), 'read', (tx) =>
    tx
      .selectFrom('ad_accounts as a')
      .leftJoin('oauth_connections as c', (join) =>
        join.onRef('c.organization_id', '=', 'a.organization_id').onRef('c.id', '=', 'a.connection_id'),
      )
      .select(['a.platform', 'a.native_id', 'a.currency', 'a.time_zone', 'a.is_active'])
      .select(['c.id as connection_id', 'c.state', 'c.error', 'c.access_token', 'c.token_version'])
      .select('c.native_user_id')
      .where('a.id', '=', claim.adAccountId)
      .executeTakeFirstOrThrow(),
  );
  const platform = services.platforms.find(row.platform);
  if (!platform)
    throw stopped('platform_off', `${row.platform} is off here. An administrator sets it up again.`);
  if (!row.is_active) throw stopped('inactive', 'This ad account was taken out of use.');
  if (!isTimeZone(row.time_zone))
    throw stopped('time_zone', `The account's time zone, ${row.time_zone}, is not known here.`);
  const { connection_id: connectionId, access_token: sealed, native_user_id: nativeUserId } = row;
  if (connectionId === null || row.state !== 'CONNECTED' || sealed === null || nativeUserId === null)
    throw stopped('not_connected', row.error ?? `${platform.name} is not connected. Connect it again.`);
  const accessToken = openToken(services, claim.organizationId, connectionId, sealed);
  return {
    platform,
    access: { accessToken, nativeUserId },
    account: {
      nativeId: row.native_id,
      loginNativeId: null,
      currency: row.currency,
      timeZone: row.time_zone,
    },
    connectionId,
    tokenVersion: row.token_version ?? 0,
    source: platform.isStandIn ? 'SANDBOX' : 'API',
  };
}

function openToken(
  services: SyncServices,
  organizationId: string,
  connectionId: string,
  sealed: Buffer,
): Secret {
  try {
    return services.vault.open(sealed, accessTokenContext(organizationId, connectionId));
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    services.log.error({ connectionId, err: error }, 'a stored token cannot be opened');
    throw stopped(
      'sealed',
      'The stored access cannot be opened with the keys that are set. Connect again, or restore TOKEN_ENCRYPTION_KEYS.',
    );
  }
}

function stopped(code: string, message: string): PlatformError {
  return new PlatformError({ kind: 'stop', code, message });
}
