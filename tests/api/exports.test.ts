import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cell } from '../../server/domain/exports/rules.ts';
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

const rowsOf = (csv: string) =>
  parse(csv, { bom: true, columns: true }) as unknown as Record<string, string>[];

describe('a file of a list', () => {
  test('has the columns that were asked for, in their order, money exact beside its currency', async () => {
    await as('admin').customFields.create({ noun: 'DEAL', label: 'Retainer', key: 'fee', kind: 'MONEY' });
    await as('owner').deals.create({
      name: 'Größe, "x"',
      amount: { amount: '1234567890.1234', currency: 'KWD' },
      brandId: world.demo.brands.first,
      customFields: { fee: { amount: '10.50', currency: 'AED' } },
    });
    const { csv, rows, nextCursor } = await as('owner').exports.deals({
      q: 'Größe',
      columns: 'ownerId:120,amount,nonsense,name:240,customFields.fee,brandId',
    });
    expect([csv.startsWith('\uFEFF'), rows, nextCursor]).toEqual([true, 1, null]);
    expect(csv.slice(1)).toBe(
      'Owner,Amount,Amount currency,Name,Retainer,Retainer currency,Brand\r\n' +
        'owner of demo,1234567890.1234,KWD,"Größe, ""x""",10.50,AED,First of demo\r\n',
    );
  });

  test('has all columns unless some are asked for, those without a definition too', async () => {
    await as('owner').companies.create({
      name: 'Whole',
      tags: ['a', 'b'],
      customFields: { employees: 12 },
      externalId: 'erp-9',
    });
    const { csv } = await as('owner').exports.companies({ q: 'Whole' });
    expect(rowsOf(csv)[0]).toMatchObject({
      Name: 'Whole',
      Tags: 'a; b',
      employees: '12',
      'External id': 'erp-9',
      Type: 'PROSPECT',
    });
  });

  test('goes on page by page without a gap or a second header', async () => {
    for (let index = 0; index < 7; index += 1) {
      await as('owner').contacts.create({ firstName: 'Paged', lastName: String(index) });
    }
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await as('owner').exports.contacts({ q: 'Paged', limit: 3, columns: 'name', cursor });
      pages.push(page.csv);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(pages).toHaveLength(3);
    expect(rowsOf(pages.join('')).map(({ Name }) => Name)).toEqual(
      Array.from({ length: 7 }, (_, index) => `Paged ${index}`),
    );
  });

  test('holds what its reader sees and no more', async () => {
    await as('owner').companies.create({ name: 'Seen by few' });
    const seen = async (name: PersonName) => (await as(name).exports.companies({ q: 'Seen by few' })).rows;
    expect([await seen('owner'), await seen('unassigned')]).toEqual([1, 0]);
  });

  test('is refused to a viewer and to a client, and with a filter that means nothing', async () => {
    for (const name of ['viewer', 'client'] as const) {
      expect(await refusedFields(as(name).exports.companies({}))).toEqual(['forbidden']);
      const call = as(name).exports.record({ noun: 'companies', count: 1, query: '' });
      expect(await refusedFields(call)).toEqual(['forbidden']);
    }
    const [code] = await refusedFields(
      as('owner').exports.companies({ filter: '{"all":[{"field":"nope"}]}' }),
    );
    expect(code).toBe('invalid');
  });

  test('is told to the agency alone, with its rows and its query', async () => {
    await as('owner').exports.record({ noun: 'deals', count: 12, query: 'q=x' });
    const { items } = await as('viewer').activities.list({ q: '12 deals exported' });
    expect(items[0]).toMatchObject({
      type: 'RECORDS_EXPORTED',
      metadata: { noun: 'deals', count: 12, query: 'q=x' },
    });
    expect((await as('client').activities.list({ q: '12 deals exported' })).items).toEqual([]);
  });
});

describe('a cell', () => {
  test('is no formula, and a number stays one', () => {
    const formulas = ['=1+1', '+SUM(A1)', '-2+3', '@x', '\t=1', '\r=1', '+971 50 123'];
    expect(formulas.map(cell)).toEqual(formulas.map((text) => `'${text}`));
    const plain = ['-12.50', '+3', '12', 'a=b', '', "'quoted"];
    expect(plain.map(cell)).toEqual(plain);
  });
});
