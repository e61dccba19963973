import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRest } from '../../server/api/rest.ts';
import { type PlatformData, platformData, publishRates } from '../metrics/platform-data.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusedFields } from '../support/refusal.ts';
import { caller, contextOf, createWorld, type PersonName, type World } from '../support/world.ts';

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
const asRival = (name: PersonName) => caller(world, world.rival.people[name].principal);

/** A campaign with one platform campaign in an account of this currency. */
async function campaignIn(currency: string, given: { timeZone?: string; newest?: string } = {}) {
  const { id: campaignId } = await as('owner').campaigns.create({ name: `In ${currency}` });
  const adAccountId = await demo.account({ name: `${currency} account`, currency, ...given });
  const platformCampaignId = await demo.platformCampaign(adAccountId, { campaignId });
  return { campaignId, adAccountId, platformCampaignId };
}

describe("a campaign's figures", () => {
  test('are the exact sums of its platform campaigns’ days, with the ratios of the sums', async () => {
    const { campaignId, adAccountId, platformCampaignId } = await campaignIn('AED');
    const second = await demo.platformCampaign(adAccountId, { campaignId, name: 'Second' });
    const loose = await demo.platformCampaign(adAccountId, { name: 'Of nobody' });
    await demo.day(platformCampaignId, {
      date: '2026-03-01',
      spend: '0.1',
      impressions: 1000,
      clicks: 10,
      conversions: '1.5',
      conversionValue: '2',
    });
    await demo.day(platformCampaignId, { date: '2026-03-02', spend: '0.2', impressions: 3000, clicks: 0 });
    await demo.day(second, {
      date: '2026-03-02',
      spend: '100.000001',
      impressions: 1,
      clicks: 1,
      conversions: '0.25',
      conversionValue: '300.5',
    });
    await demo.day(loose, { date: '2026-03-02', spend: '999', impressions: 999, clicks: 999 });
    await demo.day(second, { date: '2026-02-28', spend: '999', impressions: 999, clicks: 999 });

    const answer = await as('viewer').metrics.campaign({ campaignId, from: '2026-03-01', to: '2026-03-31' });
    expect(answer.totals).toEqual({
      spend: { amount: '100.300001', currency: 'AED' },
      impressions: 4001,
      clicks: 11,
      conversions: '1.75',
      conversionValue: { amount: '302.50', currency: 'AED' },
      videoViews25: null,
      videoViews50: null,
      videoViews75: null,
      videoViews100: null,
      cpm: '25.068733',
      cpc: '9.118182',
      ctr: '0.002749',
      cpa: '57.314286',
      roas: '3.015952',
      untold: [],
      reach: null,
      frequency: null,
    });
    expect(answer.byCurrency).toEqual([
      { currency: 'AED', ...answer.totals, reach: undefined, frequency: undefined },
    ]);
    expect(answer.days.map((day) => [day.date, day.spend?.amount, day.cpc])).toEqual([
      ['2026-03-01', '0.10', '0.01'],
      ['2026-03-02', '100.200001', '100.200001'],
    ]);
    expect(answer.platformCampaigns.map((item) => [item.name, item.spend?.amount, item.conversions])).toEqual(
      [
        ['Platform campaign', '0.30', '1.5'],
        ['Second', '100.000001', '0.25'],
      ],
    );
    expect(answer.adAccounts).toMatchObject([{ adAccountId, spend: answer.totals.spend, clicks: 11 }]);
    expect(answer.leftOut).toEqual([]);
    expect(answer.fx).toMatchObject([
      { base: 'AED', quote: 'AED', minRate: '1', maxRate: '1', note: 'The same currency: exactly 1.' },
    ]);
    expect(answer.isSandbox).toBe(false);
  });

  test('are unknown and not zero where there is no row', async () => {
    const { campaignId } = await campaignIn('AED');
    const answer = await as('owner').metrics.campaign({ campaignId, from: '2026-03-01', to: '2026-03-02' });
    expect(answer.totals).toMatchObject({
      spend: null,
      impressions: null,
      clicks: null,
      conversions: null,
      cpm: null,
    });
    expect(answer.days).toEqual([]);
    expect(answer.platformCampaigns).toMatchObject([{ spend: null, impressions: null, byCurrency: [] }]);
  });

  test('have no ratio where the divisor is zero', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('AED');
    await demo.day(platformCampaignId, { date: '2026-03-01', spend: '5', conversionValue: '7' });
    await demo.day(platformCampaignId, {
      date: '2026-03-02',
      impressions: 10,
      clicks: 1,
      conversionValue: '7',
    });
    const { days } = await as('owner').metrics.campaign({ campaignId, from: '2026-03-01', to: '2026-03-02' });
    expect(days.map(({ cpm, cpc, ctr, cpa, roas }) => ({ cpm, cpc, ctr, cpa, roas }))).toEqual([
      { cpm: null, cpc: null, ctr: null, cpa: null, roas: '1.4' },
      { cpm: '0', cpc: '0', ctr: '0.1', cpa: null, roas: null },
    ]);
  });

  test('sum video views only where every row knows them', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('AED');
    await demo.day(platformCampaignId, { date: '2026-03-01', videoViews: 7 });
    await demo.day(platformCampaignId, { date: '2026-03-02', videoViews: 5 });
    await demo.day(platformCampaignId, { date: '2026-03-03', videoViews: null });
    const over = (to: string) => as('owner').metrics.campaign({ campaignId, from: '2026-03-01', to });
    expect((await over('2026-03-02')).totals.videoViews25).toBe(12);
    expect((await over('2026-03-03')).totals.videoViews25).toBeNull();
  });

  test('say when some of them are the sandbox’s', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('AED');
    await demo.day(platformCampaignId, { date: '2026-03-01' });
    await demo.day(platformCampaignId, { date: '2026-03-02', source: 'SANDBOX' });
    const over = (to: string) => as('owner').metrics.campaign({ campaignId, from: '2026-03-01', to });
    expect((await over('2026-03-01')).isSandbox).toBe(false);
    expect((await over('2026-03-02')).isSandbox).toBe(true);
  });
});

describe('a range', () => {
  test('is the 28 days to the newest day of any account unless said', async () => {
    const { campaignId } = await campaignIn('AED', { newest: '2026-03-01' });
    const other = await demo.account({ newest: '2026-03-04' });
    await demo.platformCampaign(other, { campaignId });
    const answer = await as('owner').metrics.campaign({ campaignId });
    expect([answer.from, answer.to]).toEqual(['2026-02-05', '2026-03-04']);
  });

  test('ends on the agency’s own today where nothing is attached', async () => {
    const { id: campaignId } = await as('owner').campaigns.create({ name: 'Bare' });
    const answer = await as('owner').metrics.campaign({ campaignId });
    expect([answer.from, answer.to]).toEqual(['2026-02-11', '2026-03-10']);
    expect(answer.totals.spend).toBeNull();
  });

  test('is refused by the name of the field that is wrong', async () => {
    const { campaignId } = await campaignIn('AED');
    const of = (range: { from?: string; to?: string; currency?: string }) =>
      refusedFields(as('owner').metrics.campaign({ campaignId, ...range }));
    expect(await of({ from: '2026-03-02', to: '2026-03-01' })).toEqual(['invalid', 'to']);
    expect(await of({ from: '2023-01-31', to: '2026-03-01' })).toEqual(['invalid', 'from']);
    expect(await of({ from: '2026-02-30' })).toEqual(['invalid', 'from']);
    expect(await of({ to: '1.3.2026' })).toEqual(['invalid', 'to']);
    expect(await of({ currency: 'ABC' })).toEqual(['invalid', 'currency']);
    expect(await of({ currency: 'aed' })).toEqual(['invalid', 'currency']);
  });

  test('may hold 37 months and not a day more', async () => {
    const { campaignId } = await campaignIn('AED');
    const from = (day: string) => as('owner').metrics.campaign({ campaignId, from: day, to: '2026-03-31' });
    expect((await from('2023-02-28')).from).toBe('2023-02-28');
    expect(await refusedFields(from('2023-02-27'))).toEqual(['invalid', 'from']);
  });

  test('keeps each account’s own days, and says which of them is still running', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('AED', { newest: '2026-03-10' });
    const eastern = await demo.account({
      name: 'New York',
      currency: 'AED',
      timeZone: 'America/New_York',
      newest: '2026-03-08',
    });
    const there = await demo.platformCampaign(eastern, { campaignId });
    await demo.day(platformCampaignId, { date: '2026-03-10', spend: '1' });
    await demo.day(there, { date: '2026-03-08', spend: '2' });
    const answer = await as('owner').metrics.campaign({ campaignId });
    expect(answer.days.map(({ date, isPartial }) => [date, isPartial])).toEqual([
      ['2026-03-08', false],
      ['2026-03-10', true],
    ]);
    expect(answer.freshness.map((item) => [item.name, item.newestBusinessDate, item.partialDay])).toEqual([
      ['AED account', '2026-03-10', '2026-03-10'],
      ['New York', '2026-03-08', null],
    ]);
  });
});

describe('reach', () => {
  test('is shown for exactly the period that the platform was asked for', async () => {
    const { campaignId, adAccountId, platformCampaignId } = await campaignIn('AED');
    await demo.day(platformCampaignId, { date: '2026-03-01', impressions: 600, reach: 400 });
    await demo.day(platformCampaignId, { date: '2026-03-02', impressions: 600, reach: 400 });
    await demo.reach(platformCampaignId, adAccountId, { from: '2026-03-01', to: '2026-03-02', reach: 480 });
    await demo.reach(null, adAccountId, { from: '2026-03-01', to: '2026-03-02', reach: 5000 });
    const over = (to: string) => as('owner').metrics.campaign({ campaignId, from: '2026-03-01', to });
    expect((await over('2026-03-02')).totals).toMatchObject({ reach: 480, frequency: '2.5' });
    expect((await over('2026-03-01')).totals).toMatchObject({ reach: null, frequency: null });
  });

  test('is never summed over platform campaigns', async () => {
    const { campaignId, adAccountId, platformCampaignId } = await campaignIn('AED');
    const second = await demo.platformCampaign(adAccountId, { campaignId, name: 'Second' });
    for (const id of [platformCampaignId, second]) {
      await demo.day(id, { date: '2026-03-01', impressions: 100 });
      await demo.reach(id, adAccountId, { from: '2026-03-01', to: '2026-03-01', reach: 50 });
    }
    const answer = await as('owner').metrics.campaign({ campaignId, from: '2026-03-01', to: '2026-03-01' });
    expect(answer.platformCampaigns.map((item) => [item.reach, item.frequency])).toEqual([
      [50, '2'],
      [50, '2'],
    ]);
    expect(answer.totals).toMatchObject({ reach: null, frequency: null, impressions: 200 });
  });
});

describe('whose figures are seen', () => {
  test('a member sees their brand’s campaign in a shared account, and of the other brand’s nothing', async () => {
    const shared = await demo.account({ name: 'Shared', newest: '2026-03-01' });
    const { first, second } = world.demo.brands;
    const mine = await as('owner').campaigns.create({ name: 'First brand', brandId: first });
    const theirs = await as('owner').campaigns.create({ name: 'Second brand', brandId: second });
    const seen = await demo.platformCampaign(shared, { campaignId: mine.id });
    const unseen = await demo.platformCampaign(shared, { campaignId: theirs.id });
    await demo.day(seen, { date: '2026-03-01', spend: '1' });
    await demo.day(unseen, { date: '2026-03-01', spend: '100' });
    for (const name of ['member', 'client'] as const) {
      const answer = await as(name).metrics.campaign({ campaignId: mine.id });
      expect(answer.totals.spend).toEqual({ amount: '1.00', currency: 'AED' });
      expect(answer.freshness).toMatchObject([{ name: 'Shared' }]);
      expect(await refusedFields(as(name).metrics.campaign({ campaignId: theirs.id }))).toEqual([
        'not_found',
      ]);
      const summary = await as(name).metrics.summary({ campaignIds: [mine.id, theirs.id] });
      expect(summary.items.map((item) => item.campaignId)).toEqual([mine.id]);
    }
    expect(await refusedFields(as('unassigned').metrics.campaign({ campaignId: mine.id }))).toEqual([
      'not_found',
    ]);
  });

  test('another agency is told what a nonsense id is told', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('AED');
    await demo.day(platformCampaignId, { date: '2026-03-01', spend: '1' });
    expect(await refusedFields(asRival('owner').metrics.campaign({ campaignId }))).toEqual(['not_found']);
    expect(await refusedFields(as('owner').metrics.campaign({ campaignId: randomUUID() }))).toEqual([
      'not_found',
    ]);
    expect((await asRival('owner').metrics.summary({ campaignIds: [campaignId] })).items).toEqual([]);
  });
});

describe('the summary beside a list', () => {
  test('says of each campaign’s last 28 days what the campaign’s own page says', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('GBP', { newest: '2026-03-10' });
    const kuwait = await demo.account({ currency: 'KWD', newest: '2026-03-01' });
    const dinars = await demo.platformCampaign(kuwait, { campaignId });
    await demo.day(platformCampaignId, {
      date: '2026-03-06',
      currency: 'GBP',
      spend: '85.37',
      impressions: 977,
      clicks: 13,
      conversions: '3',
      conversionValue: '17',
    });
    await demo.day(platformCampaignId, { date: '2026-02-10', currency: 'GBP', spend: '999' });
    await demo.day(dinars, { date: '2026-03-06', currency: 'KWD', spend: '3', impressions: 11, clicks: 2 });
    const empty = await campaignIn('AED');
    const [page, summary] = await Promise.all([
      as('viewer').metrics.campaign({ campaignId }),
      as('viewer').metrics.summary({ campaignIds: [campaignId, empty.campaignId] }),
    ]);
    const { spend, conversionValue, impressions, clicks, conversions, cpm, cpc, ctr, cpa, roas } =
      page.totals;
    expect(summary).toEqual({
      currency: 'AED',
      items: [
        {
          ...{ campaignId, from: page.from, to: page.to, leftOut: ['KWD'], isSandbox: false, untold: [] },
          ...{ spend, conversionValue, impressions, clicks, conversions, cpm, cpc, ctr, cpa, roas },
        },
      ],
    });
    expect(spend?.amount).toBe('413.110452');
  });
});

describe('the REST door', () => {
  const get = async (path: string, query: Record<string, string> = {}) => {
    const context = contextOf(world, { principal: world.demo.people.viewer.principal });
    const request = { method: 'GET', path, query: new URLSearchParams(query), body: Buffer.alloc(0) };
    const answer = await answerRest({ ...request, header: () => undefined }, context);
    return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> };
  };

  test('answers the figures of a campaign over a range and in a currency', async () => {
    const { campaignId, platformCampaignId } = await campaignIn('USD');
    await demo.day(platformCampaignId, { date: '2026-03-06', currency: 'USD', spend: '12.34' });
    const query = { from: '2026-03-06', to: '2026-03-06', currency: 'USD' };
    const { status, body } = await get(`/campaigns/${campaignId}/metrics`, query);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ campaignId, from: query.from, to: query.to, currency: 'USD', isSandbox: false },
      totals: { spend: { amount: '12.34', currency: 'USD' }, impressions: 0, cpc: null, reach: null },
    });
  });

  test('says what is wrong with a range, and hides what is not there', async () => {
    const { campaignId } = await campaignIn('USD');
    const crossed = await get(`/campaigns/${campaignId}/metrics`, { from: '2026-03-06', to: '2026-03-05' });
    expect(crossed).toMatchObject({ status: 400, body: { code: 'invalid', issues: [{ path: 'to' }] } });
    const unknown = await get(`/campaigns/${campaignId}/metrics`, { until: '2026-03-05' });
    expect(unknown).toMatchObject({ status: 400, body: { issues: [{ path: 'until' }] } });
    expect((await get(`/campaigns/${randomUUID()}/metrics`)).status).toBe(404);
    expect((await get('/campaigns/nonsense/metrics')).status).toBe(400);
  });
});
