import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { sumResults } from '../../server/domain/campaign-results/queries.ts';
import { parseResultLines } from '../../server/domain/campaign-results/rules.ts';
import { makeCreator } from '../support/creators.ts';
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
const asRival = () => caller(world, world.rival.people.owner.principal);

async function campaignOf() {
  const brandId = world.demo.brands.first;
  return (await as('owner').campaigns.create({ name: `Glow ${randomUUID()}`, brandId })).id;
}

async function assigned(terms: object) {
  const campaignId = await campaignOf();
  const { creatorId } = await makeCreator(world, world.demo, { brandId: world.demo.brands.first });
  const work = await as('owner').campaignCreators.assign({ campaignId, creatorId, ...terms });
  return { campaignId, creatorId, campaignCreatorId: work.id };
}

describe('a result', () => {
  test('is kept by origin and day, changed, taken out and brought back', async () => {
    const campaignId = await campaignOf();
    const api = as('member').campaignResults;
    const made = await api.create({
      campaignId,
      date: '2026-01-05',
      origin: 'Shop',
      conversions: '3.5',
      value: '900',
    });
    expect(made).toMatchObject({
      conversions: '3.5',
      value: { amount: '900.00', currency: 'AED' },
      clicks: null,
      createdByName: 'member of demo',
      version: 1,
    });
    const change = { campaignResultId: made.id, expectedVersion: 1 };
    const changed = await api.update({ ...change, clicks: 40, value: null });
    expect(changed).toMatchObject({ clicks: 40, conversions: '3.5', value: null, version: 2 });
    expect((await refusal(api.update({ ...change, clicks: 1 }))).code).toBe('precondition');
    await api.archive({ campaignResultId: made.id });
    expect((await api.list({ campaignId })).items).toEqual([]);
    expect((await api.list({ campaignId, deleted: true })).items).toHaveLength(1);
    await api.restore({ campaignResultId: made.id });
    expect((await as('viewer').campaignResults.list({ campaignId })).items).toMatchObject([{ clicks: 40 }]);
  });

  test('stands once for an origin, a day and a creator', async () => {
    const { campaignId, campaignCreatorId } = await assigned({});
    const api = as('owner').campaignResults;
    const line = { campaignId, date: '2026-01-05', origin: 'Shop', clicks: 1 };
    await api.create(line);
    await api.create({ ...line, campaignCreatorId });
    const again = await refusal(api.create({ ...line, origin: 'SHOP' }));
    expect(again.code).toBe('conflict');
    expect(again.message).toMatch(/stands already/);
  });

  test('says what it cannot be', async () => {
    const campaignId = await campaignOf();
    const of = (input: object) =>
      refusedFields(
        as('owner').campaignResults.create({ campaignId, date: '2026-01-05', origin: 'Shop', ...input }),
      );
    expect(await of({})).toEqual(['invalid', 'conversions']);
    expect(await of({ clicks: 1, date: '2199-01-01' })).toEqual(['invalid', 'date']);
    expect(await of({ clicks: -1 })).toEqual(['invalid', 'clicks']);
    expect(await of({ clicks: 1, campaignCreatorId: randomUUID() })).toEqual([
      'invalid',
      'campaignCreatorId',
    ]);
    expect(await of({ value: '1000000000000' })).toEqual(['invalid', 'value']);
    expect(await of({ clicks: 1, profit: 2 })).toEqual(['invalid', 'profit']);
  });

  test('is nobody’s who may not read or change it', async () => {
    const campaignId = await campaignOf();
    const line = { campaignId, date: '2026-01-05', origin: 'Shop', clicks: 1 };
    const { id: campaignResultId } = await as('owner').campaignResults.create(line);
    const codeOf = async (made: Promise<unknown>) => (await refusal(made)).code;
    expect(await codeOf(as('viewer').campaignResults.create(line))).toBe('forbidden');
    expect(await codeOf(as('client').campaignResults.list({ campaignId }))).toBe('forbidden');
    expect(await codeOf(as('client').campaignResults.totals({ campaignId }))).toBe('forbidden');
    for (const someone of [as('unassigned'), asRival()]) {
      expect(await codeOf(someone.campaignResults.create(line))).toBe('not_found');
      expect(await codeOf(someone.campaignResults.list({ campaignId }))).toBe('not_found');
      for (const id of [campaignResultId, randomUUID()]) {
        expect(await codeOf(someone.campaignResults.archive({ campaignResultId: id }))).toBe('not_found');
        expect(await codeOf(someone.campaignResults.update({ campaignResultId: id, clicks: 2 }))).toBe(
          'not_found',
        );
        expect(await codeOf(someone.campaignResults.byId({ campaignResultId: id }))).toBe('not_found');
      }
    }
    const told = (await as('client').activities.list({ campaignId })).items;
    expect(told.filter(({ type }) => type === 'CAMPAIGN_RESULTS_CHANGED')).toEqual([]);
  });
});

describe('pasted lines', () => {
  test('are kept all together', async () => {
    const campaignId = await campaignOf();
    const lines = '2026-01-01\t3\t1,200.50\n2026-01-02\t\t80\n\n03.01.2026\t1\t';
    const api = as('owner').campaignResults;
    expect(await api.paste({ campaignId, origin: 'Shop', currency: 'USD', lines })).toEqual({ created: 3 });
    expect(
      (await api.list({ campaignId })).items.map(({ date, conversions, value }) => [
        date,
        conversions,
        value,
      ]),
    ).toEqual([
      ['2026-01-03', '1', null],
      ['2026-01-02', null, { amount: '80.00', currency: 'USD' }],
      ['2026-01-01', '3', { amount: '1200.50', currency: 'USD' }],
    ]);
  });

  test('are kept all or none, each wrong one by its name', async () => {
    const campaignId = await campaignOf();
    const api = as('owner').campaignResults;
    await api.create({ campaignId, date: '2026-01-02', origin: 'shop', clicks: 1 });
    const lines = '2026-01-01,3,120\n2026-01-02,1,5\n1/2/2026,1,5\n2026-01-04,x,5\n2026-01-01,1,1';
    const refused = await refusal(api.paste({ campaignId, origin: 'Shop', lines }));
    expect(refused.code).toBe('invalid');
    expect(refused.message).toBe('4 lines are not right; nothing was kept.');
    expect(refused.issues.map(({ message }) => message)).toEqual([
      'Line 2: A result of Shop for 2026-01-02 stands already.',
      'Line 3: Write the day as YYYY-MM-DD.',
      'Line 4: Write the conversions as a number with a point, at most six decimals.',
      'Line 5: 2026-01-01 stands in line 1 already.',
    ]);
    expect((await api.list({ campaignId })).items).toHaveLength(1);
  });

  test.each([
    [
      'Date;Orders;Clicks\n2026-01-01;2;30',
      [{ line: 2, date: '2026-01-01', clicks: 30, conversions: '2', value: null }],
      [],
    ],
    [
      '2026-01-01,1,234,5',
      [],
      ['4 cells; write date, conversions, value. Numbers with thousands separators need tabs between cells.'],
    ],
    ['2027-01-01,1,2', [], ['2027-01-01 is still to come.']],
    ['2026-01-01', [], ['Nothing is counted on this line.']],
    ['2026-02-30,1', [], ['Write the day as YYYY-MM-DD.']],
    [
      'date,profit\n2026-01-01,1',
      [],
      ['There is no column “profit”: date, clicks, conversions and value are known.'],
    ],
    [' \n ', [], ['No line with a day is here.']],
  ])('of %j are read as they are meant', (text, rows, problems) => {
    const read = parseResultLines(text, '2026-11-23');
    expect([read.rows, read.problems.map(({ message }) => message)]).toEqual([rows, problems]);
  });
});

describe('results in sum', () => {
  test('are told by origin and creator, currencies apart', async () => {
    const { campaignId, campaignCreatorId } = await assigned({});
    const { create, totals } = as('owner').campaignResults;
    const day = { campaignId, date: '2026-01-05' };
    await create({ ...day, origin: 'Shop', conversions: '10', value: { amount: '100', currency: 'USD' } });
    await create({ ...day, origin: 'Coupon', campaignCreatorId, conversions: '2.5', clicks: 7, value: '50' });
    await create({ ...day, date: '2026-01-06', origin: 'coupon', campaignCreatorId, value: '25.5' });
    const told = await totals({ campaignId });
    expect(told.byOrigin).toMatchObject([
      {
        origin: 'Shop',
        conversions: '10',
        clicks: null,
        values: [{ amount: '100.00', currency: 'USD' }],
        days: 1,
      },
      {
        ...{ conversions: '2.5', clicks: 7, values: [{ amount: '75.50', currency: 'AED' }] },
        ...{ days: 2, firstDate: '2026-01-05', lastDate: '2026-01-06' },
      },
    ]);
    expect(told.byCreator.map(({ creatorName, conversions }) => [creatorName, conversions])).toEqual([
      [null, '10'],
      ['Noor Haddad', '2.5'],
    ]);
    const owner = world.demo.people.owner.principal;
    const sums = await withTenant(world.appDb, owner, 'read', (tx) =>
      sumResults(tx, { campaignIds: [campaignId], to: '2026-01-05' }),
    );
    expect(
      sums.map(({ currency, value, conversions, clicks }) => [currency, value, conversions, clicks]),
    ).toEqual([
      ['AED', '50', '2.5', 7],
      ['USD', '100', '10', null],
    ]);
  });

  test('make a creator’s fee, and what has no rate is left out and named', async () => {
    const { campaignId, creatorId, campaignCreatorId } = await assigned({
      feeType: 'REVENUE_SHARE',
      feePercent: '10',
    });
    const { create } = as('owner').campaignResults;
    const day = { campaignId, campaignCreatorId, date: '2026-01-05' };
    await create({ ...day, origin: 'Coupon', value: '200' });
    await create({ ...day, origin: 'Shop', value: { amount: '100', currency: 'USD' } });
    await create({ ...day, origin: 'Kuwait', value: { amount: '9', currency: 'KWD' } });
    const { amounts } = await as('owner').campaignCreators.byId({ campaignId, creatorId });
    // The dirham is pegged at 3.6725 to the dollar.
    expect(amounts).toMatchObject({
      earned: { amount: '56.73', currency: 'AED' },
      expected: null,
      notes: ['Values in KWD without a rate into AED are left out.'],
    });
    const told = await as('owner').campaignCreators.explainFee({ campaignId, creatorId, figure: 'earned' });
    expect(told.formula.value).toBe('56.73');
    expect(told.sources[2]?.name).toBe('The agency’s own results: Coupon, Kuwait, Shop');
  });
});
