import { sql, type SqlBool } from 'kysely';
import { keysetPage, type Page, type SortKey } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { accountListing } from '../../integrations/ad-platform.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
import { toMoney } from '../records/money.ts';
import { containing } from '../records/queries.ts';
import { dayIn, isTimeZone } from '../../kernel/time-zones.ts';
import type { AdAccount, Connection, FoundAccounts, ListAdAccountsInput } from './schema.ts';

/** One ad account. `now` decides its today. Errors: `not_found`. */
export async function getAdAccount(tx: TenantTx, adAccountId: string, now: Date): Promise<AdAccount> {
  const row = await selectAccounts(tx).where('ad_accounts.id', '=', adAccountId).executeTakeFirst();
  if (!row) throw notFound('ad account');
  return toAdAccount(row, now);
}

export async function listAdAccounts(
  tx: TenantTx,
  input: ListAdAccountsInput,
  now: Date,
): Promise<Page<AdAccount>> {
  let query = selectAccounts(tx).where(
    input.deleted ? sql<SqlBool>`not ad_accounts.is_active` : sql<SqlBool>`ad_accounts.is_active`,
  );
  if (input.q) query = query.where('ad_accounts.name', 'ilike', containing(input.q));
  if (input.platform) query = query.where('ad_accounts.platform', '=', input.platform);
  if (input.brandId) query = query.where('ad_accounts.brand_id', '=', input.brandId);
  if (input.ownerId) query = query.where('ad_accounts.owner_id', '=', input.ownerId);
  if (input.connectionId) query = query.where('ad_accounts.connection_id', '=', input.connectionId);
  if (input.updatedSince)
    query = query.where('ad_accounts.updated_at', '>=', sql<Date>`${input.updatedSince}::timestamptz`);
  const page = await keysetPage(query, {
    sortName: input.sort,
    key: sortKey(input.sort),
    id: sql<string>`ad_accounts.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map((row) => toAdAccount(row, now)), nextCursor: page.nextCursor };
}

/** Errors: `invalid` on `adAccountId` where it is no ad account that this principal sees. */
export async function requireAdAccount(tx: TenantTx, adAccountId: string): Promise<void> {
  const row = await tx
    .selectFrom('ad_accounts')
    .select('id')
    .where('id', '=', adAccountId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw invalidField('adAccountId', 'There is no such ad account, or it is not yours to see.');
}

/** The grants that this principal may see, the newest first. */
export async function listConnections(tx: TenantTx): Promise<Connection[]> {
  const rows = await selectConnections(tx).orderBy('granted_at', 'desc').orderBy('id').execute();
  return rows.map(toConnection);
}

/** Errors: `not_found`. */
export async function getConnection(tx: TenantTx, connectionId: string): Promise<Connection> {
  const row = await selectConnections(tx).where('id', '=', connectionId).executeTakeFirst();
  if (!row) throw notFound('connection');
  return toConnection(row);
}

/** What the platform showed when it was connected, and which of it is an ad account here. Errors: `not_found`. */
export async function getFoundAccounts(tx: TenantTx, connectionId: string): Promise<FoundAccounts> {
  const connection = await getConnection(tx, connectionId);
  const [{ found_accounts: found }, picked] = await Promise.all([
    tx
      .selectFrom('oauth_connections')
      .select('found_accounts')
      .where('id', '=', connectionId)
      .executeTakeFirstOrThrow(),
    tx
      .selectFrom('ad_accounts')
      .select(['id', 'native_id', 'brand_id'])
      .where('platform', '=', connection.platform)
      .where('is_active', '=', true)
      .execute(),
  ]);
  const byNativeId = new Map(picked.map((row) => [row.native_id, row]));
  const accounts = accountListing
    .array()
    .parse(found)
    .map((listing) => {
      const account = byNativeId.get(listing.nativeId);
      return { ...listing, adAccountId: account?.id ?? null, brandId: account?.brand_id ?? null };
    });
  return { connection, accounts };
}

function sortKey(sort: ListAdAccountsInput['sort']): SortKey {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  switch (sort.replace('-', '')) {
    case 'name':
      return { expression: sql`ad_accounts.name_key`, type: 'text', direction };
    case 'createdAt':
      return { expression: sql`ad_accounts.created_at`, type: 'timestamptz', direction };
    default:
      return { expression: sql`ad_accounts.updated_at`, type: 'timestamptz', direction };
  }
}

function selectAccounts(tx: TenantTx) {
  return tx
    .selectFrom('ad_accounts')
    .leftJoin('oauth_connections', (join) =>
      join
        .onRef('oauth_connections.organization_id', '=', 'ad_accounts.organization_id')
        .onRef('oauth_connections.id', '=', 'ad_accounts.connection_id'),
    )
    .selectAll('ad_accounts')
    .select('oauth_connections.state as connection_state');
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof selectAccounts>['executeTakeFirstOrThrow']>>;

export function toAdAccount(row: AccountRow, now: Date): AdAccount {
  return {
    id: row.id,
    brandId: row.brand_id,
    ownerId: row.owner_id,
    createdById: row.created_by_id,
    platform: row.platform,
    nativeId: row.native_id,
    name: row.name,
    currency: row.currency,
    timeZone: row.time_zone,
    today: dayIn(isTimeZone(row.time_zone) ? row.time_zone : 'UTC', now),
    parentId: row.parent_id,
    isAgencyAccount: row.is_agency_account,
    nativeStatus: row.native_status,
    source: row.source,
    isSandbox: row.source === 'SANDBOX',
    connectionId: row.connection_id,
    connectionState: row.connection_state,
    connectedById: row.connected_by_id,
    connectedAt: row.connected_at?.toISOString() ?? null,
    syncStatus: row.sync_status,
    lastSyncedAt: row.last_synced_at?.toISOString() ?? null,
    newestBusinessDate: row.newest_business_date,
    syncError: row.sync_error,
    dailyLimit: toMoney(row.daily_limit, row.currency),
    monthlyLimit: toMoney(row.monthly_limit, row.currency),
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

function selectConnections(tx: TenantTx) {
  return tx
    .selectFrom('oauth_connections as c')
    .select(['c.id', 'c.platform', 'c.state', 'c.source', 'c.native_user_name', 'c.scopes'])
    .select(['c.expires_at', 'c.error', 'c.granted_by_id', 'c.granted_at'])
    .select((eb) =>
      eb
        .selectFrom('ad_accounts as a')
        .select(sql<number>`count(*)::int4`.as('count'))
        .whereRef('a.organization_id', '=', 'c.organization_id')
        .whereRef('a.connection_id', '=', 'c.id')
        .where('a.is_active', '=', true)
        .as('ad_account_count'),
    );
}

type ConnectionRow = Awaited<ReturnType<ReturnType<typeof selectConnections>['executeTakeFirstOrThrow']>>;

function toConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    platform: row.platform,
    state: row.state,
    isSandbox: row.source === 'SANDBOX',
    nativeUserName: row.native_user_name,
    scopes: row.scopes,
    expiresAt: row.expires_at?.toISOString() ?? null,
    error: row.error,
    grantedById: row.granted_by_id,
    grantedAt: row.granted_at.toISOString(),
    adAccountCount: row.ad_account_count ?? 0,
  };
}
