import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toTree } from '../../server/domain/ad-accounts/tree.ts';
import { useTestDatabase } from '../support/database.ts';
import { adAccount, ListedPlatform, manager } from '../support/listed-platform.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import {
  type Agency,
  caller,
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

beforeAll(async () => {
  world = await createWorld(database());
  world.services.platforms = vendor.registry;
  ({ demo } = world);
  vendor.show('lina', [
    manager('m1', { name: 'Holding', currency: 'USD', timeZone: 'Asia/Dubai' }),
    manager('m2', { name: 'Agency clients', parentNativeId: 'm1' }),
    manager('m3', { name: 'Nobody picks from this' }),
    adAccount('a1', { name: 'Zayna', parentNativeId: 'm2' }),
    adAccount('a2', { name: 'Barq', parentNativeId: 'm2' }),
    adAccount('a3', { name: 'Alone' }),
    adAccount('a4', { name: 'Left', parentNativeId: 'm3' }),
  ]);
  connectionId = await connect('lina');
  await as('owner').adAccounts.pick({
    connectionId,
    picks: [{ nativeId: 'a1', brandId: demo.brands.first }, { nativeId: 'a2' }, { nativeId: 'a3' }],
  });
});
afterAll(() => world.close());

const as = (name: PersonName, agency: Agency = demo) => caller(world, agency.people[name].principal);

async function connect(person: string): Promise<string> {
  const api = await sessionCaller(world, await startSession(world, demo.people.owner));
  const { authorizationUrl } = await api.adAccounts.connect({ platform: 'GOOGLE' });
  const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
  return (await api.adAccounts.callback({ platform: 'GOOGLE', code: person, state })).connectionId;
}

const shape = async (name: PersonName, input = {}) => {
  const { nodes } = await as(name).adAccounts.tree(input);
  return nodes.map((node) => `${'. '.repeat(node.depth)}${node.name}`);
};

describe('the tree of ad accounts', () => {
  test('stands accounts below their managers, by name, and leaves managers out that hold nothing in use', async () => {
    expect(await shape('viewer')).toEqual(['Alone', 'Holding', '. Agency clients', '. . Barq', '. . Zayna']);
  });

  test('counts what is below, and tells who granted it', async () => {
    const { nodes, accountCount } = await as('owner').adAccounts.tree({});
    expect(accountCount).toBe(3);
    const holding = nodes.find(({ name }) => name === 'Holding');
    expect(holding).toMatchObject({ isManager: true, childCount: 1, accountCount: 2, currency: 'USD' });
    expect(holding).toMatchObject({ connectionId: null, isAgencyAccount: true, syncStatus: 'PAUSED' });
    expect(nodes.find(({ name }) => name === 'Agency clients')).toMatchObject({
      currency: 'XXX',
      timeZone: 'UTC',
    });
    expect(nodes.find(({ name }) => name === 'Zayna')).toMatchObject({
      brandId: demo.brands.first,
      grantedBy: { userId: demo.people.owner.userId, nativeUserName: 'lina at the platform' },
    });
  });

  test('narrows to what is searched for, with the managers above it', async () => {
    expect(await shape('owner', { q: 'zay' })).toEqual(['Holding', '. Agency clients', '. . Zayna']);
    expect(await shape('owner', { q: 'agency cl' })).toEqual([
      'Holding',
      '. Agency clients',
      '. . Barq',
      '. . Zayna',
    ]);
    expect(await shape('owner', { brandId: demo.brands.first })).toHaveLength(3);
    expect(await shape('owner', { platform: 'META' })).toEqual([]);
    expect(await shape('owner', { connectionId: randomUUID() })).toEqual([]);
  });

  test('shows a member their brand’s accounts, and no grant', async () => {
    expect(await shape('member')).toEqual(['Zayna']);
    const { nodes } = await as('member').adAccounts.tree({});
    expect(nodes[0]).toMatchObject({ grantedBy: null, connectionState: null });
    expect(await shape('unassigned')).toEqual([]);
    expect((await as('owner', world.rival).adAccounts.tree({})).nodes).toEqual([]);
  });

  test('shows the accounts below managers that stand in a ring', async () => {
    const { nodes } = await as('owner').adAccounts.tree({});
    const [first] = nodes.filter(({ isManager }) => isManager);
    if (!first) throw new Error('There is no manager.');
    const ring = { ...first, parentId: first.id };
    const leaf = { ...first, id: randomUUID(), isManager: false, parentId: first.id };
    expect(toTree([ring, leaf], {}).nodes).toMatchObject([{ id: leaf.id, depth: 0 }]);
  });
});

describe('a manager', () => {
  const theManager = async () => {
    const { nodes } = await as('owner').adAccounts.tree({});
    const node = nodes.find(({ name }) => name === 'Holding');
    if (!node) throw new Error('There is no manager.');
    return node;
  };

  test('is read by its id, and stands in no list of ad accounts', async () => {
    const { id } = await theManager();
    expect((await as('viewer').adAccounts.byId({ adAccountId: id })).isManager).toBe(true);
    const { items } = await as('viewer').adAccounts.list({});
    expect(items.map(({ name }) => name)).toEqual(['Alone', 'Barq', 'Zayna']);
  });

  test('is linked to no campaign and not synced', async () => {
    const { id: adAccountId } = await theManager();
    const { id: campaignId } = await as('owner').campaigns.create({ name: 'Ramadan' });
    expect(await refusedFields(as('owner').campaignAdAccounts.create({ campaignId, adAccountId }))).toEqual([
      'invalid',
      'adAccountId',
    ]);
    await expect(as('owner').adAccounts.sync({ adAccountId })).rejects.toThrow();
    expect(await refusedFields(as('owner').adAccounts.update({ adAccountId, isPaused: false }))).toEqual([
      'invalid',
      'isPaused',
    ]);
  });

  test('is not picked', async () => {
    const pick = as('owner').adAccounts.pick({ connectionId, picks: [{ nativeId: 'm1' }] });
    expect(await refusedFields(pick)).toEqual(['invalid', 'picks.0.nativeId']);
  });
});

describe('accounts without a place', () => {
  test('are those found and not in use, and those in use of no brand', async () => {
    const { found, withoutBrand } = await as('viewer').adAccounts.unassigned();
    expect(found).toMatchObject([{ connectionId, platform: 'GOOGLE', accounts: [{ nativeId: 'a4' }] }]);
    expect(found[0]?.accounts[0]?.firstSeenAt).toMatch(/^20/);
    expect(withoutBrand.map(({ name }) => name)).toEqual(['Alone', 'Barq']);
  });

  test('are not told to who does not see connections, nor to another agency', async () => {
    expect((await as('member').adAccounts.unassigned()).found).toEqual([]);
    expect((await as('client').adAccounts.unassigned()).found).toEqual([]);
    expect(await as('owner', world.rival).adAccounts.unassigned()).toEqual({ found: [], withoutBrand: [] });
    expect(await as('owner', world.rival).adAccounts.vanished()).toEqual({ inUse: [], found: [] });
  });
});

describe('picking', () => {
  test('an account with figures again keeps the currency that they are in', async () => {
    const { items } = await as('owner').adAccounts.list({ q: 'Barq' });
    const adAccountId = items[0]?.id ?? '';
    const insert = async (text: string, values: unknown[]) => {
      const { rows } = await world.ownerDb.pool.query<{ id: string }>(text, values);
      return rows[0]?.id ?? '';
    };
    const campaign = await insert(
      `insert into platform_campaigns (organization_id, ad_account_id, native_id, name) values ($1, $2, 'c1', 'c') returning id`,
      [demo.organizationId, adAccountId],
    );
    await insert(
      `insert into campaign_metrics (organization_id, ad_account_id, platform_campaign_id, date, currency, spend, impressions, clicks, conversions, conversion_value, source, fetched_at)
       values ($1, $2, $3, '2026-01-01', 'AED', 1, 1, 1, 0, 0, 'API', now()) returning ad_account_id as id`,
      [demo.organizationId, adAccountId, campaign],
    );
    await world.ownerDb.pool.query(`update found_accounts set currency = 'USD' where native_id = 'a2'`);
    const refused = await refusal(as('owner').adAccounts.pick({ connectionId, picks: [{ nativeId: 'a2' }] }));
    expect(refused.message).toMatch(/currency from AED to USD/);
    expect((await as('owner').adAccounts.byId({ adAccountId })).currency).toBe('AED');
  });

  test('an account that moves to another person’s grant keeps its own name', async () => {
    vendor.show('omar', [adAccount('a3', { name: 'As Omar’s platform calls it' })]);
    const theirs = await connect('omar');
    const { items } = await as('owner').adAccounts.list({ q: 'Alone' });
    const { adAccounts } = await as('owner').adAccounts.pick({
      connectionId: theirs,
      picks: [{ nativeId: 'a3' }],
    });
    expect(adAccounts[0]).toMatchObject({ id: items[0]?.id, name: 'Alone', connectionId: theirs });
  });

  test('tells which scopes were asked for and not given', async () => {
    vendor.show('sami', [adAccount('a9')]);
    const person = vendor.people.get('sami');
    if (person) person.scopes = ['figures'];
    const id = await connect('sami');
    const connection = (await as('owner').adAccounts.connections()).find((one) => one.id === id);
    expect(connection).toMatchObject({ scopes: ['figures'], missingScopes: ['profile'], isByLink: false });
  });
});
