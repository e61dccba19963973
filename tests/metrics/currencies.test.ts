import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlatformData, platformData, publishRates } from './platform-data.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

// Tuesday 10 March 2026, 01:30 in Dubai and still Monday in New York.
const NOW = new Date('2026-03-09T21:30:00Z');

const database = useTestDatabase();
let world: World;
let demo: PlatformData;
beforeAll(async () => {
  world = await createWorld(database(), { now: () => NOW });
  demo = platformData(world, world.demo);
  await publishRates(world, {
    // Thursday and Friday; nothing is published at the weekend.
    '2026-03-05': { USD: '1.10', JPY: '160', GBP: '0.8', PLN: '4.25' },
    '2026-03-06': { USD: '1.12', JPY: '161.5', GBP: '0.85' },
  });
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);

/** A campaign with one platform campaign in an account of this currency. */
async function campaignIn(currency: string, given: { timeZone?: string; newest?: string } = {}) {
  const { id: campaignId } = await as('owner').campaigns.create({ name: `In ${currency}` });
  const adAccountId = await demo.account({ name: `${currency} account`, currency, ...given });
  const platformCampaignId = await demo.platformCampaign(adAccountId, { campaignId });
  return { campaignId, adAccountId, platformCampaignId };
}

describe('a total in another currency', () => {
  test('goes from dollars to dirhams by the peg alone, and says so', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('USD');
    await demo.day(platformCampaignId, {
      date: '2026-01-01',
      currency: 'USD',
      spend: '2',
      conversionValue: '4',
      impressions: 1000,
    });
    const answer = await as('owner').metrics.campaign({ campaignId, from: '2026-01-01', to: '2026-01-01' });
    expect(answer.totals).toMatchObject({
      spend: { amount: '7.345', currency: 'AED' },
      conversionValue: { amount: '14.69', currency: 'AED' },
      cpm: '7.345',
      roas: '2',
    });
    expect(answer.fx).toEqual([
      {
        base: 'USD',
        quote: 'AED',
        firstDate: '2026-01-01',
        lastDate: '2026-01-01',
        minRate: '3.6725',
        maxRate: '3.6725',
        firstPublishedOn: null,
        lastPublishedOn: null,
        sources: [],
        pegs: [{ currency: 'AED', anchor: 'USD', rate: '3.6725' }],
        note: 'The UAE dirham is pegged at 3.6725 AED for 1 USD.',
      },
    ]);
  });

  test('takes Friday’s rate at the weekend, for cost and value alike', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('GBP');
    await demo.day(platformCampaignId, {
      date: '2026-03-08',
      currency: 'GBP',
      spend: '85',
      conversionValue: '170',
    });
    const answer = await as('owner').metrics.campaign({
      campaignId,
      from: '2026-03-08',
      to: '2026-03-08',
      currency: 'USD',
    });
    expect(answer.totals).toMatchObject({
      spend: { amount: '112.00', currency: 'USD' },
      conversionValue: { amount: '224.00', currency: 'USD' },
      roas: '2',
    });
    expect(answer.fx).toMatchObject([
      {
        base: 'GBP',
        quote: 'USD',
        firstPublishedOn: '2026-03-06',
        sources: ['European Central Bank'],
        pegs: [],
      },
    ]);
  });

  test('takes a rate of seven days ago and none of eight', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('GBP');
    await demo.day(platformCampaignId, {
      date: '2026-03-13',
      currency: 'GBP',
      spend: '85',
      impressions: 1000,
    });
    await demo.day(platformCampaignId, {
      date: '2026-03-14',
      currency: 'GBP',
      spend: '85',
      impressions: 5000,
    });
    const answer = await as('owner').metrics.campaign({
      campaignId,
      from: '2026-03-13',
      to: '2026-03-14',
      currency: 'EUR',
    });
    expect(answer.days.map((day) => day.spend)).toEqual([{ amount: '100.00', currency: 'EUR' }, null]);
    // What was left out lends no impression to the cost of a thousand.
    expect(answer.totals).toMatchObject({
      spend: { amount: '100.00', currency: 'EUR' },
      impressions: 6000,
      cpm: '100',
    });
    expect(answer.leftOut).toMatchObject([
      {
        currency: 'GBP',
        firstDate: '2026-03-14',
        lastDate: '2026-03-14',
        days: 1,
        spend: { amount: '85.00', currency: 'GBP' },
      },
    ]);
  });

  test('never adds amounts of different currencies, and names what has no rate', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('AED');
    const kuwait = await demo.platformCampaign(await demo.account({ currency: 'KWD', name: 'Kuwait' }), {
      campaignId,
    });
    const tokyo = await demo.platformCampaign(await demo.account({ currency: 'JPY', name: 'Tokyo' }), {
      campaignId,
    });
    await demo.day(platformCampaignId, { date: '2026-03-06', spend: '10', impressions: 1000 });
    await demo.day(kuwait, { date: '2026-03-06', currency: 'KWD', spend: '1.5', impressions: 1000 });
    await demo.day(tokyo, { date: '2026-03-06', currency: 'JPY', spend: '3230', impressions: 1000 });
    const answer = await as('owner').metrics.campaign({ campaignId, from: '2026-03-06', to: '2026-03-06' });
    expect(answer.byCurrency.map((item) => [item.currency, item.spend?.amount])).toEqual([
      ['AED', '10.00'],
      ['JPY', '3230'],
      ['KWD', '1.500'],
    ]);
    // 3230 / 161.5 × 1.12 × 3.6725 = 82.264
    expect(answer.totals).toMatchObject({
      spend: { amount: '92.264', currency: 'AED' },
      impressions: 3000,
      cpm: '46.132',
    });
    expect(answer.leftOut).toMatchObject([{ currency: 'KWD', spend: { amount: '1.500', currency: 'KWD' } }]);
    expect(answer.fx.map((item) => [item.base, item.note])).toEqual([
      ['AED', 'The same currency: exactly 1.'],
      [
        'JPY',
        'Published rates of the day through the euro; the UAE dirham is pegged at 3.6725 AED for 1 USD.',
      ],
    ]);
    const inDinars = await as('owner').metrics.campaign({
      campaignId,
      from: '2026-03-06',
      to: '2026-03-06',
      currency: 'KWD',
    });
    expect(inDinars.totals.spend).toEqual({ amount: '1.500', currency: 'KWD' });
    expect(inDinars.leftOut.map((item) => item.currency)).toEqual(['AED', 'JPY']);
  });

  test('is unknown where nothing has a rate', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('KWD');
    await demo.day(platformCampaignId, {
      date: '2026-03-06',
      currency: 'KWD',
      spend: '1.5',
      impressions: 10,
      clicks: 1,
    });
    const { totals } = await as('owner').metrics.campaign({
      campaignId,
      from: '2026-03-06',
      to: '2026-03-06',
    });
    expect(totals).toMatchObject({
      spend: null,
      conversionValue: null,
      cpm: null,
      impressions: 10,
      ctr: '0.1',
    });
  });

  test('adds up alike by day, by platform campaign and by account', async () => {
    const { campaignId, platformCampaignId, adAccountId } = await campaignIn('JPY');
    const second = await demo.platformCampaign(adAccountId, { campaignId });
    for (const [index, date] of ['2026-03-05', '2026-03-06', '2026-03-07'].entries()) {
      await demo.day(platformCampaignId, {
        date,
        currency: 'JPY',
        spend: String(1000 + 7 * index),
        clicks: 3,
      });
      await demo.day(second, { date, currency: 'JPY', spend: String(333 + index), clicks: 1 });
    }
    const answer = await as('owner').metrics.campaign({
      campaignId,
      from: '2026-03-05',
      to: '2026-03-07',
      currency: 'GBP',
    });
    const sum = (items: readonly { spend: { amount: string } | null }[]) =>
      items.reduce((total, item) => total + Math.round(Number(item.spend?.amount) * 1e6), 0);
    const total = sum([answer.totals]);
    expect(Math.abs(sum(answer.days) - total)).toBeLessThanOrEqual(2);
    expect(Math.abs(sum(answer.platformCampaigns) - total)).toBeLessThanOrEqual(1);
    expect(sum(answer.adAccounts)).toBe(total);
  });
});
