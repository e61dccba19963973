import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
  await world.ownerDb.pool.query(
    `insert into fx_rates (date, base, quote, rate, source) values
       ('2024-05-03', 'EUR', 'USD', 1.1, 'TEST'), ('2024-05-03', 'EUR', 'GBP', 0.8, 'TEST')
     on conflict do nothing`,
  );
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);
const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Dubai' }).format(new Date());
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** Puts a deal's history where it would be after days: the triggers write now(). */
async function backdate(dealId: string, daysAgo: readonly number[]): Promise<void> {
  const { rows } = await world.ownerDb.pool.query<{ id: string }>(
    'select id from deal_stage_changes where deal_id = $1 order by changed_at, id',
    [dealId],
  );
  expect(rows).toHaveLength(daysAgo.length);
  for (const [index, row] of rows.entries()) {
    await world.ownerDb.pool.query(
      `update deal_stage_changes set changed_at = now() - make_interval(days => $2) where id = $1`,
      [row.id, daysAgo[index]],
    );
  }
}

describe('the totals of the board', () => {
  test('are weighed by probability and converted, each closed deal at its own day', async () => {
    const make = (sent: object) => as('owner').deals.create({ name: 'Converted', ...sent });
    await make({ amount: '100', probability: 25 });
    await make({ amount: '100', currency: 'USD', probability: 50 });
    await make({ amount: '7', currency: 'KWD', probability: 50 });
    await make({ probability: 50 });
    const closed = { stage: 'CLOSED', status: 'WON', closedOn: '2024-05-05' };
    await make({ amount: '80', currency: 'GBP', ...closed });
    await make({ amount: '50', currency: 'GBP', ...closed, status: 'LOST', closedOn: '2020-01-01' });

    const { columns, open } = await as('owner').deals.board({ q: 'Converted' });
    const lead = columns[0];
    expect(lead?.sums.map(({ currency }) => currency)).toEqual(['AED', 'KWD', 'USD']);
    expect(lead?.converted).toEqual({
      currency: 'AED',
      amount: '467.25',
      weighted: '208.625',
      leftOut: [{ currency: 'KWD', amount: '7.000', count: 1 }],
      rates: null,
    });
    expect(open).toMatchObject({ count: 4, converted: lead?.converted });
    const [won, lost] = columns[4]?.byStatus ?? [];
    // 80 GBP are 100 EUR, 110 USD, 403.975 AED.
    expect(won?.converted).toEqual({
      currency: 'AED',
      amount: '403.975',
      weighted: '403.975',
      leftOut: [],
      rates: { from: '2024-05-03', to: '2024-05-03' },
    });
    expect(lost?.converted).toMatchObject({ amount: null, leftOut: [{ currency: 'GBP', amount: '50.00' }] });
  });

  test('say nothing of amounts where there are none', async () => {
    await as('owner').deals.create({ name: 'Priceless' });
    const { open } = await as('owner').deals.board({ q: 'Priceless' });
    expect(open).toMatchObject({ count: 1, sums: [], converted: { amount: null, weighted: null } });
  });
});

describe('the history of a deal’s stages', () => {
  test('says when it entered each, who moved it and how long it stayed', async () => {
    const { id: dealId } = await as('owner').deals.create({ name: 'Walked' });
    await as('admin').deals.move({ dealId, stage: 'PROPOSAL' });
    await as('owner').deals.move({ dealId, stage: 'CLOSED', status: 'WON' });
    await backdate(dealId, [10, 4, 1]);
    const { items, byStage } = await as('viewer').deals.stageHistory({ dealId });
    expect(items).toMatchObject([
      { fromStage: null, toStage: 'LEAD', actorName: 'owner of demo', seconds: 6 * 86_400 },
      { fromStage: 'LEAD', toStage: 'PROPOSAL', actorName: 'admin of demo', seconds: 3 * 86_400 },
      { toStage: 'CLOSED', toStatus: 'WON', seconds: null },
    ]);
    expect(byStage).toEqual([
      { stage: 'LEAD', seconds: 6 * 86_400 },
      { stage: 'PROPOSAL', seconds: 3 * 86_400 },
    ]);
  });

  test('is not there for whoever does not see the deal', async () => {
    const { id: dealId } = await as('owner').deals.create({ name: 'Hidden' });
    const unseen = await refusal(as('owner').deals.stageHistory({ dealId: randomUUID() }));
    expect(unseen).toMatchObject({ code: 'not_found' });
    for (const call of [as('unassigned'), as('client'), asRival('owner')]) {
      expect(await refusal(call.deals.stageHistory({ dealId }))).toEqual(unseen);
    }
  });
});

describe('the forecast', () => {
  const ownerId = () => world.demo.people.admin.userId;
  const make = (sent: object) => as('owner').deals.create({ name: 'Forecast', ownerId: ownerId(), ...sent });

  test('puts open deals into the month of their expected close and won ones into that of their closing', async () => {
    await make({ amount: '100', expectedCloseOn: '2031-02-10', probability: 20 });
    await make({ amount: '50', expectedCloseOn: '2031-02-28', probability: 80 });
    await make({ amount: '9', expectedCloseOn: '2031-03-01', stage: 'NEGOTIATION', probability: 10 });
    await make({ amount: '4', expectedCloseOn: '2031-01-31' });
    await make({ amount: '3', expectedCloseOn: '2031-05-01' });
    await make({ amount: '2' });
    await make({ amount: '77', stage: 'CLOSED', status: 'WON', closedOn: '2031-03-09' });
    await make({ amount: '1', stage: 'CLOSED', status: 'LOST', closedOn: '2031-03-09' });

    const told = await as('owner').deals.forecast({ ownerId: ownerId(), from: '2031-02', to: '2031-04' });
    expect(told.months.map(({ month }) => month)).toEqual(['2031-02', '2031-03', '2031-04']);
    const [february, march, april] = told.months;
    expect(february).toMatchObject({
      best: { count: 2, converted: { amount: '150.00', weighted: '60.00' } },
      commit: { count: 1, converted: { amount: '50.00', weighted: '40.00' } },
      won: { count: 0 },
    });
    expect(march).toMatchObject({
      commit: { count: 1, converted: { amount: '9.00' } },
      won: { count: 1, converted: { amount: '77.00' } },
      lost: 1,
    });
    expect(april).toMatchObject({ best: { count: 0, converted: { amount: null } } });
    expect([told.earlier, told.later, told.undated].map(({ best }) => best.converted.amount)).toEqual([
      '4.00',
      '3.00',
      '2.00',
    ]);
  });

  test('counts a repeating deal per period, or with its twelve months', async () => {
    const memberId = world.demo.people.member.userId;
    const month = { expectedCloseOn: '2032-01-05', ownerId: memberId, amount: '10' };
    for (const recurringType of ['ONE_TIME', 'MONTHLY', 'QUARTERLY', 'ANNUAL'])
      await make({ ...month, recurringType });
    const ask = (value: 'PERIOD' | 'YEAR') =>
      as('owner').deals.forecast({ ownerId: memberId, from: '2032-01', to: '2032-01', value });
    const [period, year] = [await ask('PERIOD'), await ask('YEAR')];
    expect(period.months[0]?.best.converted.amount).toBe('40.00');
    expect(year.months[0]?.best.converted.amount).toBe('180.00');
    expect(period.recurring.map((row) => [row.recurringType, row.year.converted.amount])).toEqual([
      ['ONE_TIME', '10.00'],
      ['MONTHLY', '120.00'],
      ['QUARTERLY', '40.00'],
      ['ANNUAL', '10.00'],
    ]);
  });

  test('shows each only what is theirs and refuses months that are none', async () => {
    const { undated, earlier } = await as('unassigned').deals.forecast({});
    expect([undated.best.count, earlier.best.count]).toEqual([0, 0]);
    expect((await as('owner').deals.forecast({})).months).toHaveLength(12);
    expect(await refusedFields(as('owner').deals.forecast({ from: '2031-13' }))).toEqual(['invalid', 'from']);
    const reversed = as('owner').deals.forecast({ from: '2031-02', to: '2031-01' });
    expect(await refusedFields(reversed)).toEqual(['invalid', 'to']);
  });
});

describe('the funnel', () => {
  test('counts who entered a stage, who went on, and how long they stayed', async () => {
    const rival = asRival('owner');
    const make = async (stages: readonly (readonly [string, number])[], closedAs?: 'WON' | 'LOST') => {
      const { id: dealId } = await rival.deals.create({
        name: 'Funnel',
        amount: '100',
        openedOn: daysAgo(40),
      });
      for (const [stage] of stages.slice(1)) {
        const status = stage === 'CLOSED' ? { status: closedAs ?? ('WON' as const) } : {};
        await rival.deals.move({ dealId, stage: stage as 'LEAD', ...status });
      }
      await backdate(
        dealId,
        stages.map(([, days]) => days),
      );
    };
    await make(
      [
        ['LEAD', 30],
        ['QUALIFIED', 20],
        ['PROPOSAL', 18],
        ['CLOSED', 2],
      ],
      'WON',
    );
    await make(
      [
        ['LEAD', 30],
        ['QUALIFIED', 26],
        ['CLOSED', 5],
      ],
      'LOST',
    );
    await make([['LEAD', 12]]);
    await make([
      ['LEAD', 400],
      ['QUALIFIED', 8],
    ]);

    const from = daysAgo(100);
    const { stages, closed, openCount, velocity } = await rival.deals.funnel({ from, to: today() });
    expect(stages).toMatchObject([
      {
        stage: 'LEAD',
        entered: 3,
        advanced: 2,
        won: 1,
        lost: 1,
        conversion: '0.6667',
        medianDays: '7',
        stays: 2,
      },
      {
        stage: 'QUALIFIED',
        entered: 3,
        advanced: 1,
        won: 1,
        lost: 1,
        conversion: '0.3333',
        medianDays: '11.5',
      },
      { stage: 'PROPOSAL', entered: 1, advanced: 1, won: 1, lost: 0, conversion: '1', medianDays: '16' },
      { stage: 'NEGOTIATION', entered: 0, advanced: 0, conversion: null, medianDays: null },
    ]);
    expect(closed).toMatchObject({
      won: { count: 1, converted: { amount: '100.00' } },
      lost: { count: 1 },
      winRate: '0.5',
      averageWon: '100.00',
    });
    expect(openCount).toBe(2);
    expect(closed.medianDaysToWin).toMatch(/^(39|40|41)$/);
    // Two closed deals say nothing of a pace.
    expect(velocity).toBeNull();
  });

  test('tells a velocity from ten closed deals on, by the open deals with an amount', async () => {
    const all = asRival('admin');
    const before = await all.deals.funnel({});
    const toClose = (status: 'WON' | 'LOST') =>
      all.deals.create({ name: 'Pace', amount: '100', openedOn: daysAgo(20), stage: 'CLOSED', status });
    for (let index = before.closed.won.count; index < 5; index += 1) await toClose('WON');
    for (let index = before.closed.lost.count; index < 4; index += 1) await toClose('LOST');
    await all.deals.create({ name: 'Priceless pace' });
    expect((await all.deals.funnel({})).velocity).toBeNull();
    await toClose('LOST');

    const { closed, openCount, pricedOpenCount, velocity } = await all.deals.funnel({});
    expect([openCount, pricedOpenCount]).toEqual([before.openCount + 1, before.pricedOpenCount]);
    expect(closed).toMatchObject({ winRate: '0.5', averageWon: '100.00' });
    expect(pricedOpenCount).toBe(2);
    expect(Number(velocity)).toBeCloseTo((2 * 0.5 * 100) / Number(closed.medianDaysToWin), 1);
  });

  test('is empty where nothing happened, and nobody sees another’s', async () => {
    const { stages, closed, velocity } = await as('unassigned').deals.funnel({});
    expect(stages.map(({ entered }) => entered)).toEqual([0, 0, 0, 0]);
    expect(closed).toMatchObject({ winRate: null, medianDaysToWin: null, averageWon: null });
    expect(velocity).toBeNull();
  });
});
