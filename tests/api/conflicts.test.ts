import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { apiKey, caller, createWorld, type PersonName, type World } from '../support/world.ts';
import { Doors } from './door.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);

describe('two people who change different fields', () => {
  test('both win, though the version moved on between them', async () => {
    const company = await as('owner').companies.create({ name: 'Both', industry: 'Retail', city: 'Amman' });
    const { id: companyId, version } = company;
    await as('admin').companies.update({ companyId, industry: 'Food', base: { industry: 'Retail' } });
    const after = await as('owner').companies.update({
      companyId,
      city: 'Dubai',
      expectedVersion: version,
      base: { city: 'Amman' },
    });
    expect(after).toMatchObject({ industry: 'Food', city: 'Dubai', version: version + 2 });
  });

  test('both win at the same moment', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Race', city: 'Amman' });
    await Promise.all([
      as('owner').companies.update({ companyId, city: 'Dubai', base: { city: 'Amman' } }),
      as('admin').companies.update({ companyId, country: 'UAE', base: { country: null } }),
      as('owner').companies.update({ companyId, customFields: { a: 1 }, base: { customFields: {} } }),
      as('admin').companies.update({ companyId, customFields: { b: 2 }, base: { customFields: {} } }),
    ]);
    expect(await as('owner').companies.byId({ companyId })).toMatchObject({
      city: 'Dubai',
      country: 'UAE',
      customFields: { a: 1, b: 2 },
    });
  });
});

describe('two people who change the same field', () => {
  test('are told both values, and nothing of the second change is written', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Same', industry: 'Retail' });
    await as('admin').companies.update({ companyId, industry: 'Food' });
    const refused = await refusal(
      as('owner').companies.update({
        companyId,
        industry: 'Fashion',
        city: 'Amman',
        base: { industry: 'Retail', city: null },
      }),
    );
    expect(refused).toMatchObject({
      code: 'conflict',
      status: 409,
      conflicts: [{ field: 'industry', base: 'Retail', current: 'Food', yours: 'Fashion' }],
    });
    expect(await as('owner').companies.byId({ companyId })).toMatchObject({ industry: 'Food', city: null });
  });

  test('have no conflict where both wrote the same', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Agree', industry: 'Retail' });
    const said = await as('admin').companies.update({ companyId, industry: 'Food' });
    const again = { companyId, industry: 'Food', base: { industry: 'Retail' } };
    expect(await as('owner').companies.update(again)).toEqual(said);
  });

  test('at the same moment have one winner', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'One', city: 'Amman' });
    const answers = await Promise.allSettled(
      ['Dubai', 'Doha', 'Muscat'].map((city) =>
        as('owner').companies.update({ companyId, city, base: { city: 'Amman' } }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('are asked of each of the agency’s own fields by itself', async () => {
    const { id: contactId } = await as('owner').contacts.create({
      firstName: 'A',
      lastName: 'B',
      customFields: { level: 'gold', size: 3 },
      tags: ['one'],
    });
    await as('admin').contacts.update({ contactId, customFields: { level: 'silver' }, tags: ['one', 'two'] });
    const change = {
      contactId,
      customFields: { level: 'bronze', size: null },
      tags: ['three'],
      base: { customFields: { level: 'gold', size: 3 }, tags: ['one'] },
    };
    expect((await refusal(as('owner').contacts.update(change))).conflicts).toEqual([
      { field: 'tags', base: ['one'], current: ['one', 'two'], yours: ['three'] },
      { field: 'customFields.level', base: 'gold', current: 'silver', yours: 'bronze' },
    ]);
  });

  test('are asked of an amount and its currency as of one value', async () => {
    const sent = { name: 'Money', amount: { amount: '100.00', currency: 'AED' } };
    const { id: dealId, amount } = await as('owner').deals.create(sent);
    await as('admin').deals.update({ dealId, amount: { amount: '100.00', currency: 'USD' } });
    const change = { dealId, amount: { amount: '150.00', currency: 'AED' }, base: { amount } };
    expect((await refusal(as('owner').deals.update(change))).conflicts).toEqual([
      {
        field: 'amount',
        base: { amount: '100.00', currency: 'AED' },
        current: { amount: expect.stringMatching(/^100/) as string, currency: 'USD' },
        yours: { amount: '150.00', currency: 'AED' },
      },
    ]);
    const retried = { ...change, base: { amount: { amount: '100', currency: 'USD' } } };
    expect((await as('owner').deals.update(retried)).amount).toEqual(change.amount);
  });
});

describe('a base', () => {
  test('names fields of the record alone', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Strict' });
    const change = { companyId, name: 'x', base: { nmae: 'Strict' } };
    expect(await refusedFields(as('owner').companies.update(change as never))).toEqual([
      'invalid',
      'base.nmae',
    ]);
  });

  test('opens no record to who does not see it, and no change to who may only read', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Mine', city: 'Amman' });
    const change = { companyId, city: 'Dubai', base: { city: 'Aqaba' } };
    expect(await refusal(as('viewer').companies.update(change))).toMatchObject({ code: 'forbidden' });
    for (const name of ['unassigned', 'client'] as const) {
      const refused = await refusal(as(name).companies.update(change));
      expect(refused).toMatchObject({ code: 'not_found' });
      expect(refused.conflicts).toBeUndefined();
    }
    const rival = caller(world, world.rival.people.owner.principal);
    expect(await refusal(rival.companies.update(change))).toMatchObject({ code: 'not_found' });
  });

  test('without one, a stale version is refused as a whole', async () => {
    const { id: companyId, version } = await as('owner').companies.create({ name: 'Stale' });
    await as('admin').companies.update({ companyId, city: 'Amman' });
    const change = { companyId, name: 'Staler', expectedVersion: version };
    expect(await refusal(as('owner').companies.update(change))).toMatchObject({
      code: 'precondition',
      status: 412,
    });
  });

  test('is no field of the REST door, where If-Match says it', async () => {
    const doors = await Doors.open(world.services);
    const { id } = await as('owner').companies.create({ name: 'REST', city: 'Amman' });
    const key = await apiKey(world, world.demo, 'ADMIN');
    const answer = await doors.rest(`PATCH /companies/${id}`, { key, body: { city: 'x', base: {} } });
    await doors.close();
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ path: 'base' }] } });
  });
});
