import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DealStage } from '../../db/types.ts';
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

/** Deals of one name in one column, first on top. */
async function makeColumn(name: string, count: number, stage: DealStage = 'LEAD'): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.unshift((await as('owner').deals.create({ name: `${name} ${index}`, stage })).id);
  }
  return ids;
}

async function columnOf(name: string, stage: DealStage = 'LEAD'): Promise<string[]> {
  const { items } = await as('owner').deals.boardColumn({ stage, q: name, limit: 200 });
  return items.map(({ id }) => id);
}

async function versionsOf(ids: readonly string[]): Promise<number[]> {
  return Promise.all(ids.map(async (dealId) => (await as('owner').deals.byId({ dealId })).version));
}

describe('a place in a column', () => {
  test('is between its neighbours, and one row is written', async () => {
    const [a = '', b = '', c = '', d = ''] = await makeColumn('Between', 4);
    await as('owner').deals.move({ dealId: d, stage: 'LEAD', afterDealId: a, beforeDealId: b });
    expect(await columnOf('Between')).toEqual([a, d, b, c]);
    expect(await versionsOf([a, b, c, d])).toEqual([1, 1, 1, 2]);
    const { items } = await as('owner').activities.list({ dealId: d });
    expect(items.map(({ type }) => type)).toEqual(['DEAL_CREATED']);
  });

  test('may be named by one neighbour alone, whoever stands on its other side', async () => {
    const [a = '', b = '', c = ''] = await makeColumn('Alone', 3, 'QUALIFIED');
    const [x = ''] = await makeColumn('Alone', 1, 'PROPOSAL');
    await as('owner').deals.move({ dealId: x, stage: 'QUALIFIED', afterDealId: a });
    expect(await columnOf('Alone', 'QUALIFIED')).toEqual([a, x, b, c]);
    await as('owner').deals.move({ dealId: x, stage: 'QUALIFIED', beforeDealId: a });
    expect(await columnOf('Alone', 'QUALIFIED')).toEqual([x, a, b, c]);
    await as('owner').deals.move({ dealId: x, stage: 'QUALIFIED', afterDealId: c });
    expect(await columnOf('Alone', 'QUALIFIED')).toEqual([a, b, c, x]);
  });

  test('holds through many moves into the same gap', async () => {
    const [first = '', last = ''] = await makeColumn('Gap', 2, 'NEGOTIATION');
    const [one = '', other = ''] = await makeColumn('Gap', 2, 'PROPOSAL');
    for (let round = 0; round < 60; round += 1) {
      const [dealId, afterDealId] = round % 2 === 0 ? [one, first] : [other, first];
      const beforeDealId = (await columnOf('Gap', 'NEGOTIATION')).filter((id) => id !== dealId)[1] ?? last;
      await as('owner').deals.move({ dealId, stage: 'NEGOTIATION', afterDealId, beforeDealId });
    }
    expect(await columnOf('Gap', 'NEGOTIATION')).toEqual([first, other, one, last]);
  });

  test('lies below both where two share a rank', async () => {
    const [a = '', b = '', c = ''] = await makeColumn('Tied', 3);
    await world.ownerDb.pool.query(
      'update deals set rank = (select rank from deals where id = $1) where id = $2',
      [a, b],
    );
    const [upper = '', lower = ''] = (await columnOf('Tied')).slice(0, 2);
    await as('owner').deals.move({ dealId: c, stage: 'LEAD', afterDealId: upper, beforeDealId: lower });
    expect(await columnOf('Tied')).toEqual([upper, lower, c]);
  });

  test('is a conflict where a neighbour left the column or they changed order, and nothing moves', async () => {
    const [a = '', b = '', c = ''] = await makeColumn('Left', 3);
    const move = (sent: object) =>
      refusedFields(as('owner').deals.move({ dealId: c, stage: 'LEAD', ...sent }));
    expect(await move({ afterDealId: b, beforeDealId: a })).toEqual(['conflict', 'beforeDealId']);
    await as('owner').deals.move({ dealId: b, stage: 'PROPOSAL' });
    expect(await move({ afterDealId: b })).toEqual(['conflict', 'afterDealId']);
    expect(await move({ beforeDealId: randomUUID() })).toEqual(['conflict', 'beforeDealId']);
    await as('owner').deals.archive({ dealId: a });
    expect(await move({ beforeDealId: a })).toEqual(['conflict', 'beforeDealId']);
    expect(await move({ afterDealId: c })).toEqual(['invalid', 'afterDealId']);
    expect(await versionsOf([c])).toEqual([1]);
  });

  test('next to what is not one’s own is no place', async () => {
    const [mine = ''] = await makeColumn('Mine', 1);
    const theirs = (await asRival('owner').deals.create({ name: 'Theirs' })).id;
    const unseen = await refusal(
      as('owner').deals.move({ dealId: mine, stage: 'LEAD', afterDealId: randomUUID() }),
    );
    expect(unseen.code).toBe('conflict');
    const beside = as('owner').deals.move({ dealId: mine, stage: 'LEAD', afterDealId: theirs });
    expect(await refusal(beside)).toEqual(unseen);
    const place = { stage: 'LEAD' as const, beforeDealId: mine };
    expect(await refusedFields(as('viewer').deals.move({ dealId: mine, ...place }))).toEqual(['forbidden']);
    for (const call of [as('unassigned'), asRival('owner')]) {
      expect(await refusedFields(call.deals.move({ dealId: mine, ...place }))).toEqual(['not_found']);
    }
  });
});

describe('a move of a deal that was seen elsewhere', () => {
  test('is refused with where it stands, unless it leads there', async () => {
    const [dealId = ''] = await makeColumn('Seen', 1);
    const base = { stage: 'LEAD' as const, status: 'OPEN' as const };
    await as('admin').deals.move({ dealId, stage: 'NEGOTIATION' });
    const refused = await refusal(as('owner').deals.move({ dealId, stage: 'QUALIFIED', base }));
    expect(refused.code).toBe('conflict');
    expect(refused.message).toContain('Negotiation');
    const same = await as('owner').deals.move({ dealId, stage: 'NEGOTIATION', base });
    expect(same).toMatchObject({ stage: 'NEGOTIATION', version: 2 });
    const seen = { stage: 'NEGOTIATION' as const, status: 'OPEN' as const };
    expect(await as('owner').deals.move({ dealId, stage: 'LEAD', base: seen })).toMatchObject({ version: 3 });
  });

  test('puts back what an undone closing took', async () => {
    const { id: dealId } = await as('owner').deals.create({
      name: 'Undone',
      stage: 'PROPOSAL',
      probability: 42,
    });
    await as('owner').deals.move({ dealId, stage: 'CLOSED', status: 'LOST', reason: 'Price' });
    const back = await as('owner').deals.move({ dealId, stage: 'PROPOSAL', probability: 42 });
    expect(back).toMatchObject({ stage: 'PROPOSAL', status: 'OPEN', probability: 42, closedOn: null });
    const closed = { dealId, stage: 'CLOSED' as const, status: 'WON' as const, closedOn: '2024-02-29' };
    expect(await as('owner').deals.move(closed)).toMatchObject({ closedOn: '2024-02-29' });
  });
});
