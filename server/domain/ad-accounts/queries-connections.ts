import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { notFound } from '../../kernel/errors.ts';
import { missingScopes } from './rules.ts';
import type { Connection } from './schema.ts';

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

function selectConnections(tx: TenantTx) {
  return tx
    .selectFrom('oauth_connections as c')
    .select(['c.id', 'c.platform', 'c.state', 'c.source', 'c.native_user_name', 'c.scopes', 'c.asked_scopes'])
    .select(['c.expires_at', 'c.error', 'c.granted_by_id', 'c.granted_at', 'c.is_by_link', 'c.is_renewed'])
    .select('c.accounts_listed_at')
    .select((eb) => [
      eb
        .selectFrom('ad_accounts as a')
        .select(sql<number>`count(*)::int4`.as('count'))
        .whereRef('a.organization_id', '=', 'c.organization_id')
        .whereRef('a.connection_id', '=', 'c.id')
        .where('a.is_active', '=', true)
        .as('ad_account_count'),
      eb
        .selectFrom('ad_accounts as a')
        .select(sql<Date | null>`max(a.last_synced_at)`.as('at'))
        .whereRef('a.organization_id', '=', 'c.organization_id')
        .whereRef('a.connection_id', '=', 'c.id')
        .as('last_synced_at'),
      eb
        .selectFrom('found_accounts as f')
        .select(sql<number>`count(*)::int4`.as('count'))
        .whereRef('f.organization_id', '=', 'c.organization_id')
        .whereRef('f.connection_id', '=', 'c.id')
        .where('f.is_manager', '=', false)
        .where('f.vanished_at', 'is', null)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('ad_accounts as a')
                .select('a.id')
                .whereRef('a.organization_id', '=', 'f.organization_id')
                .whereRef('a.platform', '=', 'c.platform')
                .whereRef('a.native_id', '=', 'f.native_id')
                .where('a.is_active', '=', true),
            ),
          ),
        )
        .as('unassigned_count'),
    ]);
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
    missingScopes: missingScopes(row.asked_scopes, row.scopes),
    expiresAt: (row.is_renewed ? null : row.expires_at?.toISOString()) ?? null,
    isRenewed: row.is_renewed,
    error: row.error,
    grantedById: row.granted_by_id,
    grantedAt: row.granted_at.toISOString(),
    isByLink: row.is_by_link,
    accountsListedAt: row.accounts_listed_at?.toISOString() ?? null,
    adAccountCount: row.ad_account_count ?? 0,
    unassignedCount: row.unassigned_count ?? 0,
    lastSyncedAt: row.last_synced_at?.toISOString() ?? null,
  };
}
