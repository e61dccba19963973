import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import { type TenantTx, withSystem, withTenant } from '../../../db/tenant.ts';
import type { AdPlatform as AdPlatformName } from '../../../db/types.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import { randomToken, sha256Hex, type Vault } from '../../kernel/crypto.ts';
import { AppError } from '../../kernel/errors.ts';
import { beginAuthorization, fetchGrant, requireCode } from './connect.ts';
import { linkState, type ReconnectCallbackInput, type ReconnectInvitation } from './schema.ts';
import { type Connected, listReaders, storeConnection } from './store-connection.ts';

/** What the door without a login works with. Whoever holds a link acts for nobody, and within its one purpose. */
export interface ReconnectServices {
  db: Database;
  vault: Vault;
  platforms: PlatformRegistry;
  appUrl: string;
}

interface Link {
  organizationId: string;
  reconnectLinkId: string;
}

/** How many accounts an invitation names. */
const NAMED = 12;

/** The same in words for what never was, was used, was taken back, or is too old. */
function deadLink(): AppError {
  return new AppError(
    'not_found',
    'This link does not work any more. Ask whoever sent it to you for a new one.',
  );
}

/** What is asked of whoever opens a link. Errors: `not_found`. */
export async function getInvitation(
  services: ReconnectServices,
  token: string,
): Promise<ReconnectInvitation> {
  const link = await findLink(services.db, token);
  return withTenant(services.db, jobPrincipal(link.organizationId), 'read', (tx) =>
    readInvitation(tx, link, services.platforms),
  );
}

async function findLink(db: Database, token: string): Promise<Link> {
  const { rows } = await withSystem(db, (tx) =>
    sql<{
      organization_id: string;
      reconnect_link_id: string;
    }>`select * from app.reconnect_link_find(${sha256Hex(token)})`.execute(tx),
  );
  const [row] = rows;
  if (!row) throw deadLink();
  return { organizationId: row.organization_id, reconnectLinkId: row.reconnect_link_id };
}

async function readInvitation(
  tx: TenantTx,
  link: Link,
  platforms: PlatformRegistry,
): Promise<ReconnectInvitation> {
  const row = await tx
    .selectFrom('reconnect_links as l')
    .innerJoin('oauth_connections as c', (join) =>
      join.onRef('c.organization_id', '=', 'l.organization_id').onRef('c.id', '=', 'l.connection_id'),
    )
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.organization_id', '=', 'l.organization_id').onRef('o.id', '=', 'l.organization_id'),
    )
    .leftJoin('users as u', 'u.id', 'l.created_by_id')
    .select(['l.expires_at', 'l.connection_id', 'c.platform', 'u.name as asked_by'])
    .select(['o.name as agency_name', 'o.time_zone'])
    .where('l.id', '=', link.reconnectLinkId)
    .executeTakeFirst();
  if (!row) throw deadLink();
  const accounts = await tx
    .selectFrom('ad_accounts')
    .select('name')
    .where('connection_id', '=', row.connection_id)
    .where('is_active', '=', true)
    .orderBy('name_key')
    .execute();
  return {
    agencyName: row.agency_name,
    platform: row.platform,
    platformName: platforms.list().find(({ id }) => id === row.platform)?.name ?? row.platform,
    accountNames: accounts.slice(0, NAMED).map(({ name }) => name),
    accountCount: accounts.length,
    askedBy: row.asked_by,
    expiresAt: row.expires_at.toISOString(),
    timeZone: row.time_zone,
  };
}

/**
 * Begins a flow at a link. The state is good once, for ten minutes, and in the browser that keeps the nonce alone.
 * Errors: `not_found`; `unprocessable` where the platform is off.
 */
export async function beginReconnection(
  services: ReconnectServices,
  token: string,
): Promise<{ authorizationUrl: string; nonce: string }> {
  const link = await findLink(services.db, token);
  return withTenant(services.db, jobPrincipal(link.organizationId), 'write', async (tx) => {
    const connection = await tx
      .selectFrom('reconnect_links as l')
      .innerJoin('oauth_connections as c', (join) =>
        join.onRef('c.organization_id', '=', 'l.organization_id').onRef('c.id', '=', 'l.connection_id'),
      )
      .select('c.platform')
      .where('l.id', '=', link.reconnectLinkId)
      .executeTakeFirst();
    if (!connection) throw deadLink();
    const platform = services.platforms.get(connection.platform);
    const nonce = randomToken(32);
    const begun = beginAuthorization(platform, {
      appUrl: services.appUrl,
      state: linkState(randomToken(32)),
    });
    await sql`
      select app.oauth_link_state_create(${begun.stateHash}, ${link.reconnectLinkId}::uuid, ${sha256Hex(nonce)},
             ${platform.id}::ad_platform, ${begun.redirectUri}, ${begun.verifier}, now() + interval '10 minutes')`.execute(
      tx,
    );
    return { authorizationUrl: begun.authorizationUrl, nonce };
  });
}

export interface Reconnected {
  organizationId: string;
  platformName: string;
  /** In use and not paused: their figures are due. */
  adAccountIds: string[];
}

/**
 * Ends a flow that a link began, without a login: stores the grant, moves the accounts that it shows, and uses the link
 * up. Where any step fails nothing is stored, and the link may be tried again.
 * Errors: `invalid` for a state that is used, old, of another browser or platform, for a refusal, a missing permission,
 * and a login that shows none of the accounts; `not_found` for a link that is past use; `upstream`.
 */
export async function completeReconnection(
  services: ReconnectServices,
  input: ReconnectCallbackInput,
): Promise<Reconnected> {
  const flow = await consumeState(services.db, input);
  const { organizationId } = flow;
  const platform = services.platforms.get(flow.platform);
  const connected = await fetchGrant(platform, {
    code: requireCode(platform, input),
    redirectUri: flow.redirectUri,
    codeVerifier: flow.codeVerifier ?? undefined,
  });
  const adAccountIds = await withTenant(services.db, jobPrincipal(organizationId), 'write', (tx) =>
    storeReconnection(tx, services, { link: flow, connected }),
  );
  return { organizationId, platformName: platform.name, adAccountIds };
}

interface Flow extends Link {
  platform: AdPlatformName;
  redirectUri: string;
  codeVerifier: string | null;
}

/** The platform is the state's, not the address's: an answer of one must not be taken for another's. */
async function consumeState(db: Database, input: ReconnectCallbackInput): Promise<Flow> {
  const { state = '', nonce = '' } = input;
  const { rows } = await withSystem(db, (tx) =>
    sql<{
      organization_id: string;
      reconnect_link_id: string;
      platform: AdPlatformName;
      redirect_uri: string;
      code_verifier: string | null;
    }>`select * from app.oauth_link_state_consume(${sha256Hex(state)}, ${sha256Hex(nonce)})`.execute(tx),
  );
  const [row] = rows;
  if (row?.platform !== input.platform)
    throw new AppError(
      'invalid',
      'This was begun in another browser, or its ten minutes are over. Open the link that you were sent again.',
    );
  return {
    organizationId: row.organization_id,
    reconnectLinkId: row.reconnect_link_id,
    platform: row.platform,
    redirectUri: row.redirect_uri,
    codeVerifier: row.code_verifier,
  };
}

async function storeReconnection(
  tx: TenantTx,
  { vault }: ReconnectServices,
  { link, connected }: { link: Link; connected: Connected },
): Promise<string[]> {
  const used = await tx
    .updateTable('reconnect_links')
    .set({ used_at: sql<Date>`now()` })
    .where('id', '=', link.reconnectLinkId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['connection_id', 'created_by_id'])
    .executeTakeFirst();
  if (!used) throw deadLink();
  await requireItsAccounts(tx, used.connection_id, connected);
  const principal = jobPrincipal(link.organizationId);
  const connectionId = await storeConnection(
    tx,
    { vault, principal, grantedById: used.created_by_id, isByLink: true, replacesId: used.connection_id },
    connected,
  );
  return listReaders(tx, connectionId);
}

/**
 * A link brings back what it was made for and nothing else: the same person's grant, or one that shows at least one of
 * the accounts; so that whoever finds a link cannot bring in accounts of their own.
 */
async function requireItsAccounts(tx: TenantTx, connectionId: string, connected: Connected): Promise<void> {
  const { platform, grant, accounts } = connected;
  const nativeIds = accounts.filter(({ isManager }) => !isManager).map(({ nativeId }) => nativeId);
  const { rows } = await sql<{ fits: boolean }>`
    select c.native_user_id = ${grant.nativeUserId} or exists (
             select from ad_accounts a where a.organization_id = c.organization_id and a.connection_id = c.id
                and a.is_active and a.native_id = any (${nativeIds}::text[]))
           or (not exists (select from ad_accounts a where a.organization_id = c.organization_id
                              and a.connection_id = c.id and a.is_active)
               and exists (select from found_accounts f where f.organization_id = c.organization_id
                              and f.connection_id = c.id and not f.is_manager
                              and f.native_id = any (${nativeIds}::text[]))) as fits
      from oauth_connections c where c.id = ${connectionId}::uuid`.execute(tx);
  if (rows[0]?.fits) return;
  throw new AppError(
    'invalid',
    `${platform.name} was not connected: this login shows none of the ad accounts that were asked for. Open the link again and continue as somebody who may see them.`,
  );
}
