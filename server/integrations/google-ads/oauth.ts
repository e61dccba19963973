import { Secret, sha256Hex } from '../../kernel/crypto.ts';
import type { AuthorizationRequest, CodeExchange, Grant, HeldGrant, RefreshedGrant } from '../ad-platform.ts';
import { contractError, PlatformError } from '../errors.ts';
import type { GoogleAds } from './ads.ts';
import { accessibleWire, identityWire, read, tokenWire } from './wire.ts';

export const ADS_SCOPE = 'https://www.googleapis.com/auth/adwords';

/**
 * openid and the address tell one person's grant from another's, which the ads scope alone does not. By its long name,
 * since Google grants `email` under that one and the two are compared.
 */
const ASKED_SCOPES = `${ADS_SCOPE} openid https://www.googleapis.com/auth/userinfo.email`;

/**
 * The consent page. prompt=consent, since Google gives a refresh token on the first consent alone and never again
 * without it. Source: Google Identity, OAuth 2.0 for web server applications.
 */
export function authorizationUrl({ config }: GoogleAds, request: AuthorizationRequest): string {
  const url = new URL(config.authUrl);
  const { state, redirectUri, codeChallenge } = request;
  const params = {
    client_id: config.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: ASKED_SCOPES,
    access_type: 'offline',
    prompt: 'consent',
    include_granted_scopes: 'true',
    state,
    ...(codeChallenge === undefined ? {} : { code_challenge: codeChallenge, code_challenge_method: 'S256' }),
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return url.href;
}

/** Trades the code for both tokens. Errors: `reauthorize` for a used or old code, or an access that cannot last. */
export async function exchangeCode(google: GoogleAds, exchange: CodeExchange): Promise<Grant> {
  const { code, redirectUri, codeVerifier } = exchange;
  const token = await askToken(google, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    ...(codeVerifier === undefined ? {} : { code_verifier: codeVerifier }),
  });
  if (token.refresh_token === undefined) throw withoutRefreshToken();
  const accessToken = new Secret(token.access_token);
  return {
    accessToken,
    refreshToken: new Secret(token.refresh_token),
    expiresAt: expiryOf(google, token.expires_in),
    scopes: token.scope.split(' ').filter(Boolean),
    ...(await identify(google, accessToken, token.id_token)),
  };
}

/** A new access token of about an hour. Errors: `reauthorize` where the grant is dead, in one attempt. */
export async function refresh(google: GoogleAds, refreshToken: Secret): Promise<RefreshedGrant> {
  const params = { grant_type: 'refresh_token', refresh_token: refreshToken.reveal() };
  const token = await askToken(google, params);
  return {
    accessToken: new Secret(token.access_token),
    refreshToken: token.refresh_token === undefined ? null : new Secret(token.refresh_token),
    expiresAt: expiryOf(google, token.expires_in),
  };
}

/** Either token ends the whole grant. Source: Google Identity, revoking a token. */
export async function revoke(google: GoogleAds, { accessToken, refreshToken }: HeldGrant): Promise<void> {
  const token = (refreshToken ?? accessToken).reveal();
  try {
    await postForm(google, google.config.revokeUrl, { token });
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'reauthorize') throw error;
  }
}

async function askToken(google: GoogleAds, params: Record<string, string>) {
  const { clientId, clientSecret, tokenUrl } = google.config;
  const form = { client_id: clientId, client_secret: clientSecret.reveal(), ...params };
  return read(tokenWire, await postForm(google, tokenUrl, form), 'token');
}

async function postForm(google: GoogleAds, url: string, form: Record<string, string>): Promise<unknown> {
  const answer = await google.signIn.json({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new TextEncoder().encode(new URLSearchParams(form).toString()),
    meter: 'application',
  });
  return answer.body;
}

function expiryOf(google: GoogleAds, expiresInSeconds: number): Date {
  return new Date(google.now().getTime() + expiresInSeconds * 1000);
}

type Identity = Pick<Grant, 'nativeUserId' | 'nativeUserName'>;

/** Who granted. Without an id token: the customers that they reach, which one person's grants share. */
async function identify(google: GoogleAds, accessToken: Secret, idToken?: string): Promise<Identity> {
  if (idToken !== undefined) return readIdToken(google, idToken);
  const { resourceNames } = read(
    accessibleWire,
    await google.listAccessible({ accessToken, nativeUserId: '' }),
    'listAccessibleCustomers',
  );
  const customers = [...resourceNames].sort().join(',');
  return { nativeUserId: `customers:${sha256Hex(customers).slice(0, 32)}`, nativeUserName: null };
}

/**
 * It came from the token endpoint itself over TLS, so that its signature need not be checked; that it was made for us
 * must be. Source: OpenID Connect Core, 3.1.3.7.
 */
function readIdToken({ config }: GoogleAds, idToken: string): Identity {
  const { sub, aud, email } = read(identityWire, claimsOf(idToken), 'id_token');
  if (aud !== config.clientId) throw contractError('Google Ads', 'id_token.aud', 'names another client');
  return { nativeUserId: sub, nativeUserName: email ?? null };
}

function claimsOf(idToken: string): unknown {
  try {
    const [, payload = ''] = idToken.split('.');
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as unknown;
  } catch {
    throw contractError('Google Ads', 'id_token', 'is no JSON Web Token');
  }
}

function withoutRefreshToken(): PlatformError {
  return new PlatformError({
    kind: 'reauthorize',
    code: 'no_refresh_token',
    message:
      'Google gave an access of one hour that cannot be renewed. Remove SpokeStack from the Google account’s third-party connections, then connect again.',
  });
}
