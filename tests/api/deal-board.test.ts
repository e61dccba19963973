import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ranksFor } from '../../server/domain/deals/rules.ts';
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

describe('the board', () => {
  test('has five columns, empty ones too', async () => {
    const board = await asRival('owner').deals.board({});
    expect(board).toMatchObject({ count: 0, sums: [] });
    expect(board.columns.map(({ stage }) => stage)).toEqual([
      'LEAD',
      'QUALIFIED',
      'PROPOSAL',
      'NEGOTIATION',
      'CLOSED',
    ]);
    for (const column of board.columns) {
      expect(column).toMatchObject({ count: 0, sums: [], cards: [], nextCursor: null });
    }
  });

  test('counts and sums every deal that matches, each currency by itself, to the last digit', async () => {
    const make = (sent: object) => as('owner').deals.create({ name: 'Totals', ...sent });
    await make({ amount: '0.10' });
    await make({ amount: '0.20' });
    await make({ amount: '99999999999999.99', currency: 'USD' });
    await make({ amount: '0.02', currency: 'USD' });
    await make({ amount: '1000', currency: 'JPY' });
    await make({});
    await make({ stage: 'CLOSED', status: 'WON', amount: '5' });
    await make({ stage: 'CLOSED', status: 'LOST', amount: '7' });
    await make({ stage: 'CLOSED', status: 'LOST' });
    const gone = await make({ amount: '1000000' });
    await as('owner').deals.archive({ dealId: gone.id });

    const board = await as('owner').deals.board({ q: 'Totals', limit: 2 });
    const [lead, , , , closed] = board.columns;
    expect(lead).toMatchObject({
      count: 6,
      sums: [
        { currency: 'AED', amount: '0.30', count: 2 },
        { currency: 'JPY', amount: '1000', count: 1 },
        { currency: 'USD', amount: '100000000000000.01', count: 2 },
      ],
      byStatus: [{ status: 'OPEN', count: 6 }],
    });
    expect(lead?.cards).toHaveLength(2);
    expect(closed).toMatchObject({
      count: 3,
      sums: [{ currency: 'AED', amount: '12.00', count: 2 }],
      byStatus: [
        { status: 'WON', count: 1, sums: [{ currency: 'AED', amount: '5.00', count: 1 }] },
        { status: 'LOST', count: 2, sums: [{ currency: 'AED', amount: '7.00', count: 1 }] },
      ],
    });
    expect(board.count).toBe(9);
    expect(board.sums.map(({ currency, amount }) => `${amount} ${currency}`)).toEqual([
      '12.30 AED',
      '1000 JPY',
      '100000000000000.01 USD',
    ]);
  });

  test('pages a column to its end, newest on top, without a gap or a double', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      ids.unshift((await as('owner').deals.create({ name: `Paged ${index}`, stage: 'PROPOSAL' })).id);
    }
    const board = await as('owner').deals.board({ q: 'Paged', limit: 3 });
    const column = board.columns[2];
    const cards = [...(column?.cards ?? [])];
    let cursor = column?.nextCursor ?? null;
    while (cursor !== null) {
      const page = await as('owner').deals.boardColumn({ stage: 'PROPOSAL', q: 'Paged', limit: 3, cursor });
      cards.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(cards.map(({ id }) => id)).toEqual(ids);
  });

  test('refuses a cursor of another column', async () => {
    for (const name of ['a', 'b'])
      await as('owner').deals.create({ name: `Cursor ${name}`, stage: 'QUALIFIED' });
    const { nextCursor } = await as('owner').deals.boardColumn({ stage: 'QUALIFIED', limit: 1 });
    const cursor = nextCursor ?? '';
    expect(await refusedFields(as('owner').deals.boardColumn({ stage: 'LEAD', limit: 1, cursor }))).toEqual([
      'invalid',
      'cursor',
    ]);
  });

  test('filters totals and cards alike', async () => {
    const company = await as('owner').companies.create({ name: 'Filtered' });
    const ownerId = world.demo.people.admin.userId;
    await as('owner').deals.create({ name: 'Filter', companyId: company.id, amount: '1', ownerId });
    await as('owner').deals.create({ name: 'Filter', amount: '2' });
    for (const filter of [{ companyId: company.id }, { ownerId }]) {
      const board = await as('owner').deals.board(filter);
      expect(board.sums).toEqual([{ currency: 'AED', amount: '1.00', count: 1 }]);
      expect(board.columns[0]?.cards).toMatchObject([{ name: 'Filter', companyName: 'Filtered', ownerId }]);
    }
    expect(await refusedFields(as('owner').deals.board({ stage: 'LEAD' } as object))).toEqual([
      'invalid',
      'stage',
    ]);
  });

  test('shows each only what is theirs, in the totals too', async () => {
    await as('owner').deals.create({ name: 'Of the brand', brandId: world.demo.brands.first, amount: '40' });
    await as('owner').deals.create({
      name: 'Of its sibling',
      brandId: world.demo.brands.second,
      amount: '2',
    });
    for (const name of ['member', 'client'] as const) {
      const board = await as(name).deals.board({});
      expect(board).toMatchObject({ count: 1, sums: [{ currency: 'AED', amount: '40.00', count: 1 }] });
      expect(board.columns[0]?.cards.map((card) => card.name)).toEqual(['Of the brand']);
    }
    expect(await as('unassigned').deals.board({})).toMatchObject({ count: 0 });
    expect(await asRival('owner').deals.board({})).toMatchObject({ count: 0 });
  });
});

/** 10,000 deals over the five stages in turn, each 1 USD more than the one before. */
async function insertDeals(organizationId: string): Promise<void> {
  const client = await world.ownerDb.pool.connect();
  try {
    // VACUUM marks no page as visible to all before its commit is on disk, and the tests' server is in no hurry there.
    await client.query('set synchronous_commit = on');
    await client.query(
      `insert into deals (organization_id, name, stage, status, amount, currency, rank, probability)
       select $1, 'Deal ' || n, s.stage, case when s.stage = 'CLOSED' then 'WON' else 'OPEN' end::deal_status, n, 'USD',
              ($2::text[])[n], 10
         from generate_series(1, 10000) n
         cross join lateral (select (enum_range(null::deal_stage))[1 + n % 5] as stage) s`,
      [organizationId, ranksFor(10_000)],
    );
    await client.query('vacuum analyze deals');
  } finally {
    client.release(true);
  }
}

describe('a board of 10,000 deals', () => {
  test('reads its totals from the index alone and a column by its place in it', async () => {
    const { organizationId, people } = world.rival;
    await insertDeals(organizationId);
    const plan = async (query: string) => {
      const client = await world.appDb.pool.connect();
      try {
        await client.query('begin');
        await client.query(
          `select set_config('app.organization_id', $1, true), set_config('app.scope', 'all', true)`,
          [organizationId],
        );
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${query}`);
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    expect(
      await plan(`select stage, status, currency, count(*), count(amount), sum(amount) from deals
                   where is_active group by stage, status, currency`),
    ).toContain('Index Only Scan using deals_totals');
    expect(
      await plan(`select id from deals where is_active and stage = 'CLOSED'
                    and (rank, id) > (cast('a1' as text), '${organizationId}'::uuid) order by rank, id limit 21`),
    ).toMatch(/Index Scan using deals_board_closed[^]*Index Cond: .*ROW\(rank, id\) > ROW/);

    const board = await caller(world, people.owner.principal).deals.board({});
    expect(board).toMatchObject({
      count: 10_000,
      sums: [{ amount: '50005000.00', currency: 'USD', count: 10_000 }],
    });
    expect(board.columns.map(({ count }) => count)).toEqual([2000, 2000, 2000, 2000, 2000]);
    // The fourth deal of five is the first of the last column: ranks are given in order.
    expect(board.columns[4]?.cards.slice(0, 2).map(({ name }) => name)).toEqual(['Deal 4', 'Deal 9']);
  });
});
