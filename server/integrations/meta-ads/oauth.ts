import { Secret } from '../../kernel/crypto.ts';
import type { AuthorizationRequest, CodeExchange, Grant, HeldGrant } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import type { Graph } from './graph.ts';
import { debugTokenWire, personWire, read, tokenWire } from './wire.ts';

/**
 * business_management shows accounts that reach the person through a Business Manager; the last three let the leads of
 * pages be read. Figures are read without any of them, so whoever unticks them may.
 */
const ASKED_SCOPES = 'ads_read,business_management,leads_retrieval,pages_show_list,pages_read_engagement';

/** The consent dialog. Source: Facebook Login, manual flow. */
export function authorizationUrl(graph: Graph, request: AuthorizationRequest): string {
  const { dialogUrl, apiVersion, appId } = graph.config;
  const url = new URL(`${dialogUrl}/${apiVersion}/dialog/oauth`);
  url.searchParams.set('client_id', appId);
  url.searchParams.set('redirect_uri', request.redirectUri);
  url.searchParams.set('state', request.state);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('scope', ASKED_SCOPES);
  return url.href;
}

/**
 * Code to short-lived to long-lived token, then what it allows and whose it is. There is no refresh token: after about
 * 60 days the person connects again. Source: Facebook Login, long-lived access tokens; debug_token.
 */
export async function exchangeCode(graph: Graph, { code, redirectUri }: CodeExchange): Promise<Grant> {
  const short = await askToken(graph, { redirect_uri: redirectUri, code });
  const long = await askToken(graph, {
    grant_type: 'fb_exchange_token',
    fb_exchange_token: short.access_token,
  });
  const accessToken = new Secret(long.access_token);
  const facts = await inspect(graph, accessToken);
  const person = read(
    personWire,
    await graph.ask({ path: 'me', params: { fields: 'id,name' }, token: accessToken }),
    'me',
  );
  return {
    accessToken,
    refreshToken: null,
    expiresAt: facts.expires_at ? new Date(facts.expires_at * 1000) : null,
    scopes: facts.scopes,
    nativeUserId: person.id,
    nativeUserName: person.name ?? null,
  };
}

async function askToken(graph: Graph, params: Record<string, string>) {
  const { appId, appSecret } = graph.config;
  const answer = await graph.http.json({
    method: 'GET',
    url: graph.address('oauth/access_token'),
    query: { client_id: appId, client_secret: appSecret.reveal(), ...params },
    meter: 'application',
  });
  return read(tokenWire, answer.body, 'oauth/access_token');
}

/** The granted permissions may be fewer than the asked: the person can untick any. */
async function inspect(graph: Graph, token: Secret) {
  const { appId, appSecret } = graph.config;
  const answer = await graph.http.json({
    method: 'GET',
    url: graph.address('debug_token'),
    query: { input_token: token.reveal() },
    headers: { authorization: `Bearer ${appId}|${appSecret.reveal()}` },
    meter: 'application',
  });
  const { data } = read(debugTokenWire, answer.body, 'debug_token');
  if (data.is_valid) return data;
  const message = 'Meta gave an access that is not valid. Connect again.';
  throw new PlatformError({ kind: 'reauthorize', code: 'invalid_token', message });
}

/** Takes every permission of the person back. Source: Graph API, /{user-id}/permissions. */
export async function revoke(graph: Graph, { accessToken, nativeUserId }: HeldGrant): Promise<void> {
  try {
    await graph.ask({ method: 'DELETE', path: `${nativeUserId}/permissions`, token: accessToken });
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'reauthorize') throw error;
  }
}
