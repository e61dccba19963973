import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breakdowns } from '../../server/domain/metrics/dashboard-schema.ts';
import { useTestDatabase } from '../support/database.ts';
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
