import { Secret, sha256Hex } from '../../kernel/crypto.ts';
import type { AuthorizationRequest, CodeExchange, Grant, HeldGrant } from '../ad-platform.ts';
import { PlatformError } from '../errors.ts';
import type { Tiktok } from './api.ts';
import { read, tokenWire, userWire } from './wire.ts';

/**
 * TikTok names what was allowed by numbers, in the words of its consent page these. A part of one has a longer number
 * that begins with it (6 creatives, 61 videos, 611 uploading one).
 * Source: API for Business, permission scope (doc 1753986142651394).
 */
const SCOPES: Readonly<Record<string, string>> = {
  1: 'Ad Account Management',
  2: 'Ads Management',
  3: 'Audience Management',
  4: 'Reporting',
  5: 'Measurement',
  6: 'Creative Management',
  7: 'App Management',
  8: 'Pixel Management',
  9: 'DPA Catalog Management',
};

/** The accounts' currency and zone, the campaigns, the figures. */
export const REQUIRED_SCOPES = ['Ad Account Management', 'Ads Management', 'Reporting'] as const;

/** The consent page. Which permissions it asks for is set at the application; PKCE is not taken. */
export function authorizationUrl(tiktok: Tiktok, { state, redirectUri }: AuthorizationRequest): string {
  const url = new URL(tiktok.config.authUrl);
  url.searchParams.set('app_id', tiktok.config.appId);
  url.searchParams.set('state', state);
  url.searchParams.set('redirect_uri', redirectUri);
  return url.href;
}

/**
 * An advertiser's token lasts until it is revoked, and has no refresh token. The code is good once, and is not bound to
 * the callback address. Source: API for Business v1.3, authentication.
 */
export async function exchangeCode(tiktok: Tiktok, { code }: CodeExchange): Promise<Grant> {
  const path = 'oauth2/access_token/';
  const body = { ...applicationOf(tiktok), auth_code: code };
  const token = read(tokenWire, await tiktok.ask({ path, body, token: null }), path);
  const accessToken = new Secret(token.access_token);
  const person = await findPerson(tiktok, accessToken);
  return {
    accessToken,
    refreshToken: null,
    expiresAt: null,
    scopes: scopesOf(token.scope),
    nativeUserId: person?.core_user_id ?? nameOf(token.advertiser_ids),
    nativeUserName: person?.display_name ?? null,
  };
}

export function applicationOf({ config }: Tiktok): { app_id: string; secret: string } {
  return { app_id: config.appId, secret: config.appSecret.reveal() };
}

/** The scopes by name; one that is not known here keeps its number. */
export function scopesOf(numbers: readonly number[]): string[] {
  const names = numbers.map((number) => {
    const digits = String(number);
    return SCOPES[digits.length <= 3 ? digits.charAt(0) : digits] ?? `Permission ${digits}`;
  });
  return [...new Set(names)];
}

/** Who allowed it. A grant that may not ask is good all the same. Source: API for Business, /user/info/. */
async function findPerson(tiktok: Tiktok, token: Secret) {
  const path = 'user/info/';
  try {
    return read(userWire, await tiktok.ask({ path, token }), path);
  } catch (error) {
    if (error instanceof PlatformError && (error.kind === 'skip' || error.kind === 'stop')) return null;
    throw error;
  }
}

/** Without a person the grant is known by what it shows, so that giving it again is not taken for a second one. */
function nameOf(advertiserIds: readonly string[]): string {
  return `advertisers-${sha256Hex([...advertiserIds].sort().join(' ')).slice(0, 32)}`;
}

/** Source: API for Business, revoke a long-term access token (doc 1739965949088770). */
export async function revoke(tiktok: Tiktok, { accessToken }: HeldGrant): Promise<void> {
  const body = { ...applicationOf(tiktok), access_token: accessToken.reveal() };
  try {
    await tiktok.ask({ path: 'oauth2/revoke_token/', body, token: accessToken });
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'reauthorize') throw error;
  }
}
