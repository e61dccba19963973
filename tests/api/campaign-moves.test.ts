import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);
const first = () => world.demo.brands.first;

async function campaign(by: PersonName = 'member', change: object = {}): Promise<string> {
  const { id } = await as(by).campaigns.create({ name: `Move ${randomUUID()}`, brandId: first(), ...change });
  return id;
}

async function entries(campaignId: string, name: PersonName = 'owner') {
  const { items } = await as(name).activities.list({ campaignId, sort: 'createdAt' });
  return items.filter(({ type, metadata }) => type !== 'CAMPAIGN_UPDATED' || 'reason' in Object(metadata));
}

async function notices(name: PersonName, campaignId: string) {
  const { items } = await as(name).notifications.list({ limit: 200 });
  return items.filter(({ subject }) => subject?.id === campaignId).map(({ kind, text }) => ({ kind, text }));
}

describe('a campaign on its way to approval', () => {
  test('is submitted by a member, approved by an admin, and launched by the member', async () => {
    const campaignId = await campaign();
    const submitted = await as('member').campaigns.move({ campaignId, status: 'PENDING_APPROVAL' });
    expect(submitted).toMatchObject({
      status: 'PENDING_APPROVAL',
      submittedById: world.demo.people.member.userId,
      submittedByName: 'member of demo',
      nextStatuses: ['DRAFT', 'CANCELLED'],
      version: 2,
    });
    const approved = await as('admin').campaigns.approve({ campaignId, expectedVersion: 2 });
    expect(approved).toMatchObject({
      status: 'APPROVED',
      approvedById: world.demo.people.admin.userId,
      submittedById: world.demo.people.member.userId,
    });
    const launched = await as('member').campaigns.move({ campaignId, status: 'ACTIVE' });
    expect(launched.approvedAt).toBe(approved.approvedAt);
    expect(launched.launchedAt).not.toBeNull();
    expect((await entries(campaignId)).map(({ type }) => type)).toEqual([
      'CAMPAIGN_CREATED',
      'CAMPAIGN_SUBMITTED',
      'CAMPAIGN_APPROVED',
      'CAMPAIGN_LAUNCHED',
    ]);
  });

  test('calls its approvers once, and tells who submitted it what became of it', async () => {
    const campaignId = await campaign();
    const { name } = await as('member').campaigns.byId({ campaignId });
    await as('member').campaigns.move({ campaignId, status: 'PENDING_APPROVAL' });
    await as('member').campaigns.move({ campaignId, status: 'DRAFT' });
    await as('member').campaigns.move({ campaignId, status: 'PENDING_APPROVAL' });
    const asked = { kind: 'CAMPAIGN_SUBMITTED', text: `member of demo asks you to approve “${name}”` };
    expect(await notices('owner', campaignId)).toEqual([asked]);
    expect(await notices('admin', campaignId)).toEqual([asked]);
    for (const other of ['member', 'viewer', 'client'] as const)
      expect(await notices(other, campaignId)).toEqual([]);
    await as('admin').campaigns.sendBack({ campaignId, reason: 'The budget is too high' });
    expect(await notices('member', campaignId)).toEqual([
      { kind: 'CAMPAIGN_RETURNED', text: `admin of demo sent “${name}” back for a change` },
    ]);
  });

  test('goes back with a reason alone, which the agency reads and the client does not', async () => {
    const campaignId = await campaign();
    await as('member').campaigns.move({ campaignId, status: 'PENDING_APPROVAL' });
    const back = { campaignId, status: 'DRAFT' as const };
    expect(await refusedFields(as('admin').campaigns.move(back))).toEqual(['invalid', 'reason']);
    const answer = await as('admin').campaigns.move({ ...back, reason: 'Too dear' });
    expect(answer).toMatchObject({ status: 'DRAFT', statusReason: 'Too dear', submittedById: null });
    const seen = await as('client').campaigns.byId({ campaignId });
    expect([seen.status, seen.statusReason]).toEqual(['DRAFT', null]);
    const told = async (name: PersonName) =>
      (await entries(campaignId, name)).map(({ description }) => description).join(' | ');
    expect(await told('member')).toContain('Too dear');
    expect(await told('client')).toContain('sent back to a draft');
    expect(await told('client')).not.toContain('Too dear');
  });

  test('is taken back by whoever submitted it without a word', async () => {
    for (const name of ['member', 'admin'] as const) {
      const campaignId = await campaign(name);
      await as(name).campaigns.move({ campaignId, status: 'PENDING_APPROVAL' });
      expect((await as(name).campaigns.move({ campaignId, status: 'DRAFT' })).status).toBe('DRAFT');
      expect((await entries(campaignId)).at(-1)?.type).toBe('CAMPAIGN_REOPENED');
    }
  });

  test('may be approved by an admin who submitted it, and the timeline says so', async () => {
    const campaignId = await campaign('admin', { status: 'PENDING_APPROVAL' });
    await as('admin').campaigns.approve({ campaignId });
    expect((await entries(campaignId)).at(-1)?.description).toMatch(/approved by the one who submitted it$/);
    const unsubmitted = await campaign('admin');
    await as('admin').campaigns.approve({ campaignId: unsubmitted });
    expect((await entries(unsubmitted)).at(-1)?.description).toMatch(/approved without being submitted$/);
  });

  test('loses its approval where its plan is taken back to a draft', async () => {
    const campaignId = await campaign('member', { budget: '100' });
    await as('admin').campaigns.approve({ campaignId });
    const change = { campaignId, budget: '200' };
    expect(await refusedFields(as('member').campaigns.update(change))).toEqual(['forbidden', 'budget']);
    const redone = await as('member').campaigns.update({ ...change, status: 'DRAFT' });
    expect(redone).toMatchObject({ status: 'DRAFT', approvedAt: null, budget: { amount: '200.00' } });
    expect(await refusedFields(as('member').campaigns.move({ campaignId, status: 'ACTIVE' }))).toEqual([
      'forbidden',
      'status',
    ]);
  });
});

describe('a first status', () => {
  test('is any that an owner or admin says, approved by that', async () => {
    for (const status of ['APPROVED', 'ACTIVE', 'PAUSED', 'COMPLETED'] as const) {
      const made = await as('admin').campaigns.create({ name: 'Runs elsewhere', status });
      expect(made).toMatchObject({ status, approvedById: world.demo.people.admin.userId });
    }
    const cancelled = await as('owner').campaigns.create({ name: 'Never', status: 'CANCELLED' });
    expect(cancelled).toMatchObject({ status: 'CANCELLED', approvedAt: null });
  });

  test('is a draft or waiting by members and clients, who are told what to do', async () => {
    for (const name of ['member', 'client'] as const) {
      const create = (status: 'ACTIVE' | 'PENDING_APPROVAL') =>
        as(name).campaigns.create({ name: 'Mine', brandId: first(), status });
      const { code, message } = await refusal(create('ACTIVE'));
      expect([code, message]).toEqual([
        'forbidden',
        'A campaign begins as active by an owner or admin of the agency. Make it a draft, or submit it for approval (PENDING_APPROVAL).',
      ]);
      const { id, status } = await create('PENDING_APPROVAL');
      expect(status).toBe('PENDING_APPROVAL');
      expect((await notices('owner', id)).map(({ kind }) => kind)).toEqual(['CAMPAIGN_SUBMITTED']);
    }
  });
});

describe('a move', () => {
  test('that does not follow is a conflict with what follows', async () => {
    const campaignId = await campaign('owner', { status: 'ACTIVE' });
    const { code, message, issues } = await refusal(
      as('owner').campaigns.update({ campaignId, status: 'PENDING_APPROVAL' }),
    );
    expect([code, issues.map(({ path }) => path)]).toEqual(['conflict', ['status']]);
    expect(message).toContain('Next it can be paused, completed or cancelled.');
  });

  test('to where it stands changes nothing', async () => {
    const campaignId = await campaign('owner', { status: 'ACTIVE' });
    const before = await as('owner').campaigns.byId({ campaignId });
    expect(await as('owner').campaigns.move({ campaignId, status: 'ACTIVE', reason: 'Again' })).toEqual(
      before,
    );
  });

  test('keeps its reason until the next, and the first launch for good', async () => {
    const campaignId = await campaign('owner', { status: 'ACTIVE' });
    const { launchedAt } = await as('owner').campaigns.byId({ campaignId });
    const paused = await as('member').campaigns.move({
      campaignId,
      status: 'PAUSED',
      reason: 'Out of stock',
    });
    expect(paused.statusReason).toBe('Out of stock');
    const resumed = await as('member').campaigns.move({ campaignId, status: 'ACTIVE' });
    expect([resumed.statusReason, resumed.launchedAt]).toEqual([null, launchedAt]);
    const done = await as('member').campaigns.move({ campaignId, status: 'COMPLETED' });
    expect(done.completedAt).not.toBeNull();
    expect(await refusedFields(as('member').campaigns.move({ campaignId, status: 'ACTIVE' }))).toEqual([
      'forbidden',
      'status',
    ]);
    const again = await as('admin').campaigns.move({ campaignId, status: 'ACTIVE' });
    expect(again.completedAt).toBeNull();
    expect((await entries(campaignId)).at(-1)?.type).toBe('CAMPAIGN_REOPENED');
  });

  test('reopens what is over with a later last day alone', async () => {
    const campaignId = await campaign('owner', { status: 'COMPLETED', endsOn: '2020-01-31' });
    const reopen = (change: object) =>
      as('owner').campaigns.update({ campaignId, status: 'ACTIVE', ...change });
    expect(await refusedFields(reopen({}))).toEqual(['conflict', 'endsOn']);
    expect((await reopen({ endsOn: '2199-01-31' })).status).toBe('ACTIVE');
  });

  test('is refused to a viewer, to whoever does not see it, and on an old version', async () => {
    const campaignId = await campaign('owner');
    const move = { campaignId, status: 'PENDING_APPROVAL' as const };
    expect(await refusedFields(as('viewer').campaigns.move(move))).toEqual(['forbidden']);
    for (const other of [as('unassigned'), asRival('owner')]) {
      expect(await refusedFields(other.campaigns.move(move))).toEqual(['not_found']);
      const nowhere = { ...move, campaignId: randomUUID() };
      expect(await refusedFields(other.campaigns.move(nowhere))).toEqual(['not_found']);
    }
    await as('owner').campaigns.update({ campaignId, name: 'Second' });
    expect(await refusedFields(as('member').campaigns.move({ ...move, expectedVersion: 1 }))).toEqual([
      'precondition',
    ]);
    const misfit = { ...move, why: 'x' };
    expect(await refusedFields(as('owner').campaigns.move(misfit))).toEqual(['invalid', 'why']);
  });

  test('to approved and back is for the agency’s approvers', async () => {
    const campaignId = await campaign('member', { status: 'PENDING_APPROVAL' });
    for (const name of ['member', 'viewer', 'client', 'unassigned'] as const) {
      expect(await refusedFields(as(name).campaigns.approve({ campaignId }))).toEqual(['forbidden']);
      const back = { campaignId, reason: 'x' };
      expect(await refusedFields(as(name).campaigns.sendBack(back))).toEqual(['forbidden']);
    }
    expect(await refusedFields(asRival('owner').campaigns.approve({ campaignId }))).toEqual(['not_found']);
    expect(await refusedFields(as('admin').campaigns.approve({ campaignId, expectedVersion: 9 }))).toEqual([
      'precondition',
    ]);
    const move = { campaignId, status: 'CANCELLED' as const };
    expect(await refusedFields(as('client').campaigns.move(move))).toEqual(['forbidden', 'status']);
    expect((await as('client').campaigns.byId({ campaignId })).nextStatuses).toEqual([]);
    expect((await as('viewer').campaigns.byId({ campaignId })).nextStatuses).toEqual([]);
  });
});

describe('the budget of a campaign', () => {
  test('that is entered or changed on it becomes the version that stands', async () => {
    const campaignId = await campaign('owner', { budget: '100', currency: 'USD' });
    const versions = async () =>
      (
        await world.ownerDb.pool.query<{ number: number; status: string; total: string; currency: string }>(
          'select number, status, total, currency from budget_versions where campaign_id = $1 order by number',
          [campaignId],
        )
      ).rows.map(({ number, status, total, currency }) => [number, status, Number(total), currency]);
    expect(await versions()).toEqual([[1, 'APPROVED', 100, 'USD']]);
    await as('owner').campaigns.update({ campaignId, budget: '150' });
    await as('owner').campaigns.update({ campaignId, budget: '150.00', name: 'Same money' });
    expect(await versions()).toEqual([
      [1, 'SUPERSEDED', 100, 'USD'],
      [2, 'APPROVED', 150, 'USD'],
    ]);
    await as('owner').campaigns.update({ campaignId, budget: null });
    expect((await versions()).map(([, status]) => status)).toEqual(['SUPERSEDED', 'SUPERSEDED']);
  });
});

describe('the people of a campaign', () => {
  const contact = async (name: PersonName, firstName: string, brandId: string | null = first()) =>
    (await as(name).contacts.create({ firstName, lastName: 'Haddad', brandId, title: 'CMO' })).id;

  test('are replaced as a whole, but for those whom the author does not see', async () => {
    const [a, b] = [await contact('owner', 'Amal'), await contact('owner', 'Badr')];
    const unseen = await contact('owner', 'Zeina', world.demo.brands.second);
    const campaignId = await campaign('owner', { contactIds: [unseen, a] });
    const read = async (name: PersonName) =>
      (await as(name).campaigns.byId({ campaignId })).contacts.map((one) => [one.name, one.title]);
    expect(await read('owner')).toEqual([
      ['Amal Haddad', 'CMO'],
      ['Zeina Haddad', 'CMO'],
    ]);
    expect(await read('member')).toEqual([['Amal Haddad', 'CMO']]);
    const changed = await as('member').campaigns.update({ campaignId, contactIds: [b] });
    expect([changed.version, changed.contacts.map(({ name }) => name)]).toEqual([2, ['Badr Haddad']]);
    expect(await read('owner')).toEqual([
      ['Badr Haddad', 'CMO'],
      ['Zeina Haddad', 'CMO'],
    ]);
    const same = await as('member').campaigns.update({ campaignId, contactIds: [b] });
    expect(same.version).toBe(2);
  });

  test('are such whom the author sees', async () => {
    const unseen = await contact('owner', 'Unseen', world.demo.brands.second);
    const campaignId = await campaign();
    for (const contactId of [unseen, randomUUID()])
      expect(
        await refusedFields(as('member').campaigns.update({ campaignId, contactIds: [contactId] })),
      ).toEqual(['invalid', 'contactIds.0']);
  });
});
