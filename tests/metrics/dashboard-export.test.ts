import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import { toFrequency, toRatios } from '../../server/domain/metrics/rules.ts';
import { ratiosSql } from '../../server/domain/metrics/sql.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';
import { type PlatformData, platformData } from './platform-data.ts';

const database = useTestDatabase();
let world: World;
let demo: PlatformData;

const RANGE = { from: '2026-03-02', to: '2026-03-08' };

/** Dollars and dirhams, between which the parity has four decimals: a file's amounts are the very sums of its ratios. */
beforeAll(async () => {
  world = await createWorld(database(), { now: () => new Date('2026-03-20T08:00:00Z') });
  demo = platformData(world, world.demo);
  for (const [index, currency] of ['USD', 'AED', 'USD', 'AED'].entries()) {
    const { id: campaignId } = await as('owner').campaigns.create({
      ...{ name: `=Campaign ${index + 1}`, brandId: world.demo.brands[index === 3 ? 'second' : 'first'] },
    });
    const adAccountId = await demo.account({ name: `@${currency} ${index}`, currency, newest: RANGE.to });
    const platformCampaignId = await demo.platformCampaign(adAccountId, { campaignId, name: `-1+${index}` });
    for (let day = 2; day < 9; day += 1) {
      await demo.day(platformCampaignId, {
        ...{ date: `2026-03-0${day}`, currency, spend: `${day * 7 + index}.${day}${index}` },
        ...{ impressions: 997 * day + index, clicks: 13 + day * index, conversions: String(index + day / 2) },
        conversionValue: `${day * 31}.${index}7`,
      });
    }
    if (index === 0) await demo.reach(platformCampaignId, adAccountId, { ...RANGE, reach: 12_345 });
  }
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);

async function fileOf(who: PersonName, asked: Parameters<ReturnType<typeof as>['metrics']['export']>[0]) {
  const { csv, fileName } = await as(who).metrics.export(asked);
  expect(csv.startsWith('\uFEFF')).toBe(true);
  const lines: Record<string, string>[] = parse(csv.slice(1), { columns: true });
  return { lines, fileName };
}

const numberOf = (text: string | undefined) => (text ? Number(text) : null);

describe('a dashboard’s file', () => {
  test('holds ratios that are its sums’ ratios to the last digit, in TypeScript and in SQL', async () => {
    for (const currency of ['AED', 'USD']) {
      const { lines } = await fileOf('owner', { ...RANGE, by: 'PLATFORM_CAMPAIGN', currency });
      expect(lines).toHaveLength(5);
      for (const line of lines) {
        const [spend = '', impressions = '', clicks = ''] = [line.Spend, line.Impressions, line.Clicks];
        const sums = {
          ...{ spend, conversionValue: line['Conversion value'] ?? '', conversions: line.Conversions ?? '' },
          ...{ impressions: Number(impressions), clicks: Number(clicks) },
          ...{ spendOfConversions: spend, spendOfValue: spend },
        };
        const shown = { cpm: line.CPM, cpc: line.CPC, ctr: line.CTR, cpa: line.CPA, roas: line.ROAS };
        expect(shown).toEqual(toRatios(sums));
        const inSql = ratiosSql({
          spend: sql`${sums.spend}::numeric`,
          conversionValue: sql`${sums.conversionValue}::numeric`,
          impressions: sql`${sums.impressions}::numeric`,
          clicks: sql`${sums.clicks}::numeric`,
          conversions: sql`${sums.conversions}::numeric`,
          spendOfConversions: sql`${sums.spend}::numeric`,
          spendOfValue: sql`${sums.spend}::numeric`,
        });
        const { rows } = await withTenant(world.appDb, world.demo.people.owner.principal, 'read', (tx) =>
          sql<
            Record<string, string>
          >`select trim_scale(${inSql.cpm})::text as cpm, trim_scale(${inSql.cpc})::text as cpc,
            trim_scale(${inSql.ctr})::text as ctr, trim_scale(${inSql.cpa})::text as cpa,
            trim_scale(${inSql.roas})::text as roas`.execute(tx),
        );
        expect(rows).toEqual([shown]);
        expect(line.Frequency ?? '').toBe(toFrequency(Number(impressions), numberOf(line.Reach)) ?? '');
      }
      expect(lines.filter((line) => line.Reach === '12345')).toHaveLength(1);
    }
  });

  test('says of every line its days, its currency and as of when it is', async () => {
    const asOf = '2036-03-18T00:00:00.000Z';
    const { lines, fileName } = await fileOf('viewer', { ...RANGE, by: 'CAMPAIGN', compare: 'YEAR', asOf });
    expect(fileName).toBe('performance-by-campaign-2026-03-02-to-2026-03-08.csv');
    expect(lines.map((line) => line.Campaign)).toContain('Total');
    for (const line of lines) {
      expect(line).toMatchObject({ From: RANGE.from, To: RANGE.to, Currency: 'AED', 'As of': asOf });
      expect(line).toMatchObject({
        'Compared from': '2025-03-03',
        'Compared to': '2025-03-09',
        'Compared Spend': '',
      });
    }
  });

  test('is what the dashboard says, with all of its rows', async () => {
    const dashboard = await as('owner').metrics.dashboard({ ...RANGE, by: 'DAY', limit: 1 });
    const { lines } = await fileOf('owner', { ...RANGE, by: 'DAY' });
    expect(lines.slice(0, -1).map((line) => [line.Day, line.Spend])).toEqual(
      dashboard.rows.map(({ key, spend }) => [key, spend?.amount]),
    );
    expect(lines.at(-1)).toMatchObject({ Day: 'Total', Spend: dashboard.totals.spend?.amount });
  });

  test('runs nothing in a spreadsheet', async () => {
    const { lines } = await fileOf('owner', { ...RANGE, by: 'CAMPAIGN' });
    expect(lines.map((line) => line.Campaign)).toContain("'=Campaign 1");
    const accounts = await fileOf('owner', { ...RANGE, by: 'AD_ACCOUNT' });
    expect(accounts.lines.map((line) => line['Ad account'])).toContain("'@USD 0");
  });

  test('holds what its reader sees and no more', async () => {
    const counts = await Promise.all(
      (['owner', 'viewer', 'member', 'client', 'unassigned'] as const).map(async (who) => {
        const { lines } = await fileOf(who, { ...RANGE, by: 'CAMPAIGN' });
        return [who, lines.length - 1];
      }),
    );
    expect(Object.fromEntries(counts)).toEqual({ owner: 4, viewer: 4, member: 3, client: 3, unassigned: 0 });
  });

  test('has no page: what is not asked of it is refused', async () => {
    const asked = { ...RANGE, limit: 3 } as unknown as typeof RANGE;
    await expect(as('owner').metrics.export(asked)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
