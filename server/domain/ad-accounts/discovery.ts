import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import type { AccountListing, AdPlatformId } from '../../integrations/ad-platform.ts';
import { followListings } from './follow-listings.ts';
import { keepManagers } from './managers.ts';

/** A platform's answer to what a connection shows, walked to its end: what is not in it is not there. */
export interface Listed {
  principal: Principal;
  connectionId: string;
  platform: { id: AdPlatformId; name: string; isStandIn: boolean };
  listings: readonly AccountListing[];
}

/** Rows of one statement: within what its parameters allow. */
const AT_ONCE = 500;

/**
 * Stores what a connection shows: what is new, what changed, and what is no longer there. The ad accounts that read
 * through it follow, and so do the managers above them.
 */
export async function storeListings(tx: TenantTx, listed: Listed): Promise<void> {
  const { connectionId, principal } = listed;
  const byNativeId = new Map(listed.listings.map((listing) => [listing.nativeId, listing]));
  const before = await tx
    .selectFrom('found_accounts')
    .select(['native_id', 'name'])
    .where('connection_id', '=', connectionId)
    .execute();
  const listings = [...byNativeId.values()].sort((a, b) => (a.nativeId < b.nativeId ? -1 : 1));
  for (let from = 0; from < listings.length; from += AT_ONCE)
    await upsert(tx, { principal, connectionId, listings: listings.slice(from, from + AT_ONCE) });
  await tx
    .updateTable('found_accounts')
    .set({ vanished_at: sql`now()` })
    .where('connection_id', '=', connectionId)
    .where('vanished_at', 'is', null)
    .where(sql<boolean>`native_id <> all (${[...byNativeId.keys()]}::text[])`)
    .execute();
  await tx
    .updateTable('oauth_connections')
    .set({ accounts_listed_at: sql`now()` })
    .where('id', '=', connectionId)
    .execute();
  const namesBefore = new Map(before.map((row) => [row.native_id, row.name]));
  await followListings(tx, { ...listed, byNativeId, namesBefore });
  await keepManagers(tx, listed);
}

async function upsert(
  tx: TenantTx,
  { principal, connectionId, listings }: Pick<Listed, 'principal' | 'connectionId' | 'listings'>,
): Promise<void> {
  await tx
    .insertInto('found_accounts')
    .values(
      listings.map((listing) => ({
        organization_id: principal.organizationId,
        connection_id: connectionId,
        native_id: listing.nativeId,
        parent_native_id: listing.parentNativeId,
        login_native_id: listing.loginNativeId,
        name: listing.name,
        currency: listing.currency,
        time_zone: listing.timeZone,
        native_status: listing.nativeStatus,
        holder_name: listing.holderName,
        is_usable: listing.isUsable,
        is_manager: listing.isManager,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'connection_id', 'native_id']).doUpdateSet((eb) => ({
        parent_native_id: eb.ref('excluded.parent_native_id'),
        login_native_id: eb.ref('excluded.login_native_id'),
        name: eb.ref('excluded.name'),
        currency: eb.ref('excluded.currency'),
        time_zone: eb.ref('excluded.time_zone'),
        native_status: eb.ref('excluded.native_status'),
        holder_name: eb.ref('excluded.holder_name'),
        is_usable: eb.ref('excluded.is_usable'),
        is_manager: eb.ref('excluded.is_manager'),
        last_seen_at: sql<Date>`now()`,
        vanished_at: null,
      })),
    )
    .execute();
}
