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

describe('the pipeline', () => {
  test('counts open deals by stage and what this month has won, each currency by itself', async () => {
    const make = (sent: object) => as('owner').deals.create({ name: 'Counted', ...sent });
    await make({ amount: '0.10' });
    await make({ amount: '0.20' });
    await make({ amount: '5', currency: 'USD' });
    await make({ stage: 'PROPOSAL' });
    await make({ stage: 'CLOSED', status: 'WON', amount: '7' });
    await make({ stage: 'CLOSED', status: 'WON', amount: '9', closedOn: '2020-01-31' });
    await make({ stage: 'CLOSED', status: 'LOST', amount: '11' });
    const gone = await make({ amount: '1000000' });
    await as('owner').deals.archive({ dealId: gone.id });

    const { stages, won } = await as('owner').deals.pipeline();
    expect(stages.map(({ stage, count }) => [stage, count])).toEqual([
      ['LEAD', 3],
      ['QUALIFIED', 0],
      ['PROPOSAL', 1],
      ['NEGOTIATION', 0],
    ]);
    expect(stages[0]?.sums).toEqual([
      { currency: 'AED', amount: '0.30', count: 2 },
      { currency: 'USD', amount: '5.00', count: 1 },
    ]);
    expect(stages[2]?.sums).toEqual([]);
    expect(won).toMatchObject({ count: 1, sums: [{ currency: 'AED', amount: '7.00', count: 1 }] });
    expect(won.from).toBe(`${won.to.slice(0, 7)}-01`);
  });

  test("shows nothing of another agency's deals", async () => {
    await as('owner').deals.create({ name: 'Ours', amount: '1' });
    const { stages, won } = await asRival('owner').deals.pipeline();
    expect([...stages, won].map(({ count }) => count)).toEqual([0, 0, 0, 0, 0]);
  });

  test("shows a member without a brand nothing of the others' deals", async () => {
    await as('owner').deals.create({ name: 'Not theirs', brandId: world.demo.brands.first });
    const { stages } = await as('unassigned').deals.pipeline();
    expect(stages.map(({ count }) => count)).toEqual([0, 0, 0, 0]);
  });
});
