import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dailyMetric } from '../../server/integrations/ad-platform.ts';
import {
  ADVERTISER,
  REPORT,
  TOKEN,
  access,
  account,
  drain,
  failureOf,
  jsonOf,
  listOf,
  range,
  rowOf,
  type Asked,
  useTiktokVendor,
} from '../support/tiktok-vendor.ts';

const { tiktok, asked, waits, answers, answerReport, callsOf, readDays } = useTiktokVendor();

describe('the days', () => {
  it('are asked for with slashes, bare token, JSON in parameters and deleted campaigns', async () => {
    answerReport(() => listOf([rowOf()]));
    await readDays();
    const [call] = callsOf(REPORT);
    expect(call?.token).toBe(TOKEN);
    expect(asked.every(({ path }) => path.endsWith('/'))).toBe(true);
    expect(jsonOf(call, 'dimensions')).toEqual(['campaign_id', 'stat_time_day']);
    expect(jsonOf(call, 'metrics')).toContain('total_complete_payment_rate');
    expect(jsonOf(call, 'filtering')).toEqual([
      { field_name: 'campaign_status', filter_type: 'IN', filter_value: '["STATUS_ALL"]' },
    ]);
    expect(Object.fromEntries(call?.query ?? [])).toMatchObject({
      advertiser_id: ADVERTISER,
      report_type: 'BASIC',
      data_level: 'AUCTION_CAMPAIGN',
      start_date: '2026-05-01',
      end_date: '2026-05-30',
      page: '1',
      page_size: '1000',
    });
  });

  it('have "-" for what is not said and 0 for what is none, and the payments’ value by its misleading name', async () => {
    const metrics = {
      campaign_name: 'Ramadan',
      conversion: '2.5',
      total_complete_payment_rate: '1999.99',
      complete_payment: '2',
      reach: '-',
      frequency: '-',
      video_play_actions: '90',
      video_views_p25: '40',
      video_views_p100: '-',
    };
    answerReport(() => listOf([rowOf(metrics)]));
    expect(await readDays()).toEqual([
      {
        nativeCampaignId: '1800000000000000001',
        campaignName: 'Ramadan',
        date: '2026-05-01',
        currency: 'AED',
        spend: '12.34',
        impressions: 100,
        clicks: 7,
        conversions: '2.5',
        conversionValue: '1999.99',
        videoViews25: 40,
        videoViews50: null,
        videoViews75: null,
        videoViews100: null,
        videoStarts: 90,
        reach: null,
        frequency: null,
        attributionSetting: 'by the day of the click',
        platformData: { conversion: '2.5', complete_payment: '2', total_complete_payment_rate: '1999.99' },
      },
    ]);
  });

  it('leave conversions unknown where TikTok says nothing of them', async () => {
    answerReport(() =>
      listOf([
        rowOf({ conversion: '-', total_complete_payment_rate: '-' }),
        rowOf({ conversion: '0', total_complete_payment_rate: '0.00' }),
        rowOf({ conversion: null, total_complete_payment_rate: '' }),
      ]),
    );
    const days = await readDays();
    expect(days.map(({ conversions, conversionValue }) => [conversions, conversionValue])).toEqual([
      [null, null],
      ['0', '0.00'],
      [null, null],
    ]);
    for (const each of days) expect(() => dailyMetric.parse(each)).not.toThrow();
  });

  it('keep every digit of an amount, whatever the currency', async () => {
    const micros = fc.tuple(fc.bigInt(0n, 999_999_999_999n), fc.bigInt(1n, 999_999n));
    await fc.assert(
      fc.asyncProperty(micros, async ([units, fraction]) => {
        const amount = `${units}.${String(fraction).padStart(6, '0')}`;
        answerReport(() =>
          listOf([rowOf({ spend: amount, conversion: amount, total_complete_payment_rate: amount })]),
        );
        const [metric] = await readDays();
        expect([metric?.spend, metric?.conversions, metric?.conversionValue]).toEqual([
          amount,
          amount,
          amount,
        ]);
        expect(() => dailyMetric.parse(metric)).not.toThrow();
      }),
      { numRuns: 50 },
    );
  });

  it('without delivery are no rows, and one of conversions alone is', async () => {
    const zero = { spend: '0.00', impressions: '0', clicks: '0', conversion: '0' };
    const other = { stat_time_day: '2026-05-02 00:00:00' };
    answerReport(() => listOf([rowOf(zero), rowOf({ ...zero, spend: '-', conversion: '1' }, other)]));
    expect((await readDays()).map(({ date, conversions }) => [date, conversions])).toEqual([
      ['2026-05-02', '1'],
    ]);
  });

  it('of TopView campaigns are asked for apart, where there are any', async () => {
    answers.set('campaign/get/', () => listOf([{ campaign_id: '3' }]));
    answers.set(REPORT, (call) => {
      const isTopView = (call.query.get('filtering') ?? '').includes('RESERVATION_TOP_VIEW');
      return listOf([rowOf({}, { campaign_id: isTopView ? '3' : '1' })]);
    });
    const rows = await readDays();
    expect(rows.map(({ nativeCampaignId }) => nativeCampaignId)).toEqual(['1', '3']);
    expect(jsonOf(callsOf(REPORT)[1], 'filtering')).toContainEqual({
      field_name: 'buying_type',
      filter_type: 'IN',
      filter_value: '["RESERVATION_TOP_VIEW"]',
    });
  });

  it('are asked for thirty at a time at most', async () => {
    answerReport(() => listOf([]));
    await readDays({ from: '2026-01-01', to: '2026-03-05' });
    const spans = callsOf(REPORT).map(({ query }) => [query.get('start_date'), query.get('end_date')]);
    expect(spans).toEqual([
      ['2026-01-01', '2026-01-30'],
      ['2026-01-31', '2026-03-01'],
      ['2026-03-02', '2026-03-05'],
    ]);
  });

  it('are asked for seven, then one at a time, where more are too much', async () => {
    const daysOf = ({ query }: Asked) =>
      (Date.parse(query.get('end_date') ?? '') - Date.parse(query.get('start_date') ?? '')) / 86_400_000 + 1;
    answerReport((call) => {
      const isHeavy = (call.query.get('start_date') ?? '') < '2026-05-08';
      if (daysOf(call) > (isHeavy ? 1 : 7)) return { code: 40067, message: 'Query is too large' };
      return listOf([rowOf({}, { stat_time_day: `${call.query.get('start_date')} 00:00:00` })]);
    });
    await readDays();
    expect(callsOf(REPORT).map(daysOf)).toEqual([30, 7, 1, 1, 1, 1, 1, 1, 1, 7, 7, 7, 2]);
    expect(waits).toEqual([]);
  });

  it('are an error where even one day is too much', async () => {
    answerReport(() => ({ code: 40067, message: 'Query is too large' }));
    expect(await failureOf(readDays())).toMatchObject({ kind: 'retry', isTooMuch: true });
    expect(callsOf(REPORT)).toHaveLength(3);
  });

  it('are walked by page to the last, through an empty one', async () => {
    const pages = [[rowOf()], [], [rowOf({}, { stat_time_day: '2026-05-02 00:00:00' })]];
    answerReport((call) => {
      const page = Number(call.query.get('page'));
      return listOf(pages[page - 1] ?? [], { page, total_page: 3, total_number: 2 });
    });
    expect(await readDays()).toHaveLength(2);
  });

  it('of a list that lost an item between two pages are read again', async () => {
    let walks = 0;
    answerReport((call) => {
      if (call.query.get('page') === '1') walks += 1;
      const isMoving = walks === 1;
      const total_number = isMoving && call.query.get('page') === '2' ? 3 : 2;
      return listOf([rowOf({}, { stat_time_day: `2026-05-0${call.query.get('page')} 00:00:00` })], {
        page: Number(call.query.get('page')),
        total_page: 2,
        total_number,
      });
    });
    expect(await readDays()).toHaveLength(2);
    expect(walks).toBe(2);
  });

  it('are no whole answer where the list stays shorter than it says', async () => {
    answerReport(() => listOf([rowOf()], { total_number: 2 }));
    expect(await failureOf(readDays())).toMatchObject({ kind: 'retry', code: 'moving_list' });
    expect(callsOf(REPORT)).toHaveLength(3);
  });

  it('are no whole answer where a part is answered', async () => {
    answerReport(() => ({ ...listOf([rowOf()]), code: 20001, message: 'Partially successful' }));
    expect((await failureOf(readDays())).kind).toBe('retry');
  });

  it.each([
    ['a day with an hour', rowOf({}, { stat_time_day: '2026-05-01 13:00:00' })],
    [
      'an id that lost digits as a number',
      rowOf({}, { campaign_id: 1800000000000000001n.toString().length * 1e18 }),
    ],
    ['money that is no number', rowOf({ spend: 'many' })],
    ['money with an exponent', rowOf({ spend: '1e3' })],
    ['a count with a fraction', rowOf({ impressions: '1.5' })],
    ['no campaign', { dimensions: { stat_time_day: '2026-05-01' }, metrics: {} }],
  ])('with %s are a contract error', async (_what, broken) => {
    answerReport(() => listOf([broken]));
    expect(await failureOf(readDays())).toMatchObject({
      kind: 'stop',
      code: 'contract',
      vendorMessage: expect.stringContaining(REPORT) as string,
    });
  });

  it('of the whole account come by day, and nothing where nothing was delivered', async () => {
    const dimensions = { advertiser_id: ADVERTISER };
    answers.set(REPORT, () =>
      listOf([
        rowOf({}, dimensions),
        rowOf(
          { spend: '0', impressions: '0', clicks: '0' },
          { ...dimensions, stat_time_day: '2026-05-02 00:00:00' },
        ),
      ]),
    );
    const days = await drain(tiktok.accountDays(access, account, range));
    expect(days).toEqual([
      { date: '2026-05-01', currency: 'AED', spend: '12.34', impressions: 100, clicks: 7 },
    ]);
    expect(callsOf(REPORT)[0]?.query.get('data_level')).toBe('AUCTION_ADVERTISER');
    expect(callsOf(REPORT)[0]?.query.has('filtering')).toBe(false);
  });
});

describe('the reach of a period', () => {
  it('is asked for without days, of the account and of each campaign', async () => {
    answers.set('campaign/get/', () => listOf([]));
    answers.set(REPORT, (call) => {
      const isAccount = call.query.get('data_level') === 'AUCTION_ADVERTISER';
      const dimensions = isAccount ? { advertiser_id: ADVERTISER } : { campaign_id: '1' };
      const none = { dimensions: { campaign_id: '2' }, metrics: { reach: '0', frequency: '0' } };
      return listOf([
        { dimensions, metrics: { reach: isAccount ? '900' : '700', frequency: '1.25' } },
        ...(isAccount ? [] : [none]),
      ]);
    });
    expect(await tiktok.periodReach(access, account, range)).toEqual([
      { nativeCampaignId: null, reach: 900, frequency: '1.25' },
      { nativeCampaignId: '1', reach: 700, frequency: '1.25' },
    ]);
    expect(callsOf(REPORT).map((call) => jsonOf(call, 'dimensions'))).toEqual([
      ['advertiser_id'],
      ['campaign_id'],
    ]);
  });

  it('longer than a year is not asked for', async () => {
    const period = { from: '2025-01-01', to: '2026-01-01' };
    expect(await tiktok.periodReach(access, account, period)).toEqual([]);
    expect(asked).toEqual([]);
  });
});
