import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCaller } from '../../server/api/root.ts';
import { useTestDatabase } from '../support/database.ts';
import { adAccount, ListedPlatform } from '../support/listed-platform.ts';
import { refusal } from '../support/refusal.ts';
import {
  type Agency,
  caller,
  contextOf,
  createWorld,
  type PersonName,
  sessionCaller,
  startSession,
  type World,
} from '../support/world.ts';

const database = useTestDatabase();
const vendor = new ListedPlatform();
let world: World;
let demo: Agency;
let connectionId: string;
let addresses = 0;

beforeAll(async () => {
  world = await createWorld(database());
  world.services.platforms = vendor.registry;
  ({ demo } = world);
});
afterAll(() => world.close());

/** Every test begins with Lina's grant, of which two accounts are in use, and a client's person who sees one of them. */
beforeEach(async () => {
  await world.ownerDb.pool.query('delete from ad_accounts');
  await world.ownerDb.pool.query('delete from oauth_connections');
  vendor.show('lina', [
    adAccount('a1', { name: 'Zayna' }),
    adAccount('a2', { name: 'Barq' }),
    adAccount('a3'),
  ]);
  vendor.show('client', [adAccount('a1', { name: 'Zayna' }), adAccount('b1')]);
  vendor.show('stranger', [adAccount('z1')]);
  const api = await sessionCaller(world, await startSession(world, demo.people.owner));
  const { authorizationUrl } = await api.adAccounts.connect({ platform: 'GOOGLE' });
  const done = await api.adAccounts.callback({
    platform: 'GOOGLE',
    code: 'lina',
    state: stateOf(authorizationUrl),
  });
  ({ connectionId } = done);
  await as('owner').adAccounts.pick({ connectionId, picks: [{ nativeId: 'a1' }, { nativeId: 'a2' }] });
  addresses += 1;
});

const as = (name: PersonName, agency: Agency = demo) => caller(world, agency.people[name].principal);
/** Somebody without a login, at an address of this test's own. */
const guest = () => createCaller(contextOf(world, { address: `198.51.100.${addresses}` }));
const stateOf = (url: string) => new URL(url).searchParams.get('state') ?? '';

async function makeLink(): Promise<{ id: string; token: string }> {
  const link = await as('admin').reconnectLinks.create({ connectionId });
  return { id: link.id, token: link.url.split('/').at(-1) ?? '' };
}

/** The guest opens the link and comes back from the platform as this person. */
async function walk(token: string, person: string, change: { nonce?: string; state?: string } = {}) {
  const { authorizationUrl, nonce } = await guest().reconnect.begin({ token });
  return guest().reconnect.callback({
    platform: 'GOOGLE',
    code: person,
    state: stateOf(authorizationUrl),
    nonce,
    ...change,
  });
}

const connectionOf = async (nativeId: string) => {
  const { items } = await as('owner').adAccounts.list({});
  return items.find((account) => account.nativeId === nativeId)?.connectionId;
};
const connectionCount = async () => (await as('owner').adAccounts.connections()).length;

describe('a reconnect link', () => {
  test('is stored as a hash, shown once, and good for seven days', async () => {
    const link = await as('admin').reconnectLinks.create({ connectionId });
    const token = link.url.split('/').at(-1) ?? '';
    expect(link.url).toBe(`http://spokestack.test/reconnect/${token}`);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { rows } = await world.ownerDb.pool.query<{ all: string; days: number }>(
      `select l::text as all, extract(day from expires_at - created_at)::int4 as days from reconnect_links l where id = $1`,
      [link.id],
    );
    expect(rows[0]?.days).toBe(7);
    expect(rows[0]?.all).not.toContain(token);
    expect(await as('owner').reconnectLinks.list({ connectionId })).toMatchObject([
      { id: link.id, state: 'OPEN', createdById: demo.people.admin.userId, usedAt: null },
    ]);
  });

  test('says who asks, for what and until when, and changes nothing by being opened', async () => {
    const { token } = await makeLink();
    const invitation = await guest().reconnect.invitation({ token });
    expect(invitation).toMatchObject({
      agencyName: 'Agency demo',
      platform: 'GOOGLE',
      platformName: 'Google Ads',
      accountNames: ['Barq', 'Zayna'],
      accountCount: 2,
      askedBy: 'admin of demo',
      timeZone: 'Asia/Dubai',
    });
    await guest().reconnect.invitation({ token });
    expect(await as('owner').reconnectLinks.list({})).toMatchObject([{ state: 'OPEN' }]);
  });

  test('gives the same person’s connection its access back, once, and asks for figures', async () => {
    const { token } = await makeLink();
    await world.ownerDb.pool.query(`update oauth_connections set state = 'EXPIRED', access_token = null`);
    expect(await walk(token, 'lina')).toEqual({ platformName: 'Google Ads', adAccountCount: 2 });
    const connections = await as('owner').adAccounts.connections();
    expect(connections).toMatchObject([
      { id: connectionId, state: 'CONNECTED', isByLink: true, grantedById: demo.people.admin.userId },
    ]);
    expect(await as('owner').reconnectLinks.list({})).toMatchObject([{ state: 'USED' }]);
    const { items } = await as('owner').syncRuns.list({});
    expect(items).toHaveLength(2);
    expect((await refusal(guest().reconnect.begin({ token }))).code).toBe('not_found');
  });

  test('moves the accounts that another person shows to their grant, and leaves the others', async () => {
    const { token } = await makeLink();
    await walk(token, 'client');
    expect(await connectionCount()).toBe(2);
    expect(await connectionOf('a2')).toBe(connectionId);
    expect(await connectionOf('a1')).not.toBe(connectionId);
    // What else they see is found, and in nobody's use.
    const { found } = await as('owner').adAccounts.unassigned();
    expect(found.flatMap(({ accounts }) => accounts.map(({ nativeId }) => nativeId)).sort()).toEqual([
      'a3',
      'b1',
    ]);
  });

  test('brings in nobody who shows none of its accounts, and can be tried again', async () => {
    const { token } = await makeLink();
    expect((await refusal(walk(token, 'stranger'))).message).toMatch(/none of the ad accounts/);
    expect(await connectionCount()).toBe(1);
    await walk(token, 'lina');
    expect(await as('owner').reconnectLinks.list({})).toMatchObject([{ state: 'USED' }]);
  });

  test('ends in the browser that began it alone', async () => {
    const { token } = await makeLink();
    expect((await refusal(walk(token, 'client', { nonce: 'another browser’s' }))).code).toBe('invalid');
    const { authorizationUrl } = await guest().reconnect.begin({ token });
    const answer = { platform: 'GOOGLE' as const, code: 'client', state: stateOf(authorizationUrl) };
    expect((await refusal(guest().reconnect.callback(answer))).code).toBe('invalid');
    expect(await connectionCount()).toBe(1);
  });

  test('is not ended by somebody who is signed in, nor is their flow by a guest', async () => {
    const { token } = await makeLink();
    const { authorizationUrl, nonce } = await guest().reconnect.begin({ token });
    const api = await sessionCaller(world, await startSession(world, demo.people.owner));
    const stolen = { platform: 'GOOGLE' as const, code: 'client', state: stateOf(authorizationUrl) };
    expect((await refusal(api.adAccounts.callback(stolen))).code).toBe('invalid');
    const own = await api.adAccounts.connect({ platform: 'GOOGLE' });
    const theirs = {
      platform: 'GOOGLE' as const,
      code: 'client',
      state: stateOf(own.authorizationUrl),
      nonce,
    };
    expect((await refusal(guest().reconnect.callback(theirs))).code).toBe('invalid');
    expect(await connectionCount()).toBe(1);
  });

  test('takes a state once, within ten minutes, and from its own platform', async () => {
    const { token } = await makeLink();
    const begin = async () => {
      const { authorizationUrl, nonce } = await guest().reconnect.begin({ token });
      return { code: 'stranger', state: stateOf(authorizationUrl), nonce };
    };
    const swapped = await begin();
    expect((await refusal(guest().reconnect.callback({ platform: 'META', ...swapped }))).code).toBe(
      'invalid',
    );
    const late = await begin();
    await world.ownerDb.pool.query(`update oauth_states set expires_at = now() where used_at is null`);
    expect((await refusal(guest().reconnect.callback({ platform: 'GOOGLE', ...late }))).message).toMatch(
      /ten minutes/,
    );
    const used = await begin();
    expect((await refusal(guest().reconnect.callback({ platform: 'GOOGLE', ...used }))).message).toMatch(
      /none of/,
    );
    expect((await refusal(guest().reconnect.callback({ platform: 'GOOGLE', ...used }))).message).toMatch(
      /browser/,
    );
  });

  test('creates nothing when the person refuses or leaves a needed permission out', async () => {
    const { token } = await makeLink();
    const { authorizationUrl, nonce } = await guest().reconnect.begin({ token });
    const refused = {
      platform: 'GOOGLE' as const,
      error: 'access_denied',
      state: stateOf(authorizationUrl),
      nonce,
    };
    expect((await refusal(guest().reconnect.callback(refused))).message).toMatch(/not allowed there/);
    const client = vendor.people.get('client');
    if (client) client.scopes = ['profile'];
    expect((await refusal(walk(token, 'client'))).message).toMatch(/figures/);
    expect(await connectionCount()).toBe(1);
  });

  test('that was used, taken back, is too old, never was, or is of an agency at rest says one and the same', async () => {
    const messages = new Set<string>();
    const dead = async (token: string) => {
      for (const step of ['invitation', 'begin'] as const) {
        const { code, message } = await refusal(guest().reconnect[step]({ token }));
        messages.add(`${code} ${message}`);
      }
    };
    const used = await makeLink();
    await walk(used.token, 'lina');
    await dead(used.token);
    const revoked = await makeLink();
    expect((await as('owner').reconnectLinks.revoke({ reconnectLinkId: revoked.id })).state).toBe('REVOKED');
    await dead(revoked.token);
    const old = await makeLink();
    await world.ownerDb.pool.query('update reconnect_links set expires_at = now() where id = $1', [old.id]);
    await dead(old.token);
    await dead('made up');
    await dead('');
    const resting = await makeLink();
    await world.ownerDb.pool.query('update organizations set is_active = false where id = $1', [
      demo.organizationId,
    ]);
    try {
      await dead(resting.token);
    } finally {
      await world.ownerDb.pool.query('update organizations set is_active = true where id = $1', [
        demo.organizationId,
      ]);
    }
    expect(messages.size).toBe(1);
  });

  test('that is taken back on the way ends nothing', async () => {
    const { id, token } = await makeLink();
    const { authorizationUrl, nonce } = await guest().reconnect.begin({ token });
    await as('admin').reconnectLinks.revoke({ reconnectLinkId: id });
    const answer = { platform: 'GOOGLE' as const, code: 'client', state: stateOf(authorizationUrl), nonce };
    expect((await refusal(guest().reconnect.callback(answer))).code).toBe('invalid');
    expect(await connectionCount()).toBe(1);
  });

  test('dies with the disconnecting of its connection', async () => {
    const { token } = await makeLink();
    await as('owner').adAccounts.disconnect({ connectionId });
    expect((await refusal(guest().reconnect.invitation({ token }))).code).toBe('not_found');
    expect(await as('owner').reconnectLinks.list({})).toMatchObject([{ state: 'REVOKED' }]);
  });

  test('is used by one of two who come at the same time', async () => {
    const { token } = await makeLink();
    const outcomes = await Promise.allSettled([walk(token, 'lina'), walk(token, 'client')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('cannot be guessed at for long from one address, and a right one costs nothing', async () => {
    const { token } = await makeLink();
    for (let round = 0; round < 25; round += 1) await guest().reconnect.invitation({ token });
    for (let round = 0; round < 20; round += 1)
      expect((await refusal(guest().reconnect.invitation({ token: randomUUID() }))).code).toBe('not_found');
    expect((await refusal(guest().reconnect.invitation({ token }))).code).toBe('rate_limited');
    const elsewhere = createCaller(contextOf(world, { address: '203.0.113.77' }));
    expect((await elsewhere.reconnect.invitation({ token })).platform).toBe('GOOGLE');
  });
});

describe('reconnect links', () => {
  test('are made, listed and taken back by owners and admins alone', async () => {
    const { id: reconnectLinkId } = await makeLink();
    for (const name of ['member', 'viewer', 'client', 'unassigned'] as const) {
      const links = as(name).reconnectLinks;
      for (const call of [
        () => links.create({ connectionId }),
        () => links.list({}),
        () => links.revoke({ reconnectLinkId }),
      ])
        expect((await refusal(call())).code).toBe('forbidden');
    }
  });

  test('are unknown to another agency', async () => {
    const { id: reconnectLinkId } = await makeLink();
    const rival = as('owner', world.rival).reconnectLinks;
    const none = await refusal(rival.revoke({ reconnectLinkId: randomUUID() }));
    const theirs = await refusal(rival.revoke({ reconnectLinkId }));
    expect([theirs.code, theirs.message]).toEqual([none.code, none.message]);
    expect((await refusal(rival.create({ connectionId }))).code).toBe('not_found');
    expect(await rival.list({})).toEqual([]);
  });

  test('that were used cannot be taken back', async () => {
    const { id: reconnectLinkId, token } = await makeLink();
    await walk(token, 'lina');
    expect((await refusal(as('owner').reconnectLinks.revoke({ reconnectLinkId }))).code).toBe('conflict');
  });
});
