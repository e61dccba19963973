import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCaller } from '../../server/api/root.ts';
import { findApiKeyPrincipal } from '../../server/auth/api-keys.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectMeta, consent, TestClock, useMeta } from '../support/meta.ts';
import {
  type Agency,
  apiKey,
  caller,
  contextOf,
  createWorld,
  type PersonName,
  sessionCaller,
  startSession,
  type World,
} from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
const sandbox = useMeta(clock);
let world: World;
let demo: Agency;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  ({ demo } = world);
});
afterAll(() => world.close());

const as = (name: PersonName, agency: Agency = demo) => caller(world, agency.people[name].principal);

/** A signed-in person's calls, and the address that their connect flow leads to. */
async function begin(agency: Agency = demo, name: PersonName = 'owner') {
  const api = await sessionCaller(world, await startSession(world, agency.people[name]));
  const { authorizationUrl } = await api.adAccounts.connect({ platform: 'META' });
  return { api, authorizationUrl };
}

const callbackOf = (answer: URLSearchParams) => ({
  platform: 'META' as const,
  code: answer.get('code') ?? undefined,
  state: answer.get('state') ?? undefined,
  error: answer.get('error') ?? undefined,
});

async function connectionCount(organizationId: string): Promise<number> {
  const { rows } = await world.ownerDb.pool.query<{ count: number }>(
    'select count(*)::int4 as count from oauth_connections where organization_id = $1',
    [organizationId],
  );
  return rows[0]?.count ?? 0;
}

describe('connecting a platform', () => {
  it('sends the person to the consent page with a state that the database keeps as a hash alone', async () => {
    const { authorizationUrl } = await begin();
    const url = new URL(authorizationUrl);
    const state = url.searchParams.get('state') ?? '';
    expect(url.pathname).toBe('/v26.0/dialog/oauth');
    expect(url.searchParams.get('redirect_uri')).toBe('http://spokestack.test/oauth/meta/callback');
    expect(Buffer.from(state, 'base64url')).toHaveLength(32);
    const { rows } = await world.ownerDb.pool.query(
      'select 1 from oauth_states where state_hash = $1 or redirect_uri like $2',
      [state, `%${state}%`],
    );
    expect(rows).toEqual([]);
  });

  it('stores the tokens sealed, and finds what the person sees', async () => {
    const { api, connectionId, returnTo } = await connectMeta(world, demo.people.owner);
    expect(returnTo).toBe('/ad-accounts');
    const { connection, accounts } = await api.adAccounts.found({ connectionId });
    expect(connection).toMatchObject({ state: 'CONNECTED', isSandbox: true, nativeUserName: 'Dana Haddad' });
    expect(accounts.length).toBeGreaterThan(3);
    expect(accounts.every(({ adAccountId }) => adAccountId === null)).toBe(true);
    const { rows } = await world.ownerDb.pool.query<{ access_token: Buffer }>(
      'select access_token from oauth_connections where id = $1',
      [connectionId],
    );
    expect(rows[0]?.access_token[0]).toBe(1);
    expect(rows[0]?.access_token.toString('latin1')).not.toContain('EAAS');
  });

  it('cannot be read back by the web’s role', async () => {
    await expect(world.appDb.pool.query('select access_token from oauth_connections')).rejects.toThrow(
      /permission denied/,
    );
  });

  it('takes a state once', async () => {
    const { api, authorizationUrl } = await begin();
    const answer = callbackOf(await consent(authorizationUrl));
    await api.adAccounts.callback(answer);
    await expect(api.adAccounts.callback(answer)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('takes no state in another session, even of the same person', async () => {
    const { authorizationUrl } = await begin(world.rival);
    const answer = callbackOf(await consent(authorizationUrl));
    const other = await sessionCaller(world, await startSession(world, world.rival.people.owner));
    await expect(other.adAccounts.callback(answer)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await connectionCount(world.rival.organizationId)).toBe(0);
  });

  it('takes no state of another agency', async () => {
    const { authorizationUrl } = await begin();
    const answer = callbackOf(await consent(authorizationUrl));
    const foreign = await sessionCaller(world, await startSession(world, world.rival.people.owner));
    await expect(foreign.adAccounts.callback(answer)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await connectionCount(world.rival.organizationId)).toBe(0);
  });

  it('takes no state after ten minutes', async () => {
    const { api, authorizationUrl } = await begin(world.rival);
    const answer = callbackOf(await consent(authorizationUrl));
    await world.ownerDb.pool.query('update oauth_states set expires_at = now() where used_at is null');
    await expect(api.adAccounts.callback(answer)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it.each([{ state: 'made up', code: 'x' }, { code: 'x' }, { state: '' }])(
    'refuses a callback that nobody began (%o)',
    async (input) => {
      const { api } = await begin(world.rival);
      await expect(api.adAccounts.callback({ platform: 'META', ...input })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
    },
  );

  it('creates nothing when the person refuses, and says so', async () => {
    const { api, authorizationUrl } = await begin(world.rival);
    const answer = callbackOf(await consent(authorizationUrl, { decision: 'cancel' }));
    await expect(api.adAccounts.callback(answer)).rejects.toThrow(/was not allowed there/);
    expect(await connectionCount(world.rival.organizationId)).toBe(0);
  });

  it('names the permission that was not ticked, and creates nothing', async () => {
    const { api, authorizationUrl } = await begin(world.rival);
    const answer = callbackOf(await consent(authorizationUrl, { scopes: ['business_management'] }));
    await expect(api.adAccounts.callback(answer)).rejects.toThrow(/ads_read/);
    expect(await connectionCount(world.rival.organizationId)).toBe(0);
  });

  it('creates nothing when the platform fails on the way', async () => {
    const { api, authorizationUrl } = await begin(world.rival);
    const answer = callbackOf(await consent(authorizationUrl));
    sandbox.state.faults.arm({ platform: 'meta', kind: 'expired_token', match: 'adaccounts' });
    await expect(api.adAccounts.callback(answer)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await connectionCount(world.rival.organizationId)).toBe(0);
  });

  it('may lead back within the site alone', async () => {
    for (const returnTo of ['https://evil.test/', '//evil.test', '/\\evil.test', 'javascript:alert(1)']) {
      await expect(as('owner').adAccounts.connect({ platform: 'META', returnTo })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
    }
  });

  it('says which settings turn a platform on', async () => {
    await expect(as('owner').adAccounts.connect({ platform: 'GOOGLE' })).rejects.toMatchObject({
      code: 'UNPROCESSABLE_CONTENT',
    });
    const [meta] = await as('viewer').adAccounts.platforms();
    expect(meta).toMatchObject({ id: 'META', isOn: true, isStandIn: true });
  });

  it.each(['member', 'viewer', 'client', 'unassigned'] as const)('is not for a %s', async (name) => {
    await expect(as(name).adAccounts.connect({ platform: 'META' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('can be begun by an API key and is ended by a person of the agency', async () => {
    const key = await apiKey(world, demo, 'ADMIN');
    const principal = await findApiKeyPrincipal(world.appDb, key);
    const byKey = createCaller(contextOf(world, { principal }));
    const { authorizationUrl } = await byKey.adAccounts.connect({ platform: 'META' });
    const answer = callbackOf(await consent(authorizationUrl));
    await expect(byKey.adAccounts.callback(answer)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const foreign = await sessionCaller(world, await startSession(world, world.rival.people.owner));
    await expect(foreign.adAccounts.callback(answer)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const admin = await sessionCaller(world, await startSession(world, demo.people.admin));
    expect((await admin.adAccounts.callback(answer)).connectionId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('connected again is the same connection', async () => {
    const first = await connectMeta(world, demo.people.owner);
    const second = await connectMeta(world, demo.people.admin);
    expect(second.connectionId).toBe(first.connectionId);
    const connections = await second.api.adAccounts.connections();
    expect(connections.filter(({ id }) => id === first.connectionId)).toHaveLength(1);
  });
});
