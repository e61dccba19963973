import { withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { Access, AccountListing, AdPlatform } from '../../integrations/ad-platform.ts';
import type { SyncServices } from '../sync/services.ts';
import { withAccess } from './access.ts';
import { storeListings } from './discovery.ts';
import type { ConnectionRef } from './stored-grant.ts';

/**
 * Asks a platform again for all that a connection shows, and stores it once the answer came whole: a list that breaks
 * off changes nothing. Answers how many were listed.
 * Errors: PlatformError, as `openAccess` and the platform throw it; what a dead grant ends is noted by then.
 */
export async function discoverAccounts(
  services: SyncServices,
  ref: ConnectionRef,
  signal?: AbortSignal,
): Promise<number> {
  const { organizationId, connectionId } = ref;
  const caller = { organizationId, isBackground: true };
  const { platform, listings } = await withAccess(services, { ref, caller, signal }, async (opened) => ({
    platform: opened.platform,
    listings: await collectListings(opened.platform, opened.access),
  }));
  const principal = jobPrincipal(organizationId);
  await withTenant(services.jobsDb, principal, 'write', (tx) =>
    storeListings(tx, { principal, connectionId, platform, listings }),
  );
  services.log.info({ organizationId, connectionId, listed: listings.length }, 'ad accounts are listed');
  return listings.length;
}

/** Every page of a platform's list. Errors: PlatformError; then there is no list. */
export async function collectListings(platform: AdPlatform, access: Access): Promise<AccountListing[]> {
  const listings: AccountListing[] = [];
  for await (const page of platform.listAccounts(access)) listings.push(...page);
  return listings;
}
