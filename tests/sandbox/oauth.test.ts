import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSandbox } from '../../sandbox/handlers.ts';
import {
  address,
  APP,
  BASE,
  consent,
  dialogAddress,
  exchangeCode,
  type ListPage,
  longToken,
  readJson,
  type Refusal,
  type Rig,
  shortToken,
  startRig,
} from './meta-client.ts';

let rig: Rig;
beforeEach(() => {
  rig = startRig({ now: '2026-11-20T09:30:00Z' });
});
afterEach(() => rig.server.close());

async function refusal(
  response: Response,
): Promise<[status: number, code: number, subcode: number | undefined]> {
  const { error } = await readJson<Refusal>(response);
  return [response.status, error.code, error.error_subcode];
}

const me = (access_token: string) => fetch(address('me', { access_token }));
const codeOf = async (person = 'dana') =>
  (await consent(person, ['ads_read'])).searchParams.get('code') ?? '';

test('the consent page works without a script: a form with people, permissions, continue and cancel', async () => {
  const page = await (await fetch(dialogAddress('ads_read,ads_management'))).text();
  expect(page).not.toContain('<script');
  expect(page).toContain('<form method="post">');
  expect(page.match(/type="radio"/g)).toHaveLength(3);
  expect(page).toMatch(/type="checkbox" name="scope" value="ads_management" checked/);
  expect(page).toMatch(/value="continue">Continue[^]*value="cancel">Cancel/);
});

test('continue sends the browser back with a code and the state, cancel with a refusal', async () => {
  const allowed = await consent('dana', ['ads_read']);
  expect(allowed.searchParams.get('state')).toBe('state-1');
  expect(allowed.searchParams.get('code')).toMatch(/^\S{20,}$/);
  const cancelled = await consent('dana', [], 'cancel');
  expect(cancelled.searchParams.get('error')).toBe('access_denied');
  expect(cancelled.searchParams.get('error_reason')).toBe('user_denied');
  expect(cancelled.searchParams.get('state')).toBe('state-1');
  expect(cancelled.searchParams.get('code')).toBeNull();
});

test.each([
  ['a foreign application', { client_id: '1' }],
  ['an address that is none', { redirect_uri: 'javascript:alert(1)' }],
  ['a permission that Meta does not have', { scope: 'ads_read,everything' }],
])('the dialog refuses %s and sends nobody anywhere', async (_, change) => {
  const url = new URL(dialogAddress());
  for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
  const response = await fetch(url, { redirect: 'manual' });
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
});

test('a code is good once, for ten minutes, for the same redirect address and the right secret', async () => {
  const code = await codeOf();
  expect(await refusal(await exchangeCode(code, 'https://product.test/oauth/google/callback'))).toEqual([
    400, 100, 36008,
  ]);
  const wrongSecret = {
    ...APP,
    client_secret: 'x',
    code,
    redirect_uri: 'https://product.test/oauth/meta/callback',
  };
  expect(await refusal(await fetch(address('oauth/access_token', wrongSecret)))).toEqual([400, 1, undefined]);
  expect((await exchangeCode(code)).status).toBe(200);
  expect(await refusal(await exchangeCode(code))).toEqual([400, 100, 36009]);
  const late = await codeOf();
  rig.clock.now = new Date('2026-11-20T09:40:01Z');
  expect(await refusal(await exchangeCode(late))).toEqual([400, 100, 36007]);
});

test('a short token becomes a long one of sixty days, and dies on time', async () => {
  const params = { ...APP, grant_type: 'fb_exchange_token', fb_exchange_token: await shortToken('dana') };
  const answer = await readJson<{ access_token: string; token_type: string; expires_in: number }>(
    await fetch(address('oauth/access_token', params)),
  );
  expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 5_183_944 });
  rig.clock.now = new Date(Date.parse('2026-11-20T09:30:00Z') + 5_183_943_000);
  expect((await me(answer.access_token)).status).toBe(200);
  rig.clock.now = new Date(rig.clock.now.getTime() + 1_000);
  expect(await refusal(await me(answer.access_token))).toEqual([400, 190, 463]);
});

/** Given by another process, at nine o'clock. */
const EARLIER_TOKEN =
  'EAAS5b223130313631323334353637383930313031222c31312c332c313739353136353230303030302c312c31' +
  '3830303334393134343030302c226c6f6e67225dcb6d2d4ded5b1cde04e473b1c0305d48';

test('a token given by an earlier process still opens', async () => {
  expect((await me(EARLIER_TOKEN)).status).toBe(200);
  const taken = address('me/permissions', { access_token: await shortToken('dana') });
  await fetch(taken, { method: 'DELETE' });
  expect(await refusal(await me(EARLIER_TOKEN))).toEqual([400, 190, 458]);
});

test('a token outlives a restart of the sandbox and another seed', async () => {
  const token = await longToken('dana');
  rig.server.resetHandlers(...createSandbox({ baseUrl: BASE, seed: 99, now: () => rig.clock.now }).handlers);
  expect(await readJson(await me(token))).toEqual({ name: 'Dana Haddad', id: '10161234567890101' });
});

test('a token that was tampered with is no token', async () => {
  const token = await shortToken('noor');
  const other = `${token.slice(0, 20)}${token[20] === '1' ? '2' : '1'}${token.slice(21)}`;
  expect(await refusal(await me(other))).toEqual([400, 190, undefined]);
  expect(await refusal(await me('EAA'))).toEqual([400, 190, undefined]);
});

test('taking the permissions back ends every token given so far, and a new grant works', async () => {
  const [short, long, other] = [await shortToken('dana'), await longToken('dana'), await shortToken('rami')];
  const answer = await fetch(address('me/permissions', { access_token: short }), { method: 'DELETE' });
  expect(await readJson(answer)).toEqual({ success: true });
  expect(await refusal(await me(long))).toEqual([400, 190, 458]);
  const params = { ...APP, grant_type: 'fb_exchange_token', fb_exchange_token: short };
  expect(await refusal(await fetch(address('oauth/access_token', params)))).toEqual([400, 190, 458]);
  expect((await me(other)).status).toBe(200);
  expect((await me(await shortToken('dana'))).status).toBe(200);
  expect(await refusal(await me(long))).toEqual([400, 190, 458]);
});

test('an unticked permission is declined, and ads stay shut without it', async () => {
  const code = (await consent('dana', ['business_management'])).searchParams.get('code') ?? '';
  const { access_token } = await readJson<{ access_token: string }>(await exchangeCode(code));
  const { data } = await readJson<ListPage>(await fetch(address('me/permissions', { access_token })));
  expect(data).toContainEqual({ permission: 'ads_read', status: 'declined' });
  expect(data).toContainEqual({ permission: 'business_management', status: 'granted' });
  expect(await refusal(await fetch(address('me/adaccounts', { access_token })))).toEqual([
    403,
    200,
    undefined,
  ]);
});

test('debug_token tells whose a token is, what it may and until when', async () => {
  const input_token = await longToken('dana');
  const access_token = `${APP.client_id}|${APP.client_secret}`;
  const ask = async (token: string) =>
    (
      await readJson<{ data: Record<string, unknown> }>(
        await fetch(address('debug_token', { input_token: token, access_token })),
      )
    ).data;
  expect(await ask(input_token)).toMatchObject({
    ...{
      app_id: APP.client_id,
      is_valid: true,
      user_id: '10161234567890101',
      scopes: ['public_profile', 'ads_read'],
    },
    expires_at: Date.parse('2026-11-20T09:30:00Z') / 1000 + 5_183_944,
  });
  await fetch(address('me/permissions', { access_token: input_token }), { method: 'DELETE' });
  expect(await ask(input_token)).toMatchObject({ is_valid: false, error: { code: 190, subcode: 458 } });
});

test('a token is taken from the header too, and a wrong appsecret_proof is refused', async () => {
  const token = await shortToken('dana');
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(address('me'), { headers })).status).toBe(200);
  const appsecret_proof = createHmac('sha256', APP.client_secret).update(token).digest('hex');
  expect((await fetch(address('me', { appsecret_proof }), { headers })).status).toBe(200);
  const wrong = `${appsecret_proof.slice(1)}0`;
  expect(await refusal(await fetch(address('me', { appsecret_proof: wrong }), { headers }))).toEqual([
    400,
    100,
    undefined,
  ]);
  expect(await refusal(await fetch(address('me')))).toEqual([400, 104, undefined]);
});

test('each person sees their own accounts and nobody else sees them', async () => {
  const list = async (person: string) => {
    const access_token = await shortToken(person);
    const query = { access_token, limit: '100', fields: 'name,currency,business{name}' };
    return (await readJson<ListPage>(await fetch(address('me/adaccounts', query)))).data;
  };
  const [dana, rami, noor] = [await list('dana'), await list('rami'), await list('noor')];
  expect([dana.length, rami.length, noor.length]).toEqual([9, 3, 0]);
  expect(new Set([...dana, ...rami].map(({ id }) => id)).size).toBe(12);
  const access_token = await shortToken('rami');
  const foreign = String(dana[0]?.id);
  for (const path of [foreign, `${foreign}/campaigns`, `${foreign}/insights`]) {
    expect(await refusal(await fetch(address(path, { access_token })))).toEqual([400, 100, 33]);
  }
});
