import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { FoundAccounts } from '../../../db/types.ts';
import type { Listed } from './discovery.ts';

/** As an ad account's columns ask for them, of a manager that has none (ISO 4217 keeps XXX for no currency). */
const NO_CURRENCY = 'XXX';
const NO_ZONE = 'UTC';

type Kept = Pick<Listed, 'principal' | 'connectionId'> & { platform: Omit<Listed['platform'], 'name'> };
type Found = Selectable<FoundAccounts>;

/**
 * Keeps the managers above the ad accounts in use of a connection as rows beside them, and hangs every account below
 * its own. Called after a pick and after a listing.
 */
export async function keepManagers(tx: TenantTx, kept: Kept): Promise<void> {
  for (const manager of await managersAbove(tx, kept)) await keepManager(tx, kept, manager);
  await hangBelow(tx, kept);
  await noteVanished(tx, kept);
}

/** In the order of their native ids, so that two who keep the same ones do not wait for each other. */
async function managersAbove(tx: TenantTx, { connectionId, platform }: Kept): Promise<Found[]> {
  const { rows } = await sql<Found>`
    with recursive above as (
      select f.parent_native_id as native_id
        from found_accounts f
        join ad_accounts a on a.organization_id = f.organization_id and a.native_id = f.native_id
       where f.connection_id = ${connectionId}::uuid and a.platform = ${platform.id}::ad_platform
         and a.connection_id = f.connection_id and a.is_active and f.parent_native_id is not null
      union
      select f.parent_native_id from above
        join found_accounts f on f.connection_id = ${connectionId}::uuid and f.native_id = above.native_id
       where f.parent_native_id is not null)
    select f.* from found_accounts f
     where f.connection_id = ${connectionId}::uuid and f.is_manager and f.vanished_at is null
       and f.native_id in (select native_id from above)
     order by f.native_id`.execute(tx);
  return rows;
}

async function keepManager(tx: TenantTx, { principal, platform }: Kept, manager: Found): Promise<void> {
  const facts = {
    native_status: manager.native_status,
    currency: manager.currency ?? NO_CURRENCY,
    time_zone: manager.time_zone ?? NO_ZONE,
    is_active: true,
  };
  await tx
    .insertInto('ad_accounts')
    .values({
      organization_id: principal.organizationId,
      created_by_id: principal.userId,
      platform: platform.id,
      native_id: manager.native_id,
      name: manager.name || manager.native_id,
      is_manager: true,
      is_agency_account: true,
      source: platform.isStandIn ? 'SANDBOX' : 'API',
      // Nothing is fetched of a manager.
      sync_status: 'PAUSED',
      ...facts,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'platform', 'native_id'])
        .doUpdateSet((eb) => ({ ...facts, name: eb.ref('excluded.name') }))
        .where('ad_accounts.is_manager', '=', true)
        .where(
          sql<boolean>`(ad_accounts.name, ad_accounts.native_status, ad_accounts.currency, ad_accounts.time_zone, ad_accounts.is_active)
            is distinct from (excluded.name, excluded.native_status, excluded.currency, excluded.time_zone, true)`,
        ),
    )
    .execute();
}

/**
 * An account hangs where its own connection sees it. A manager is seen by several connections, and not by each of them
 * to the top: one that knows what is above it decides.
 */
async function hangBelow(tx: TenantTx, { connectionId, platform }: Kept): Promise<void> {
  await sql`
    update ad_accounts a set parent_id = w.parent_id
      from (select b.id, (
              select p.id from found_accounts f
                join oauth_connections c on c.organization_id = f.organization_id and c.id = f.connection_id
                join ad_accounts p on p.organization_id = b.organization_id and p.platform = b.platform
                                  and p.native_id = f.parent_native_id and p.is_manager and p.id <> b.id
               where f.organization_id = b.organization_id and f.native_id = b.native_id and c.platform = b.platform
                 and (b.is_manager or f.connection_id = b.connection_id)
               order by f.vanished_at is not null, f.last_seen_at desc, p.id limit 1) as parent_id
              from ad_accounts b
             where b.platform = ${platform.id}::ad_platform
               and (b.is_manager or b.connection_id = ${connectionId}::uuid)) w
     where a.id = w.id and a.parent_id is distinct from w.parent_id`.execute(tx);
}

/** A manager is gone where no connection lists it any more. */
async function noteVanished(tx: TenantTx, { platform }: Kept): Promise<void> {
  await sql`
    update ad_accounts a set vanished_at = case when l.is_listed then null else now() end
      from (select b.id, exists (
              select from found_accounts f
                join oauth_connections c on c.organization_id = f.organization_id and c.id = f.connection_id
               where f.organization_id = b.organization_id and f.native_id = b.native_id and c.platform = b.platform
                 and f.vanished_at is null) as is_listed
              from ad_accounts b
             where b.is_manager and b.platform = ${platform.id}::ad_platform) l
     where a.id = l.id and (a.vanished_at is null) <> l.is_listed`.execute(tx);
}
