import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const idOf = (name: PersonName) => world.demo.people[name].userId;

describe('a record’s history', () => {
  test('tells of each field what it said before and after, by whom, newest first', async () => {
    const { id: companyId } = await as('owner').companies.create({
      name: 'Told',
      customFields: { level: 'gold', size: 1 },
    });
    await as('admin').companies.update({
      companyId,
      legalName: 'Told LLC',
      customFields: { level: 'silver' },
    });
    await as('owner').companies.update({ companyId, ownerId: idOf('admin'), customFields: { size: null } });
    const { items } = await as('viewer').companies.history({ companyId });
    const told = items.map(({ field, from, to, actorId }) => ({ field, from, to, actorId }));
    expect(told).toEqual(
      expect.arrayContaining([
        { field: 'ownerId', from: idOf('owner'), to: idOf('admin'), actorId: idOf('owner') },
        { field: 'customFields.size', from: 1, to: null, actorId: idOf('owner') },
        { field: 'legalName', from: null, to: 'Told LLC', actorId: idOf('admin') },
        { field: 'customFields.level', from: 'gold', to: 'silver', actorId: idOf('admin') },
      ]),
    );
    expect(told).toHaveLength(4);
    expect(new Set(told.slice(0, 2).map(({ actorId }) => actorId))).toEqual(new Set([idOf('owner')]));
    const level = await as('owner').companies.history({ companyId, field: 'customFields.level' });
    expect(level.items.map(({ field }) => field)).toEqual(['customFields.level']);
  });

  test('can be taken back field by field, which is told as well', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Back', city: 'Amman' });
    await as('owner').companies.update({ companyId, city: 'Dubai' });
    const [change] = (await as('owner').companies.history({ companyId, field: 'city' })).items;
    const city = change?.from as string;
    expect(await as('owner').companies.update({ companyId, city, base: { city: 'Dubai' } })).toMatchObject({
      city: 'Amman',
    });
    const { items } = await as('owner').companies.history({ companyId, field: 'city' });
    expect(items.map(({ from, to }) => [from, to])).toEqual([
      ['Dubai', 'Amman'],
      ['Amman', 'Dubai'],
    ]);
  });

  test('tells of a deal’s stages, and leaves its deals out of a company’s', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Own fields' });
    const { id: dealId } = await as('owner').deals.create({ name: 'Moved', companyId });
    await as('owner').deals.move({ dealId, stage: 'PROPOSAL' });
    await as('owner').deals.update({ dealId, amount: '20' });
    const { items } = await as('owner').deals.history({ dealId });
    expect(items.map(({ field, to }) => [field, to])).toEqual([
      ['amount', '20'],
      ['currency', 'AED'],
      ['stage', 'PROPOSAL'],
    ]);
    expect((await as('owner').companies.history({ companyId })).items).toEqual([]);
  });

  test('pages by whole changes', async () => {
    const { id: contactId } = await as('owner').contacts.create({ firstName: 'A', lastName: 'B' });
    for (const title of ['one', 'two', 'three']) await as('owner').contacts.update({ contactId, title });
    const first = await as('owner').contacts.history({ contactId, limit: 2 });
    const cursor = first.nextCursor ?? undefined;
    const rest = await as('owner').contacts.history({ contactId, limit: 2, cursor });
    expect([...first.items, ...rest.items].map(({ to }) => to)).toEqual(['three', 'two', 'one']);
    expect(rest.nextCursor).toBeNull();
  });

  test('of another agency, of another’s, and of a nonsense id are one and the same answer', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Unseen' });
    const unseen = await refusal(as('owner').companies.history({ companyId: randomUUID() }));
    expect(unseen).toMatchObject({ code: 'not_found' });
    const rival = caller(world, world.rival.people.owner.principal);
    expect(await refusal(rival.companies.history({ companyId }))).toEqual(unseen);
    for (const name of ['unassigned', 'client'] as const) {
      expect(await refusal(as(name).companies.history({ companyId }))).toEqual(unseen);
    }
  });
});

test('names are told of what the reader sees alone', async () => {
  const { id } = await as('owner').companies.create({ name: 'Named' });
  const ids = [id, idOf('admin'), world.demo.brands.second, randomUUID()];
  expect(await as('owner').records.names({ ids })).toEqual({
    [id]: 'Named',
    [idOf('admin')]: expect.any(String) as string,
    [world.demo.brands.second]: expect.any(String) as string,
  });
  expect(await as('client').records.names({ ids: [id, world.demo.brands.second] })).toEqual({});
  const rival = caller(world, world.rival.people.owner.principal);
  expect(await rival.records.names({ ids })).toEqual({});
});
