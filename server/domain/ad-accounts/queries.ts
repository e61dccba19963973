import { sql, type SqlBool } from 'kysely';
import { keysetPage, type Page, type SortKey } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField, notFound } from '../../kernel/errors.ts';
import { toMoney } from '../records/money.ts';
import { containing } from '../records/queries.ts';
import { dayIn, isTimeZone } from '../../kernel/time-zones.ts';
import { isLate } from '../sync/rules.ts';
import { idPart } from './rules.ts';
import type { AdAccount, ListAdAccountsInput } from './schema.ts';

/** One ad account. `now` decides its today. Errors: `not_found`. */
export async function getAdAccount(tx: TenantTx, adAccountId: string, now: Date): Promise<AdAccount> {
  const row = await selectAccounts(tx).where('ad_accounts.id', '=', adAccountId).executeTakeFirst();
  if (!row) throw notFound('ad account');
  return toAdAccount(row, now);
}

/** By a part of its name, or of its id at the platform as people copy it there. */
function namedOrNumbered(typed: string) {
  const part = idPart(typed);
  const named = sql<SqlBool>`ad_accounts.name ilike ${containing(typed)}`;
  if (part === null) return named;
  return sql<SqlBool>`(${named} or ad_accounts.native_id ilike ${containing(part)})`;
}

/** Ad accounts page by page; managers have no figures and stand in the tree alone. */
export async function listAdAccounts(
  tx: TenantTx,
  input: ListAdAccountsInput,
  now: Date,
): Promise<Page<AdAccount>> {
  let query = selectAccounts(tx)
    .where('ad_accounts.is_manager', '=', false)
    .where(input.deleted ? sql<SqlBool>`not ad_accounts.is_active` : sql<SqlBool>`ad_accounts.is_active`);
  if (input.q) query = query.where(namedOrNumbered(input.q));
  if (input.platform) query = query.where('ad_accounts.platform', '=', input.platform);
  if (input.brandId) query = query.where(ofBrand(input.brandId));
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

/** Its own brand, or one that a rule gives some of its campaigns to. */
function ofBrand(brandId: string) {
  return sql<SqlBool>`(ad_accounts.brand_id = ${brandId}::uuid or exists (
    select from brand_rules r where r.organization_id = ad_accounts.organization_id
       and r.ad_account_id = ad_accounts.id and r.brand_id = ${brandId}::uuid))`;
}

/** Errors: `invalid` on `adAccountId` where it is no ad account that this principal sees. */
export async function requireAdAccount(tx: TenantTx, adAccountId: string): Promise<void> {
  const row = await tx
    .selectFrom('ad_accounts')
    .select('id')
    .where('id', '=', adAccountId)
    .where('is_active', '=', true)
    .where('is_manager', '=', false)
    .executeTakeFirst();
  if (!row) throw invalidField('adAccountId', 'There is no such ad account, or it is not yours to see.');
}

/** Every manager and ad account in use that this principal sees. `now` decides their today. */
export async function listForTree(tx: TenantTx, now: Date): Promise<AdAccount[]> {
  const rows = await selectAccounts(tx)
    .where('ad_accounts.is_active', '=', true)
    .orderBy('ad_accounts.name_key')
    .orderBy('ad_accounts.id')
    .execute();
  return rows.map((row) => toAdAccount(row, now));
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

export function selectAccounts(tx: TenantTx) {
  return tx
    .selectFrom('ad_accounts')
    .leftJoin('oauth_connections', (join) =>
      join
        .onRef('oauth_connections.organization_id', '=', 'ad_accounts.organization_id')
        .onRef('oauth_connections.id', '=', 'ad_accounts.connection_id'),
    )
    .selectAll('ad_accounts')
    .select([
      'oauth_connections.state as connection_state',
      'oauth_connections.granted_by_id',
      'oauth_connections.native_user_name',
      'oauth_connections.expires_at as grant_expires_at',
      'oauth_connections.is_renewed',
    ])
    .select(
      sql<string[]>`array(select distinct r.brand_id from brand_rules r
                           where r.organization_id = ad_accounts.organization_id and r.ad_account_id = ad_accounts.id
                           order by r.brand_id)`.as('brand_ids'),
    );
}

type AccountRow = Awaited<ReturnType<ReturnType<typeof selectAccounts>['executeTakeFirstOrThrow']>>;

/** Whether figures of it are to come in by themselves; a file brings what it holds. */
function isExpected(row: AccountRow): boolean {
  const isRead = !row.is_manager && row.is_active && row.connection_id !== null;
  return isRead && row.sync_status !== 'PAUSED' && isTimeZone(row.time_zone);
}

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
    isManager: row.is_manager,
    isAgencyAccount: row.is_agency_account,
    nativeStatus: row.native_status,
    vanishedAt: row.vanished_at?.toISOString() ?? null,
    brandIds: row.brand_ids,
    source: row.source,
    isSandbox: row.source === 'SANDBOX',
    connectionId: row.connection_id,
    connectionState: row.connection_state,
    grantedBy:
      row.connection_state === null
        ? null
        : { userId: row.granted_by_id, nativeUserName: row.native_user_name },
    grantExpiresAt: (row.is_renewed ? null : row.grant_expires_at?.toISOString()) ?? null,
    connectedById: row.connected_by_id,
    connectedAt: row.connected_at?.toISOString() ?? null,
    syncStatus: row.sync_status,
    lastSyncedAt: row.last_synced_at?.toISOString() ?? null,
    newestBusinessDate: row.newest_business_date,
    isLate: isExpected(row) && isLate(row.newest_business_date, row.time_zone, now),
    backfilledFrom: row.backfilled_from,
    syncError: row.sync_error,
    dailyLimit: toMoney(row.daily_limit, row.currency),
    monthlyLimit: toMoney(row.monthly_limit, row.currency),
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
