import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlatformData, platformData } from '../metrics/platform-data.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, TestClock, useMeta } from '../support/meta.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { type Agency, caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
useMeta(clock);
let world: World;
let demo: Agency;
let data: PlatformData;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  ({ demo } = world);
  data = platformData(world, demo);
});
afterAll(() => world.close());

const as = (name: PersonName, agency: Agency = demo) => caller(world, agency.people[name].principal);
/** Every way in which somebody reaches an account that is none of theirs, and what they are told. */
const strangers = (path: 'forbidden' | 'not_found') =>
  path === 'forbidden' ? (['viewer', 'client'] as const).map((name) => as(name)) : [as('owner', world.rival)];

describe('what an account spent', () => {
  test('is of its own today and month, exactly, in its own currency', async () => {
    const adAccountId = await data.account({ name: 'East', currency: 'KWD', timeZone: 'Pacific/Kiritimati' });
    const { today } = await as('owner').adAccounts.byId({ adAccountId });
    const campaign = await data.platformCampaign(adAccountId);
    const other = await data.platformCampaign(adAccountId);
    const [year, month] = today.split('-').map(Number);
    const lastMonth = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, 0)).toISOString().slice(0, 10);
    for (const [id, date, spend] of [
      [campaign, today, '1.000001'],
      [other, today, '2.1'],
      [campaign, lastMonth, '500'],
    ] as const)
      await data.day(id, { date, spend, currency: 'KWD' });
    const [spent] = await as('owner').adAccounts.spend({ adAccountId });
    expect(spent).toEqual({
      adAccountId,
      day: today,
      today: { amount: '3.100001', currency: 'KWD' },
      month: { amount: '3.100001', currency: 'KWD' },
      isWhole: true,
    });
  });

  test('is answered for accounts with a limit, and says where it is of some campaigns alone', async () => {
    const limited = await data.account({ name: 'Limited', brandId: demo.brands.first });
    await data.account({ name: 'Unlimited', brandId: demo.brands.first });
    await as('owner').adAccounts.update({ adAccountId: limited, monthlyLimit: '10' });
    const lines = await as('member').adAccounts.spend({});
    expect(lines.map(({ adAccountId, isWhole }) => [adAccountId, isWhole])).toEqual([[limited, false]]);
    expect(lines[0]?.month).toEqual({ amount: '0.00', currency: 'AED' });
  });

  test('of an account that the reader does not see is nothing', async () => {
    const adAccountId = await data.account({ name: 'Ours' });
    expect(await as('owner', world.rival).adAccounts.spend({ adAccountId })).toEqual([]);
    expect(await as('unassigned').adAccounts.spend({ adAccountId })).toEqual([]);
    expect(await as('client').adAccounts.spend({ adAccountId: randomUUID() })).toEqual([]);
  });
});

describe('several accounts at once', () => {
  test('are paused, resumed and asked to sync, and those that cannot be are left out with the reason', async () => {
    const { adAccounts } = await connectAgency(world, demo);
    const [one, two] = adAccounts.map(({ id }) => id);
    if (!one || !two) throw new Error('two accounts are needed');
    const api = as('admin').adAccounts;
    const paused = await api.pauseMany({ adAccountIds: [one, one], isPaused: true });
    expect(paused).toEqual({ doneCount: 1, skipped: [] });
    const asked = await api.syncMany({ adAccountIds: [one, two] });
    expect(asked.doneCount).toBe(1);
    expect(asked.skipped.map(({ adAccountId }) => adAccountId)).toEqual([one]);
    expect(asked.skipped[0]?.reason).toContain('paused');
    await api.pauseMany({ adAccountIds: [one], isPaused: false });
    expect((await api.syncMany({ adAccountIds: [one, two] })).skipped).toEqual([]);
  });

  test('are changed all or not at all where one is not the reader’s to see', async () => {
    const adAccountId = await data.account({ name: 'Mine' });
    const api = as('admin').adAccounts;
    const adAccountIds = [adAccountId, randomUUID()];
    expect((await refusal(api.pauseMany({ adAccountIds, isPaused: true }))).code).toBe('not_found');
    expect((await refusal(api.syncMany({ adAccountIds: [randomUUID()] }))).code).toBe('not_found');
    expect((await api.byId({ adAccountId })).syncStatus).not.toBe('PAUSED');
  });

  test('are neither a viewer’s, a client’s, another agency’s nor an unassigned member’s to change', async () => {
    const adAccountIds = [await data.account({ name: 'Alone', brandId: demo.brands.first })];
    for (const api of strangers('forbidden')) {
      expect((await refusal(api.adAccounts.syncMany({ adAccountIds }))).code).toBe('forbidden');
      expect((await refusal(api.adAccounts.pauseMany({ adAccountIds, isPaused: true }))).code).toBe(
        'forbidden',
      );
    }
    for (const api of [...strangers('not_found'), as('unassigned')])
      expect((await refusal(api.adAccounts.pauseMany({ adAccountIds, isPaused: true }))).code).toBe(
        'not_found',
      );
  });

  test('are at least one, and nothing else is taken', async () => {
    const api = as('owner').adAccounts;
    expect(await refusedFields(api.syncMany({ adAccountIds: [] }))).toEqual(['invalid', 'adAccountIds']);
    const odd = { adAccountIds: [randomUUID()], isPaused: true, more: 1 };
    expect((await refusal(api.pauseMany(odd))).code).toBe('invalid');
  });
});

describe('an account that is taken out of use', () => {
  test('leaves the lists with its runs ended and its figures kept, and comes back', async () => {
    const { adAccounts } = await connectAgency(world, demo);
    const { id: adAccountId } = adAccounts[0] ?? { id: '' };
    const api = as('owner');
    const { syncRunId } = await api.adAccounts.sync({ adAccountId });
    const campaign = await data.platformCampaign(adAccountId);
    await data.day(campaign, { date: '2026-05-01', spend: '10' });
    const { version } = await api.adAccounts.byId({ adAccountId });
    const gone = await api.adAccounts.archive({ adAccountId, expectedVersion: version });
    expect([gone.isActive, gone.isLate]).toEqual([false, false]);
    expect((await api.adAccounts.tree({})).nodes.some(({ id }) => id === adAccountId)).toBe(false);
    expect(await api.syncRuns.byId({ syncRunId })).toMatchObject({ status: 'ERROR', errorCode: 'inactive' });
    expect((await refusal(api.adAccounts.sync({ adAccountId }))).code).toBe('not_found');
    const { rows } = await world.ownerDb.pool.query(
      'select 1 from campaign_metrics where platform_campaign_id = $1',
      [campaign],
    );
    expect(rows).toHaveLength(1);
    expect((await api.adAccounts.restore({ adAccountId })).isActive).toBe(true);
    expect((await api.adAccounts.tree({})).nodes.some(({ id }) => id === adAccountId)).toBe(true);
  });

  test('is so by owners and admins of its agency alone, and by nobody who saw an older state', async () => {
    const adAccountId = await data.account({ name: 'Stays', brandId: demo.brands.first });
    for (const name of ['member', 'viewer', 'client'] as const) {
      expect((await refusal(as(name).adAccounts.archive({ adAccountId }))).code).toBe('forbidden');
      expect((await refusal(as(name).adAccounts.restore({ adAccountId }))).code).toBe('forbidden');
    }
    const foreign = as('owner', world.rival).adAccounts;
    const told = await refusal(foreign.archive({ adAccountId }));
    expect(told).toEqual(await refusal(foreign.archive({ adAccountId: randomUUID() })));
    expect(told.code).toBe('not_found');
    const stale = as('admin').adAccounts.archive({ adAccountId, expectedVersion: 99 });
    expect((await refusal(stale)).code).toBe('precondition');
    expect((await as('admin').adAccounts.byId({ adAccountId })).isActive).toBe(true);
  });
});

describe('the second clock', () => {
  test('is late where an account that is read does not cover what it should by now', async () => {
    const { adAccounts } = await connectAgency(world, demo);
    const { id: adAccountId } = adAccounts[0] ?? { id: '' };
    const set = (newest: string | null) =>
      world.ownerDb.pool.query('update ad_accounts set newest_business_date = $2 where id = $1', [
        adAccountId,
        newest,
      ]);
    const isLate = async () => (await as('viewer').adAccounts.byId({ adAccountId })).isLate;
    const { today } = await as('viewer').adAccounts.byId({ adAccountId });
    await set(today);
    expect(await isLate()).toBe(false);
    await set('2026-01-01');
    expect(await isLate()).toBe(true);
    await as('owner').adAccounts.update({ adAccountId, isPaused: true });
    expect(await isLate()).toBe(false);
    const byFile = await data.account({ newest: '2026-01-01' });
    expect((await as('viewer').adAccounts.byId({ adAccountId: byFile })).isLate).toBe(false);
  });
});
