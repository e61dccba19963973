import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import type { AccountListing, AdPlatform, Grant } from '../../integrations/ad-platform.ts';
import type { Vault } from '../../kernel/crypto.ts';
import { recordActivities } from '../activities/record.ts';
import { loadTokenSealer } from '../token-vault/tokens.ts';
import { storeListings } from './discovery.ts';
import { accessTokenContext, refreshTokenContext } from './rules.ts';

/** What a flow brought back. */
export interface Connected {
  platform: AdPlatform;
  grant: Grant;
  /** The whole list. */
  accounts: readonly AccountListing[];
  askedScopes: readonly string[];
}

interface Holder {
  vault: Vault;
  principal: Principal;
  /** Who connected, or made the link that somebody else connected by. */
  grantedById: string | null;
  isByLink: boolean;
  /** The connection that this one stands in for: its ad accounts that this one shows move here. */
  replacesId?: string;
}

/**
 * Stores a grant sealed, with what it shows. The same person at the same platform is the same connection.
 * Answers its id.
 */
export async function storeConnection(tx: TenantTx, holder: Holder, connected: Connected): Promise<string> {
  const { principal, replacesId } = holder;
  const { platform, grant, accounts } = connected;
  const connectionId = await storeGrant(tx, holder, connected);
  if (replacesId !== undefined && replacesId !== connectionId)
    await moveAccounts(tx, { from: replacesId, to: connectionId, connected });
  await storeListings(tx, { principal, connectionId, platform, listings: accounts });
  const name = grant.nativeUserName ?? grant.nativeUserId;
  await recordActivities(tx, principal, [
    {
      type: 'PLATFORM_CONNECTED',
      description: `${platform.name} connected as ${name}${holder.isByLink ? ', through a reconnect link' : ''}`,
      metadata: { connectionId, platform: platform.id, accounts: accounts.length, isByLink: holder.isByLink },
    },
  ]);
  return connectionId;
}

async function storeGrant(
  tx: TenantTx,
  { vault, principal, grantedById, isByLink }: Holder,
  { platform, grant, askedScopes }: Connected,
): Promise<string> {
  const { organizationId } = principal;
  const sealer = await loadTokenSealer(tx, vault, organizationId);
  const known = await tx
    .selectFrom('oauth_connections')
    .select('id')
    .where('platform', '=', platform.id)
    .where('native_user_id', '=', grant.nativeUserId)
    .forUpdate()
    .executeTakeFirst();
  const connectionId = known?.id ?? uuidV7();
  const { accessToken, refreshToken } = grant;
  const values = {
    source: platform.isStandIn ? ('SANDBOX' as const) : ('API' as const),
    state: 'CONNECTED' as const,
    native_user_name: grant.nativeUserName,
    access_token: sealer.seal(accessToken, accessTokenContext(organizationId, connectionId)),
    refresh_token:
      refreshToken && sealer.seal(refreshToken, refreshTokenContext(organizationId, connectionId)),
    scopes: [...grant.scopes],
    asked_scopes: [...askedScopes],
    expires_at: grant.expiresAt,
    error: null,
    granted_by_id: grantedById,
    granted_at: sql<Date>`now()`,
    is_by_link: isByLink,
    // Whoever refreshed the grant of before writes its answer nowhere.
    refresh_lease_until: null,
    refresh_lease_token: null,
  };
  if (known) {
    await tx
      .updateTable('oauth_connections')
      .set({ ...values, token_version: sql`token_version + 1` })
      .where('id', '=', connectionId)
      .execute();
    return connectionId;
  }
  const key = { organization_id: organizationId, id: connectionId, native_user_id: grant.nativeUserId };
  await tx
    .insertInto('oauth_connections')
    .values({ ...key, platform: platform.id, ...values })
    .execute();
  return connectionId;
}

/** Those in use that the new grant shows; what it does not show stays where it was. */
async function moveAccounts(
  tx: TenantTx,
  { from, to, connected }: { from: string; to: string; connected: Connected },
): Promise<void> {
  const nativeIds = connected.accounts.filter(({ isManager }) => !isManager).map(({ nativeId }) => nativeId);
  await tx
    .updateTable('ad_accounts')
    .set({
      connection_id: to,
      connected_at: sql<Date>`now()`,
      source: connected.platform.isStandIn ? 'SANDBOX' : 'API',
      sync_error: null,
      sync_status: sql`case when sync_status = 'PAUSED' then sync_status else 'PENDING' end`,
    })
    .where('connection_id', '=', from)
    .where('is_active', '=', true)
    .where(sql<boolean>`native_id = any (${nativeIds}::text[])`)
    .execute();
}

/** The ad accounts in use that read through a connection and are not paused. */
export async function listReaders(tx: TenantTx, connectionId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('ad_accounts')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('is_active', '=', true)
    .where('sync_status', '<>', 'PAUSED')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
