import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSandbox } from '../../sandbox/handlers.ts';
import {
  ADS_SCOPE,
  arm,
  authAddress,
  BASE,
  CLIENT,
  consent,
  exchangeCode,
  listAccessible,
  post,
  readJson,
  refresh,
  refusalOf,
  type Rig,
  startRig,
  type Tokens,
  tokensOf,
} from './google-client.ts';

let rig: Rig;
beforeEach(() => {
  rig = startRig({ now: '2026-11-20T09:30:00Z' });
});
afterEach(() => rig.server.close());

const EMAIL_SCOPE = 'https://www.googleapis.com/auth/userinfo.email';

async function refusal(response: Response): Promise<[number, string]> {
  return [response.status, (await readJson<{ error: string }>(response)).error];
}

const codeOf = async (choice = {}) => (await consent('dana', choice)).searchParams.get('code') ?? '';

test('the consent page works without a script: a form with people, permissions, continue and cancel', async () => {
  const page = await (await fetch(authAddress())).text();
  expect(page).not.toContain('<script');
  expect(page).toContain('<form method="post">');
  expect(page.match(/type="radio" name="person"/g)).toHaveLength(3);
  // What signs in is no choice; what reads ads is.
  expect([...page.matchAll(/name="scope" value="([^"]+)" checked/g)].map(([, scope]) => scope)).toEqual([
    ADS_SCOPE,
  ]);
  expect(page).toMatch(/value="continue">Continue[^]*value="cancel">Cancel/);
});

test('continue sends the browser back with a code, the state and what was granted; cancel with a refusal', async () => {
  const allowed = (await consent('dana')).searchParams;
  expect([allowed.get('state'), allowed.get('error')]).toEqual(['state-1', null]);
  expect(allowed.get('code')).toMatch(/^4\/\S{20,}$/);
  expect(allowed.get('scope')?.split(' ')).toEqual([ADS_SCOPE, 'openid', EMAIL_SCOPE]);
  const cancelled = (await consent('dana', { decision: 'cancel' })).searchParams;
  expect([cancelled.get('error'), cancelled.get('state'), cancelled.get('code')]).toEqual([
    'access_denied',
    'state-1',
    null,
  ]);
});

test.each([
  ['a foreign application', { client_id: '1' }],
  ['an address that is none', { redirect_uri: 'javascript:alert(1)' }],
  ['a scope that Google does not have', { scope: `${ADS_SCOPE} everything` }],
  ['an answer other than a code', { response_type: 'token' }],
  ['a challenge in plain', { code_challenge_method: 'plain' }],
  ['a challenge that is too short', { code_challenge: 'abc' }],
])('the page refuses %s and sends nobody anywhere', async (_, change) => {
  const response = await fetch(authAddress(change), { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([400, null]);
});

test('a code is good once, for ten minutes, with its verifier, its redirect address and the right secret', async () => {
  const code = await codeOf();
  expect(await refusal(await exchangeCode(code, { client_secret: 'x' }))).toEqual([401, 'invalid_client']);
  expect(await refusal(await exchangeCode(code, { redirect_uri: 'https://product.test/elsewhere' }))).toEqual(
    [400, 'redirect_uri_mismatch'],
  );
  expect(await refusal(await exchangeCode(code, { code_verifier: 'another' }))).toEqual([
    400,
    'invalid_grant',
  ]);
  const { client_id, client_secret } = CLIENT;
  const bare = { client_id, client_secret, code, redirect_uri: 'https://product.test/oauth/google/callback' };
  expect(await refusal(await post('/google/token', { ...bare, grant_type: 'authorization_code' }))).toEqual([
    400,
    'invalid_grant',
  ]);
  expect((await exchangeCode(code)).status).toBe(200);
  expect(await refusal(await exchangeCode(code))).toEqual([400, 'invalid_grant']);
  const late = await codeOf();
  rig.clock.now = new Date('2026-11-20T09:40:01Z');
  expect(await refusal(await exchangeCode(late))).toEqual([400, 'invalid_grant']);
});

test('the first consent gives a refresh token, a later one only where consent is asked for again', async () => {
  const unasked = { address: authAddress({ prompt: '' }) };
  expect((await tokensOf('dana', unasked)).refresh_token).toMatch(/^1\/\/0/);
  expect((await tokensOf('dana', unasked)).refresh_token).toBeUndefined();
  expect((await tokensOf('dana')).refresh_token).toMatch(/^1\/\/0/);
  const online = { address: authAddress({ access_type: 'online' }) };
  expect((await tokensOf('rami', online)).refresh_token).toBeUndefined();
});

test('an access token lives an hour, and the refresh token gives another without being replaced', async () => {
  const tokens = await tokensOf('dana');
  expect(tokens).toMatchObject({ expires_in: 3_599, token_type: 'Bearer' });
  rig.clock.now = new Date('2026-11-20T10:29:59Z');
  expect((await listAccessible(tokens.access_token)).status).toBe(200);
  rig.clock.now = new Date('2026-11-20T10:30:00Z');
  expect(await refusalOf(await listAccessible(tokens.access_token))).toEqual([401, 'UNAUTHENTICATED']);
  const renewed = await readJson<Tokens>(await refresh(tokens.refresh_token ?? ''));
  expect(renewed.refresh_token).toBeUndefined();
  expect(renewed.scope).toBe(tokens.scope);
  expect((await listAccessible(renewed.access_token)).status).toBe(200);
});

test('revoking either token ends the grant: the refresh is invalid_grant with status 400', async () => {
  for (const name of ['refresh_token', 'access_token'] as const) {
    rig.clock.now = new Date(rig.clock.now.getTime() + 1_000);
    const tokens = await tokensOf('dana');
    expect((await post('/google/revoke', { token: tokens[name] ?? '' })).status).toBe(200);
    expect(await refusal(await refresh(tokens.refresh_token ?? ''))).toEqual([400, 'invalid_grant']);
    expect(await refusalOf(await listAccessible(tokens.access_token))).toEqual([401, 'UNAUTHENTICATED']);
    expect(await refusal(await post('/google/revoke', { token: tokens[name] ?? '' }))).toEqual([
      400,
      'invalid_token',
    ]);
  }
  expect((await listAccessible((await tokensOf('dana')).access_token)).status).toBe(200);
});

test('a person who unticks reading ads is told so, and not as one whose token ended', async () => {
  const tokens = await tokensOf('dana', { scopes: [] });
  expect(tokens.scope.split(' ')).toEqual(['openid', EMAIL_SCOPE]);
  expect(await refusalOf(await listAccessible(tokens.access_token))).toEqual([
    403,
    'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
  ]);
  const nothing = { scopes: [], address: authAddress({ scope: ADS_SCOPE }) };
  expect((await consent('rami', nothing)).searchParams.get('error')).toBe('access_denied');
});

test('earlier permissions come along where they are asked to', async () => {
  await tokensOf('dana');
  const again = authAddress({ scope: 'openid', include_granted_scopes: 'true' });
  expect((await tokensOf('dana', { address: again })).scope.split(' ')).toEqual([
    ADS_SCOPE,
    'openid',
    EMAIL_SCOPE,
  ]);
  const alone = authAddress({ scope: 'openid' });
  expect((await tokensOf('dana', { address: alone })).scope).toBe('openid');
});

test('an id token says who it was, for whom, and the address only where that was asked', async () => {
  const claims = (token = '') =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  const { id_token } = await tokensOf('dana');
  expect(claims(id_token)).toMatchObject({
    ...{ sub: '108244019356720011101', aud: CLIENT.client_id, email: 'dana.haddad@meridian.example' },
    ...{ iss: 'https://accounts.google.com', exp: Date.parse('2026-11-20T10:30:00Z') / 1000 },
  });
  const bare = await tokensOf('dana', { address: authAddress({ scope: `${ADS_SCOPE} openid` }) });
  expect(claims(bare.id_token)).not.toHaveProperty('email');
  const without = await tokensOf('dana', { address: authAddress({ scope: ADS_SCOPE }) });
  expect(without.id_token).toBeUndefined();
});

test('a person without ad accounts is no Ads user, and no token is a missing credential', async () => {
  const { access_token } = await tokensOf('noor');
  expect(await refusalOf(await listAccessible(access_token))).toEqual([
    401,
    'authenticationError.NOT_ADS_USER',
  ]);
  const bare = await fetch(`${BASE}/v25/customers:listAccessibleCustomers`);
  expect(await refusalOf(bare)).toEqual([401, 'UNAUTHENTICATED']);
});

test('tokens outlive a restart of the sandbox and another seed, and a changed one opens nothing', async () => {
  const { access_token, refresh_token = '' } = await tokensOf('dana');
  rig.server.resetHandlers(...createSandbox({ baseUrl: BASE, seed: 99, now: () => rig.clock.now }).handlers);
  expect((await listAccessible(access_token)).status).toBe(200);
  expect((await refresh(refresh_token)).status).toBe(200);
  const other = `${access_token.slice(0, 20)}${access_token[20] === 'A' ? 'B' : 'A'}${access_token.slice(21)}`;
  expect((await listAccessible(other)).status).toBe(401);
  expect((await refresh(access_token)).status).toBe(400);
  expect((await listAccessible(refresh_token)).status).toBe(401);
});

test('the token endpoint has its own troubles: a dead grant, a limit, a failure', async () => {
  const { refresh_token = '' } = await tokensOf('dana');
  await arm({ kind: 'revoked_grant', times: 1, match: 'refresh_token' });
  expect(await refusal(await refresh(refresh_token))).toEqual([400, 'invalid_grant']);
  await arm({ kind: 'rate_limited', times: 1 });
  expect((await refresh(refresh_token)).status).toBe(429);
  await arm({ kind: 'error_500', times: 1 });
  expect((await refresh(refresh_token)).status).toBe(500);
  expect((await refresh(refresh_token)).status).toBe(200);
});

test('the list of calls names no token, no code and no secret', async () => {
  const tokens = await tokensOf('dana');
  await refresh(tokens.refresh_token ?? '');
  await fetch(`${BASE}/google/revoke?token=${tokens.access_token}`, { method: 'POST' });
  const calls = await (await fetch(`${BASE}/_calls?platform=google`)).text();
  expect(calls).toContain('"grant_type":"refresh_token"');
  for (const secret of [tokens.access_token, tokens.refresh_token ?? '', CLIENT.client_secret, '4/0A']) {
    expect(calls).not.toContain(secret);
  }
});
