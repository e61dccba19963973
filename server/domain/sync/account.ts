import { withTenant } from '../../../db/tenant.ts';
import type { MetricSource } from '../../../db/types.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { Access, AccountRef, AdPlatform } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { openAccess } from '../ad-accounts/access.ts';
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
      .selectFrom('ad_accounts')
      .select(['platform', 'native_id', 'currency', 'time_zone', 'is_active', 'connection_id'])
      .where('id', '=', claim.adAccountId)
      .executeTakeFirstOrThrow(),
  );
  const platform = services.platforms.find(row.platform);
  if (!platform)
    throw stopped('platform_off', `${row.platform} is off here. An administrator sets it up again.`);
  if (!row.is_active) throw stopped('inactive', 'This ad account was taken out of use.');
  if (!isTimeZone(row.time_zone))
    throw stopped('time_zone', `The account's time zone, ${row.time_zone}, is not known here.`);
  if (row.connection_id === null)
    throw stopped('not_connected', `${platform.name} is not connected. Connect it again.`);
  const { organizationId } = claim;
  const ref = { organizationId, connectionId: row.connection_id };
  const opened = await openAccess(services, ref, { caller: { organizationId, isBackground: false } });
  return {
    platform: opened.platform,
    access: opened.access,
    account: {
      nativeId: row.native_id,
      loginNativeId: null,
      currency: row.currency,
      timeZone: row.time_zone,
    },
    connectionId: opened.connectionId,
    tokenVersion: opened.tokenVersion,
    source: platform.isStandIn ? 'SANDBOX' : 'API',
  };
}

function stopped(code: string, message: string): PlatformError {
  return new PlatformError({ kind: 'stop', code, message });
}
