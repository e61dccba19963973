import { sql } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { TenantTx } from '../../../db/tenant.ts';
import type { AdPlatform as AdPlatformName, Json } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import type { AccountListing, AdPlatform, Grant } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import { randomToken, sha256, sha256Hex, type Vault } from '../../kernel/crypto.ts';
import { AppError } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { loadTokenSealer } from '../token-vault/tokens.ts';
import { accessTokenContext, missingScopes, refreshTokenContext } from './rules.ts';
import type { CallbackInput, ConnectInput } from './schema.ts';

/** What a flow is begun and ended with. `inTenant` opens a short transaction; none is open during a call. */
export interface ConnectContext {
  platforms: PlatformRegistry;
  vault: Vault;
  appUrl: string;
  principal: Principal;
  /** null: an API key begins the flow, and a person ends it. */
  sessionId: string | null;
  inTenant: <T>(mode: 'read' | 'write', work: (tx: TenantTx) => Promise<T>) => Promise<T>;
}

const DEFAULT_RETURN = '/ad-accounts';

/**
 * Begins a flow: a one-time state is bound to the session, agency, platform and callback address for ten minutes.
 * Answers where the person is sent. Errors: `unprocessable` where the platform is off.
 */
export async function beginConnection(
  context: ConnectContext,
  input: ConnectInput,
): Promise<{ authorizationUrl: string }> {
  const platform = context.platforms.get(input.platform);
  const state = randomToken(32);
  const verifier = platform.takesPkce ? randomToken(48) : null;
  const redirectUri = `${context.appUrl}/oauth/${platform.slug}/callback`;
  const returnTo = input.returnTo ?? DEFAULT_RETURN;
  await context.inTenant('write', (tx) =>
    sql`
      select app.oauth_state_create(${sha256Hex(state)}, ${context.sessionId}, ${platform.id}::ad_platform,
             ${redirectUri}, ${returnTo}, ${verifier}, now() + interval '10 minutes')`.execute(tx),
  );
  const codeChallenge = verifier === null ? undefined : sha256(verifier).toString('base64url');
  return { authorizationUrl: platform.authorizationUrl({ state, redirectUri, codeChallenge }) };
}

export interface CompletedConnection {
  connectionId: string;
  returnTo: string;
  /** Ad accounts that read through this connection already: their figures are due. */
  adAccountIds: string[];
}

/**
 * Ends a flow: uses the state up, trades the code for a token, checks what was allowed, lists the accounts, and stores
 * all of it sealed. Where any step fails nothing is stored.
 * Errors: `invalid` for a state that is used, old, or not of this session and agency, a refusal and a missing
 * permission; `upstream` where the platform does not answer.
 */
export async function completeConnection(
  context: ConnectContext,
  input: CallbackInput,
): Promise<CompletedConnection> {
  const flow = await consumeState(context, input);
  const platform = context.platforms.get(flow.platform);
  if (input.code === undefined)
    throw new AppError(
      'invalid',
      `${platform.name} was not connected: access was not allowed there. Begin again when you are ready.`,
    );
  const { code } = input;
  const codeVerifier = flow.code_verifier ?? undefined;
  const { grant, accounts } = await asAppError(async () => {
    const granted = await platform.exchangeCode({ code, redirectUri: flow.redirect_uri, codeVerifier });
    requireScopes(platform, granted);
    return { grant: granted, accounts: await collectAccounts(platform, granted) };
  });
  const stored = await context.inTenant('write', (tx) =>
    storeConnection(tx, context, { platform, grant, accounts }),
  );
  return { ...stored, returnTo: flow.return_to };
}

interface Flow {
  platform: AdPlatformName;
  redirect_uri: string;
  return_to: string;
  code_verifier: string | null;
}

/** The platform is the state's, not the address's: an answer of one must not be taken for another's. */
async function consumeState(context: ConnectContext, input: CallbackInput): Promise<Flow> {
  const flow = await context.inTenant('write', async (tx) => {
    const { rows } = await sql<Flow>`
      select * from app.oauth_state_consume(${sha256Hex(input.state ?? '')}, ${context.sessionId})`.execute(
      tx,
    );
    return rows[0];
  });
  if (flow?.platform === input.platform) return flow;
  throw new AppError(
    'invalid',
    'This connection was begun in another session or agency, or its ten minutes are over. Begin again from the ad accounts page.',
  );
}

function requireScopes(platform: AdPlatform, grant: Grant): void {
  const missing = missingScopes(platform.requiredScopes, grant.scopes);
  if (missing.length === 0) return;
  throw new AppError(
    'invalid',
    `${platform.name} was not connected: the permission ${missing.join(', ')} was not given, and without it no figures can be read. Connect again and leave it ticked.`,
  );
}

async function collectAccounts(platform: AdPlatform, grant: Grant): Promise<AccountListing[]> {
  const accounts: AccountListing[] = [];
  for await (const page of platform.listAccounts(grant)) accounts.push(...page);
  return accounts;
}

async function asAppError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const code = error.kind === 'retry' ? 'upstream' : 'invalid';
    const message = error.kind === 'retry' ? `${error.message} Begin again in a moment.` : error.message;
    throw new AppError(code, message, { cause: error });
  }
}

interface Connected {
  platform: AdPlatform;
  grant: Grant;
  accounts: readonly AccountListing[];
}

async function storeConnection(
  tx: TenantTx,
  context: ConnectContext,
  { platform, grant, accounts }: Connected,
): Promise<{ connectionId: string; adAccountIds: string[] }> {
  const { principal, vault } = context;
  const { organizationId, userId } = principal;
  // Before the row is locked: a rotation of keys takes the two in this order.
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
    expires_at: grant.expiresAt,
    found_accounts: JSON.stringify(accounts) as unknown as Json,
    error: null,
    refresh_lease_token: null,
    refresh_lease_until: null,
    granted_by_id: userId,
    granted_at: sql<Date>`now()`,
  };
  if (known) {
    await tx
      .updateTable('oauth_connections')
      .set({ ...values, token_version: sql`token_version + 1` })
      .where('id', '=', connectionId)
      .execute();
  } else {
    const key = { organization_id: organizationId, id: connectionId, native_user_id: grant.nativeUserId };
    await tx
      .insertInto('oauth_connections')
      .values({ ...key, platform: platform.id, ...values })
      .execute();
  }
  await recordActivities(tx, principal, [
    {
      type: 'PLATFORM_CONNECTED',
      description: `${platform.name} connected as ${grant.nativeUserName ?? grant.nativeUserId}`,
      metadata: { connectionId, platform: platform.id, accounts: accounts.length },
    },
  ]);
  return { connectionId, adAccountIds: await listReaders(tx, connectionId) };
}

/** The ad accounts in use that read through a connection and are not paused. */
async function listReaders(tx: TenantTx, connectionId: string): Promise<string[]> {
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
