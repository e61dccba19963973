import { describe, expect, it } from 'vitest';
import { Secret } from '../../server/kernel/crypto.ts';
import { json, now, useGoogleVendor } from '../support/google-vendor.ts';

const { google, answerWith, asked, charged, lines } = useGoogleVendor();
const inAnHour = new Date(now.getTime() + 3_599_000);

describe('the sign-in', () => {
  const idToken = (claims: object) =>
    `e30.${Buffer.from(JSON.stringify({ aud: 'client.apps', ...claims })).toString('base64url')}.sig`;
  const granted = {
    access_token: 'canary-new-access',
    refresh_token: 'canary-refresh',
    expires_in: 3599,
    scope: 'openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/adwords',
    token_type: 'Bearer',
  };
  const exchange = { code: 'canary-code', redirectUri: 'http://x.test/cb', codeVerifier: 'canary-verifier' };

  it('asks for an access that lasts, with the challenge and nothing that is secret', () => {
    const request = { state: 'a b&c', redirectUri: 'http://x.test/cb', codeChallenge: 'challenge' };
    const url = new URL(google.authorizationUrl(request));
    expect(`${url.origin}${url.pathname}`).toBe(`http://google.test/auth`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'client.apps',
      redirect_uri: 'http://x.test/cb',
      response_type: 'code',
      scope: 'https://www.googleapis.com/auth/adwords openid https://www.googleapis.com/auth/userinfo.email',
      access_type: 'offline',
      prompt: 'consent',
      include_granted_scopes: 'true',
      state: 'a b&c',
      code_challenge: 'challenge',
      code_challenge_method: 'S256',
    });
  });

  it('trades the code for both tokens and tells whose they are', async () => {
    answerWith(() => json({ ...granted, id_token: idToken({ sub: '108', email: 'dana@example.com' }) }));
    const grant = await google.exchangeCode(exchange);
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
      client_id: 'client.apps',
      client_secret: 'canary-client-secret',
      grant_type: 'authorization_code',
      code: 'canary-code',
      redirect_uri: 'http://x.test/cb',
      code_verifier: 'canary-verifier',
    });
    expect(grant).toMatchObject({ nativeUserId: '108', nativeUserName: 'dana@example.com' });
    expect(grant.scopes).toEqual(expect.arrayContaining([...google.requiredScopes]));
    expect(grant.expiresAt).toEqual(inAnHour);
    expect([grant.accessToken.reveal(), grant.refreshToken?.reveal()]).toEqual([
      'canary-new-access',
      'canary-refresh',
    ]);
  });

  it('knows a person without an id token by the customers that they reach', async () => {
    const idOf = async (customers: readonly string[]) => {
      answerWith(({ path }) =>
        json(path === '/token' ? granted : { resourceNames: customers.map((id) => `customers/${id}`) }),
      );
      return (await google.exchangeCode(exchange)).nativeUserId;
    };
    const first = await idOf(['1', '2']);
    expect(first).toMatch(/^customers:[0-9a-f]{32}$/);
    expect(await idOf(['2', '1'])).toBe(first);
    expect(await idOf(['1', '3'])).not.toBe(first);
  });

  it.each([
    ['an id token of another client', { id_token: idToken({ sub: '1', aud: 'other' }) }, 'contract'],
    ['an id token that is none', { id_token: 'nonsense' }, 'contract'],
    ['an access that cannot be renewed', { refresh_token: undefined }, 'no_refresh_token'],
  ])('takes no grant with %s', async (_what, fields, code) => {
    answerWith(() => json({ ...granted, ...fields }));
    await expect(google.exchangeCode(exchange)).rejects.toMatchObject({ code });
  });

  it('renews an access and keeps the refresh token where no other comes', async () => {
    answerWith(() => json({ access_token: 'a', expires_in: 3599, scope: '', token_type: 'Bearer' }));
    const renewed = await google.refresh?.(new Secret('canary-refresh'));
    expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'canary-refresh',
    });
    expect(renewed).toMatchObject({ refreshToken: null, expiresAt: inAnHour });
    answerWith(() => json({ access_token: 'a', expires_in: 1, refresh_token: 'r2' }));
    expect((await google.refresh?.(new Secret('r')))?.refreshToken?.reveal()).toBe('r2');
  });

  it('asks once and no more where the grant is dead', async () => {
    const dead = { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' };
    answerWith(() => json(dead, 400));
    await expect(google.refresh?.(new Secret('r'))).rejects.toMatchObject({
      kind: 'reauthorize',
      grant: 'REVOKED',
      message: expect.stringMatching(/[Cc]onnect again/) as string,
    });
    expect(asked).toHaveLength(1);
  });

  it('ends the grant by its refresh token, and takes a dead one for ended', async () => {
    const grant = { accessToken: new Secret('a'), refreshToken: new Secret('r'), nativeUserId: 'u' };
    answerWith(() => json({}));
    await google.revoke(grant);
    expect(asked[0]).toMatchObject({ path: '/revoke', body: 'token=r' });
    answerWith(() => json({ error: 'invalid_token', error_description: 'Token expired or revoked' }, 400));
    await google.revoke(grant);
    answerWith(() => json({}, 503));
    await expect(google.revoke(grant)).rejects.toMatchObject({ kind: 'retry' });
  });

  it('takes no operation of the day', async () => {
    answerWith(() => json({ access_token: 'a', expires_in: 1 }));
    await google.refresh?.(new Secret('r'));
    expect(charged).toEqual([]);
  });

  it('writes no token, code or secret into a log line', async () => {
    answerWith(({ path }) => (path === '/token' ? json(granted) : json({}, 503)));
    await expect(google.exchangeCode(exchange)).rejects.toMatchObject({ kind: 'retry' });
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.join('\n')).not.toMatch(/canary/);
  });
});
