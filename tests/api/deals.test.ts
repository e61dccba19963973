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

describe('a new deal', () => {
  test('needs a name alone: an open lead without an amount', async () => {
    const made = await as('member').deals.create({ name: 'Just a name' });
    expect(made).toMatchObject({
      stage: 'LEAD',
      status: 'OPEN',
      probability: 10,
      amount: null,
      companyId: null,
      contactId: null,
      closedOn: null,
      recurringType: 'ONE_TIME',
      ownerId: world.demo.people.member.userId,
      version: 1,
    });
    expect(await as('viewer').deals.byId({ dealId: made.id })).toEqual(made);
  });

  test('carries its company and contact, on their timelines too', async () => {
    const company = await as('owner').companies.create({ name: 'Acme' });
    const contact = await as('owner').contacts.create({ firstName: 'Lina', lastName: 'Haddad' });
    const made = await as('owner').deals.create({
      name: 'Launch',
      companyId: company.id,
      contactId: contact.id,
    });
    expect(made).toMatchObject({ companyName: 'Acme', contactName: 'Lina Haddad' });
    for (const filter of [{ dealId: made.id }, { companyId: company.id }, { contactId: contact.id }]) {
      const { items } = await as('owner').activities.list(filter);
      expect(items.filter(({ dealId }) => dealId === made.id)).toMatchObject([{ type: 'DEAL_CREATED' }]);
    }
  });

  test('takes the probability of its stage unless one is sent', async () => {
    const probability = async (sent: object) =>
      (await as('owner').deals.create({ name: 'p', ...sent })).probability;
    expect(await probability({ stage: 'QUALIFIED' })).toBe(30);
    expect(await probability({ stage: 'PROPOSAL' })).toBe(50);
    expect(await probability({ stage: 'NEGOTIATION' })).toBe(75);
    expect(await probability({ stage: 'CLOSED', status: 'WON' })).toBe(100);
    expect(await probability({ stage: 'CLOSED', status: 'LOST' })).toBe(0);
    expect(await probability({ stage: 'LEAD', probability: 0 })).toBe(0);
  });

  test('that is closed says how and when, and tells it', async () => {
    const won = await as('owner').deals.create({
      name: 'Won long ago',
      stage: 'CLOSED',
      status: 'WON',
      closedOn: '2017-03-01',
      closeReason: 'Price',
    });
    expect(won).toMatchObject({ status: 'WON', closedOn: '2017-03-01', closeReason: 'Price' });
    const { items } = await as('owner').activities.list({ dealId: won.id });
    expect(items.map(({ type }) => type).sort()).toEqual(['DEAL_CREATED', 'DEAL_WON']);
  });

  test('is refused where stage and status contradict', async () => {
    const create = (sent: object) => refusedFields(as('owner').deals.create({ name: 'x', ...sent }));
    expect(await create({ stage: 'CLOSED' })).toEqual(['invalid', 'status']);
    expect(await create({ stage: 'CLOSED', status: 'OPEN' })).toEqual(['invalid', 'status']);
    expect(await create({ stage: 'LEAD', status: 'WON' })).toEqual(['invalid', 'status']);
    expect(await create({ status: 'LOST' })).toEqual(['invalid', 'status']);
    expect(await create({ closedOn: '2026-01-01' })).toEqual(['invalid', 'closedOn']);
    expect(await create({ closeReason: 'Price' })).toEqual(['invalid', 'closeReason']);
  });

  test('is refused without a name, with an unknown field, and with what does not fit', async () => {
    const create = (sent: object) => refusedFields(as('owner').deals.create(sent as { name: string }));
    expect(await create({})).toEqual(['invalid', 'name']);
    expect(await create({ name: 'x', value: 12 })).toEqual(['invalid', 'value']);
    expect(await create({ name: 'x', rank: 'a0' })).toEqual(['invalid', 'rank']);
    expect(await create({ name: 'x', probability: 101 })).toEqual(['invalid', 'probability']);
    expect(await create({ name: 'x', probability: 0.5 })).toEqual(['invalid', 'probability']);
    expect(await create({ name: 'x', expectedCloseOn: '2026-02-30' })).toEqual([
      'invalid',
      'expectedCloseOn',
    ]);
    expect(await create({ name: 'x', stage: 'WON' })).toEqual(['invalid', 'stage']);
  });

  test('is refused to a viewer, and with references that its author does not see', async () => {
    const brandId = world.demo.brands.second;
    const company = await as('owner').companies.create({ name: 'Sibling', brandId });
    const contact = await as('owner').contacts.create({ firstName: 'S', lastName: 'Ibling', brandId });
    const foreign = await asRival('owner').companies.create({ name: 'Foreign' });
    const create = (name: PersonName, sent: object = {}) =>
      refusedFields(as(name).deals.create({ name: 'x', ...sent }));
    expect(await create('viewer')).toEqual(['forbidden']);
    for (const name of ['member', 'client', 'unassigned'] as const) {
      expect(await create(name, { companyId: company.id })).toEqual(['invalid', 'companyId']);
      expect(await create(name, { contactId: contact.id })).toEqual(['invalid', 'contactId']);
      expect(await create(name, { brandId })).toEqual(['invalid', 'brandId']);
    }
    expect(await create('owner', { companyId: foreign.id })).toEqual(['invalid', 'companyId']);
    expect(await create('owner', { contactId: randomUUID() })).toEqual(['invalid', 'contactId']);
    expect((await as('client').deals.list({ q: 'x' })).items).toEqual([]);
  });
});

describe('an amount', () => {
  const amountOf = async (sent: object) => (await as('owner').deals.create({ name: 'a', ...sent })).amount;

  test('is exact, whichever way it is sent, and in the agency’s currency unless said', async () => {
    expect(await amountOf({ amount: '1234.5' })).toEqual({ amount: '1234.50', currency: 'AED' });
    expect(await amountOf({ amount: 1054 })).toEqual({ amount: '1054.00', currency: 'AED' });
    expect(await amountOf({ amount: 0.1 })).toEqual({ amount: '0.10', currency: 'AED' });
    expect(await amountOf({ amount: '0', currency: 'USD' })).toEqual({ amount: '0.00', currency: 'USD' });
    expect(await amountOf({ amount: { amount: '12345678901234.5678', currency: 'USD' } })).toEqual({
      amount: '12345678901234.5678',
      currency: 'USD',
    });
    expect(await amountOf({ amount: null })).toBeNull();
  });

  test('has the decimals of its currency, and more where it was sent with more', async () => {
    expect(await amountOf({ amount: '1000', currency: 'JPY' })).toEqual({ amount: '1000', currency: 'JPY' });
    expect(await amountOf({ amount: '1.5', currency: 'KWD' })).toEqual({ amount: '1.500', currency: 'KWD' });
    expect(await amountOf({ amount: '1.2345', currency: 'AED' })).toEqual({
      amount: '1.2345',
      currency: 'AED',
    });
  });

  test('is refused where it is not one', async () => {
    const create = (sent: object) => refusedFields(as('owner').deals.create({ name: 'x', ...sent }));
    for (const amount of [
      '-1',
      '1,000',
      '1e3',
      '',
      ' 1',
      '1.23456',
      'NaN',
      '123456789012345',
      -1,
      0.00001,
      1e15,
    ]) {
      expect(await create({ amount })).toEqual(['invalid', 'amount']);
    }
    for (const amount of ['a lot', true]) {
      const sent = { name: 'x', amount } as { name: string; amount: string };
      const { message } = await refusal(as('owner').deals.create(sent));
      expect(message).toMatch(/^amount: Write the amount as digits with at most four decimals, for example/);
    }
    expect((await create({ amount: { amount: '1' } }))[0]).toBe('invalid');
    expect((await create({ amount: { amount: '1', currency: 'AED', extra: 1 } }))[0]).toBe('invalid');
    expect(await create({ amount: '1', currency: 'dirham' })).toEqual(['invalid', 'currency']);
    expect(await create({ amount: { amount: '1', currency: 'USD' }, currency: 'EUR' })).toEqual([
      'invalid',
      'currency',
    ]);
  });

  test('that comes bare in a change stays in the deal’s own currency', async () => {
    const { id: dealId } = await as('owner').deals.create({ name: 'a', amount: '10', currency: 'USD' });
    const change = async (sent: object) => (await as('owner').deals.update({ dealId, ...sent })).amount;
    expect(await change({ amount: '20.00' })).toEqual({ amount: '20.00', currency: 'USD' });
    expect(await change({ amount: { amount: '30', currency: 'EUR' } })).toEqual({
      amount: '30.00',
      currency: 'EUR',
    });
    expect(await change({ currency: 'GBP' })).toEqual({ amount: '30.00', currency: 'GBP' });
    expect(await change({ amount: null })).toBeNull();
  });

  test('that is the same in other digits is no change', async () => {
    const made = await as('owner').deals.create({ name: 'a', amount: '10.50' });
    expect(await as('owner').deals.update({ dealId: made.id, amount: '010.5' })).toEqual(made);
    expect(await as('owner').deals.update({ dealId: made.id, amount: 10.5 })).toEqual(made);
  });
});

describe('changing a deal', () => {
  test('changes its fields, not its stage, and tells from what to what', async () => {
    const { id: dealId } = await as('owner').deals.create({ name: 'Before', amount: '10' });
    const changed = await as('owner').deals.update({
      dealId,
      name: 'After',
      amount: '20.25',
      expectedCloseOn: '2026-12-31',
      expectedVersion: 1,
    });
    expect(changed).toMatchObject({ name: 'After', expectedCloseOn: '2026-12-31', version: 2 });
    const { items } = await as('owner').activities.list({ dealId });
    expect(items[0]).toMatchObject({
      type: 'DEAL_UPDATED',
      metadata: {
        changes: {
          name: { from: 'Before', to: 'After' },
          amount: { from: '10.0000', to: '20.25' },
          expected_close_on: { from: null, to: '2026-12-31' },
        },
      },
    });
    for (const field of [{ stage: 'PROPOSAL' }, { status: 'WON' }, { rank: 'a0' }]) {
      expect(await refusedFields(as('owner').deals.update({ dealId, ...field }))).toEqual([
        'invalid',
        ...Object.keys(field),
      ]);
    }
  });

  test('corrects the day and the reason of a closed deal, and of no open one', async () => {
    const closed = await as('owner').deals.create({ name: 'c', stage: 'CLOSED', status: 'LOST' });
    const corrected = { closedOn: '2025-05-05', closeReason: 'Budget' };
    expect(await as('owner').deals.update({ dealId: closed.id, ...corrected })).toMatchObject(corrected);
    const open = await as('owner').deals.create({ name: 'o' });
    const update = (sent: object) => refusedFields(as('owner').deals.update({ dealId: open.id, ...sent }));
    expect(await update({ closedOn: '2025-05-05' })).toEqual(['invalid', 'closedOn']);
    expect(await update({ closeReason: 'Budget' })).toEqual(['invalid', 'closeReason']);
  });

  test('is refused to a viewer, to who does not see it, to a stale reader, and with a sibling’s records', async () => {
    const { first, second } = world.demo.brands;
    const { id: dealId } = await as('owner').deals.create({ name: 'Kept', brandId: first });
    const sibling = await as('owner').companies.create({ name: 'S', brandId: second });
    const update = (name: PersonName, sent: object) => refusal(as(name).deals.update({ dealId, ...sent }));
    expect(await update('viewer', { name: 'x' })).toMatchObject({ code: 'forbidden' });
    const unseen = await refusal(as('owner').deals.update({ dealId: randomUUID(), name: 'x' }));
    expect(unseen).toMatchObject({ code: 'not_found' });
    expect(await update('unassigned', { name: 'x' })).toEqual(unseen);
    expect(await refusal(asRival('owner').deals.update({ dealId, name: 'x' }))).toEqual(unseen);
    expect(await update('member', { name: 'x', expectedVersion: 2 })).toMatchObject({ code: 'precondition' });
    expect(await update('member', { companyId: sibling.id })).toMatchObject({
      issues: [{ path: 'companyId' }],
    });
    expect(await update('client', { companyId: sibling.id })).toMatchObject({
      issues: [{ path: 'companyId' }],
    });
    expect(await as('owner').deals.byId({ dealId })).toMatchObject({ name: 'Kept', version: 1 });
  });
});

describe('deleting a deal', () => {
  test('takes it from the list and the board and is undone', async () => {
    const { id: dealId } = await as('owner').deals.create({ name: 'Binned deal' });
    expect(await refusedFields(as('viewer').deals.archive({ dealId }))).toEqual(['forbidden']);
    expect(await refusedFields(as('unassigned').deals.archive({ dealId }))).toEqual(['not_found']);
    await as('owner').deals.archive({ dealId });
    expect((await as('owner').deals.board({ q: 'Binned deal' })).count).toBe(0);
    expect((await as('owner').deals.list({ q: 'Binned deal' })).items).toEqual([]);
    expect(await as('owner').deals.restore({ dealId, expectedVersion: 2 })).toMatchObject({ isActive: true });
    const { items } = await as('owner').activities.list({ dealId });
    expect(items.map(({ type }) => type)).toEqual(['DEAL_RESTORED', 'DEAL_DELETED', 'DEAL_CREATED']);
  });
});

describe('the list of deals', () => {
  test('sorts by amount and expected day with the unknown at the end, in pages', async () => {
    const make = (amount: string | null, expectedCloseOn: string | null) =>
      as('owner').deals.create({ name: `Sorted ${amount}`, amount, expectedCloseOn });
    await make('20', '2026-05-01');
    await make(null, null);
    await make('3', '2026-07-01');
    await make('100.5', null);
    await make(null, '2026-06-01');
    const read = async (sort: 'amount' | '-amount' | 'expectedCloseOn' | '-expectedCloseOn') => {
      const rows = [];
      let cursor: string | undefined;
      do {
        const page = await as('owner').deals.list({ q: 'Sorted', sort, limit: 2, cursor });
        rows.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return rows.map((row) =>
        sort.endsWith('amount') ? (row.amount?.amount ?? null) : row.expectedCloseOn,
      );
    };
    expect(await read('amount')).toEqual(['3.00', '20.00', '100.50', null, null]);
    expect(await read('-amount')).toEqual(['100.50', '20.00', '3.00', null, null]);
    expect(await read('expectedCloseOn')).toEqual(['2026-05-01', '2026-06-01', '2026-07-01', null, null]);
    expect(await read('-expectedCloseOn')).toEqual(['2026-07-01', '2026-06-01', '2026-05-01', null, null]);
  });

  test('filters by company, contact, stage, status, owner and brand, and counts the same', async () => {
    const company = await as('owner').companies.create({ name: 'Filter' });
    const contact = await as('owner').contacts.create({ firstName: 'F', lastName: 'Ilter' });
    const ownerId = world.demo.people.admin.userId;
    const brandId = world.demo.brands.second;
    await as('owner').deals.create({
      name: 'Found',
      companyId: company.id,
      contactId: contact.id,
      stage: 'CLOSED',
      status: 'LOST',
      ownerId,
      brandId,
    });
    await as('owner').deals.create({ name: 'Found not' });
    const whole = {
      companyId: company.id,
      contactId: contact.id,
      stage: 'CLOSED',
      status: 'LOST',
      ownerId,
      brandId,
    };
    for (const [key, value] of Object.entries(whole)) {
      const filter = { q: 'Found', [key]: value };
      expect((await as('owner').deals.list(filter)).items.map(({ name }) => name)).toEqual(['Found']);
      expect(await as('owner').deals.count(filter)).toBe(1);
    }
    expect(await as('owner').deals.count({ q: 'Found' })).toBe(2);
  });

  test('shows each what is theirs: a client its brand, a member nothing of others, a rival nothing', async () => {
    const { items } = await as('client').deals.list({ limit: 200 });
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ brandId }) => brandId))).toEqual(new Set([world.demo.brands.first]));
    expect((await as('unassigned').deals.list({})).items).toEqual([]);
    expect((await asRival('owner').deals.list({})).items).toEqual([]);
    expect((await as('viewer').deals.list({ limit: 200 })).items).toEqual(
      (await as('owner').deals.list({ limit: 200 })).items,
    );
  });
});
