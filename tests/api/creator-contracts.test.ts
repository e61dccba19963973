import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractState } from '../../server/domain/creator-contracts/rules.ts';
import { Contracted } from '../support/contracted.ts';
import { useTestDatabase } from '../support/database.ts';
import { TestClock } from '../support/meta.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
let world: World;
let made: Contracted;
let rival: Contracted;
/** Of no brand: the agency's. */
let creatorId: string;
/** Of the first brand, whose people see them. */
let firstCreatorId: string;

beforeAll(async () => {
  clock.at = new Date('2026-06-15T08:00:00Z');
  world = await createWorld(database(), { now: clock.now });
  made = new Contracted(world);
  rival = new Contracted(world, world.rival);
  creatorId = (await made.creator()).id;
  firstCreatorId = (await made.creator({ brandId: made.brands.first })).id;
});
afterAll(() => world.close());

const as = (name: PersonName) => made.as(name).creatorContracts;
const write = (change: object = {}, name: PersonName = 'owner') =>
  as(name).create({ creatorId, title: 'Ambassador 2026', brandId: made.brands.first, ...change });

describe('a contract', () => {
  test('holds its terms as data, and says its clause and state', async () => {
    const contract = await write({
      fee: { amount: '12500.5', currency: 'AED' },
      commissionPercent: '7.5',
      startsOn: '2026-01-01',
      endsOn: '2026-07-01',
      exclusivity: 'CATEGORY',
      exclusivityCategories: ['Beauty', 'beauty', 'Skincare'],
      exclusivityCompetitors: ['Glow'],
      exclusivityTerritories: ['GCC'],
      exclusivityEndsOn: '2026-12-31',
      usageRights: [
        { channel: 'PAID_SOCIAL', adPermission: 'SPARK_CODE', territories: ['AE'], endsOn: '2026-09-30' },
        { channel: 'WEBSITE' },
      ],
      status: 'SIGNED',
    });
    expect(contract).toMatchObject({
      creatorName: 'Noor Haddad',
      brandName: 'First of demo',
      ownerId: world.demo.people.owner.userId,
      fee: { amount: '12500.50', currency: 'AED' },
      commissionPercent: '7.50',
      status: 'SIGNED',
      signedOn: '2026-06-15',
      state: 'ENDING',
      daysLeft: 16,
      exclusivityCategories: ['Beauty', 'Skincare'],
      exclusivityTerritories: ['AE', 'BH', 'KW', 'OM', 'QA', 'SA'],
      clause:
        'Exclusive for Beauty and Skincare and against Glow in AE, BH, KW, OM, QA, SA until 31 December 2026',
      usageRights: [
        { channel: 'PAID_SOCIAL', adPermission: 'SPARK_CODE', territories: ['AE'], endsOn: '2026-09-30' },
        { channel: 'WEBSITE', adPermission: null, territories: [], endsOn: null },
      ],
      file: null,
      version: 1,
    });
    expect(await as('viewer').byId({ creatorContractId: contract.id })).toEqual(contract);
  });

  test('takes the brand and the currency of its campaign, and no other brand', async () => {
    const campaignId = await made.campaign(made.brands.second);
    const contract = await write({ brandId: undefined, campaignId, fee: '10' });
    expect(contract).toMatchObject({
      brandId: made.brands.second,
      fee: { amount: '10.00', currency: 'AED' },
    });
    expect(await refusedFields(write({ campaignId }))).toEqual(['invalid', 'brandId']);
  });

  test.each([
    [{ title: '' }, 'title'],
    [{ exclusivity: 'CATEGORY' }, 'exclusivityCategories'],
    [{ exclusivity: 'PLATFORM' }, 'exclusivityPlatforms'],
    [{ exclusivity: 'FULL', exclusivityPlatforms: ['TIKTOK'] }, 'exclusivityPlatforms'],
    [{ exclusivityCategories: ['beauty'] }, 'exclusivityCategories'],
    [{ exclusivity: 'FULL', exclusivityTerritories: ['UAE'] }, 'exclusivityTerritories.0'],
    [{ startsOn: '2026-02-01', endsOn: '2026-01-31' }, 'endsOn'],
    [{ usageRights: [{ channel: 'PRINT', adPermission: 'ALLOWLISTING' }] }, 'usageRights.0.adPermission'],
    [
      { usageRights: [{ channel: 'PRINT', startsOn: '2026-02-01', endsOn: '2026-01-31' }] },
      'usageRights.0.endsOn',
    ],
    [{ status: 'SIGNED', signedOn: '2026-06-16' }, 'signedOn'],
    [{ signedOn: '2026-06-01' }, 'signedOn'],
    [{ creatorId: randomUUID() }, 'creatorId'],
    [{ campaignId: randomUUID() }, 'campaignId'],
    [{ brandId: randomUUID() }, 'brandId'],
  ])('is refused with %j', async (change, field) => {
    expect(await refusedFields(write(change))).toEqual(['invalid', field]);
  });

  test('is refused with what no field is called, and with a client as its owner', async () => {
    expect((await refusal(write({ amount: '5' }))).code).toBe('invalid');
    const ownerId = world.demo.people.client.userId;
    expect(await refusedFields(write({ ownerId }))).toEqual(['invalid', 'ownerId']);
  });

  test('changes what is sent, over the version that was read alone', async () => {
    const { id: creatorContractId, version } = await write({
      fee: '100',
      usageRights: [{ channel: 'PRINT' }],
    });
    const changed = await as('owner').update({
      creatorContractId,
      fee: { amount: '100.0', currency: 'AED' },
      title: 'Renamed',
      usageRights: [{ channel: 'PRINT', endsOn: '2026-12-31' }],
      expectedVersion: version,
    });
    expect(changed).toMatchObject({ title: 'Renamed', version: version + 1, fee: { amount: '100.00' } });
    expect(changed.usageRights).toMatchObject([{ channel: 'PRINT', endsOn: '2026-12-31' }]);
    const stale = as('owner').update({ creatorContractId, title: 'Again', expectedVersion: version });
    expect((await refusal(stale)).code).toBe('precondition');
    const same = await as('owner').update({
      creatorContractId,
      title: 'Renamed',
      usageRights: changed.usageRights.map(({ id: _id, ...right }) => right),
    });
    expect(same).toEqual(changed);
  });

  test('empties what another kind of exclusivity does not read', async () => {
    const { id: creatorContractId } = await write({
      exclusivity: 'CATEGORY',
      exclusivityCategories: ['beauty'],
      exclusivityTerritories: ['AE'],
    });
    const full = await as('owner').update({ creatorContractId, exclusivity: 'FULL' });
    expect([full.exclusivityCategories, full.exclusivityTerritories]).toEqual([[], ['AE']]);
    const none = await as('owner').update({ creatorContractId, exclusivity: 'NONE' });
    expect([none.exclusivityTerritories, none.clause]).toEqual([[], null]);
  });

  test('goes from draft to sent to signed to ended, and nowhere else', async () => {
    const { id: creatorContractId } = await write({ startsOn: '2026-01-01' });
    const to = (status: 'DRAFT' | 'SENT' | 'SIGNED' | 'TERMINATED', on?: string) =>
      as('owner').changeStatus({ creatorContractId, status, ...(on && { on }) });
    expect((await refusal(to('TERMINATED'))).code).toBe('conflict');
    expect((await to('SENT')).state).toBe('SENT');
    expect((await to('DRAFT')).state).toBe('DRAFT');
    expect(await refusedFields(to('SIGNED', '2026-06-16'))).toEqual(['invalid', 'on']);
    expect(await to('SIGNED', '2026-06-10')).toMatchObject({ state: 'IN_FORCE', signedOn: '2026-06-10' });
    expect((await refusal(to('DRAFT'))).code).toBe('conflict');
    expect(await refusedFields(to('TERMINATED', '2026-06-09'))).toEqual(['invalid', 'on']);
    expect(await to('TERMINATED')).toMatchObject({ state: 'TERMINATED', terminatedOn: '2026-06-15' });
    expect((await refusal(to('SIGNED'))).code).toBe('conflict');
    expect((await to('TERMINATED')).terminatedOn).toBe('2026-06-15');
  });

  test('that is signed has its terms corrected by an admin alone, and its owner and note by whoever writes', async () => {
    const { id: creatorContractId } = await write({
      creatorId: firstCreatorId,
      fee: '100',
      status: 'SIGNED',
    });
    const change = { creatorContractId, fee: '90' };
    for (const name of ['member', 'admin'] as const)
      expect((await refusal(as(name).update(change))).code).toBe('forbidden');
    expect((await refusal(as('member').amend(change))).code).toBe('forbidden');
    expect((await refusal(as('member').update({ creatorContractId, usageRights: [] }))).code).toBe(
      'forbidden',
    );
    expect((await as('member').update({ creatorContractId, note: 'Call first' })).note).toBe('Call first');
    expect((await as('admin').amend(change)).fee?.amount).toBe('90.00');
    await as('member').changeStatus({ creatorContractId, status: 'TERMINATED' });
    expect((await refusal(as('admin').amend({ creatorContractId, fee: '80' }))).code).toBe('conflict');
  });

  test('goes to the recycle bin and back, but not while it binds', async () => {
    const { id: creatorContractId } = await write({ status: 'SIGNED' });
    expect((await refusal(as('owner').archive({ creatorContractId }))).code).toBe('conflict');
    await as('owner').changeStatus({ creatorContractId, status: 'TERMINATED' });
    expect((await as('owner').archive({ creatorContractId })).isActive).toBe(false);
    expect((await refusal(as('owner').update({ creatorContractId, note: 'x' }))).code).toBe('conflict');
    const { items } = await as('owner').list({ deleted: true });
    expect(items.map(({ id }) => id)).toContain(creatorContractId);
    expect((await as('owner').restore({ creatorContractId })).isActive).toBe(true);
  });

  test('is told on the timelines without amounts, to the agency’s people of its brand', async () => {
    const { id, contactId } = await made.creator({ brandId: made.brands.first });
    const other = await made.campaign(made.brands.second);
    await made.assign(id, other);
    await write({
      creatorId: id,
      title: 'Secret',
      fee: '98765',
      brandId: made.brands.second,
      status: 'SIGNED',
    });
    const toldTo = async (name: PersonName, of: object) => {
      const { items } = await made.as(name).activities.list(of);
      return items
        .filter(({ type }) => type.startsWith('CONTRACT_'))
        .map(({ type, description }) => [type, description]);
    };
    const expected = [
      ['CONTRACT_SIGNED', 'Contract Secret signed'],
      ['CONTRACT_CREATED', 'Contract Secret written'],
    ];
    expect(await toldTo('owner', { creatorId: id })).toEqual(expected);
    expect(await toldTo('viewer', { contactId })).toEqual(expected);
    expect(await toldTo('member', { creatorId: id })).toEqual([]);
    expect(await toldTo('client', { contactId })).toEqual([]);
  });
});

describe('who may do what with contracts', () => {
  test('a member reads and writes those of their brands, and finds no others', async () => {
    const own = await write({ creatorId: firstCreatorId }, 'member');
    const others = await write({ brandId: made.brands.second });
    const ids = (await as('member').list({ limit: 200 })).items.map(({ id }) => id);
    expect(ids).toContain(own.id);
    expect(ids).not.toContain(others.id);
    expect((await refusal(as('member').byId({ creatorContractId: others.id }))).code).toBe('not_found');
    expect(
      await refusedFields(write({ creatorId: firstCreatorId, brandId: made.brands.second }, 'member')),
    ).toEqual(['invalid', 'brandId']);
  });

  test.each(['update', 'archive', 'restore', 'removeFile'] as const)(
    '%s is refused to viewers, clients, the unassigned and other agencies',
    async (verb) => {
      const { id: creatorContractId } = await write();
      const call = (name: PersonName, of = made) =>
        verb === 'update'
          ? of.as(name).creatorContracts.update({ creatorContractId, title: 'Mine' })
          : of.as(name).creatorContracts[verb]({ creatorContractId });
      expect((await refusal(call('viewer'))).code).toBe('forbidden');
      expect((await refusal(call('client'))).code).toBe('forbidden');
      const unassigned = await refusal(call('unassigned'));
      expect(unassigned.code).toBe('not_found');
      const foreign = await refusal(call('owner', rival));
      expect([foreign.code, foreign.message]).toEqual([unassigned.code, unassigned.message]);
    },
  );

  test('changing a status, amending and checking are refused alike', async () => {
    const { id: creatorContractId } = await write();
    const status = { creatorContractId, status: 'SENT' as const };
    expect((await refusal(as('viewer').changeStatus(status))).code).toBe('forbidden');
    expect((await refusal(as('unassigned').changeStatus(status))).code).toBe('not_found');
    expect((await refusal(rival.as('owner').creatorContracts.changeStatus(status))).code).toBe('not_found');
    expect(
      (await refusal(rival.as('owner').creatorContracts.amend({ creatorContractId, title: 'x' }))).code,
    ).toBe('not_found');
    expect((await refusal(as('unassigned').check({ creatorContractId }))).code).toBe('not_found');
    expect((await refusal(as('client').list({}))).code).toBe('forbidden');
    expect((await refusal(as('client').conflicts({}))).code).toBe('forbidden');
    expect((await refusal(write({}, 'viewer'))).code).toBe('forbidden');
  });
});

describe('a list of contracts', () => {
  test('filters by creator, brand, state, kind of exclusivity, text and end, and counts', async () => {
    const { id } = await made.creator();
    const one = (title: string, change: object) => write({ creatorId: id, title, ...change });
    const soon = await one('Été soon', { status: 'SIGNED', endsOn: '2026-06-20' });
    const right = await one('Right', {
      status: 'SIGNED',
      usageRights: [{ channel: 'EMAIL', endsOn: '2026-06-17' }],
    });
    const draft = await one('Draft', {
      exclusivity: 'FULL',
      endsOn: '2026-06-16',
      brandId: made.brands.second,
    });
    const idsOf = async (of: object) =>
      (await as('owner').list({ creatorId: id, sort: 'createdAt', ...of })).items.map((item) => item.id);
    expect(await idsOf({})).toEqual([soon.id, right.id, draft.id]);
    expect(await idsOf({ state: 'ENDING' })).toEqual([soon.id]);
    expect(await idsOf({ exclusivity: 'FULL' })).toEqual([draft.id]);
    expect(await idsOf({ brandId: made.brands.second })).toEqual([draft.id]);
    expect(await idsOf({ endingWithinDays: 7 })).toEqual([soon.id, right.id]);
    expect(await idsOf({ endingWithinDays: 2 })).toEqual([right.id]);
    expect(await idsOf({ q: 'ete' })).toEqual([soon.id]);
    expect(await idsOf({ q: 'haddad' })).toHaveLength(3);
    expect(await idsOf({ sort: 'endsOn' })).toEqual([draft.id, soon.id, right.id]);
    expect(await idsOf({ sort: '-endsOn' })).toEqual([soon.id, draft.id, right.id]);
    expect(await as('owner').count({ creatorId: id, state: 'IN_FORCE' })).toBe(1);
    const counts = await as('owner').countStates({ creatorId: id, state: 'DRAFT' });
    expect(Object.fromEntries(counts.map(({ state, count }) => [state, count]))).toMatchObject({
      DRAFT: 1,
      SENT: 0,
      IN_FORCE: 1,
      ENDING: 1,
    });
    const first = await as('owner').list({ creatorId: id, sort: 'title', limit: 2 });
    const rest = await as('owner').list({
      creatorId: id,
      sort: 'title',
      limit: 2,
      cursor: first.nextCursor ?? '',
    });
    expect([...first.items, ...rest.items].map(({ title }) => title)).toEqual(['Draft', 'Right', 'Été soon']);
  });

  test('knows the states that the rules know', async () => {
    const { id } = await made.creator();
    const today = '2026-06-15';
    for (const startsOn of [null, '2026-06-14', '2026-06-15', '2026-06-16'])
      for (const endsOn of [null, '2026-06-14', '2026-06-15', '2026-06-16', '2026-07-15', '2026-07-16'])
        if (!startsOn || !endsOn || startsOn <= endsOn)
          for (const status of ['DRAFT', 'SIGNED'] as const)
            await write({ creatorId: id, startsOn, endsOn, status });
    const { items } = await as('owner').list({ creatorId: id, limit: 200 });
    for (const state of new Set(items.map((item) => item.state))) {
      const found = await as('owner').list({ creatorId: id, limit: 200, state });
      expect(found.items.map((item) => item.id)).toEqual(
        items.filter((item) => contractState(item, today) === state).map((item) => item.id),
      );
    }
  });
});
