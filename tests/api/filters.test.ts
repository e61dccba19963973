import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FilterNode } from '../../server/domain/records/fields.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal } from '../support/refusal.ts';
import { caller, createWorld, type World } from '../support/world.ts';
import { defineFields, liveAtNoon, makeCompanies } from './filtered-companies.ts';

const database = useTestDatabase();
let world: World;
let owner: ReturnType<typeof caller>;

const json = (filter: FilterNode) => JSON.stringify(filter);
const all = (...parts: FilterNode[]) => json({ all: parts });
const any = (...parts: FilterNode[]) => json({ any: parts });

async function companiesOf(filter: string, as = owner): Promise<string[]> {
  const { items } = await as.companies.list({ filter });
  return items.map(({ name }) => name);
}

async function dealsOf(filter: string): Promise<string[]> {
  const { items } = await owner.deals.list({ filter, sort: 'name' });
  return items.map(({ name }) => name);
}

async function refusedAt(filter: string): Promise<string[]> {
  const { code, issues } = await refusal(owner.companies.list({ filter }));
  expect(code).toBe('invalid');
  return (issues ?? []).map(({ path }) => path);
}

/** A day of the agency's, counted from its today. */
let dayFromNow: (days: number) => string;

beforeAll(async () => {
  world = await createWorld(database());
  owner = caller(world, world.demo.people.owner.principal);
  const zone = await liveAtNoon(world);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());
  dayFromNow = (days) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  await defineFields(world);
  await makeCompanies(world, dayFromNow);
  await makeDeals();
});
afterAll(() => world.close());

async function makeDeals(): Promise<void> {
  const { items } = await owner.companies.list({ q: 'Acme' });
  const companyId = items[0]?.id ?? null;
  await owner.deals.create({
    name: 'Big',
    companyId,
    amount: '5000',
    expectedCloseOn: dayFromNow(0),
    stage: 'PROPOSAL',
  });
  await owner.deals.create({ name: 'Late', amount: '100', expectedCloseOn: dayFromNow(-10) });
  await owner.deals.create({ name: 'Open-ended' });
}

describe('a filter of text', () => {
  test('contains, begins and is without regard to case', async () => {
    await expect(companiesOf(all({ field: 'industry', op: 'contains', value: 'RETA' }))).resolves.toEqual([
      'Acme',
    ]);
    await expect(companiesOf(all({ field: 'industry', op: 'startsWith', value: 'fo' }))).resolves.toEqual([
      'Birch',
    ]);
    await expect(companiesOf(all({ field: 'industry', op: 'is', value: 'food' }))).resolves.toEqual([
      'Birch',
    ]);
    await expect(companiesOf(all({ field: 'industry', op: 'is', value: 'foo' }))).resolves.toEqual([]);
  });

  test('takes wildcards as letters', async () => {
    await expect(companiesOf(all({ field: 'name', op: 'contains', value: '%' }))).resolves.toEqual([]);
    await expect(companiesOf(all({ field: 'name', op: 'is', value: 'A_me' }))).resolves.toEqual([]);
    await expect(
      companiesOf(all({ field: 'customFields.note', op: 'contains', value: '0%' })),
    ).resolves.toEqual(['Acme']);
  });

  test('that denies lets in what has no value', async () => {
    await expect(companiesOf(all({ field: 'industry', op: 'isNot', value: 'Food' }))).resolves.toEqual([
      'Acme',
      'Cedar',
    ]);
    await expect(companiesOf(all({ field: 'industry', op: 'notContains', value: 'ood' }))).resolves.toEqual([
      'Acme',
      'Cedar',
    ]);
    await expect(companiesOf(all({ field: 'size', op: 'noneOf', value: ['SMALL'] }))).resolves.toEqual([
      'Birch',
      'Cedar',
    ]);
    await expect(companiesOf(all({ field: 'ownerId', op: 'isNotMe' }))).resolves.toEqual(['Birch', 'Cedar']);
    await expect(companiesOf(all({ field: 'customFields.seats', op: 'ne', value: 12 }))).resolves.toEqual([
      'Birch',
      'Cedar',
    ]);
  });

  test('finds what is empty and what is not', async () => {
    await expect(companiesOf(all({ field: 'industry', op: 'empty' }))).resolves.toEqual(['Cedar']);
    await expect(companiesOf(all({ field: 'tags', op: 'empty' }))).resolves.toEqual(['Cedar']);
    await expect(companiesOf(all({ field: 'brandId', op: 'notEmpty' }))).resolves.toEqual(['Birch']);
    await expect(companiesOf(all({ field: 'customFields.markets', op: 'empty' }))).resolves.toEqual([
      'Cedar',
    ]);
    await expect(companiesOf(all({ field: 'customFields.tier', op: 'notEmpty' }))).resolves.toEqual([
      'Acme',
      'Birch',
    ]);
  });
});

describe('a filter of what has several values', () => {
  test('asks for any, all or none of them, or for a part of one', async () => {
    const tags = (op: 'hasAny' | 'hasAll' | 'hasNone') =>
      companiesOf(all({ field: 'tags', op, value: ['vip', 'gulf'] }));
    await expect(tags('hasAny')).resolves.toEqual(['Acme', 'Birch']);
    await expect(tags('hasAll')).resolves.toEqual(['Acme']);
    await expect(tags('hasNone')).resolves.toEqual(['Cedar']);
    await expect(companiesOf(all({ field: 'domains', op: 'contains', value: 'ACME.t' }))).resolves.toEqual([
      'Acme',
    ]);
    await expect(
      companiesOf(all({ field: 'customFields.markets', op: 'hasAll', value: ['AE', 'SA'] })),
    ).resolves.toEqual(['Acme']);
    await expect(
      companiesOf(all({ field: 'customFields.markets', op: 'hasNone', value: ['AE'] })),
    ).resolves.toEqual(['Birch', 'Cedar']);
    await expect(
      companiesOf(all({ field: 'customFields.markets', op: 'contains', value: 's' })),
    ).resolves.toEqual(['Acme', 'Birch']);
  });
});

describe('a filter of people and references', () => {
  test('knows who asks', async () => {
    await expect(companiesOf(all({ field: 'ownerId', op: 'isMe' }))).resolves.toEqual(['Acme']);
    const admin = caller(world, world.demo.people.admin.principal);
    await expect(companiesOf(all({ field: 'ownerId', op: 'isMe' }), admin)).resolves.toEqual(['Birch']);
    await expect(companiesOf(all({ field: 'customFields.lead', op: 'isMe' }), admin)).resolves.toEqual([
      'Acme',
    ]);
  });

  test('names people by id, and what a reference leads to by id or by name', async () => {
    const { admin, owner: me } = world.demo.people;
    await expect(
      companiesOf(all({ field: 'ownerId', op: 'anyOf', value: [admin.userId, me.userId] })),
    ).resolves.toEqual(['Acme', 'Birch']);
    await expect(
      companiesOf(all({ field: 'brandId', op: 'is', value: world.demo.brands.first })),
    ).resolves.toEqual(['Birch']);
    await expect(
      companiesOf(all({ field: 'brandId', op: 'nameContains', value: 'first of' })),
    ).resolves.toEqual(['Birch']);
    await expect(dealsOf(all({ field: 'companyId', op: 'nameContains', value: 'acm' }))).resolves.toEqual([
      'Big',
    ]);
    await expect(
      dealsOf(all({ field: 'companyId', op: 'isNot', value: world.demo.brands.first })),
    ).resolves.toEqual(['Big', 'Late', 'Open-ended']);
  });

  test('of another agency finds nothing, as a random id does', async () => {
    const rival = caller(world, world.rival.people.owner.principal);
    const theirs = await rival.companies.create({ name: 'Theirs' });
    await owner.deals.create({ name: 'Probe' });
    await expect(dealsOf(all({ field: 'companyId', op: 'is', value: theirs.id }))).resolves.toEqual([]);
    await expect(
      companiesOf(all({ field: 'brandId', op: 'is', value: world.rival.brands.first })),
    ).resolves.toEqual([]);
    await expect(companiesOf(all({ field: 'name', op: 'contains', value: 'Theirs' }))).resolves.toEqual([]);
  });
});

describe('a filter of numbers, money and days', () => {
  test('compares numbers and amounts', async () => {
    await expect(dealsOf(all({ field: 'amount', op: 'gte', value: '100.00' }))).resolves.toEqual([
      'Big',
      'Late',
    ]);
    await expect(dealsOf(all({ field: 'amount', op: 'between', value: ['99', 100] }))).resolves.toEqual([
      'Late',
    ]);
    await expect(companiesOf(all({ field: 'customFields.seats', op: 'lt', value: 12 }))).resolves.toEqual([
      'Birch',
    ]);
    await expect(
      companiesOf(all({ field: 'customFields.retainer', op: 'eq', value: '900.5' })),
    ).resolves.toEqual(['Acme']);
  });

  test('compares days, bounds included', async () => {
    await expect(dealsOf(all({ field: 'expectedCloseOn', op: 'on', value: dayFromNow(0) }))).resolves.toEqual(
      ['Big'],
    );
    await expect(
      dealsOf(all({ field: 'expectedCloseOn', op: 'before', value: dayFromNow(0) })),
    ).resolves.toEqual(['Late']);
    await expect(
      dealsOf(all({ field: 'expectedCloseOn', op: 'after', value: dayFromNow(-10) })),
    ).resolves.toEqual(['Big']);
    await expect(
      dealsOf(all({ field: 'expectedCloseOn', op: 'between', value: [dayFromNow(-10), dayFromNow(0)] })),
    ).resolves.toEqual(['Big', 'Late']);
    await expect(
      companiesOf(all({ field: 'customFields.renews', op: 'after', value: dayFromNow(0) })),
    ).resolves.toEqual(['Acme']);
  });

  test('counts periods in the agency’s own days', async () => {
    const expected = (period: 'today' | 'yesterday') =>
      dealsOf(all({ field: 'expectedCloseOn', op: 'relative', value: { period } }));
    await expect(expected('today')).resolves.toEqual(['Big']);
    await expect(expected('yesterday')).resolves.toEqual([]);
    const counted = (period: 'lastDays' | 'nextDays' | 'olderThanDays', days: number) =>
      dealsOf(all({ field: 'expectedCloseOn', op: 'relative', value: { period, days } }));
    await expect(counted('lastDays', 11)).resolves.toEqual(['Big', 'Late']);
    await expect(counted('lastDays', 10)).resolves.toEqual(['Big']);
    await expect(counted('nextDays', 1)).resolves.toEqual(['Big']);
    await expect(counted('olderThanDays', 9)).resolves.toEqual(['Late']);
    await expect(counted('olderThanDays', 10)).resolves.toEqual([]);
    await expect(
      companiesOf(all({ field: 'createdAt', op: 'relative', value: { period: 'lastDays', days: 2 } })),
    ).resolves.toHaveLength(3);
    await expect(
      companiesOf(
        all({ field: 'customFields.renews', op: 'relative', value: { period: 'nextDays', days: 4 } }),
      ),
    ).resolves.toEqual(['Acme']);
  });

  test('knows weeks, months, quarters and years by the calendar', async () => {
    for (const period of ['thisWeek', 'thisMonth', 'thisQuarter', 'thisYear'] as const) {
      await expect(
        dealsOf(all({ field: 'expectedCloseOn', op: 'relative', value: { period } })),
      ).resolves.toContain('Big');
    }
    for (const period of [
      'lastWeek',
      'nextWeek',
      'lastMonth',
      'nextMonth',
      'lastQuarter',
      'tomorrow',
    ] as const) {
      await expect(
        dealsOf(all({ field: 'expectedCloseOn', op: 'relative', value: { period } })),
      ).resolves.not.toContain('Big');
    }
  });
});

describe('groups', () => {
  test('join by all and by any, within each other', async () => {
    const filter = all(
      { field: 'tags', op: 'hasAny', value: ['gulf'] },
      {
        any: [
          { field: 'type', op: 'is', value: 'PROSPECT' },
          { all: [{ field: 'size', op: 'anyOf', value: ['LARGE'] }] },
        ],
      },
    );
    await expect(companiesOf(filter)).resolves.toEqual(['Birch']);
    await expect(
      companiesOf(
        any({ field: 'type', op: 'is', value: 'CLIENT' }, { field: 'externalId', op: 'is', value: 'c-1' }),
      ),
    ).resolves.toEqual(['Acme', 'Cedar']);
  });

  test('stand beside a list’s other filters', async () => {
    const filter = all({ field: 'tags', op: 'hasAny', value: ['gulf'] });
    const { items } = await owner.companies.list({ filter, type: 'CLIENT', q: 'acm' });
    expect(items.map(({ name }) => name)).toEqual(['Acme']);
    await expect(owner.companies.count({ filter })).resolves.toBe(2);
  });

  test('narrow the board and its totals as they do the list', async () => {
    const board = await owner.deals.board({ filter: all({ field: 'amount', op: 'gt', value: 1000 }) });
    expect([board.count, board.sums.map(({ amount }) => amount)]).toEqual([1, ['5000.00']]);
  });

  test('show an unassigned member nothing that is not theirs', async () => {
    const unassigned = caller(world, world.demo.people.unassigned.principal);
    await expect(companiesOf(any({ field: 'name', op: 'isNot', value: 'x' }), unassigned)).resolves.toEqual(
      [],
    );
  });
});

describe('a filter that does not fit', () => {
  test('is told where', async () => {
    const name = { field: 'name', op: 'is', value: 'x' };
    expect(await refusedAt('{')).toEqual(['filter']);
    expect(await refusedAt('[]')).toEqual(['filter']);
    expect(await refusedAt('{"all":[]}')).toEqual(['filter']);
    expect(await refusedAt(JSON.stringify({ all: [name, { ...name, op: 'like' }] }))).toEqual([
      'filter.all.1.op',
    ]);
    expect(await refusedAt(JSON.stringify({ all: [{ any: [{ ...name, extra: 1 }] }] }))).toEqual([
      'filter.all.0.any.0',
    ]);
    expect(await refusedAt(JSON.stringify({ all: [name], any: [name] }))).toEqual(['filter']);
    expect(await refusedAt(all({ field: 'nonsense', op: 'empty' }))).toEqual(['filter.all.0.field']);
    expect(await refusedAt(all({ field: 'customFields.gone', op: 'empty' }))).toEqual(['filter.all.0.field']);
    expect(await refusedAt(all({ field: 'type', op: 'contains', value: 'x' }))).toEqual(['filter.all.0.op']);
    expect(await refusedAt(all({ field: 'name', op: 'empty' }))).toEqual(['filter.all.0.op']);
    expect(await refusedAt(all({ field: 'type', op: 'is', value: 'x' }))).toEqual(['filter.all.0.value']);
    expect(await refusedAt(all({ field: 'type', op: 'anyOf', value: 'CLIENT' }))).toEqual([
      'filter.all.0.value',
    ]);
    expect(await refusedAt(all({ field: 'updatedAt', op: 'on', value: '2026-02-31' }))).toEqual([
      'filter.all.0.value',
    ]);
    expect(
      await refusedAt(all({ field: 'updatedAt', op: 'relative', value: { period: 'lastDays' } })),
    ).toEqual(['filter.all.0.value']);
    expect(await refusedAt(all({ field: 'ownerId', op: 'is', value: 'me' }))).toEqual(['filter.all.0.value']);
    expect(await refusedAt(all({ field: 'customFields.seats', op: 'gt', value: 'many' }))).toEqual([
      'filter.all.0.value',
    ]);
  });

  test('is refused where it is too deep, too long or of too many conditions', async () => {
    const name: FilterNode = { field: 'name', op: 'is', value: 'x' };
    await expect(companiesOf(all({ any: [{ all: [name] }] }))).resolves.toEqual([]);
    expect(await refusedAt(all({ any: [{ all: [{ any: [name] }] }] }))).toEqual(['filter.all.0.any.0.all.0']);
    expect(await refusedAt(any(...Array<FilterNode>(51).fill(name)))).toEqual(['filter']);
    expect(
      await refusedAt(
        all({ any: Array<FilterNode>(30).fill(name) }, { any: Array<FilterNode>(30).fill(name) }),
      ),
    ).toEqual(['filter']);
    expect(await refusedAt(all({ ...name, value: 'x'.repeat(8001) }))).toContain('filter');
  });

  test('cannot speak SQL', async () => {
    const quote = `x' or true --`;
    await expect(companiesOf(all({ field: 'industry', op: 'is', value: quote }))).resolves.toEqual([]);
    expect(await refusedAt(all({ field: 'name" or true --', op: 'is', value: 'x' }))).toEqual([
      'filter.all.0.field',
    ]);
    await expect(
      companiesOf(all({ field: 'tags', op: 'hasAny', value: ['{', quote, '"'] })),
    ).resolves.toEqual([]);
  });
});
