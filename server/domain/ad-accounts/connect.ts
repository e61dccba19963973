import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { AdPlatform as AdPlatformName } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import type { AdPlatform, CodeExchange, Grant } from '../../integrations/ad-platform.ts';
import { PlatformError } from '../../integrations/errors.ts';
import type { PlatformRegistry } from '../../integrations/registry.ts';
import { randomToken, sha256, sha256Hex, type Vault } from '../../kernel/crypto.ts';
import { AppError } from '../../kernel/errors.ts';
import { collectListings } from './discover.ts';
import { missingScopes, scopesIn } from './rules.ts';
import type { CallbackInput, ConnectInput } from './schema.ts';
import { type Connected, listReaders, storeConnection } from './store-connection.ts';

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
  const begun = beginAuthorization(platform, { appUrl: context.appUrl, state: randomToken(32) });
  const returnTo = input.returnTo ?? DEFAULT_RETURN;
  await context.inTenant('write', (tx) =>
    sql`
      select app.oauth_state_create(${begun.stateHash}, ${context.sessionId}, ${platform.id}::ad_platform,
             ${begun.redirectUri}, ${returnTo}, ${begun.verifier}, now() + interval '10 minutes')`.execute(
      tx,
    ),
  );
  return { authorizationUrl: begun.authorizationUrl };
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
  const code = requireCode(platform, input);
  const codeVerifier = flow.code_verifier ?? undefined;
  const connected = await fetchGrant(platform, { code, redirectUri: flow.redirect_uri, codeVerifier });
  const { principal, vault } = context;
  const holder = { principal, vault, grantedById: principal.userId, isByLink: false };
  return context.inTenant('write', async (tx) => {
    const connectionId = await storeConnection(tx, holder, connected);
    return { connectionId, adAccountIds: await listReaders(tx, connectionId), returnTo: flow.return_to };
  });
}

/**
 * Trades a code for a grant, checks what was allowed, and lists what it shows to its end. Nothing is stored.
 * Errors: `invalid` for a missing permission and what the platform refuses; `upstream` where it does not answer.
 */
export async function fetchGrant(platform: AdPlatform, exchange: CodeExchange): Promise<Connected> {
  const { redirectUri } = exchange;
  // What was asked stands in the address that the person was sent to.
  const askedScopes = scopesIn(platform.authorizationUrl({ state: '', redirectUri, codeChallenge: '' }));
  return asAppError(async () => {
    const grant = await platform.exchangeCode(exchange);
    requireScopes(platform, grant);
    return { platform, grant, accounts: await collectListings(platform, grant), askedScopes };
  });
}

/** Where a person is sent to allow access, and what the database keeps of it. */
export function beginAuthorization(
  platform: AdPlatform,
  { appUrl, state }: { appUrl: string; state: string },
) {
  const verifier = platform.takesPkce ? randomToken(48) : null;
  const redirectUri = `${appUrl}/oauth/${platform.slug}/callback`;
  const codeChallenge = verifier === null ? undefined : sha256(verifier).toString('base64url');
  return {
    authorizationUrl: platform.authorizationUrl({ state, redirectUri, codeChallenge }),
    redirectUri,
    verifier,
    stateHash: sha256Hex(state),
  };
}

/** Errors: `invalid` where the person refused. */
export function requireCode(platform: AdPlatform, { code }: CallbackInput): string {
  if (code !== undefined) return code;
  throw new AppError(
    'invalid',
    `${platform.name} was not connected: access was not allowed there. Begin again when you are ready.`,
  );
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
