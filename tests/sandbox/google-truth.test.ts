import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TruthDay } from '../../sandbox/control/truth.ts';
import { type AdAccount } from '../../sandbox/world/accounts.ts';
import { accountsOn } from '../../sandbox/world/world.ts';
import { isoPlus } from './meta-client.ts';
import { type AdsRow, micros, reach, type Rig, startRig, tokensOf, truth, walk } from './google-client.ts';

let rig: Rig;
let tokens: Record<string, string>;

beforeAll(async () => {
  rig = startRig({ now: '2026-11-20T09:30:00Z' });
  tokens = { dana: (await tokensOf('dana')).access_token, rami: (await tokensOf('rami')).access_token };
});
afterAll(() => rig.server.close());

const QUARTILES = [25, 50, 75, 100] as const;
const FIGURES = [
  ...['metrics.impressions', 'metrics.clicks', 'metrics.cost_micros', 'metrics.conversions'],
  ...['metrics.conversions_value', ...QUARTILES.map((percent) => `metrics.video_quartile_p${percent}_rate`)],
].join(', ');

const number = (row: AdsRow, name: string): number => Number(row.metrics?.[name] ?? 0);
/** A double's shortest form, in millionths: what a client that keeps six decimals has. */
const millionths = (value: number): bigint => micros(value.toFixed(6));

function asTruth(row: AdsRow) {
  const impressions = number(row, 'impressions');
  const views = (percent: number) => Math.round(number(row, `videoQuartileP${percent}Rate`) * impressions);
  return {
    date: row.segments?.['date'],
    campaignId: row.campaign?.['id'],
    impressions,
    clicks: number(row, 'clicks'),
    spend: BigInt(row.metrics?.['costMicros'] ?? 0),
    conversions: millionths(number(row, 'conversions')),
    conversionValue: millionths(number(row, 'conversionsValue')),
    ...{
      videoViews25: views(25),
      videoViews50: views(50),
      videoViews75: views(75),
      videoViews100: views(100),
    },
  };
}

const inMicros = (day: TruthDay) => ({
  ...day,
  spend: micros(day.spend),
  conversions: micros(day.conversions),
  conversionValue: micros(day.conversionValue),
});

const keyOf = (day: { date: unknown; campaignId: unknown }) =>
  `${String(day.date)} ${String(day.campaignId)}`;
const inOrder = <T extends { date: unknown; campaignId: unknown }>(days: T[]) =>
  [...days].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));

const open = () => accountsOn(rig.state.world, 'google').filter(({ disabledDay }) => disabledDay === null);

async function dailyRows(account: AdAccount, from: string, to: string): Promise<AdsRow[]> {
  const where = `segments.date BETWEEN '${from}' AND '${to}'`;
  const query = `SELECT campaign.id, segments.date, ${FIGURES} FROM campaign WHERE ${where}`;
  const token = tokens[account.viewer.key] ?? '';
  return (await walk({ token, query, ...reach(account) })).rows;
}

test('every row of the API is the truth to the micro, in every world, account and month', async () => {
  const worlds = { seed: fc.integer({ min: 0, max: 0xffff_ffff }), index: fc.nat(9), back: fc.nat(1_000) };
  await fc.assert(
    fc.asyncProperty(fc.record(worlds), async ({ seed, index, back }) => {
      rig.state.reseed(seed);
      const account = open()[index];
      if (!account) throw new Error('no such account');
      const to = isoPlus('2026-11-20', -back);
      const from = isoPlus(to, -34);
      const { days } = await truth(account.id, { from, to });
      const rows = await dailyRows(account, from, to);
      expect(inOrder(rows.map(asTruth))).toEqual(inOrder(days.map(inMicros)));
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('the account’s own days are the sums of its campaigns’', async () => {
  rig.state.reseed(17);
  for (const account of open()) {
    const range = { from: '2026-09-01', to: '2026-11-20' };
    const query = `SELECT segments.date, ${FIGURES} FROM customer WHERE segments.date BETWEEN '${range.from}' AND '${range.to}' ORDER BY segments.date`;
    const { rows } = await walk({ token: tokens[account.viewer.key] ?? '', query, ...reach(account) });
    const sums = new Map<string, [bigint, bigint, bigint]>();
    for (const day of (await truth(account.id, range)).days.map(inMicros)) {
      const [spend, conversions, views] = sums.get(day.date) ?? [0n, 0n, 0n];
      const sum = [
        spend + day.spend,
        conversions + day.conversions,
        views + BigInt(day.videoViews50),
      ] as const;
      sums.set(day.date, [...sum]);
    }
    const own = rows
      .map(asTruth)
      .map((row) => [row.date, [row.spend, row.conversions, BigInt(row.videoViews50)]]);
    expect(own).toEqual([...sums]);
  }
});

test('conversions are fractions to the millionth, and money is finer than any minor unit', async () => {
  rig.state.reseed(4);
  const days: TruthDay[] = [];
  for (const account of open()) {
    days.push(...(await truth(account.id, { from: '2026-08-01', to: '2026-11-19' })).days);
  }
  const converting = days.filter(({ conversions }) => conversions !== '0');
  expect(converting.length).toBeGreaterThan(100);
  expect(converting.filter(({ conversions }) => /\.\d{6}$/.test(conversions)).length).toBeGreaterThan(50);
  expect(days.filter(({ spend }) => micros(spend) % 1_000n !== 0n).length).toBeGreaterThan(100);
  // Leads are conversions that are worth nothing.
  expect(converting.some(({ conversionValue }) => micros(conversionValue) === 0n)).toBe(true);
});

const seen = async (account: AdAccount, date: string, age: number) =>
  (await truth(account.id, { from: date, to: date, asOf: `${isoPlus(date, age)}T12:00:00Z` })).days;
const sumOf = (days: TruthDay[]) => days.reduce((sum, { conversions }) => sum + micros(conversions), 0n);

test('a day stands still once it is 30 days old, and where conversions count for longer at 90', async () => {
  const moved = new Map<number, number>();
  for (const seed of [1, 2, 3]) {
    rig.state.reseed(seed);
    // Noon in UTC lies on the same day in these zones.
    const accounts = open().filter(({ timeZone }) => /Dubai|New_York/.test(timeZone));
    for (const account of accounts) {
      const date = '2026-05-06';
      const settled = await seen(account, date, account.settledAfterDays);
      expect(await seen(account, date, account.settledAfterDays + 100)).toEqual(settled);
      const before = await seen(account, date, account.settledAfterDays - 3);
      const change = sumOf(settled) === sumOf(before) ? 0 : 1;
      moved.set(account.settledAfterDays, (moved.get(account.settledAfterDays) ?? 0) + change);
    }
  }
  expect([...moved.keys()].sort((left, right) => left - right)).toEqual([30, 90]);
  for (const count of moved.values()) expect(count).toBeGreaterThan(0);
});

test('some days vanish whole once they are five days old', async () => {
  rig.state.reseed(6);
  let vanished = 0;
  for (const account of open().slice(0, 3)) {
    for (let back = 0; back < 60; back += 1) {
      const date = isoPlus('2026-09-30', -back);
      const early = await seen(account, date, 4);
      const late = await seen(account, date, 6);
      const kept = new Set(late.map(({ campaignId }) => campaignId));
      vanished += early.filter(({ campaignId }) => !kept.has(campaignId)).length;
    }
  }
  expect(vanished).toBeGreaterThan(0);
});
