import { sql, type SqlBool } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { selectAccounts, toAdAccount } from './queries.ts';
import { getConnection } from './queries-connections.ts';
import type {
  FoundAccount,
  FoundAccounts,
  FoundByConnection,
  UnassignedAccounts,
  VanishedAccounts,
} from './schema.ts';

/** All that a connection shows, managers too, and which of it is an ad account here. Errors: `not_found`. */
export async function getFoundAccounts(tx: TenantTx, connectionId: string): Promise<FoundAccounts> {
  const [connection, rows] = await Promise.all([
    getConnection(tx, connectionId),
    selectFound(tx).where('f.connection_id', '=', connectionId).execute(),
  ]);
  return { connection, accounts: rows.map(toFoundAccount) };
}

/** What connections show that nobody uses, and what is in use and of no brand. `now` decides an account's today. */
export async function listUnassigned(tx: TenantTx, now: Date): Promise<UnassignedAccounts> {
  const [found, withoutBrand] = await Promise.all([
    selectFound(tx)
      .where('f.is_manager', '=', false)
      .where('f.vanished_at', 'is', null)
      .where('a.id', 'is', null)
      .execute(),
    selectAccounts(tx)
      .where('ad_accounts.is_active', '=', true)
      .where('ad_accounts.is_manager', '=', false)
      .where('ad_accounts.brand_id', 'is', null)
      .where(
        sql<SqlBool>`not exists (select from brand_rules r where r.organization_id = ad_accounts.organization_id
                                    and r.ad_account_id = ad_accounts.id)`,
      )
      .orderBy('ad_accounts.name_key')
      .orderBy('ad_accounts.id')
      .execute(),
  ]);
  return {
    found: byConnection(found),
    withoutBrand: withoutBrand.map((row) => toAdAccount(row, now)),
  };
}

/** What its platform no longer lists: accounts in use, and others that connections showed once. */
export async function listVanished(tx: TenantTx, now: Date): Promise<VanishedAccounts> {
  const [inUse, found] = await Promise.all([
    selectAccounts(tx)
      .where('ad_accounts.is_active', '=', true)
      .where('ad_accounts.is_manager', '=', false)
      .where('ad_accounts.vanished_at', 'is not', null)
      .orderBy('ad_accounts.vanished_at', 'desc')
      .orderBy('ad_accounts.id')
      .execute(),
    selectFound(tx)
      .where('f.is_manager', '=', false)
      .where('f.vanished_at', 'is not', null)
      .where('a.id', 'is', null)
      .execute(),
  ]);
  return { inUse: inUse.map((row) => toAdAccount(row, now)), found: byConnection(found) };
}

function selectFound(tx: TenantTx) {
  return tx
    .selectFrom('found_accounts as f')
    .innerJoin('oauth_connections as c', (join) =>
      join.onRef('c.organization_id', '=', 'f.organization_id').onRef('c.id', '=', 'f.connection_id'),
    )
    .leftJoin('ad_accounts as a', (join) =>
      join
        .onRef('a.organization_id', '=', 'f.organization_id')
        .onRef('a.platform', '=', 'c.platform')
        .onRef('a.native_id', '=', 'f.native_id')
        .on('a.is_active', '=', true),
    )
    .leftJoin('oauth_connections as u', (join) =>
      join.onRef('u.organization_id', '=', 'a.organization_id').onRef('u.id', '=', 'a.connection_id'),
    )
    .selectAll('f')
    .select(['c.platform', 'c.native_user_name', 'c.state', 'c.granted_at'])
    .select(['a.id as ad_account_id', 'a.brand_id', 'a.connection_id as used_connection_id'])
    .select('u.state as used_state')
    .orderBy('c.granted_at', 'desc')
    .orderBy('f.connection_id')
    .orderBy('f.name')
    .orderBy('f.native_id');
}

type FoundRow = Awaited<ReturnType<ReturnType<typeof selectFound>['executeTakeFirstOrThrow']>>;

function toFoundAccount(row: FoundRow): FoundAccount {
  return {
    nativeId: row.native_id,
    name: row.name,
    isManager: row.is_manager,
    parentNativeId: row.parent_native_id,
    loginNativeId: row.login_native_id,
    currency: row.currency,
    timeZone: row.time_zone,
    nativeStatus: row.native_status,
    isUsable: row.is_usable,
    holderName: row.holder_name,
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    vanishedAt: row.vanished_at?.toISOString() ?? null,
    adAccountId: row.ad_account_id,
    brandId: row.brand_id,
    usedThrough:
      row.used_connection_id === null
        ? null
        : { connectionId: row.used_connection_id, state: row.used_state },
  };
}

function byConnection(rows: readonly FoundRow[]): FoundByConnection[] {
  const groups = new Map<string, FoundByConnection>();
  for (const row of rows) {
    const { connection_id: connectionId, platform, native_user_name: nativeUserName, state } = row;
    const known = groups.get(connectionId);
    const group = known ?? { connectionId, platform, nativeUserName, state, accounts: [] };
    group.accounts.push(toFoundAccount(row));
    if (!known) groups.set(connectionId, group);
  }
  return [...groups.values()];
}
