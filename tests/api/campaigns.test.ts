import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);
const campaign = (name = 'Ramadan', brandId?: string) =>
  as('owner').campaigns.create({ name, ...(brandId ? { brandId } : {}) });

/** A new campaign as it is read again: what it could not take along is said once. */
function campaignOf<T extends { leftOut: unknown }>({ leftOut: _leftOut, ...rest }: T): Omit<T, 'leftOut'> {
  return rest;
}

describe('a new campaign', () => {
  test('answers what was sent, and is a draft of its author unless said', async () => {
    const deal = await as('member').deals.create({ name: 'Retainer' });
    const sent = {
      name: 'Ramadan 2026',
      description: 'Three weeks',
      objective: 'CONVERSIONS' as const,
      dealId: deal.id,
      startsOn: '2026-02-18',
      endsOn: '2026-03-19',
      budget: { amount: '12500.5', currency: 'KWD' },
      tags: ['q1'],
      customFields: { po: '77' },
      externalId: 'erp-9',
      brandId: world.demo.brands.first,
    };
    const made = await as('member').campaigns.create(sent);
    expect(made).toMatchObject({
      ...sent,
      budget: { amount: '12500.500', currency: 'KWD' },
      status: 'DRAFT',
      dealName: 'Retainer',
      ownerId: world.demo.people.member.userId,
      version: 1,
    });
    expect(await as('viewer').campaigns.byId({ campaignId: made.id })).toEqual({
      ...campaignOf(made),
      nextStatuses: [],
    });
  });

  test('takes a bare budget in the agency’s currency, or in the one beside it', async () => {
    const bare = await as('owner').campaigns.create({ name: 'Bare', budget: '100' });
    expect(bare.budget).toEqual({ amount: '100.00', currency: 'AED' });
    const beside = await as('owner').campaigns.create({ name: 'Yen', budget: 5000, currency: 'JPY' });
    expect(beside.budget).toEqual({ amount: '5000', currency: 'JPY' });
    expect((await campaign()).budget).toBeNull();
  });

  test('is refused with what does not fit, by its field', async () => {
    const of = (input: object) => refusedFields(as('owner').campaigns.create({ name: 'X', ...input }));
    expect(await of({ name: '' })).toEqual(['invalid', 'name']);
    expect(await of({ startsOn: '2026-03-02', endsOn: '2026-03-01' })).toEqual(['invalid', 'endsOn']);
    expect(await of({ startsOn: '2026-02-30' })).toEqual(['invalid', 'startsOn']);
    expect(await of({ status: 'RUNNING' })).toEqual(['invalid', 'status']);
    expect(await of({ budget: '-1' })).toEqual(['invalid', 'budget']);
    expect(await of({ budget: { amount: '1', currency: 'AED' }, currency: 'USD' })).toEqual([
      'invalid',
      'currency',
    ]);
    expect(await of({ dealId: randomUUID() })).toEqual(['invalid', 'dealId']);
    expect(await of({ brandId: world.rival.brands.first })).toEqual(['invalid', 'brandId']);
    expect(await of({ spent: 1 })).toEqual(['invalid', 'spent']);
  });

  test('may not refer to a deal of another agency, nor to one that its author does not see', async () => {
    const foreign = await asRival('owner').deals.create({ name: 'Theirs' });
    const unseen = await as('owner').deals.create({ name: 'Owner’s' });
    const of = (dealId: string) => refusedFields(as('member').campaigns.create({ name: 'X', dealId }));
    expect(await of(foreign.id)).toEqual(['invalid', 'dealId']);
    expect(await of(unseen.id)).toEqual(['invalid', 'dealId']);
  });

  test('is refused to a viewer', async () => {
    expect(await refusedFields(as('viewer').campaigns.create({ name: 'By a viewer' }))).toEqual([
      'forbidden',
    ]);
  });

  test('tells its own timeline and its deal’s', async () => {
    const deal = await as('owner').deals.create({ name: 'With a campaign' });
    const made = await as('owner').campaigns.create({ name: 'Told', dealId: deal.id, status: 'ACTIVE' });
    const types = async (of: { campaignId?: string; dealId?: string }) =>
      (await as('owner').activities.list(of)).items.map((item) => item.type).sort();
    expect(await types({ campaignId: made.id })).toEqual(['CAMPAIGN_CREATED', 'CAMPAIGN_LAUNCHED']);
    expect(await types({ dealId: deal.id })).toContain('CAMPAIGN_CREATED');
  });
});

describe('a change of a campaign', () => {
  test('changes the fields it names and no other, and says what they were', async () => {
    const made = await as('owner').campaigns.create({ name: 'Before', budget: '10', currency: 'USD' });
    const changed = await as('owner').campaigns.update({ campaignId: made.id, name: 'After', budget: '20' });
    expect(changed).toEqual({
      ...campaignOf(made),
      name: 'After',
      budget: { amount: '20.00', currency: 'USD' },
      version: 2,
      updatedAt: changed.updatedAt,
    });
    const { items } = await as('owner').activities.list({ campaignId: made.id });
    expect(items[0]).toMatchObject({
      type: 'CAMPAIGN_UPDATED',
      metadata: { changes: { name: { from: 'Before', to: 'After' } } },
    });
  });

  test('of nothing writes nothing', async () => {
    const made = await as('owner').campaigns.create({ name: 'Same', budget: '10', startsOn: '2026-01-01' });
    const again = { campaignId: made.id, name: 'Same', budget: '10.00', startsOn: '2026-01-01' };
    expect(await as('owner').campaigns.update(again)).toEqual(campaignOf(made));
    expect((await as('owner').activities.list({ campaignId: made.id })).items).toHaveLength(1);
  });

  test('of its status tells of the launch, the pause and the end', async () => {
    const { id: campaignId } = await campaign('Run');
    for (const status of ['APPROVED', 'ACTIVE', 'PAUSED', 'COMPLETED'] as const) {
      await as('owner').campaigns.update({ campaignId, status });
    }
    const { items } = await as('owner').activities.list({ campaignId, sort: 'createdAt' });
    const types = items.map((item) => item.type).filter((type) => type !== 'CAMPAIGN_UPDATED');
    expect(types).toEqual([
      'CAMPAIGN_CREATED',
      'CAMPAIGN_APPROVED',
      'CAMPAIGN_LAUNCHED',
      'CAMPAIGN_PAUSED',
      'CAMPAIGN_COMPLETED',
    ]);
  });

  test('may not cross the dates that stand', async () => {
    const made = await as('owner').campaigns.create({
      name: 'Dates',
      startsOn: '2026-01-10',
      endsOn: '2026-01-20',
    });
    const of = (change: object) => as('owner').campaigns.update({ campaignId: made.id, ...change });
    expect(await refusedFields(of({ startsOn: '2026-01-21' }))).toEqual(['invalid', 'endsOn']);
    expect(await refusedFields(of({ endsOn: '2026-01-09' }))).toEqual(['invalid', 'endsOn']);
    expect(await of({ endsOn: null })).toMatchObject({ endsOn: null, startsOn: '2026-01-10' });
  });

  test('is refused when it is based on an old version', async () => {
    const { id: campaignId } = await campaign();
    await as('owner').campaigns.update({ campaignId, name: 'Second', expectedVersion: 1 });
    const stale = as('admin').campaigns.update({ campaignId, name: 'Third', expectedVersion: 1 });
    expect(await refusedFields(stale)).toEqual(['precondition']);
  });

  test('is refused to a viewer, to a member of another brand and to another agency', async () => {
    const { id: campaignId } = await campaign('Second brand', world.demo.brands.second);
    const change = { campaignId, name: 'Taken' };
    expect(await refusedFields(as('viewer').campaigns.update(change))).toEqual(['forbidden']);
    for (const other of [as('member'), as('client'), asRival('owner')]) {
      expect(await refusedFields(other.campaigns.update(change))).toEqual(['not_found']);
      expect(await refusedFields(other.campaigns.archive({ campaignId }))).toEqual(['not_found']);
      expect(await refusedFields(other.campaigns.byId({ campaignId }))).toEqual(['not_found']);
    }
  });
});

describe('campaigns in a list', () => {
  test('are filtered by brand, status and deal, and paged without a gap', async () => {
    const deal = await as('owner').deals.create({ name: 'List' });
    const tag = randomUUID();
    const made = [];
    for (const [index, status] of (['DRAFT', 'ACTIVE', 'ACTIVE'] as const).entries()) {
      const brandId = index === 2 ? world.demo.brands.second : world.demo.brands.first;
      made.push(
        await as('owner').campaigns.create({ name: `${tag} ${index}`, status, brandId, dealId: deal.id }),
      );
    }
    const ids = async (input: object) =>
      (await as('owner').campaigns.list({ q: tag, sort: 'name', ...input })).items.map((item) => item.id);
    const [a, b, c] = made.map((item) => item.id);
    expect(await ids({ dealId: deal.id })).toEqual([a, b, c]);
    expect(await ids({ status: 'ACTIVE' })).toEqual([b, c]);
    expect(await ids({ brandId: world.demo.brands.first })).toEqual([a, b]);
    const first = await as('owner').campaigns.list({ q: tag, sort: 'name', limit: 2 });
    expect(await ids({ limit: 2, cursor: first.nextCursor ?? '' })).toEqual([c]);
    expect(await as('owner').campaigns.count({ q: tag })).toBe(3);
    expect(
      (await as('member').campaigns.list({ q: tag, sort: 'name' })).items.map((item) => item.id),
    ).toEqual([a, b]);
  });

  test('are in the recycle bin after a deletion, and back after a restore', async () => {
    const { id: campaignId, name } = await campaign(`Bin ${randomUUID()}`);
    expect((await as('owner').campaigns.archive({ campaignId })).isActive).toBe(false);
    expect((await as('owner').campaigns.list({ q: name })).items).toEqual([]);
    expect((await as('owner').campaigns.list({ q: name, deleted: true })).items).toHaveLength(1);
    expect(await refusedFields(as('viewer').campaigns.restore({ campaignId }))).toEqual(['forbidden']);
    expect((await as('owner').campaigns.restore({ campaignId })).isActive).toBe(true);
    expect((await as('owner').campaigns.list({ q: name })).items).toHaveLength(1);
  });
});
