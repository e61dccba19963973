import Big from 'big.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import expected from '../fixtures/ads/export-shapes/expected.json' with { type: 'json' };
import { accountOf, bringIn, check, figuresOf, fixtureFile } from '../support/ad-files.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;

beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

const shape = (name: string) => fixtureFile(`export-shapes/${name}`);
const owner = () => caller(world, world.demo.people.owner.principal);
const sum = (values: readonly (string | number)[]) =>
  values.reduce((total, value) => total.plus(value), new Big(0));

describe('the exports of the ad managers', () => {
  it.each([
    ['google_daily_by_device.csv', 'GOOGLE'],
    ['meta_daily_day_column.csv', 'META'],
    ['tiktok_adgroup_daily.csv', 'TIKTOK'],
  ] as const)('%s comes in with the right totals', async (name, platform) => {
    const right: Record<string, unknown> = expected[name];
    const done = await bringIn(world, world.demo, {
      content: await shape(name),
      settings: { newAccount: { name: `Shape of ${platform}` } },
    });
    expect(done).toMatchObject({
      status: 'DONE',
      kind: 'ad-metrics',
      rowsTotal: right.data_rows,
      rowsRefused: 0,
    });
    const { report, account } = await owner().imports.adFile({ importId: done.id });
    expect(account).toMatchObject({ platform, currency: right.currency, name: `Shape of ${platform}` });
    expect(report).toMatchObject({ totalRows: right.total_rows ?? 0, dataRows: right.data_rows });
    expect(report?.totals).toMatchObject({ spend: right.spend });
    const figures = await figuresOf(world, world.demo, account?.id ?? '');
    expect(sum(figures.map(({ spend }) => spend)).toFixed(2)).toBe(right.spend);
    if (right.impressions !== undefined)
      expect(sum(figures.map(({ impressions }) => impressions)).toNumber()).toBe(right.impressions);
    if (right.clicks !== undefined)
      expect(sum(figures.map(({ clicks }) => clicks)).toNumber()).toBe(right.clicks);
    for (const [day, spend] of Object.entries((right.by_day ?? {}) as Record<string, string>)) {
      const ofDay = figures.filter(({ date }) => date === day);
      expect(sum(ofDay.map((row) => row.spend)).toFixed(2)).toBe(spend);
    }
    expect(new Set(figures.map(({ source }) => source))).toEqual(new Set(['FILE']));
  });

  it.each(['meta_campaign_aggregate.csv', 'google_campaign_report_all_time.csv'] as const)(
    '%s is refused as daily, with the right totals and how to export by day',
    async (name) => {
      const right: Record<string, unknown> = expected[name];
      const failed = await check(world, world.demo, {
        content: await shape(name),
        settings: { newAccount: { name } },
      });
      expect(failed.status).toBe('FAILED');
      expect(failed.error).toMatch(/^The rows have no day: .* (Breakdown, By time, Day|Segment, Time, Day)/);
      const { report } = await owner().imports.adFile({ importId: failed.id });
      expect(report).toMatchObject({
        currency: right.currency,
        dataRows: right.data_rows,
        totalRows: right.total_rows,
        totals: {
          spend: right.spend,
          impressions: right.impressions,
          clicks: right.link_clicks ?? right.clicks,
        },
      });
      await expect(owner().imports.run({ importId: failed.id })).rejects.toMatchObject({ code: 'CONFLICT' });
    },
  );

  it('a table of something else is refused with the columns wanted and found', async () => {
    const failed = await check(world, world.demo, { content: await shape('not_an_ads_report.csv') });
    expect(failed).toMatchObject({ status: 'FAILED', rowsTotal: null });
    expect(failed.error).toContain('"Campaign"');
    expect(failed.error).toContain('"Impressions"');
    expect(failed.error).toContain('Found: "Invoice", "Buyer", "Total".');
  });
});

describe("a warehouse's tables", () => {
  it.each([
    ['fivetran-google/campaign_stats_data.csv', 'USD', '231.33', 1854],
    ['fivetran-google/ad_group_stats_data.csv', 'USD', '3156.84', 4483],
    ['fivetran-tiktok/tiktok_campaign_report_hourly_data.csv', 'USD', '444.792', 34470],
    ['fivetran-tiktok/tiktok_campaign_country_report_data.csv', 'USD', '1586.1', 103200],
  ])('%s comes in to the micro', async (name, currency, spend, impressions) => {
    const newAccount = { name, currency };
    // Both files of Google are of one account.
    const content = (await fixtureFile(name)).toString().replaceAll('2121450128', `${impressions}`);
    const done = await bringIn(world, world.demo, {
      content,
      settings: { newAccount },
    });
    const figures = await figuresOf(world, world.demo, await accountOf(world, world.demo, done.id));
    expect(sum(figures.map((row) => row.spend)).toString()).toBe(spend);
    expect(sum(figures.map((row) => row.impressions)).toNumber()).toBe(impressions);
  });

  it('of ads without their campaign is refused with what to join', async () => {
    const content = await fixtureFile('fivetran-facebook/facebook_ads_basic_ad_data.csv');
    const failed = await check(world, world.demo, { content });
    expect(failed.error).toMatch(
      /without "campaign_name" or "campaign_id"\. .*Join basic_ad with ad_history/,
    );
  });

  it('that names no currency asks for one', async () => {
    const newAccount = { name: 'Unpriced' };
    const content = await fixtureFile('fivetran-google/campaign_stats_data.csv');
    const failed = await check(world, world.demo, {
      content,
      settings: { newAccount },
    });
    expect(failed.error).toBe('The file names no currency. Say which one its amounts are in.');
    const recheck = { importId: failed.id, settings: { newAccount, currency: 'EUR' } };
    expect(await owner().imports.recheckAdFile(recheck)).toMatchObject({ status: 'CHECKED', error: null });
  });
});
