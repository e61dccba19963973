import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparedRange } from '../../server/domain/metrics/dashboard-range.ts';
import { breakdowns, type FigureName } from '../../server/domain/metrics/dashboard-schema.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';
import { type PlatformData, platformData, publishRates } from './platform-data.ts';

// Tuesday 10 March 2026, 01:30 in Dubai and still Monday in New York.
const NOW = new Date('2026-03-09T21:30:00Z');

const database = useTestDatabase();
let world: World;
let demo: PlatformData;
let summer: string;
let winter: string;
let accounts: { aed: string; eur: string };

/** Two campaigns over accounts in dirhams and euros, and a platform campaign that waits. */
beforeAll(async () => {
  world = await createWorld(database(), { now: () => NOW });
  demo = platformData(world, world.demo);
  await publishRates(world, {
    '2026-02-27': { USD: '1.08', GBP: '0.8' },
    '2026-03-05': { USD: '1.10', GBP: '0.8' },
    '2026-03-06': { USD: '1.12', GBP: '0.85' },
  });
  const { first, second } = world.demo.brands;
  ({ id: summer } = await as('owner').campaigns.create({ name: 'Summer', brandId: first }));
  ({ id: winter } = await as('owner').campaigns.create({ name: 'Winter', brandId: second }));
  accounts = {
    aed: await demo.account({ name: 'Dirhams', newest: '2026-03-09' }),
    eur: await demo.account({ name: 'Euros', currency: 'EUR', newest: '2026-03-09' }),
  };
  const shop = await demo.platformCampaign(accounts.aed, { name: 'Shop', campaignId: summer });
  const film = await demo.platformCampaign(accounts.eur, { name: 'Film', campaignId: summer });
  const snow = await demo.platformCampaign(accounts.eur, { name: 'Snow', campaignId: winter });
  const waiting = await demo.platformCampaign(accounts.aed, { name: 'Waiting' });
  await demo.day(shop, {
    ...of('2026-03-05', '100'),
    conversions: '4',
    conversionValue: '250',
    videoViews: 10,
  });
  await demo.day(shop, of('2026-03-06', '50'));
  await demo.day(film, {
    ...of('2026-03-06', '10'),
    currency: 'EUR',
    conversions: null,
    conversionValue: null,
  });
  await demo.day(snow, {
    ...of('2026-03-05', '20'),
    currency: 'EUR',
    conversions: '1',
    conversionValue: '90',
  });
  await demo.day(waiting, of('2026-03-06', '7'));
  // A week before.
  await demo.day(shop, of('2026-02-26', '80'));
  await demo.day(film, { ...of('2026-02-27', '5'), currency: 'EUR' });
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const of = (date: string, spend: string) => ({ date, spend, impressions: 1000, clicks: 10 });

const DAYS = { from: '2026-03-05', to: '2026-03-06' };

describe('a dashboard', () => {
  test('says of a campaign what the campaign’s own figures say', async () => {
    const campaign = await as('owner').metrics.campaign({ campaignId: summer, ...DAYS });
    const answer = await as('owner').metrics.dashboard({ campaignIds: [summer], ...DAYS });
    expect(answer.totals).toEqual(campaign.totals);
    expect(answer.fx).toEqual(campaign.fx);
    expect(answer.leftOut).toEqual(campaign.leftOut);
    expect(answer.untoldBy).toEqual(campaign.untoldBy);
    for (const [index, day] of campaign.days.entries()) {
      const { isPartial: _isPartial, byCurrency: _byCurrency, ...figures } = day;
      expect(answer.days[index]).toMatchObject(figures);
    }
  });

  test.each(breakdowns)('adds up by %s to the same totals', async (by) => {
    const answer = await as('owner').metrics.dashboard({ ...DAYS, by });
    const spend = answer.rows.map((row) => row.spend?.amount).filter((amount) => amount !== undefined);
    const total = await world.ownerDb.pool.query<{ total: string }>(
      'select sum(a)::text as total from unnest($1::numeric[]) a',
      [spend],
    );
    expect(Number(total.rows[0]?.total)).toBe(Number(answer.totals.spend?.amount));
    expect(answer.rows.reduce((sum, row) => sum + (row.impressions ?? 0), 0)).toBe(answer.totals.impressions);
    expect(answer.totals.impressions).toBe(5000);
    expect(answer.moreRows).toBe(0);
  });
});

describe('a comparison', () => {
  test('stands beside the same weekdays, day by day', async () => {
    const answer = await as('owner').metrics.dashboard({
      ...DAYS,
      campaignIds: [summer],
      compare: 'PREVIOUS',
    });
    expect(answer.comparedRange).toEqual({ from: '2026-02-26', to: '2026-02-27' });
    expect(answer.days.map((day) => [day.date, day.comparedWith, day.compared?.spend?.amount])).toEqual([
      ['2026-03-05', '2026-02-26', '80.00'],
      ['2026-03-06', '2026-02-27', '19.8315'],
    ]);
    expect(answer.compared?.spend).toEqual({ amount: '99.8315', currency: 'AED' });
    expect(answer.rows[0]?.compared?.spend).toEqual(answer.compared?.spend);
  });

  test('of the year before is 52 weeks back, of days of one’s own where they say', async () => {
    const year = await as('owner').metrics.dashboard({ ...DAYS, compare: 'YEAR' });
    expect(year.comparedRange).toEqual({ from: '2025-03-06', to: '2025-03-07' });
    expect(year.compared).toMatchObject({ spend: null, impressions: null });
    const own = { ...DAYS, compare: 'CUSTOM', compareFrom: '2026-03-04' } as const;
    const overlapping = await as('owner').metrics.dashboard(own);
    expect(overlapping.comparedRange).toEqual({ from: '2026-03-04', to: '2026-03-05' });
    expect(overlapping.compared).toEqual(
      (await as('owner').metrics.dashboard({ from: '2026-03-04', to: '2026-03-05' })).totals,
    );
    expect(await refusedFields(as('owner').metrics.dashboard({ ...DAYS, compare: 'CUSTOM' }))).toEqual([
      'invalid',
      'compareFrom',
    ]);
  });

  test('moves back by whole weeks until it is over before the range begins', () => {
    expect(comparedRange({ from: '2026-11-01', to: '2026-11-30' }, { compare: 'PREVIOUS' })).toEqual({
      ...{ from: '2026-09-27', to: '2026-10-26' },
    });
    expect(comparedRange({ from: '2026-11-02', to: '2026-11-08' }, { compare: 'PREVIOUS' })).toEqual({
      ...{ from: '2026-10-26', to: '2026-11-01' },
    });
  });
});

describe('a breakdown', () => {
  test('names what belongs to none, and sorts by any figure with the unknown last', async () => {
    const names = async (by: (typeof breakdowns)[number], sortBy: FigureName = 'spend') => {
      const { rows } = await as('owner').metrics.dashboard({ ...DAYS, by, sortBy });
      return rows.map(({ name, key }) => (key === null ? `(${name})` : name));
    };
    expect(await names('CAMPAIGN')).toEqual(['Summer', 'Winter', '(No campaign)']);
    expect(await names('CAMPAIGN', 'roas')).toEqual(['Winter', 'Summer', '(No campaign)']);
    expect(await names('PLATFORM_CAMPAIGN', 'cpa')).toEqual(['Snow', 'Shop', 'Film', 'Waiting']);
    expect(await names('CREATOR')).toEqual(['(No creator)']);
    expect(await names('PLATFORM')).toEqual(['Meta']);
    expect(await names('DAY', 'impressions')).toEqual(['2026-03-05', '2026-03-06']);
  });

  test('gives the first rows, says how many more there are, and sums them all', async () => {
    const answer = await as('owner').metrics.dashboard({ ...DAYS, by: 'PLATFORM_CAMPAIGN', limit: 1 });
    expect([answer.rows.length, answer.moreRows, answer.totals.impressions]).toEqual([1, 3, 5000]);
  });

  test('keeps each row’s own money beside the converted', async () => {
    const { rows } = await as('owner').metrics.dashboard({ ...DAYS, by: 'CAMPAIGN' });
    expect(
      rows.map(({ name, ownSpend }) => [name, ownSpend.map((own) => `${own.amount} ${own.currency}`)]),
    ).toEqual([
      ['Summer', ['150.00 AED', '10.00 EUR']],
      ['Winter', ['20.00 EUR']],
      ['No campaign', []],
    ]);
  });

  test('has the reach of exactly one platform campaign, or of one whole account, and never a sum', async () => {
    const [shop] = (
      await as('owner').metrics.dashboard({ ...DAYS, by: 'PLATFORM_CAMPAIGN', adAccountId: accounts.aed })
    ).rows;
    await demo.reach(shop?.key ?? '', accounts.aed, { ...DAYS, reach: 400 });
    await demo.reach(null, accounts.aed, { ...DAYS, reach: 500 });
    const by = async (cut: (typeof breakdowns)[number], given: object = {}, who: PersonName = 'owner') => {
      const { rows, totals } = await as(who).metrics.dashboard({ ...DAYS, by: cut, ...given });
      return [...rows, totals].map(({ reach }) => reach);
    };
    expect(await by('PLATFORM_CAMPAIGN', { adAccountId: accounts.aed })).toEqual([400, null, 500]);
    expect(await by('AD_ACCOUNT')).toEqual([500, null, null]);
    expect(await by('AD_ACCOUNT', { isAttached: true, adAccountId: accounts.aed })).toEqual([400, 400]);
    // Who sees a part of the account sees no reach of the whole.
    expect(await by('AD_ACCOUNT', { adAccountId: accounts.aed }, 'member')).toEqual([400, 400]);
  });
});

describe('a filter', () => {
  test('leaves what it says of campaigns, brands, accounts and platforms', async () => {
    const spent = async (given: object) =>
      (await as('owner').metrics.dashboard({ ...DAYS, by: 'PLATFORM_CAMPAIGN', ...given })).rows.map(
        ({ name }) => name,
      );
    expect(await spent({ campaignIds: [winter] })).toEqual(['Snow']);
    expect(await spent({ campaignIds: [] })).toEqual([]);
    expect(await spent({ brandId: world.demo.brands.first })).toEqual(['Shop', 'Film']);
    expect(await spent({ adAccountId: accounts.eur })).toEqual(['Snow', 'Film']);
    expect(await spent({ isAttached: false })).toEqual(['Waiting']);
    expect(await spent({ isAttached: true })).toEqual(['Shop', 'Snow', 'Film']);
    expect(await spent({ platform: 'GOOGLE' })).toEqual([]);
    expect(await spent({ status: 'DRAFT', ownerId: world.demo.people.owner.userId })).toEqual([
      'Shop',
      'Snow',
      'Film',
    ]);
    expect(await spent({ status: 'ACTIVE' })).toEqual([]);
    expect(await spent({ creatorId: randomUUID() })).toEqual([]);
  });

  test('says the same of whole accounts as of all their platform campaigns', async () => {
    const whole = await as('owner').metrics.dashboard({ ...DAYS, by: 'BRAND', compare: 'PREVIOUS' });
    const ids = (await as('owner').metrics.dashboard({ ...DAYS, by: 'CAMPAIGN', compare: 'PREVIOUS' })).rows;
    const cut = await as('owner').metrics.dashboard({
      ...{ ...DAYS, by: 'BRAND', compare: 'PREVIOUS', isAttached: true },
    });
    const waiting = ids.find(({ key }) => key === null);
    expect(cut.totals.impressions).toBe((whole.totals.impressions ?? 0) - (waiting?.impressions ?? 0));
    expect(cut.rows.filter(({ key }) => key !== null)).toEqual(whole.rows.filter(({ key }) => key !== null));
  });
});

describe('whoever reads a dashboard', () => {
  test('sees figures of what they see and of nothing else', async () => {
    const seen = async (who: PersonName, given: object = {}) => {
      const { rows } = await as(who).metrics.dashboard({ ...DAYS, by: 'PLATFORM_CAMPAIGN', ...given });
      return rows.map(({ name }) => name);
    };
    expect(await seen('viewer')).toEqual(['Shop', 'Snow', 'Film', 'Waiting']);
    expect(await seen('member')).toEqual(['Shop', 'Film']);
    expect(await seen('client')).toEqual(['Shop', 'Film']);
    expect(await seen('unassigned')).toEqual([]);
    expect(await seen('client', { campaignIds: [winter] })).toEqual([]);
    const rival = caller(world, world.rival.people.owner.principal);
    const foreign = await rival.metrics.dashboard({ ...DAYS, campaignIds: [summer] });
    expect(foreign).toEqual(await rival.metrics.dashboard({ ...DAYS, campaignIds: [randomUUID()] }));
    expect(foreign.totals.impressions).toBeNull();
  });

  test('gets the marks of the accounts behind them', async () => {
    const { freshness, rows } = await as('client').metrics.dashboard({ ...DAYS, by: 'AD_ACCOUNT' });
    expect(freshness.map(({ name, state, newestBusinessDate }) => [name, state, newestBusinessDate])).toEqual(
      [
        ['Dirhams', 'STALE', '2026-03-09'],
        ['Euros', 'STALE', '2026-03-09'],
      ],
    );
    expect(rows.map(({ state }) => state)).toEqual(['STALE', 'STALE']);
  });

  test('is refused what a dashboard does not know', async () => {
    const odd = { ...DAYS, sum: 'all' } as unknown as typeof DAYS;
    await expect(as('owner').metrics.dashboard(odd)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const backwards = { from: '2026-03-06', to: '2026-03-05' };
    expect(await refusedFields(as('owner').metrics.dashboard(backwards))).toEqual(['invalid', 'to']);
  });
});
