import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AdAccount } from '../../sandbox/world/accounts.ts';
import { isoPlus, micros } from './meta-client.ts';
import {
  arm,
  dataOf,
  daily,
  DELETED_TOO,
  get,
  type Page,
  refusalOf,
  type Rig,
  type Row,
  startRig,
  tokenOf,
  truth,
  walk,
} from './tiktok-client.ts';

const REPORT = 'report/integrated/get/';
const METRICS = [
  ...['currency', 'spend', 'impressions', 'clicks', 'conversion', 'total_complete_payment_rate'],
  ...['video_views_p25', 'video_views_p50', 'video_views_p75', 'video_views_p100'],
];

let rig: Rig;
beforeEach(() => {
  rig = startRig({ now: '2026-11-20T09:30:00Z' });
});
afterEach(() => rig.server.close());

const accounts = (key = 'dana') =>
  rig.state.world.accounts.filter(({ platform, viewer }) => platform === 'tiktok' && viewer.key === key);

function accountIn(currency: string): AdAccount {
  const account = accounts().find((each) => each.currency === currency);
  if (!account) throw new Error(`no account in ${currency}`);
  return account;
}

const hasDelivery = ({ metrics }: Row) => metrics['impressions'] !== '0';
const amount = (text: string | undefined) => (text === '-' ? '0' : (text ?? '0'));

/** A row in the words of the truth. */
function asTruth({ dimensions, metrics }: Row) {
  const count = (name: string) => Number(metrics[name]);
  return {
    date: dimensions['stat_time_day']?.slice(0, 10),
    campaignId: dimensions['campaign_id'],
    spend: metrics['spend'],
    ...{ impressions: count('impressions'), clicks: count('clicks'), conversions: metrics['conversion'] },
    conversionValue: micros(amount(metrics['total_complete_payment_rate'])),
    ...{ videoViews25: count('video_views_p25'), videoViews50: count('video_views_p50') },
    ...{ videoViews75: count('video_views_p75'), videoViews100: count('video_views_p100') },
  };
}

async function expectTruth(account: AdAccount, range: { from: string; to: string }): Promise<void> {
  const question = { ...daily(account.id, range), metrics: METRICS };
  const rows = await walk<Row>(REPORT, question, await tokenOf(account.viewer.key));
  const { days } = await truth(account.id, range);
  expect(days.length).toBeGreaterThan(0);
  const right = days.map((day) => ({ ...day, conversionValue: micros(day.conversionValue) }));
  expect(rows.filter(hasDelivery).map(asTruth)).toEqual(right);
  expect(new Set(rows.map(({ metrics }) => metrics['currency']))).toEqual(new Set([account.currency]));
}

describe('a daily report', () => {
  test.each(['AED', 'JPY', 'KWD', 'NZD', 'USD'])(
    'of an account in %s is the truth to the last digit',
    (currency) => expectTruth(accountIn(currency), { from: '2026-10-22', to: '2026-11-20' }),
  );

  test('is the truth in any world, on any days', async () => {
    rig.server.close();
    const seeds = fc.integer({ min: 0, max: 0xffff_ffff });
    await fc.assert(
      fc.asyncProperty(seeds, fc.nat(9), fc.nat(700), async (seed, index, daysAgo) => {
        const other = startRig({ seed, now: '2026-11-20T09:30:00Z' });
        rig = other;
        try {
          const all = [...accounts('dana'), ...accounts('rami')];
          const account = all[index % all.length];
          if (!account || account.disabledDay !== null) return;
          const to = isoPlus('2026-11-20', -daysAgo);
          await expectTruth(account, { from: isoPlus(to, -29), to });
        } finally {
          other.server.close();
        }
      }),
      { numRuns: 12 },
    );
  });

  test('writes every value as a text, money with the currency’s own decimals', async () => {
    for (const [currency, pattern] of [
      ['AED', /^\d+\.\d{2}$/],
      ['JPY', /^\d+$/],
      ['KWD', /^\d+\.\d{3}$/],
    ] as const) {
      const question = { ...daily(accountIn(currency).id, { from: '2026-11-01', to: '2026-11-10' }) };
      const rows = await walk<Row>(
        REPORT,
        { ...question, metrics: ['spend', 'reach'] },
        await tokenOf('dana'),
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const { metrics } of rows) {
        expect(metrics['spend']).toMatch(pattern);
        expect(typeof metrics['reach']).toBe('string');
      }
    }
  });

  test('says "-" where a campaign has no payments, and some days without delivery in zeros', async () => {
    const token = await tokenOf('dana');
    const rows: Row[] = [];
    for (const { id } of accounts()) {
      const question = daily(id, { from: '2026-10-22', to: '2026-11-20' });
      const metrics = ['impressions', 'spend', 'complete_payment', 'objective_type'];
      rows.push(...(await walk<Row>(REPORT, { ...question, metrics }, token)));
    }
    const values = (objective: string) =>
      rows
        .filter((row) => row.metrics['objective_type'] === objective && hasDelivery(row))
        .map(({ metrics }) => metrics['complete_payment']);
    expect(new Set(values('LEAD_GENERATION'))).toEqual(new Set(['-']));
    expect(values('WEB_CONVERSIONS')).not.toContain('-');
    const empty = rows.filter((row) => !hasDelivery(row));
    expect(empty.length).toBeGreaterThan(0);
    expect(empty.every(({ metrics }) => Number(metrics['spend']) === 0)).toBe(true);
  });

  test('leaves deleted campaigns and TopView out, and the advertiser’s own totals hold them', async () => {
    const token = await tokenOf('dana');
    let hidden = 0n;
    for (const { id } of accounts()) {
      const range = { from: '2026-03-01', to: '2026-03-30' };
      const sum = async (change: Record<string, unknown>) => {
        const rows = await walk<Row>(REPORT, { ...daily(id, range), metrics: ['spend'], ...change }, token);
        return rows.reduce((total, { metrics }) => total + micros(metrics['spend'] ?? '0'), 0n);
      };
      const all = await sum({});
      const level = { data_level: 'AUCTION_ADVERTISER', dimensions: ['advertiser_id', 'stat_time_day'] };
      expect(await sum({ ...level, filtering: [] })).toBe(all);
      const plain = await sum({ filtering: [] });
      expect(plain).toBeLessThanOrEqual(await sum({ filtering: [DELETED_TOO] }));
      hidden += all - plain;
    }
    expect(hidden).toBeGreaterThan(0n);
  });

  test('grows over the hours: TikTok shows a day half a day later', async () => {
    const account = accountIn('AED');
    const range = { from: '2026-11-19', to: '2026-11-20' };
    const shown = async () =>
      (await truth(account.id, range)).days.reduce((sum, { impressions }) => sum + impressions, 0);
    const before = await shown();
    rig.clock.now = new Date('2026-11-20T15:30:00Z');
    expect(await shown()).toBeGreaterThan(before);
  });

  test('of restated days differs from what it was', async () => {
    const account = accountIn('JPY');
    const range = { from: '2026-08-01', to: '2026-08-10' };
    const token = await tokenOf('dana');
    const ask = () => walk<Row>(REPORT, { ...daily(account.id, range), metrics: METRICS }, token);
    const before = await ask();
    await arm({ kind: 'restate_days', match: '2026-08-05' });
    const after = await ask();
    const changed = after.filter((row, index) => JSON.stringify(row) !== JSON.stringify(before[index]));
    expect(changed.length).toBeGreaterThan(0);
    expect(new Set(changed.map(({ dimensions }) => dimensions['stat_time_day']))).toEqual(
      new Set(['2026-08-05 00:00:00']),
    );
  });
});

describe('a report of a whole period', () => {
  test('counts each person once: more than on any day, fewer than on all of them', async () => {
    const account = accountIn('KWD');
    const range = { from: '2026-10-22', to: '2026-11-20' };
    const token = await tokenOf('dana');
    const metrics = ['reach', 'frequency', 'impressions', 'spend'];
    const days = await walk<Row>(REPORT, { ...daily(account.id, range), metrics }, token);
    const question = { ...daily(account.id, range), metrics, dimensions: ['campaign_id'] };
    const periods = await walk<Row>(REPORT, question, token);
    expect(periods.length).toBeGreaterThan(1);
    for (const { dimensions, metrics: period } of periods) {
      expect(dimensions).not.toHaveProperty('stat_time_day');
      const own = days.filter((row) => row.dimensions['campaign_id'] === dimensions['campaign_id']);
      const reaches = own.map((row) => Number(row.metrics['reach']));
      const reach = Number(period['reach']);
      expect(reach).toBeGreaterThanOrEqual(Math.max(...reaches));
      expect(reach).toBeLessThanOrEqual(reaches.reduce((sum, each) => sum + each, 0));
      const impressions = own.reduce((sum, row) => sum + Number(row.metrics['impressions']), 0);
      expect(Number(period['impressions'])).toBe(impressions);
      expect(Number(period['frequency'])).toBeCloseTo(impressions / reach, 2);
    }
    const whole = {
      ...question,
      data_level: 'AUCTION_ADVERTISER',
      dimensions: ['advertiser_id'],
      filtering: [],
    };
    const [total, ...others] = await walk<Row>(REPORT, whole, token);
    expect(others).toEqual([]);
    const sum = periods.reduce((all, row) => all + Number(row.metrics['reach']), 0);
    expect(Number(total?.metrics['reach'])).toBeLessThanOrEqual(sum);
  });

  test('reaches over a year at most', async () => {
    const question = { ...daily(accountIn('USD').id, { from: '2025-11-21', to: '2026-11-20' }) };
    const period = { ...question, dimensions: ['campaign_id'], metrics: ['reach'] };
    const token = await tokenOf('dana');
    expect((await get(REPORT, period, token)).code).toBe(0);
    expect((await get(REPORT, { ...period, start_date: '2025-11-20' }, token)).code).toBe(40002);
  });
});

describe('a report is refused', () => {
  const range = { from: '2026-11-01', to: '2026-11-10' };

  test('over more than thirty days by the day, in TikTok’s own words', async () => {
    const question = {
      ...daily(accountIn('USD').id, { from: '2026-10-01', to: '2026-10-31' }),
      metrics: ['spend'],
    };
    const refusal = await refusalOf(get(REPORT, question, await tokenOf('dana')));
    expect(refusal).toEqual([40002, 'max time span is 30 days when use stat_time_day']);
    expect((await get(REPORT, { ...question, end_date: '2026-10-30' }, await tokenOf('dana'))).code).toBe(0);
  });

  test.each([
    ['an unknown metric', { metrics: ['money'] }],
    [
      'a metric of campaigns at the level of the advertiser',
      {
        ...{ data_level: 'AUCTION_ADVERTISER', dimensions: ['advertiser_id'], filtering: [] },
        metrics: ['campaign_name'],
      },
    ],
    ['a dimension of another level', { dimensions: ['advertiser_id', 'stat_time_day'] }],
    ['no dimension of its level', { dimensions: ['stat_time_day'] }],
    ['a level that the sandbox has not', { data_level: 'AUCTION_AD' }],
    ['a kind that the sandbox has not', { report_type: 'AUDIENCE' }],
    ['a day that is none', { start_date: '2026-02-30' }],
    ['days the wrong way round', { start_date: '2026-11-11' }],
    ['a page of more than a thousand', { page_size: 1001 }],
    ['a list that is not written as JSON', { metrics: 'spend,clicks' }],
    [
      'a filter that is not known',
      {
        filtering: [{ field_name: 'colour', filter_type: 'IN', filter_value: '["red"]' }],
      },
    ],
    [
      'a filter whose value is no JSON',
      {
        filtering: [{ field_name: 'campaign_status', filter_type: 'IN', filter_value: 'STATUS_ALL' }],
      },
    ],
    ['a parameter that is not known', { query_lifetime: 'true' }],
  ])('for %s', async (_what, change) => {
    const question = { ...daily(accountIn('USD').id, range), metrics: ['spend'], ...change };
    expect((await get(REPORT, question, await tokenOf('dana'))).code).toBe(40002);
  });

  test('of another’s advertiser', async () => {
    const question = { ...daily(accountIn('USD').id, range), metrics: ['spend'] };
    expect((await get(REPORT, question, await tokenOf('rami'))).code).toBe(40001);
  });

  test('as too large, where that is the fault', async () => {
    await arm({ kind: 'reduce_data', times: 1 });
    const token = await tokenOf('dana');
    const question = { ...daily(accountIn('USD').id, range), metrics: ['spend'], page_size: 7 };
    expect((await get(REPORT, question, token)).code).toBe(40067);
    const { page_info } = await dataOf(get<Page<Row>>(REPORT, question, token));
    expect(page_info.total_page).toBeGreaterThan(1);
  });
});
