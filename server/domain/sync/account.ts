import { withTenant } from '../../../db/tenant.ts';
import type { MetricSource } from '../../../db/types.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { Access, AccountRef, AdPlatform, Caller } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { isTimeZone } from '../../kernel/time-zones.ts';
import { withAccess } from '../ad-accounts/access.ts';
import { basisChange } from '../ad-accounts/rules.ts';
import type { Claim } from './lease.ts';
import type { SyncServices } from './services.ts';

/** All that a sync needs to ask for one account's figures. */
export interface SyncSubject {
  platform: AdPlatform;
  account: AccountRef;
  connectionId: string;
  caller: Caller;
  /** Ends the calls when the process stops, the lease is lost, or somebody stops the run. */
  signal: AbortSignal;
  source: MetricSource;
}

/** The account and its platform. Whatever stands in the way of a call is a PlatformError that says what to do. */
export async function loadSubject(
  services: SyncServices,
  claim: Claim,
  signal: AbortSignal,
): Promise<SyncSubject> {
  const { organizationId } = claim;
  const row = await findAccount(services, claim);
  const platform = services.platforms.find(row.platform);
  if (!platform)
    throw stopped('platform_off', `${row.platform} is off here. An administrator sets it up again.`);
  if (!row.is_active) throw stopped('inactive', 'This ad account was taken out of use.');
  if (!isTimeZone(row.time_zone))
    throw stopped('time_zone', `The account's time zone, ${row.time_zone}, is not known here.`);
  if (row.connection_id === null)
    throw stopped('not_connected', `${platform.name} is not connected. Connect it again.`);
  const basis = { currency: row.currency, timeZone: row.time_zone };
  const change = basisChange(basis, { currency: row.listed_currency, timeZone: row.listed_time_zone });
  if (change !== null) throw stopped('basis_changed', change);
  return {
    platform,
    account: {
      nativeId: row.native_id,
      loginNativeId: row.login_native_id,
      currency: row.currency,
      timeZone: row.time_zone,
    },
    connectionId: row.connection_id,
    caller: {
      organizationId,
      isBackground: claim.work === 'BACKFILL',
      onCall: claim.calls.note,
      onRepeat: claim.calls.noteRepeat,
    },
    signal,
    source: platform.isStandIn ? 'SANDBOX' : 'API',
  };
}

/** Through which manager an account is reached is a matter of the grant, not of the account. */
function findAccount(services: SyncServices, claim: Claim) {
  return withTenant(services.jobsDb, jobPrincipal(claim.organizationId), 'read', (tx) =>
    tx
      .selectFrom('ad_accounts as a')
      .leftJoin('found_accounts as f', (join) =>
        join
          .onRef('f.organization_id', '=', 'a.organization_id')
          .onRef('f.connection_id', '=', 'a.connection_id')
          .onRef('f.native_id', '=', 'a.native_id'),
      )
      .select(['a.platform', 'a.native_id', 'a.currency', 'a.time_zone', 'a.is_active', 'a.connection_id'])
      .select(['f.login_native_id', 'f.currency as listed_currency', 'f.time_zone as listed_time_zone'])
      .where('a.id', '=', claim.adAccountId)
      .executeTakeFirstOrThrow(),
  );
}

/**
 * Asks the platform with access that is opened for this piece of work: renewed where it ends soon, and once more where
 * it turns out to have ended, after which the work begins anew. A grant that the platform ended is noted.
 * Errors: PlatformError; whatever `ask` throws.
 */
export function withPlatform<T>(
  services: SyncServices,
  subject: SyncSubject,
  ask: (access: Access) => Promise<T>,
): Promise<T> {
  const { caller, signal, connectionId } = subject;
  const ref = { organizationId: caller.organizationId, connectionId };
  return withAccess(services, { ref, caller, signal }, ({ access }) => ask(access));
}

function stopped(code: string, message: string): PlatformError {
  return new PlatformError({ kind: 'stop', code, message });
}
