import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scheduleDiscoveries } from '../../jobs/tasks/discover-accounts.ts';
import { discoverAccounts } from '../../server/domain/ad-accounts/discover.ts';
import type { AdAccount } from '../../server/domain/ad-accounts/schema.ts';
import { runSync } from '../../server/domain/sync/run.ts';
import type { SyncServices } from '../../server/domain/sync/services.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { useTestDatabase } from '../support/database.ts';
import { adAccount, ListedPlatform, manager } from '../support/listed-platform.ts';
import {
  type Agency,
  caller,
  createWorld,
  sessionCaller,
  startSession,
  type World,
} from '../support/world.ts';

const database = useTestDatabase();
const vendor = new ListedPlatform();
let world: World;
let demo: Agency;
let connectionId: string;

beforeAll(async () => {
  world = await createWorld(database());
  world.services.platforms = vendor.registry;
  ({ demo } = world);
});
afterAll(() => world.close());

/** Everything in these tests begins with one grant of Lina, two accounts of hers in use and a third not. */
beforeEach(async () => {
  vendor.breaksAfter = null;
  vendor.refusal = null;
  await world.ownerDb.pool.query('delete from ad_accounts');
  await world.ownerDb.pool.query('delete from oauth_connections');
  vendor.show(
    'lina',
    [manager('m1'), manager('m2', { parentNativeId: 'm1' })],
    [
      adAccount('a1', { parentNativeId: 'm2', loginNativeId: 'm1' }),
      adAccount('a2', { parentNativeId: 'm1' }),
    ],
    [adAccount('a3')],
  );
  connectionId = await connect('lina');
  await as().adAccounts.pick({ connectionId, picks: [{ nativeId: 'a1' }, { nativeId: 'a2' }] });
});

const as = () => caller(world, demo.people.owner.principal);

async function connect(person: string): Promise<string> {
  const api = await sessionCaller(world, await startSession(world, demo.people.owner));
  const { authorizationUrl } = await api.adAccounts.connect({ platform: 'GOOGLE' });
  const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
  return (await api.adAccounts.callback({ platform: 'GOOGLE', code: person, state })).connectionId;
}

function services(): SyncServices {
  const { vault, log, now } = world.services;
  return { jobsDb: world.jobsDb, vault, log, now, platforms: vendor.registry };
}

const discover = () => discoverAccounts(services(), { organizationId: demo.organizationId, connectionId });

async function account(nativeId: string): Promise<AdAccount> {
  const { nodes } = await as().adAccounts.tree({});
  const found = nodes.find((node) => node.nativeId === nativeId);
  if (!found) throw new Error(`${nativeId} is not in the tree.`);
  return found;
}

describe('a list that came whole', () => {
  test('brings what is new, to be picked', async () => {
    vendor.show('lina', [...(vendor.people.get('lina')?.pages.flat() ?? []), adAccount('a4')]);
    expect(await discover()).toBe(6);
    const { found } = await as().adAccounts.unassigned();
    expect(found[0]?.accounts.map(({ nativeId }) => nativeId)).toEqual(['a3', 'a4']);
    const [connection] = await as().adAccounts.connections();
    expect(connection).toMatchObject({ unassignedCount: 2, adAccountCount: 2 });
    expect(connection?.accountsListedAt).not.toBeNull();
  });

  test('marks what is gone, and takes the mark away when it is back', async () => {
    const pages = vendor.people.get('lina')?.pages ?? [];
    vendor.show('lina', [manager('m1'), adAccount('a2', { parentNativeId: 'm1' })]);
    await discover();
    const gone = await account('a1');
    expect(gone.vanishedAt).not.toBeNull();
    expect(gone.parentId).toBe((await account('m2')).id);
    const vanished = await as().adAccounts.vanished();
    expect(vanished.inUse.map(({ nativeId }) => nativeId)).toEqual(['a1']);
    expect(vanished.found[0]?.accounts.map(({ nativeId }) => nativeId)).toEqual(['a3']);
    expect((await as().adAccounts.unassigned()).found).toEqual([]);
    expect((await account('m2')).vanishedAt).not.toBeNull();
    vendor.show('lina', ...pages);
    await discover();
    expect((await as().adAccounts.vanished()).inUse).toEqual([]);
    expect((await account('m2')).vanishedAt).toBeNull();
    expect((await account('a1')).version).toBe(gone.version);
  });

  test('is followed by an account’s name and status, unless somebody named it here', async () => {
    const { id, version } = await account('a1');
    await as().adAccounts.update({ adAccountId: (await account('a2')).id, name: 'Ours' });
    vendor.show('lina', [
      adAccount('a1', { name: 'Renamed there', nativeStatus: 'SUSPENDED' }),
      adAccount('a2', { name: 'Renamed too' }),
    ]);
    await discover();
    expect(await account('a1')).toMatchObject({ id, name: 'Renamed there', nativeStatus: 'SUSPENDED' });
    expect((await account('a1')).version).toBeGreaterThan(version);
    expect((await account('a2')).name).toBe('Ours');
    await as().adAccounts.update({ adAccountId: id, name: 'Ours as well' });
    vendor.show('lina', [adAccount('a1', { name: 'Renamed again' }), adAccount('a2')]);
    await discover();
    expect((await account('a1')).name).toBe('Ours as well');
  });

  test('that says the same changes no version', async () => {
    const before = await account('a1');
    await discover();
    expect((await account('a1')).version).toBe(before.version);
  });

  test.each([
    [{ currency: 'USD' }, /currency from AED to USD/],
    [{ timeZone: 'Europe/Paris' }, /time zone from Asia\/Dubai to Europe\/Paris/],
  ])('never puts figures of another basis beside the old: %o', async (change, words) => {
    vendor.show('lina', [adAccount('a1', change), adAccount('a2')]);
    await discover();
    const changed = await account('a1');
    expect(changed).toMatchObject({ currency: 'AED', timeZone: 'Asia/Dubai', syncStatus: 'ERROR' });
    expect(changed.syncError).toMatch(words);
    expect((await account('a2')).syncError).toBeNull();
    const { syncRunId } = await as().adAccounts.sync({ adAccountId: changed.id });
    expect(await runSync(services(), { organizationId: demo.organizationId, syncRunId })).toBe('failed');
    expect(await as().syncRuns.byId({ syncRunId })).toMatchObject({ errorCode: 'basis_changed' });
  });

  test('moves an account below its new manager', async () => {
    vendor.show('lina', [
      manager('m1'),
      manager('m3'),
      adAccount('a1', { parentNativeId: 'm3' }),
      adAccount('a2'),
    ]);
    await discover();
    expect((await account('a1')).parentId).toBe((await account('m3')).id);
    expect((await account('a2')).parentId).toBeNull();
  });
});

describe('a list that did not come whole', () => {
  test('changes nothing', async () => {
    vendor.show('lina', [adAccount('a1', { name: 'Other' })], [adAccount('a2')]);
    vendor.breaksAfter = 1;
    await expect(discover()).rejects.toMatchObject({ kind: 'retry' });
    expect(await account('a1')).toMatchObject({ name: 'Account a1', vanishedAt: null });
    expect((await as().adAccounts.vanished()).inUse).toEqual([]);
  });

  test('because the grant is dead ends the connection, and nothing is called with it any more', async () => {
    vendor.refusal = new PlatformError({
      ...{ kind: 'reauthorize', code: 'revoked', grant: 'REVOKED' },
      message: 'Google ended this access. Connect again.',
    });
    await expect(discover()).rejects.toMatchObject({ kind: 'reauthorize' });
    const calls = vendor.listCalls;
    expect(await as().adAccounts.connections()).toMatchObject([{ state: 'REVOKED' }]);
    expect((await account('a1')).syncError).toMatch(/Connect again/);
    await expect(discover()).rejects.toMatchObject({ kind: 'stop', code: 'not_connected' });
    expect(vendor.listCalls).toBe(calls);
    expect((await account('a1')).vanishedAt).toBeNull();
  });
});

describe('the clock', () => {
  const due = () => scheduleDiscoveries(services());
  const listed = (age: string | null) =>
    world.ownerDb.pool.query('update oauth_connections set accounts_listed_at = now() - $1::interval', [age]);

  test('asks for a connection that was not listed for 20 hours, and for no other', async () => {
    expect(await due()).toBe(0);
    await listed('21 hours');
    expect(await due()).toBe(1);
    await listed(null);
    expect(await due()).toBe(1);
    const { rows } = await world.ownerDb.pool.query<{ count: number }>(
      `select count(*)::int4 as count from graphile_worker.jobs where task_identifier = 'discover-accounts' and key like $1`,
      [`%${connectionId}`],
    );
    expect(rows[0]?.count).toBe(1);
  });

  test('leaves a connection alone that has ended', async () => {
    await listed('21 hours');
    await as().adAccounts.disconnect({ connectionId });
    expect(await due()).toBe(0);
  });
});
