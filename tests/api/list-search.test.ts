import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);

async function companies(q: string, name: PersonName = 'owner'): Promise<string[]> {
  return (await as(name).companies.list({ q })).items.map((item) => item.name);
}

async function contacts(q: string): Promise<(string | null)[]> {
  return (await as('owner').contacts.list({ q })).items.map((item) => item.lastName);
}

async function deals(q: string, name: PersonName = 'owner'): Promise<string[]> {
  return (await as(name).deals.list({ q, sort: 'name' })).items.map((item) => item.name);
}

describe('the text over a list', () => {
  test('finds a company without its accents, by its words in any order, its domain and its ids', async () => {
    const { id } = await as('owner').companies.create({
      name: 'Café Zoë Trading',
      domains: ['cafezoe.example'],
      email: 'hello@post.example',
      externalId: 'EXT-77',
    });
    for (const q of ['cafe zoe', 'trading CAFÉ', 'radin', 'cafezoe.ex', 'hello@post', 'ext-77', id])
      expect([q, await companies(q)]).toEqual([q, ['Café Zoë Trading']]);
    expect(await as('owner').companies.count({ q: 'cafe zoe' })).toBe(1);
    const externalId = '4c3b3c0e-51f2-4f0e-8a55-0d4f2a9d7c11';
    await as('owner').companies.create({ name: 'Known by a UUID', externalId });
    expect(await companies(externalId)).toEqual(['Known by a UUID']);
    // A list is no place for guesses.
    expect(await companies('traiding cafe')).toEqual([]);
  });

  test('finds a contact by mail, phone and handle', async () => {
    await as('owner').contacts.create({
      firstName: 'Rana',
      lastName: 'Phones',
      emails: ['rana@desk.example'],
      phones: ['+971 (50) 765-4321'],
      xHandle: '@rana.reads',
    });
    for (const q of ['rana@desk.example', 'desk.example', '+971 50 765 4321', '050 765 4321', '@rana.r'])
      expect([q, await contacts(q)]).toEqual([q, ['Phones']]);
  });

  test('takes a number that a record has for that number alone', async () => {
    await as('owner').contacts.create({ firstName: 'A', lastName: 'Whole', externalId: '4455' });
    await as('owner').contacts.create({ firstName: 'B', lastName: 'Within', phones: ['+971 50 994 4559'] });
    expect(await contacts('4455')).toEqual(['Whole']);
    expect(await contacts('94455')).toEqual(['Within']);
  });

  test('finds a deal by its company, where the reader sees that company', async () => {
    const { second } = world.demo.brands;
    const { id: companyId } = await as('owner').companies.create({ name: 'Quillon', brandId: second });
    const { userId } = world.demo.people.unassigned;
    await as('owner').deals.create({ name: 'Retainer', companyId, ownerId: userId });
    await as('owner').deals.create({ name: 'Quillon launch' });
    expect(await deals('quillon')).toEqual(['Quillon launch', 'Retainer']);
    expect(await deals('quillon', 'unassigned')).toEqual([]);
    expect(await deals('retainer', 'unassigned')).toEqual(['Retainer']);
    expect((await as('owner').deals.board({ q: 'quillon' })).count).toBe(2);
  });

  test('finds in the recycle bin by the folded name, and there alone what is in it', async () => {
    const { id: companyId } = await as('owner').companies.create({ name: 'Détour' });
    await as('owner').companies.archive({ companyId });
    expect(await companies('detour')).toEqual([]);
    const bin = async (q: string) => (await as('owner').companies.list({ q, deleted: true })).items.length;
    expect([await bin('detour'), await bin('\u064B'), await bin('%')]).toEqual([1, 0, 0]);
  });

  test('finds nothing by a text of which nothing is left', async () => {
    for (const q of ['\u064B', '\u0640\u0640', '---', '%', '_', '#', '\\']) {
      expect([q, await companies(q)]).toEqual([q, []]);
      expect([q, await deals(q)]).toEqual([q, []]);
    }
  });

  test('finds for each only what they see', async () => {
    const { first, second } = world.demo.brands;
    await as('owner').companies.create({ name: 'Hidden first', brandId: first });
    await as('owner').companies.create({ name: 'Hidden second', brandId: second });
    expect(await companies('hidden', 'viewer')).toEqual(['Hidden first', 'Hidden second']);
    expect(await companies('hidden', 'member')).toEqual(['Hidden first']);
    expect(await companies('hidden', 'unassigned')).toEqual([]);
    expect((await asRival('owner').companies.list({ q: 'hidden' })).items).toEqual([]);
    const { rows } = await world.appDb.pool.query(`select * from app.matching_records('hidden', 'COMPANY')`);
    expect(rows).toEqual([]);
  });
});
