import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type World } from '../support/world.ts';
import { type PlatformData, platformData } from './platform-data.ts';

const DAYS = { from: '2026-03-01', to: '2026-03-28' };

const database = useTestDatabase();
let world: World;
let demo: PlatformData;
beforeAll(async () => {
  world = await createWorld(database(), { now: () => new Date('2026-03-28T12:00:00Z') });
  demo = platformData(world, world.demo);
});
afterAll(() => world.close());

const api = () => caller(world, world.demo.people.owner.principal);

async function campaign() {
  const { id: campaignId } = await api().campaigns.create({ name: 'Ramadan' });
  const platformCampaign = async (name: string, currency = 'AED') => {
    const adAccountId = await demo.account({ name, currency, newest: DAYS.to });
    return { adAccountId, id: await demo.platformCampaign(adAccountId, { campaignId, name }) };
  };
  return { campaignId, platformCampaign };
}

const TOLD = { spend: '100', impressions: 1000, clicks: 50, conversions: '4', conversionValue: '300' };
const SILENT = { ...TOLD, conversions: null, conversionValue: null };

describe('conversions that nobody told', () => {
  test('are unknown, with their ratios, and no 0', async () => {
    const { campaignId, platformCampaign } = await campaign();
    const files = await platformCampaign('Snapchat files');
    await demo.day(files.id, { date: '2026-03-02', ...SILENT });
    const answer = await api().metrics.campaign({ campaignId, ...DAYS });
    const unknown = { conversions: null, conversionValue: null, cpa: null, roas: null };
    const known = { spend: { amount: '100.00', currency: 'AED' }, clicks: 50, cpc: '2', cpm: '100' };
    const expected = { ...unknown, ...known, untold: ['conversions', 'conversionValue'] };
    expect(answer.totals).toMatchObject(expected);
    for (const rows of [answer.days, answer.platformCampaigns, answer.adAccounts, answer.byCurrency])
      expect(rows).toMatchObject([expected]);
    expect(answer.untoldBy).toEqual([
      {
        ...{ figure: 'conversions', adAccountId: files.adAccountId, name: 'Snapchat files' },
        ...{ platform: 'META', campaignDays: 1, ofCampaignDays: 1 },
        note: 'The conversions and the CPA are without Snapchat files, which tells none in these days.',
      },
      {
        ...{ figure: 'conversionValue', adAccountId: files.adAccountId, name: 'Snapchat files' },
        ...{ platform: 'META', campaignDays: 1, ofCampaignDays: 1 },
        note: 'The conversion value and the ROAS are without Snapchat files, which tells none in these days.',
      },
    ]);
  });

  test('stay out of a sum of those that are told, which names them and takes no cost of theirs', async () => {
    const { campaignId, platformCampaign } = await campaign();
    const [told, part] = [await platformCampaign('Told'), await platformCampaign('Part')];
    await demo.day(told.id, { date: '2026-03-02', ...TOLD });
    await demo.day(part.id, { date: '2026-03-02', ...TOLD, spend: '900', conversionValue: null });
    await demo.day(part.id, { date: '2026-03-03', ...TOLD, spend: '50', conversionValue: '60' });
    const { totals, days, untoldBy } = await api().metrics.campaign({ campaignId, ...DAYS });
    expect(totals).toMatchObject({
      spend: { amount: '1050.00', currency: 'AED' },
      conversions: '12',
      conversionValue: { amount: '360.00', currency: 'AED' },
      cpa: '87.5',
      // 360 ÷ (100 + 50): the 900 bought a value that nobody told.
      roas: '2.4',
      untold: ['conversionValue'],
    });
    expect(days.map(({ roas, untold }) => [roas, untold])).toEqual([
      ['3', ['conversionValue']],
      ['1.2', []],
    ]);
    expect(untoldBy).toMatchObject([
      {
        ...{ figure: 'conversionValue', adAccountId: part.adAccountId },
        ...{ campaignDays: 1, ofCampaignDays: 2 },
        note: 'The conversion value and the ROAS are without 1 of 2 campaign days of Part, which tells none on them.',
      },
    ]);
  });

  test('are the same on the page, by account and in the summary of a list, in whatever currency', async () => {
    const { campaignId, platformCampaign } = await campaign();
    const dirhams = await platformCampaign('Dirhams');
    const dollars = await platformCampaign('Dollars', 'USD');
    const dinars = await platformCampaign('Dinars', 'KWD');
    await demo.day(dirhams.id, { date: '2026-03-02', ...TOLD });
    await demo.day(dirhams.id, { date: '2026-03-04', ...SILENT, conversions: '0' });
    await demo.day(dollars.id, { date: '2026-03-02', currency: 'USD', ...TOLD, conversions: null });
    await demo.day(dinars.id, { date: '2026-03-02', currency: 'KWD', ...SILENT });
    for (const currency of ['AED', 'USD', 'KWD']) {
      const [page, { items }] = await Promise.all([
        api().metrics.campaign({ campaignId, ...DAYS, currency }),
        api().metrics.summary({ campaignIds: [campaignId], currency }),
      ]);
      const { spend, conversionValue, conversions, cpm, cpc, ctr, cpa, roas, untold } = page.totals;
      expect(items).toMatchObject([
        { spend, conversionValue, conversions, cpm, cpc, ctr, cpa, roas, untold, ...DAYS },
      ]);
    }
    const { totals, leftOut } = await api().metrics.campaign({ campaignId, ...DAYS });
    // Both days of the dirhams tell conversions: 200 for 4. A value is told of 100 AED and of 367.25.
    expect(totals).toMatchObject({ conversions: '4', cpa: '50', roas: '3' });
    expect(leftOut).toMatchObject([{ currency: 'KWD', spend: { amount: '100.000' }, conversionValue: null }]);
  });

  test('have nothing to say where there is no row', async () => {
    const { campaignId } = await campaign();
    const { totals, untoldBy } = await api().metrics.campaign({ campaignId, ...DAYS });
    expect(totals).toMatchObject({ conversions: null, untold: [] });
    expect(untoldBy).toEqual([]);
  });
});
