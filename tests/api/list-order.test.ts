import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { caller, createWorld, type World } from '../support/world.ts';
import { defineFields, makeCompanies } from './filtered-companies.ts';

const database = useTestDatabase();
let world: World;
let owner: ReturnType<typeof caller>;

beforeAll(async () => {
  world = await createWorld(database());
  owner = caller(world, world.demo.people.owner.principal);
  await defineFields(world);
  await makeCompanies(world, (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10));
});
afterAll(() => world.close());

describe('a list’s order', () => {
  async function walk(sort: string): Promise<string[]> {
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await owner.companies.list({ sort, limit: 1, ...(cursor ? { cursor } : {}) });
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return names;
  }

  test.each([
    ['industry', ['Birch', 'Acme', 'Cedar']],
    ['-industry', ['Acme', 'Birch', 'Cedar']],
    ['type', ['Birch', 'Cedar', 'Acme']],
    ['size', ['Acme', 'Birch', 'Cedar']],
    ['-size', ['Acme', 'Cedar', 'Birch']],
    ['ownerId', ['Birch', 'Acme', 'Cedar']],
    ['customFields.seats', ['Birch', 'Acme', 'Cedar']],
    ['-customFields.seats', ['Acme', 'Birch', 'Cedar']],
    ['customFields.renews', ['Birch', 'Acme', 'Cedar']],
    ['-customFields.tier', ['Birch', 'Acme', 'Cedar']],
    ['customFields.retainer', ['Acme', 'Birch', 'Cedar']],
  ])('by %s meets each row once, those without a value last', async (sort, names) => {
    const walked = await walk(sort);
    expect([...walked].sort()).toEqual(['Acme', 'Birch', 'Cedar']);
    // Rows of one rank stand in the order of their ids, which is that of their making; backwards it is turned.
    expect(walked).toEqual(names);
  });

  test('by a field that is none, or that has no order, is refused', async () => {
    for (const sort of ['customFields.gone', 'customFields.markets', 'tags', 'nonsense']) {
      const { code, issues } = await refusal(owner.companies.list({ sort }));
      expect([code, issues?.map(({ path }) => path)]).toEqual(['invalid', ['sort']]);
    }
  });
});
