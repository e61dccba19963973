import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probabilityAfterMove, rankAbove, ranksFor } from '../../server/domain/deals/rules.ts';
import { dealStages } from '../../server/domain/deals/schema.ts';
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

async function makeDeal(sent: object = {}): Promise<string> {
  return (await as('owner').deals.create({ name: 'Moved', ...sent })).id;
}

async function toldOf(dealId: string) {
  const { items } = await as('owner').activities.list({ dealId, sort: 'createdAt' });
  return items.map(({ type, metadata }) => ({ type, ...metadata }));
}

describe('moving a deal', () => {
  test('to another open stage takes that stage’s probability and tells from where to where', async () => {
    const dealId = await makeDeal();
    const moved = await as('owner').deals.move({ dealId, stage: 'PROPOSAL', reason: 'They asked for one' });
    expect(moved).toMatchObject({ stage: 'PROPOSAL', status: 'OPEN', probability: 50, version: 2 });
    expect(moved).toMatchObject({ closedOn: null, closeReason: null });
    expect((await toldOf(dealId)).slice(1)).toEqual([
      { type: 'DEAL_STAGE_CHANGED', from: 'LEAD', to: 'PROPOSAL', reason: 'They asked for one' },
    ]);
  });

  test('leaves a probability that somebody set, until it closes', async () => {
    const dealId = await makeDeal({ probability: 42 });
    expect(await as('owner').deals.move({ dealId, stage: 'NEGOTIATION' })).toMatchObject({ probability: 42 });
    const closed = await as('owner').deals.move({ dealId, stage: 'CLOSED', status: 'LOST' });
    expect(closed).toMatchObject({ probability: 0 });
    expect(await as('owner').deals.move({ dealId, stage: 'QUALIFIED' })).toMatchObject({ probability: 30 });
  });

  test('to CLOSED needs to say won or lost, and only then may', async () => {
    const dealId = await makeDeal();
    const move = (sent: object) =>
      refusedFields(as('owner').deals.move({ dealId, ...sent } as { dealId: string; stage: 'CLOSED' }));
    expect(await move({ stage: 'CLOSED' })).toEqual(['invalid', 'status']);
    expect(await move({ stage: 'CLOSED', status: 'OPEN' })).toEqual(['invalid', 'status']);
    expect(await move({ stage: 'PROPOSAL', status: 'WON' })).toEqual(['invalid', 'status']);
    expect(await move({ stage: 'WON' })).toEqual(['invalid', 'stage']);
    expect(await move({ status: 'WON' })).toEqual(['invalid', 'stage']);
    expect(await move({ stage: 'PROPOSAL', rank: 'a0' })).toEqual(['invalid', 'rank']);
    expect(await as('owner').deals.byId({ dealId })).toMatchObject({ stage: 'LEAD', version: 1 });
    expect(await toldOf(dealId)).toHaveLength(1);
  });

  test('to CLOSED keeps the outcome, the reason and the day; out of it, they are gone', async () => {
    const dealId = await makeDeal();
    const won = await as('owner').deals.move({
      dealId,
      stage: 'CLOSED',
      status: 'WON',
      reason: 'Best offer',
    });
    expect(won).toMatchObject({ status: 'WON', probability: 100, closeReason: 'Best offer' });
    expect(won.closedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    const lost = await as('owner').deals.move({ dealId, stage: 'CLOSED', status: 'LOST' });
    expect(lost).toMatchObject({ status: 'LOST', closeReason: null, stageChangedAt: won.stageChangedAt });
    const open = await as('owner').deals.move({ dealId, stage: 'LEAD' });
    expect(open).toMatchObject({ status: 'OPEN', closedOn: null, closeReason: null, probability: 10 });
    expect((await toldOf(dealId)).map(({ type }) => type)).toEqual([
      'DEAL_CREATED',
      'DEAL_STAGE_CHANGED',
      'DEAL_WON',
      'DEAL_LOST',
      'DEAL_STAGE_CHANGED',
    ]);
  });

  test('closes it on the agency’s day, not the server’s', async () => {
    const closedOn = async (zone: string) => {
      const set = 'update organizations set time_zone = $2 where id = $1';
      await world.ownerDb.pool.query(set, [world.demo.organizationId, zone]);
      const dealId = await makeDeal();
      return (await as('owner').deals.move({ dealId, stage: 'CLOSED', status: 'WON' })).closedOn ?? '';
    };
    // 25 hours apart: never on the same day.
    const [east, west] = [await closedOn('Pacific/Kiritimati'), await closedOn('Pacific/Pago_Pago')];
    expect(east > west).toBe(true);
    const dayIn = (timeZone: string) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date());
    expect([east, west]).toEqual([dayIn('Pacific/Kiritimati'), dayIn('Pacific/Pago_Pago')]);
  });

  test('to where it stands changes nothing, and a new reason alone is a change', async () => {
    const dealId = await makeDeal({ stage: 'CLOSED', status: 'LOST', closeReason: 'Price' });
    const before = await as('owner').deals.byId({ dealId });
    expect(await as('owner').deals.move({ dealId, stage: 'CLOSED', status: 'LOST' })).toEqual(before);
    expect(await toldOf(dealId)).toHaveLength(2);
    const said = await as('owner').deals.move({ dealId, stage: 'CLOSED', status: 'LOST', reason: 'Timing' });
    expect(said).toMatchObject({ closeReason: 'Timing', closedOn: before.closedOn, version: 2 });
    expect((await toldOf(dealId)).at(-1)).toMatchObject({ type: 'DEAL_UPDATED' });
  });

  test('puts it on top of its new column', async () => {
    const ids = [await makeDeal(), await makeDeal(), await makeDeal()];
    for (const dealId of ids) await as('owner').deals.move({ dealId, stage: 'NEGOTIATION' });
    const { items } = await as('owner').deals.boardColumn({ stage: 'NEGOTIATION', limit: 3 });
    expect(items.map(({ id }) => id)).toEqual(ids.toReversed());
  });

  test('is done by its own people and refused to all others, who learn nothing', async () => {
    const dealId = await makeDeal({ brandId: world.demo.brands.first });
    const move = { dealId, stage: 'QUALIFIED' as const };
    expect(await refusedFields(as('viewer').deals.move(move))).toEqual(['forbidden']);
    const unseen = await refusal(as('owner').deals.move({ ...move, dealId: randomUUID() }));
    expect(unseen).toMatchObject({ code: 'not_found' });
    expect(await refusal(as('unassigned').deals.move(move))).toEqual(unseen);
    expect(await refusal(asRival('owner').deals.move(move))).toEqual(unseen);
    expect(await refusedFields(as('member').deals.move({ ...move, expectedVersion: 5 }))).toEqual([
      'precondition',
    ]);
    expect(await toldOf(dealId)).toHaveLength(1);
    expect(await as('member').deals.move({ ...move, expectedVersion: 1 })).toMatchObject({
      stage: 'QUALIFIED',
    });
    expect(await as('client').deals.move({ dealId, stage: 'PROPOSAL' })).toMatchObject({ stage: 'PROPOSAL' });
  });

  test('by two at once ends in one order of events', async () => {
    const dealId = await makeDeal();
    const moves = dealStages
      .slice(1, 4)
      .map((stage) => as('owner').deals.move({ dealId, stage, expectedVersion: 1 }));
    const settled = await Promise.allSettled(moves);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await as('owner').deals.byId({ dealId })).toMatchObject({ version: 2 });
    expect(await toldOf(dealId)).toHaveLength(2);
  });
});

describe('ranks', () => {
  test('stay in order however many deals come on top, singly or in bulk', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 20 }), (counts) => {
        let column: string[] = [];
        for (const count of counts) {
          const first = column[0] ?? null;
          column = [...(count === 1 ? [rankAbove(first)] : ranksFor(count, first)), ...column];
        }
        // By bytes, as the column's collation "C" compares.
        const sorted = [...column].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(column).toEqual(sorted);
        expect(new Set(column).size).toBe(column.length);
      }),
      { numRuns: 50 },
    );
  });

  test('are short for a bulk of any size', () => {
    expect(Math.max(...ranksFor(100_000).map((rank) => rank.length))).toBeLessThanOrEqual(5);
    expect(ranksFor(0)).toEqual([]);
  });

  test('are what PostgreSQL sorts by as well', async () => {
    const ranks = [...ranksFor(100, 'a0'), 'a0', ...ranksFor(100)].filter(
      (rank, at, all) => all.indexOf(rank) === at,
    );
    const { rows } = await world.ownerDb.pool.query<{ rank: string }>(
      'select rank from unnest($1::text[]) as t (rank) order by rank collate "C"',
      [ranks.toReversed()],
    );
    expect(rows.map(({ rank }) => rank)).toEqual(ranks);
  });
});

test('a probability after any move is its stage’s or the one that somebody set', () => {
  const standing = fc.oneof(
    fc.constantFrom(...dealStages.slice(0, 4)).map((stage) => ({ stage, status: 'OPEN' as const })),
    fc.constantFrom('WON' as const, 'LOST' as const).map((status) => ({ stage: 'CLOSED' as const, status })),
  );
  fc.assert(
    fc.property(standing, standing, fc.integer({ min: 0, max: 100 }), (before, after, probability) => {
      const moved = probabilityAfterMove({ ...before, probability }, after);
      if (after.stage === 'CLOSED') expect(moved).toBe(after.status === 'WON' ? 100 : 0);
      else if (moved !== probability) expect([10, 30, 50, 75]).toContain(moved);
    }),
  );
});
