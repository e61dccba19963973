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

describe('the stream', () => {
  test('says who did what to which record, newest first or oldest first, in pages', async () => {
    const company = await as('member').companies.create({ name: 'Streamed' });
    for (const name of ['One', 'Two', 'Three'])
      await as('member').companies.update({ companyId: company.id, name });
    const read = async (sort: 'createdAt' | '-createdAt') => {
      const items = [];
      let cursor: string | undefined;
      do {
        const page = await as('owner').activities.list({ companyId: company.id, sort, limit: 3, cursor });
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return items;
    };
    const oldest = await read('createdAt');
    expect(oldest.map(({ description }) => description)).toEqual([
      'Company Streamed created',
      'Company One changed',
      'Company Two changed',
      'Company Three changed',
    ]);
    expect(await read('-createdAt')).toEqual(oldest.toReversed());
    expect(oldest[0]).toMatchObject({
      actorKind: 'USER',
      actorId: world.demo.people.member.userId,
      actorName: 'member of demo',
      companyId: company.id,
    });
  });

  test('of a record is seen as far as the record is', async () => {
    const brandId = world.demo.brands.first;
    const branded = await as('owner').deals.create({ name: 'Branded', brandId });
    const plain = await as('owner').deals.create({ name: 'Plain' });
    const handed = await as('owner').deals.create({
      name: 'Handed',
      ownerId: world.demo.people.unassigned.userId,
    });
    const told = async (name: PersonName, dealId: string) =>
      (await as(name).activities.list({ dealId })).items.length;
    expect([await told('viewer', branded.id), await told('viewer', plain.id)]).toEqual([1, 1]);
    expect([await told('member', branded.id), await told('member', plain.id)]).toEqual([1, 0]);
    expect([await told('client', branded.id), await told('client', plain.id)]).toEqual([1, 0]);
    expect([await told('unassigned', handed.id), await told('unassigned', branded.id)]).toEqual([1, 0]);
    expect((await asRival('owner').activities.list({ dealId: branded.id })).items).toEqual([]);
  });

  test('of a foreign agency and of a nonsense id is empty, and an unknown filter is refused', async () => {
    expect((await as('owner').activities.list({ dealId: randomUUID() })).items).toEqual([]);
    const demo = new Set((await as('owner').activities.list({ limit: 200 })).items.map(({ id }) => id));
    const { items } = await asRival('owner').activities.list({ limit: 200 });
    expect(items.filter(({ id }) => demo.has(id))).toEqual([]);
    expect(await refusedFields(as('owner').activities.list({ actorId: 'x' } as object))).toEqual([
      'invalid',
      'actorId',
    ]);
    expect(await refusedFields(as('owner').activities.list({ limit: 201 }))).toEqual(['invalid', 'limit']);
  });

  test('cannot be rewritten or shortened by the serving roles', async () => {
    await as('owner').companies.create({ name: 'Told' });
    for (const db of [world.appDb, world.jobsDb]) {
      for (const statement of [`update activities set description = 'x'`, 'delete from activities']) {
        await expect(db.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
      }
    }
  });
});

test('a change that fails tells nothing', async () => {
  await as('owner').companies.create({ name: 'First', externalId: 'told-1' });
  const before = (await as('owner').activities.list({})).items[0]?.id;
  expect(await refusedFields(as('owner').companies.create({ name: 'Second', externalId: 'told-1' }))).toEqual(
    ['conflict'],
  );
  expect((await as('owner').activities.list({})).items[0]?.id).toBe(before);
});
