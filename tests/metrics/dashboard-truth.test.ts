import { Big } from 'big.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rateOn, type PublishedRate } from '../../server/domain/fx/rules.ts';
import { runSync } from '../../server/domain/sync/run.ts';
import { plusDays } from '../../server/kernel/time-zones.ts';
import { useTestDatabase } from '../support/database.ts';
import { jobServices, TestClock, type TruthDay, useMeta } from '../support/meta.ts';
import {
  ALL_PLATFORMS,
  connectAgencyTo,
  STAND_IN_NAMES,
  type StandInPlatform,
  truthOn,
} from '../support/platforms.ts';
import { caller, createWorld, type World } from '../support/world.ts';
import { publishRates } from './platform-data.ts';

const database = useTestDatabase();
const clock = new TestClock();
useMeta(clock);
let world: World;
let accounts: { id: string; nativeId: string; currency: string; platform: StandInPlatform }[];

// Three weeks that end before today in every zone, within what a sync reads again.
const RANGE = { from: '2026-04-28', to: '2026-05-18' };
const PLATFORMS = ['META', 'GOOGLE', 'TIKTOK'] as const;
const RATES: Record<string, Record<string, string>> = {
  '2026-04-27': { USD: '1.1413', GBP: '0.8471', JPY: '163.11' },
  '2026-05-04': { USD: '1.1307', GBP: '0.8519', JPY: '161.93' },
  '2026-05-11': { USD: '1.1279', GBP: '0.8402', JPY: '164.27' },
};
const published: PublishedRate[] = Object.entries(RATES).flatMap(([date, quotes]) =>
  Object.entries(quotes).map(([quote, rate]) => ({ date, quote, rate, source: 'ECB' })),
);

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now, settings: ALL_PLATFORMS });
  await publishRates(world, RATES);
  accounts = [];
  for (const platform of PLATFORMS) {
    const agency = await connectAgencyTo(world, world.demo, { platform });
    for (const syncRunId of agency.syncRunIds) expect(await run(syncRunId)).toBe('succeeded');
    for (const { id } of agency.adAccounts) {
      const { nativeId, currency } = await owner().adAccounts.byId({ adAccountId: id });
      accounts.push({ id, nativeId, currency, platform });
    }
  }
}, 120_000);
afterAll(() => world.close());

const owner = () => caller(world, world.demo.people.owner.principal);
const run = (syncRunId: string) =>
  runSync(jobServices(world), { organizationId: world.demo.organizationId, syncRunId });

/** What the sandbox knows of all accounts, each day in its account's currency. */
async function truth(asOf?: string): Promise<(TruthDay & { currency: string; platform: string })[]> {
  const days = await Promise.all(
    accounts.map(async ({ nativeId, currency, platform }) => {
      const question = { platform: STAND_IN_NAMES[platform], accountId: nativeId, ...RANGE };
      const found = await truthOn({ ...question, ...(asOf ? { asOf } : {}) });
      return found.map((day) => ({ ...day, currency, platform }));
    }),
  );
  return days.flat();
}

/** The sums of the truth in one currency, by the rates of the days; days without a rate are left out. */
function sumsIn(currency: string, days: Awaited<ReturnType<typeof truth>>) {
  let spend = new Big(0);
  for (const day of days) {
    const rate = rateOn({ from: day.currency, to: currency }, day.date, published);
    if (rate) spend = spend.plus(new Big(day.spend).times(rate.rate));
  }
  const total = (of: (day: TruthDay) => number) => days.reduce((sum, day) => sum + of(day), 0);
  return {
    spend: spend.round(6, 1).toFixed(),
    impressions: total((day) => day.impressions),
    clicks: total((day) => day.clicks),
    conversions: days.reduce((sum, day) => sum.plus(day.conversions), new Big(0)).toFixed(),
    videoViews25: total((day) => day.videoViews25),
    videoViews100: total((day) => day.videoViews100),
  };
}

async function shown(currency: string, asOf?: string) {
  const { totals } = await owner().metrics.dashboard({ ...RANGE, currency, ...(asOf ? { asOf } : {}) });
  const { impressions, clicks, conversions, videoViews25, videoViews100 } = totals;
  const spend = new Big(totals.spend?.amount ?? '0').toFixed();
  return { spend, impressions, clicks, conversions, videoViews25, videoViews100 };
}

describe('a dashboard of every platform', () => {
  test('says what is true in three currencies, again once it was restated, and what was true before', async () => {
    expect(new Set(accounts.map(({ currency }) => currency)).size).toBeGreaterThan(2);
    const before = new Date(clock.at).toISOString();
    const first = await truth();
    for (const currency of ['AED', 'EUR', 'USD'])
      expect(await shown(currency)).toEqual(sumsIn(currency, first));
    const rows = await owner().metrics.dashboard({ ...RANGE, by: 'PLATFORM_CAMPAIGN', limit: 500 });

    clock.advanceHours(72);
    for (const { id } of accounts) {
      const { syncRunId } = await owner().adAccounts.sync({ adAccountId: id });
      expect(await run(syncRunId)).toBe('succeeded');
    }
    const second = await truth();
    expect(sumsIn('AED', second)).not.toEqual(sumsIn('AED', first));
    for (const currency of ['AED', 'EUR', 'USD'])
      expect(await shown(currency)).toEqual(sumsIn(currency, second));

    expect(await truth(before)).toEqual(first);
    for (const currency of ['AED', 'EUR', 'USD'])
      expect(await shown(currency, before)).toEqual(sumsIn(currency, first));
    const then = await owner().metrics.dashboard({
      ...{ ...RANGE, by: 'PLATFORM_CAMPAIGN', limit: 500, asOf: before },
    });
    expect(then.totals).toEqual(rows.totals);
    const figuresOf = (answer: typeof rows) =>
      answer.rows.map(({ key, spend, cpa, roas, ctr }) => ({ key, spend, cpa, roas, ctr }));
    expect(figuresOf(then)).toEqual(figuresOf(rows));
    expect(then.days.map(({ date, spend }) => [date, spend])).toEqual(
      rows.days.map(({ date, spend }) => [date, spend]),
    );
  }, 120_000);

  test('marks accounts that were just read as settling, and says which run that was', async () => {
    const { freshness, state } = await owner().metrics.dashboard({
      from: plusDays(RANGE.to, -3),
      to: RANGE.to,
    });
    expect(new Set(freshness.map((mark) => mark.state))).toEqual(new Set(['SETTLING']));
    expect(state).toBe('SETTLING');
    expect(freshness).toHaveLength(accounts.length);
    for (const { syncRunId, adAccountId } of freshness) {
      const run = await owner().syncRuns.byId({ syncRunId: syncRunId ?? '' });
      expect(run.adAccountId).toBe(adAccountId);
    }
  });
});
