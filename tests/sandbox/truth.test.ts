import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { truthOf } from '../../sandbox/control/truth.ts';
import { fixedDay } from '../../sandbox/world/calendar.ts';
import {
  actionValue,
  address,
  type Fields,
  isoPlus,
  micros,
  PURCHASE,
  type Rig,
  shortToken,
  startRig,
  timeRange,
  truth,
  walk,
} from './meta-client.ts';

const FIELDS = [
  ...['campaign_id', 'account_currency', 'spend', 'impressions', 'clicks', 'inline_link_clicks', 'actions'],
  ...['action_values', 'video_p25_watched_actions', 'video_p50_watched_actions', 'video_p75_watched_actions'],
  'video_p100_watched_actions',
].join(',');

let rig: Rig;
let tokens: Record<string, string>;

beforeAll(async () => {
  rig = startRig({ now: '2026-11-20T09:30:00Z' });
  tokens = { dana: await shortToken('dana'), rami: await shortToken('rami') };
});
afterAll(() => rig.server.close());

const text = (value: unknown): string => (typeof value === 'string' ? value : '0');

function asTruth(row: Fields) {
  const video = (percent: number) =>
    Number(actionValue(row[`video_p${percent}_watched_actions`], ['video_view']));
  return {
    date: text(row.date_start),
    campaignId: text(row.campaign_id),
    spend: micros(text(row.spend)),
    impressions: Number(text(row.impressions)),
    clicks: Number(text(row.inline_link_clicks)),
    conversions: micros(actionValue(row.actions, PURCHASE)),
    conversionValue: micros(actionValue(row.action_values, PURCHASE)),
    ...{
      videoViews25: video(25),
      videoViews50: video(50),
      videoViews75: video(75),
      videoViews100: video(100),
    },
  };
}

async function dailyRows(
  accountIndex: number,
  since: string,
  until: string,
  limit: number,
): Promise<Fields[]> {
  const account = rig.state.world.accounts[accountIndex];
  if (!account) throw new Error('no such account');
  const params = { level: 'campaign', time_increment: '1', fields: FIELDS, limit: String(limit) };
  const access_token = tokens[account.viewer.key] ?? '';
  const query = { ...params, time_range: timeRange(since, until), access_token };
  return (await walk(address(`${account.id}/insights`, query))).rows;
}

const accountIndexes = fc.integer({ min: 0, max: 11 });
const offsets = fc.integer({ min: 0, max: 1_000 });

test('every row of the API is the truth, in every world, account and month', async () => {
  const worlds = { seed: fc.integer({ min: 0, max: 0xffff_ffff }), index: accountIndexes, back: offsets };
  await fc.assert(
    fc.asyncProperty(fc.record({ ...worlds, limit: fc.integer({ min: 7, max: 400 }) }), async (world) => {
      rig.state.reseed(world.seed);
      const until = isoPlus('2026-11-20', -world.back);
      const since = isoPlus(until, -34);
      const account = rig.state.world.accounts[world.index]?.accountId ?? '';
      const expected = (await truth(account, { from: since, to: until })).days.map((day) => {
        const conversionValue = micros(day.conversionValue);
        return { ...day, spend: micros(day.spend), conversions: micros(day.conversions), conversionValue };
      });
      const rows = await dailyRows(world.index, since, until, world.limit);
      expect(rows.map(asTruth)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('one row over a whole period is the sum of its days', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 0xffff_ffff }), accountIndexes, async (seed, index) => {
      rig.state.reseed(seed);
      const account = rig.state.world.accounts[index];
      if (!account) throw new Error('no such account');
      const [since, until] = ['2025-11-01', '2026-01-31'];
      const params = {
        fields: FIELDS,
        time_range: timeRange(since, until),
        access_token: tokens[account.viewer.key] ?? '',
      };
      const [row = {}] = (await walk(address(`${account.id}/insights`, params))).rows;
      const { days } = await truth(account.id, { from: since, to: until });
      const sum = (values: bigint[]) => values.reduce((left, right) => left + right, 0n);
      expect(micros(text(row.spend))).toBe(sum(days.map((day) => micros(day.spend))));
      expect(micros(actionValue(row.actions, PURCHASE))).toBe(
        sum(days.map((day) => micros(day.conversions))),
      );
      expect(micros(actionValue(row.action_values, PURCHASE))).toBe(
        sum(days.map((day) => micros(day.conversionValue))),
      );
      expect(BigInt(text(row.impressions))).toBe(sum(days.map((day) => BigInt(day.impressions))));
    }),
    { numRuns: 12 },
  );
});

test('a zero is left out, and a day without spend still has its impressions', async () => {
  rig.state.reseed(7);
  const rows = await dailyRows(0, '2025-08-01', '2026-11-19', 500).catch((error: unknown) => error);
  // So many days at once are refused at this limit: the walk says so instead of giving less.
  expect(String(rows)).toMatch(/reduce the amount of data/);
  const all = await dailyRows(0, '2025-08-01', '2026-11-19', 100);
  const scalars = all.flatMap((row) => Object.values(row).filter((value) => typeof value === 'string'));
  expect(scalars.filter((value) => Number(value) === 0)).toEqual([]);
  expect(scalars.length).toBe(all.flatMap((row) => Object.values(row)).length - all.flatMap(listsOf).length);
  expect(all.flatMap(listsOf).filter((list) => list.length === 0)).toEqual([]);
  const free = all.filter((row) => row.spend === undefined);
  expect(free.length).toBeGreaterThan(0);
  expect(free.every((row) => Number(text(row.impressions)) > 0)).toBe(true);
});

test('a handful of impressions early in a day leaves out all that did not happen', async () => {
  const now = rig.clock.now;
  // Half past midnight in Dubai.
  rig.clock.now = new Date('2026-11-20T20:30:00Z');
  const access_token = await shortToken('dana');
  const rows: Fields[] = [];
  for (let seed = 0; seed < 12; seed += 1) {
    rig.state.reseed(seed);
    const params = { level: 'campaign', date_preset: 'today', fields: FIELDS, access_token };
    rows.push(...(await walk(address(`${rig.state.world.accounts[0]?.id}/insights`, params))).rows);
  }
  rig.clock.now = now;
  expect(rows.filter((row) => row.inline_link_clicks === undefined).length).toBeGreaterThan(0);
  expect(
    rows.filter((row) => row.actions === undefined || row.action_values === undefined).length,
  ).toBeGreaterThan(0);
  expect(rows.flatMap((row) => Object.values(row)).filter((value) => value === '0')).toEqual([]);
});

const listsOf = (row: Fields): unknown[][] => Object.values(row).filter((value) => Array.isArray(value));

test('days without delivery have no row, and history goes back fifteen months', async () => {
  const { days } = await truth(rig.state.world.accounts[0]?.id ?? '', {
    from: '2025-08-01',
    to: '2026-11-19',
  });
  const campaigns = new Map<string, Set<string>>();
  for (const { campaignId, date } of days) {
    campaigns.set(campaignId, (campaigns.get(campaignId) ?? new Set()).add(date));
  }
  const [longest = new Set<string>()] = [...campaigns.values()].sort((left, right) => right.size - left.size);
  expect(longest.size).toBeGreaterThan(350);
  expect(longest.size).toBeLessThan(476);
  expect([...longest].sort()[0]).toBe('2025-08-01');
});

test.each([
  ['JPY', /^\d+$/],
  ['HUF', /^\d+$/],
  ['KWD', /^\d+(\.\d\d?)?$/],
])('%s is reported in the minor unit that Meta gives it', async (currency, shape) => {
  const index = rig.state.world.accounts.findIndex((account) => account.currency === currency);
  const rows = await dailyRows(index, '2026-10-01', '2026-11-19', 100);
  const spends = rows.map((row) => row.spend).filter((spend) => spend !== undefined);
  expect(spends.length).toBeGreaterThan(50);
  for (const spend of spends) expect(spend).toMatch(shape);
});

test('the purchase actions of a row overlap: their sum is more than the purchases', async () => {
  rig.state.reseed(11);
  const rows = await dailyRows(0, '2026-09-01', '2026-09-30', 200);
  const withPurchases = rows.filter((row) => actionValue(row.actions, PURCHASE) !== '0');
  expect(withPurchases.length).toBeGreaterThan(20);
  for (const row of withPurchases) {
    const actions = row.actions as { action_type: string; value: string }[];
    const sum = actions.filter(({ action_type }) => action_type.includes('purchase'));
    const total = sum.reduce((left, { value }) => left + Number(value), 0);
    expect(total).toBeGreaterThan(2 * Number(actionValue(row.actions, PURCHASE)));
  }
});

test('each account has its own widest purchase action, and the pixel alone falls short of it', async () => {
  const widest = await Promise.all(
    [0, 1, 5].map(async (index) => {
      const rows = await dailyRows(index, '2026-08-01', '2026-09-30', 200);
      const names = new Set(
        rows.flatMap((row) =>
          ((row.actions ?? []) as { action_type: string }[]).map(({ action_type }) => action_type),
        ),
      );
      return PURCHASE.find((name) => names.has(name));
    }),
  );
  expect(widest).toEqual([...PURCHASE]);
  const rows = await dailyRows(0, '2026-08-01', '2026-09-30', 200);
  const total = (type: string) =>
    rows.reduce((sum, row) => sum + Number(actionValue(row.actions, [type])), 0);
  expect(total('offsite_conversion.fb_pixel_purchase')).toBeLessThan(total('omni_purchase'));
});

test('twelve accounts over four hundred days cost a fraction of a second', () => {
  const asOf = rig.clock.now;
  // Time on the processor, since the clock on the wall counts what other tests do too.
  const begun = process.cpuUsage().user;
  for (const account of rig.state.world.accounts.slice(0, 12)) {
    const range = { from: fixedDay('2025-10-16'), to: fixedDay('2026-11-19'), asOf };
    truthOf(rig.state.world, account, range);
  }
  expect((process.cpuUsage().user - begun) / 1000).toBeLessThan(500);
});
