import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SANDBOX_PHYLLO_CLIENT_ID, SANDBOX_PHYLLO_CLIENT_SECRET } from '../../sandbox/phyllo/app.ts';
import { type PhylloKept } from '../../sandbox/phyllo/memory.ts';
import { fileStore } from '../../sandbox/phyllo/store.ts';
import { createSandbox } from '../../sandbox/handlers.ts';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  accountOf,
  type Account,
  ask,
  basic,
  connect,
  connected,
  contentsOf,
  FACEBOOK,
  get,
  INSTAGRAM,
  LINKEDIN,
  type List,
  newUser,
  order,
  post,
  type Profile,
  profileOf,
  refusalOf,
  type Rig,
  startRig,
  TIKTOK,
  TWITCH,
  wait,
  X,
  YOUTUBE,
} from './phyllo-client.ts';

const NOW = '2026-05-20T10:30:00Z';
const NAIVE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}$/;
const NOWHERE = '00000000-0000-4000-a000-000000000000';

let rig: Rig;

beforeAll(() => {
  rig = startRig({ now: NOW });
});
beforeEach(() => {
  rig.clock.now = new Date(NOW);
  rig.state.clearFaults();
});
afterAll(() => {
  rig.server.close();
});

describe('the API', () => {
  test('takes the pair of credentials alone, and says in its own words that another is wrong', async () => {
    const wrong = [
      null,
      basic(SANDBOX_PHYLLO_CLIENT_ID, 'another'),
      basic('', SANDBOX_PHYLLO_CLIENT_SECRET),
      `Bearer ${SANDBOX_PHYLLO_CLIENT_SECRET}`,
    ];
    for (const authorization of wrong) {
      const { status, ...error } = await refusalOf(ask('/v1/accounts', { authorization }));
      expect([status, error.status_code, error.http_status_code]).toEqual([401, 401, 401]);
      expect(error.code).toBe(error.error_code);
      expect(error.type).toBe('UNAUTHORIZED');
      expect(error.request_id).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect((await ask('/v1/accounts')).status).toBe(200);
  });

  test('makes a user once for an external id, and finds it by that', async () => {
    const user = await post<Record<string, string>>('/v1/users', { name: 'ليلى', external_id: 'creator/7' });
    expect(user).toMatchObject({ name: 'ليلى', external_id: 'creator/7', status: 'ACTIVE' });
    expect(user.created_at).toMatch(NAIVE);
    const again = await refusalOf(ask('/v1/users', { body: { name: 'other', external_id: 'creator/7' } }));
    expect(again.status).toBe(400);
    expect(await get(`/v1/users/external_id/${encodeURIComponent('creator/7')}`)).toEqual(user);
    expect(await get(`/v1/users/${user.id}`)).toEqual(user);
    expect((await refusalOf(ask('/v1/users/external_id/nobody'))).status).toBe(404);
    expect((await refusalOf(ask('/v1/users', { body: { name: 'x' } }))).code).toBe('missing_fields');
  });

  test('gives SDK tokens that expire, for products that it knows', async () => {
    const userId = await newUser('for-a-token');
    const token = await post<{ sdk_token: string; expires_at: string }>('/v1/sdk-tokens', {
      user_id: userId,
      products: ['IDENTITY', 'ENGAGEMENT.AUDIENCE'],
    });
    expect(token.sdk_token.split('.')).toHaveLength(3);
    expect(Date.parse(`${token.expires_at}Z`)).toBeGreaterThan(rig.clock.now.getTime());
    const refused = async (body: object) => (await refusalOf(ask('/v1/sdk-tokens', { body }))).status;
    expect(await refused({ user_id: userId, products: ['MONEY'] })).toBe(400);
    expect(await refused({ user_id: userId, products: [] })).toBe(400);
    expect(await refused({ user_id: NOWHERE, products: ['IDENTITY'] })).toBe(404);
  });

  test('lists the platforms by their real ids, with what each supports', async () => {
    interface Platform {
      id: string;
      name: string;
      products: Record<string, { is_supported: boolean; audience?: { is_supported: boolean } }>;
    }
    const { data } = await get<List<Platform>>('/v1/work-platforms?limit=100');
    const of = (id: string) => data.find((platform) => platform.id === id)?.products;
    expect(data.length).toBeGreaterThan(12);
    expect(of(INSTAGRAM)?.engagement).toEqual({ is_supported: true, audience: { is_supported: true } });
    expect(of(TIKTOK)?.engagement).toEqual({ is_supported: true, audience: { is_supported: false } });
    for (const id of [TWITCH, X, LINKEDIN, FACEBOOK]) {
      expect(of(id)?.identity).toEqual({ is_supported: true, audience: { is_supported: false } });
    }
    expect(of(LINKEDIN)?.engagement?.is_supported).toBe(false);
    expect(data.find(({ name }) => name === 'Snapchat')?.products.identity?.is_supported).toBe(false);
    expect((await get<List<Platform>>('/v1/work-platforms?name=instagram')).data).toHaveLength(1);
  });

  test('pages without a total: a short page is the last, and sizes over 100 are refused', async () => {
    const userId = await newUser('with-many');
    const people = ['rubycast', 'jordanellery', 'tarekelsayed', 'emreyildiz', 'doyunkr'];
    for (const name of people) await connect(userId, YOUTUBE, name);
    const page = (query: string) => get<List<Account>>(`/v1/accounts?user_id=${userId}&${query}`);
    const [first, second, third] = [
      await page('limit=2'),
      await page('limit=2&offset=2'),
      await page('limit=2&offset=4'),
    ];
    expect([first, second, third].map(({ data }) => data.length)).toEqual([2, 2, 1]);
    expect(Object.keys(first.metadata)).toEqual(['offset', 'limit', 'from_date', 'to_date']);
    expect(new Set([first, second, third].flatMap(({ data }) => data.map(({ id }) => id))).size).toBe(5);
    expect((await page('')).metadata.limit).toBe(10);
    for (const bad of ['limit=101', 'limit=0', 'offset=-1', 'limit=ten', 'page=2']) {
      expect((await refusalOf(ask(`/v1/accounts?${bad}`))).status).toBe(400);
    }
  });

  test('shows an account with its user and platform, and finds it with and without dashes', async () => {
    const accountId = await connected(rig, INSTAGRAM, 'layla.mansoori');
    const account = await accountOf(accountId);
    expect(account.work_platform).toMatchObject({ id: INSTAGRAM, name: 'Instagram' });
    expect(account.platform_username).toBe('layla.mansoori');
    expect(await accountOf(accountId.replaceAll('-', ''))).toEqual(account);
    const { data } = await get<List<Account>>(`/v1/accounts?user_id=${account.user.id}`);
    expect(data.map(({ id }) => id)).toEqual([accountId]);
    const other = await get<List<Account>>(
      `/v1/accounts?user_id=${account.user.id}&work_platform_id=${TIKTOK}`,
    );
    expect(other.data).toEqual([]);
    const missing = await refusalOf(ask(`/v1/accounts/${NOWHERE}`));
    expect([missing.status, missing.type, missing.code]).toEqual([
      404,
      'RECORD_NOT_FOUND',
      'incorrect_account_id',
    ]);
  });

  test('disconnects an account at the developer’s word', async () => {
    const accountId = await connected(rig, INSTAGRAM, 'hessa.home');
    const answer = await post<{ status: string }>(`/v1/accounts/${accountId}/disconnect`, {});
    expect(answer.status).toBe('NOT_CONNECTED');
    const account = await accountOf(accountId);
    expect([account.status, account.disconnection_source]).toEqual(['NOT_CONNECTED', 'DEVELOPER_API']);
    const refused = await refusalOf(ask('/v1/profiles/refresh', { body: { account_id: accountId } }));
    expect(refused.status).toBe(400);
  });
});

describe('an account that was just connected', () => {
  test('has nothing until its first figures come', async () => {
    const { accountId } = await connect(await newUser('fresh'), INSTAGRAM, 'camillelefevre');
    const before = await accountOf(accountId);
    expect(before.status).toBe('CONNECTED');
    expect(before.data.identity).toMatchObject({ status: 'IN_PROGRESS', last_sync_at: null });
    expect(before.data.engagement).toMatchObject({ status: 'IN_PROGRESS', data_available_from: null });
    expect((await get<List<Profile>>(`/v1/profiles?account_id=${accountId}`)).data).toEqual([]);
    expect(await contentsOf(accountId)).toEqual([]);
    expect(await get(`/v1/audience?account_id=${accountId}`)).toMatchObject({ countries: [], cities: [] });
    wait(rig, 4_000);
    const after = await accountOf(accountId);
    expect(after.data.identity).toMatchObject({ status: 'SYNCED', audience: { status: 'SYNCED' } });
    expect(after.data.identity.last_sync_at).toMatch(NAIVE);
    expect((await contentsOf(accountId)).length).toBeGreaterThan(10);
  });

  test('waits as long as the control says', async () => {
    await order('settings', { syncMs: 60_000 });
    const { accountId } = await connect(await newUser('slow'), TIKTOK, 'camillelefevre');
    wait(rig, 59_000);
    expect((await accountOf(accountId)).data.identity.status).toBe('IN_PROGRESS');
    wait(rig, 1_000);
    expect((await accountOf(accountId)).data.identity.status).toBe('SYNCED');
    await order('settings', { syncMs: 3_000 });
    expect((await ask('/_phyllo/settings', { body: { syncMs: -1 } })).status).toBe(400);
    expect((await ask('/_phyllo/settings', { body: { nothing: 1 } })).status).toBe(400);
  });

  test('is the same account when the same person connects it again', async () => {
    const userId = await newUser('twice');
    const first = await connect(userId, INSTAGRAM, 'zoelindqvist');
    await order('expire', { accountId: first.accountId });
    expect((await accountOf(first.accountId)).status).toBe('SESSION_EXPIRED');
    expect(await connect(userId, INSTAGRAM, 'zoelindqvist')).toEqual(first);
    expect((await accountOf(first.accountId)).status).toBe('CONNECTED');
    const other = await connect(await newUser('another'), INSTAGRAM, 'zoelindqvist');
    expect(other.accountId).not.toBe(first.accountId);
  });

  test('is refused for somebody who is not there', async () => {
    const userId = await newUser('nobody');
    const refused = async (body: object) => (await ask('/_phyllo/connect', { body })).status;
    expect(await refused({ userId, workPlatformId: INSTAGRAM, username: 'nobody' })).toBe(404);
    expect(await refused({ userId: NOWHERE, workPlatformId: INSTAGRAM, username: 'zoelindqvist' })).toBe(404);
    expect(await refused({ userId, workPlatformId: NOWHERE, username: 'zoelindqvist' })).toBe(404);
    expect(await refused({ userId, workPlatformId: INSTAGRAM })).toBe(400);
  });
});

describe('what goes wrong on demand', () => {
  const arm = (kind: string, more: object = {}) =>
    post('/_faults', { platform: 'phyllo', kind, times: 1, ...more });

  test('is a limit, an outage, a refused pair or an empty page, once each', async () => {
    await connected(rig, INSTAGRAM, 'chloens');
    await arm('rate_limited');
    await arm('error_500');
    await arm('unauthorized');
    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await ask('/v1/accounts')).status);
    expect(statuses).toEqual([429, 500, 401, 200]);
    await arm('empty_page');
    expect((await get<List<Account>>('/v1/accounts')).data).toEqual([]);
    expect((await get<List<Account>>('/v1/accounts')).data).not.toEqual([]);
  });

  test('is a list alone that can be empty, and a path that a fault is aimed at', async () => {
    const accountId = await connected(rig, INSTAGRAM, 'chloens');
    await arm('empty_page');
    expect((await accountOf(accountId)).id).toBe(accountId);
    rig.state.clearFaults();
    await arm('error_500', { match: '/v1/profiles' });
    expect((await ask('/v1/accounts')).status).toBe(200);
    expect((await ask(`/v1/profiles?account_id=${accountId}`)).status).toBe(500);
    expect((await ask('/_faults', { body: { platform: 'phyllo', kind: 'restate_days' } })).status).toBe(400);
  });

  test('is an answer that comes late, or half', async () => {
    await arm('slow', { delayMs: 5 });
    expect((await ask('/v1/accounts')).status).toBe(200);
    await arm('truncated_body');
    await expect(ask('/v1/work-platforms').then((response) => response.json())).rejects.toThrow();
    expect((await ask('/v1/work-platforms')).status).toBe(200);
  });

  test('is written down with every call, without what authenticates', async () => {
    await get('/v1/work-platforms?limit=1');
    const calls = await get<{ path: string; status: number; query: object }[]>('/_calls?platform=phyllo');
    expect(calls.at(-1)).toMatchObject({ path: '/v1/work-platforms', status: 200, query: { limit: '1' } });
    expect(JSON.stringify(calls)).not.toContain(SANDBOX_PHYLLO_CLIENT_SECRET);
  });
});

test('the truth names every account that was connected, and everybody who could be', async () => {
  const accountId = await connected(rig, X, 'jordanellery');
  const accounts =
    await get<{ accountId: string; network: string; status: string }[]>('/_truth/phyllo/accounts');
  expect(accounts.find((each) => each.accountId === accountId)).toMatchObject({
    network: 'x',
    status: 'CONNECTED',
  });
  const people = await get<{ key: string; name: string; network: string }[]>('/_phyllo/people');
  expect(new Set(people.map(({ key }) => key)).size).toBe(40);
  expect((await ask(`/_truth/phyllo?account=${NOWHERE}`)).status).toBe(404);
  expect((await ask(`/_truth/phyllo?account=${accountId}&asOf=then`)).status).toBe(400);
});

test('another seed gives the same people other figures', async () => {
  const accountId = await connected(rig, INSTAGRAM, 'kwamedrives');
  const seed = rig.state.world.seed;
  const before = await profileOf(accountId);
  await post('/_seed', { seed: 99 });
  const after = await profileOf(accountId);
  await post('/_seed', { seed });
  expect(after.full_name).toBe(before.full_name);
  expect(after.reputation).not.toEqual(before.reputation);
  expect(await profileOf(accountId)).toEqual(before);
});

test('users, accounts and webhooks outlive the process where there is a file for them', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'spokestack-phyllo-')), 'deep', 'phyllo.json');
  expect(fileStore(file).read()).toBeUndefined();
  const kept: PhylloKept = { users: [...rig.state.phyllo.users.values()], accounts: [], webhooks: [] };
  fileStore(file).write(kept);
  const later = createSandbox({ phylloStore: fileStore(file) });
  expect([...later.state.phyllo.users.values()]).toEqual(kept.users);
});
