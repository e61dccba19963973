import { describe, expect, it } from 'vitest';
import { classifyMeta } from '../../server/integrations/meta-ads/errors.ts';
import {
  pickPurchases,
  toAccountListing,
  toCampaignListing,
  toDailyMetric,
  toDay,
  toMajor,
} from '../../server/integrations/meta-ads/map.ts';
import { pauseMs, regainMs } from '../../server/integrations/meta-ads/usage.ts';
import { accountWire, campaignWire, insightWire, read } from '../../server/integrations/meta-ads/wire.ts';

const row = {
  campaign_id: '120226578401030030',
  campaign_name: 'Ramadan',
  account_currency: 'AED',
  date_start: '2026-05-01',
  date_stop: '2026-05-01',
};
const metricOf = (fields: object) => toDailyMetric(read(insightWire, { ...row, ...fields }, 'insights'));

describe('a row of insights', () => {
  it('takes what Meta leaves out for zero, and reach left out for unknown', () => {
    expect(metricOf({ impressions: '7' })).toMatchObject({
      spend: '0',
      impressions: 7,
      clicks: 0,
      conversions: '0',
      conversionValue: '0',
      videoViews25: 0,
      reach: null,
      frequency: null,
    });
  });

  it('counts each purchase once, by the widest of its names', () => {
    const stat = (action_type: string, value: string) => ({ action_type, value });
    const pixel = stat('offsite_conversion.fb_pixel_purchase', '3');
    const web = stat('purchase', '4');
    const omni = stat('omni_purchase', '5');
    const others = [stat('link_click', '90'), stat('onsite_web_purchase', '4'), stat('lead', '2')];
    expect(pickPurchases([...others, pixel, web, omni])).toBe('5');
    expect(pickPurchases([...others, pixel, web])).toBe('4');
    expect(pickPurchases([...others, pixel])).toBe('3');
    expect(pickPurchases(others)).toBe('0');
    expect(pickPurchases(undefined)).toBe('0');
  });

  it('takes clicks to the destination for clicks and keeps all clicks and actions beside them', () => {
    const actions = [{ action_type: 'omni_purchase', value: '5', '7d_click': '4' }];
    const metric = metricOf({ clicks: '50', inline_link_clicks: '20', actions });
    expect(metric.clicks).toBe(20);
    expect(metric.platformData).toMatchObject({ allClicks: 50, actions });
  });

  it('keeps every digit of a decimal', () => {
    expect(metricOf({ spend: '5339.5' }).spend).toBe('5339.5');
    expect(metricOf({ spend: '0.000001' }).spend).toBe('0.000001');
  });

  it.each([
    ['a day that is a span', { date_stop: '2026-05-02' }],
    ['a count that is no number', { impressions: 'many' }],
    ['money with an exponent', { spend: '1e3' }],
    ['an id that lost digits as a number', { campaign_id: 120226578401030030 }],
    ['no currency', { account_currency: undefined }],
    ['a currency that is none', { account_currency: 'dirham' }],
  ])('with %s is a contract error that names its path', (_what, fields) => {
    expect(() => metricOf(fields)).toThrow(
      expect.objectContaining({ kind: 'stop', code: 'contract' }) as Error,
    );
    try {
      metricOf(fields);
    } catch (error) {
      expect((error as { vendorMessage: string }).vendorMessage).toMatch(/^insights\./);
    }
  });

  it('holds nothing that PostgreSQL cannot store', () => {
    const metric = metricOf({ campaign_name: 'a\0b\ud800c' });
    expect(metric.campaignName).toBe('ab\ufffdc');
  });
});

describe('a campaign', () => {
  const account = { nativeId: '1', loginNativeId: null, currency: 'AED', timeZone: 'Asia/Dubai' };
  const listingOf = (fields: object, of = account) =>
    toCampaignListing(read(campaignWire, { id: '12', name: 'X', ...fields }, 'campaigns'), of);

  it('has its budget in major units by Meta’s own minor ones, which are not ISO’s', () => {
    expect(toMajor('123456', 'AED')).toBe('1234.56');
    expect(toMajor('5', 'USD')).toBe('0.05');
    expect(toMajor('5000', 'JPY')).toBe('5000');
    expect(toMajor('5000', 'HUF')).toBe('5000');
    expect(toMajor('5000', 'KWD')).toBe('50.00');
    expect(toMajor('0', 'AED')).toBeNull();
    expect(toMajor(undefined, 'AED')).toBeNull();
  });

  it('begins and ends on the days that those were in its account’s zone', () => {
    const times = { start_time: '2026-01-31T21:30:00+0000', stop_time: '2026-02-28T23:59:00+0400' };
    expect(listingOf(times)).toMatchObject({ startsOn: '2026-02-01', endsOn: '2026-02-28' });
    expect(toDay('2026-01-31T21:30:00+0000', 'Pacific/Pago_Pago')).toBe('2026-01-31');
    expect(toDay('soon', 'UTC')).toBeNull();
  });

  it('has the names of its ad labels, those that have one', () => {
    const adlabels = [{ id: '1', name: ' Always-on ' }, { id: '2' }, { id: '3', name: 'Test' }];
    expect(listingOf({ adlabels }).labels).toEqual(['Always-on', 'Test']);
    expect(listingOf({}).labels).toEqual([]);
  });

  it('keeps an objective and a status that are new as the platform’s own words', () => {
    expect(listingOf({ objective: 'OUTCOME_MIRACLES', effective_status: 'DREAMING' })).toMatchObject({
      objective: null,
      nativeObjective: 'OUTCOME_MIRACLES',
      nativeStatus: 'DREAMING',
    });
    expect(listingOf({ objective: 'LINK_CLICKS' }).objective).toBe('TRAFFIC');
    expect(listingOf({ objective: 'constructor' }).objective).toBeNull();
  });
});

it('an account that is closed or disabled is told apart, and its history can still be read', () => {
  const wire = { account_id: '7', currency: 'USD', timezone_name: 'UTC', name: 'N' };
  const of = (account_status: number) =>
    toAccountListing(read(accountWire, { ...wire, account_status }, 'a'));
  expect(of(1)).toMatchObject({ isUsable: true, nativeStatus: 'ACTIVE' });
  expect(of(2)).toMatchObject({ isUsable: false, nativeStatus: 'DISABLED' });
  expect(of(101).isUsable).toBe(false);
  expect(of(555)).toMatchObject({ isUsable: true, nativeStatus: 'STATUS_555' });
});

describe('an error', () => {
  const errorOf = (error: object, status = 400, headers: Record<string, string> = {}) =>
    classifyMeta({ status, headers: new Headers(headers), body: { error: { message: 'x', ...error } } });

  it.each([
    [{ code: 1 }, 500, 'retry'],
    [{ code: 2 }, 500, 'retry'],
    [{ code: 2, error_subcode: 1504043 }, 500, 'retry'],
    [{ code: 2, error_subcode: 1504041 }, 500, 'stop'],
    [{ code: 2, error_subcode: 1504042 }, 400, 'stop'],
    [{ code: 4 }, 403, 'retry'],
    [{ code: 17, error_subcode: 2446079 }, 400, 'retry'],
    [{ code: 80004, error_subcode: 2446079 }, 400, 'retry'],
    [{ code: 613, error_subcode: 1487742 }, 400, 'retry'],
    [{ code: 613, error_subcode: 1487632 }, 400, 'stop'],
    [{ code: 368 }, 400, 'stop'],
    [{ code: 10 }, 403, 'skip'],
    [{ code: 200 }, 403, 'skip'],
    [{ code: 294 }, 403, 'skip'],
    [{ code: 100, error_subcode: 33 }, 400, 'skip'],
    [{ code: 100, error_subcode: 3191001 }, 400, 'skip'],
    [{ code: 100 }, 400, 'stop'],
    [{ code: 102 }, 400, 'reauthorize'],
    [{ code: 190 }, 400, 'reauthorize'],
    [{ code: 190, error_subcode: 460 }, 400, 'reauthorize'],
    [{ code: 960 }, 400, 'retry'],
    [{ code: 2635 }, 400, 'stop'],
    [{ code: -2, error_subcode: 2490547 }, 400, 'retry'],
    [{ code: 12345, is_transient: true }, 400, 'retry'],
    [{ code: 12345 }, 400, 'stop'],
    [{ code: 190 }, 200, 'reauthorize'],
  ] as const)('%o with status %i is to %s', (error, status, kind) => {
    expect(errorOf(error, status)?.kind).toBe(kind);
  });

  it.each([
    { code: 1, message: 'Please reduce the amount of data you’re asking for, then retry your request' },
    { code: 100, message: 'Please REDUCE the amount of data' },
    { code: 1, message: 'An unknown error occurred' },
    { code: 2, error_subcode: 1504038 },
    { code: 100, error_subcode: 1504018 },
    { code: 100, error_subcode: 1487534 },
  ])('%o asks for less at a time', (error) => {
    expect(errorOf(error, 500)).toMatchObject({ kind: 'retry', isTooMuch: true });
  });

  it('with a limit waits for the minutes or seconds that the headers name', () => {
    const usage = (minutes: number) => ({
      'x-business-use-case-usage': JSON.stringify({
        7: [{ type: 'ads_insights', call_count: 100, estimated_time_to_regain_access: minutes }],
      }),
    });
    expect(errorOf({ code: 80000 }, 400, usage(12))?.retryAfterMs).toBe(12 * 60_000);
    expect(errorOf({ code: 17 }, 400)?.retryAfterMs).toBe(60_000);
    const account = { 'x-ad-account-usage': '{"acc_id_util_pct":100,"reset_time_duration":100}' };
    expect(errorOf({ code: 17 }, 400, account)?.retryAfterMs).toBe(100_000);
  });

  it('tells the limit of the application from that of an ad account', () => {
    expect(errorOf({ code: 4 }, 403)?.isApplicationWide).toBe(true);
    expect(errorOf({ code: 80000 }, 400)?.isApplicationWide).toBe(false);
  });

  it('is none where an answer is good, and broken where a refusal has no words', () => {
    const headers = new Headers();
    expect(classifyMeta({ status: 200, headers, body: { data: [] } })).toBeNull();
    expect(classifyMeta({ status: 404, headers, body: null })).toMatchObject({
      kind: 'stop',
      code: 'contract',
    });
    expect(classifyMeta({ status: 502, headers, body: null })?.kind).toBe('retry');
  });

  it('tells what the vendor said without its tokens', () => {
    const error = errorOf({ code: 1, message: 'bad call access_token=EAAB123&x=1' }, 500);
    expect(error?.vendorMessage).not.toContain('EAAB123');
  });
});

describe('the usage headers', () => {
  it.each([
    ['x-app-usage', '{"call_count":96,"total_time":2,"total_cputime":1}', 60_000],
    ['x-app-usage', '{"call_count":94,"total_time":2,"total_cputime":1}', 0],
    ['x-ad-account-usage', '{"acc_id_util_pct":99.2,"reset_time_duration":300}', 300_000],
    ['x-fb-ads-insights-throttle', '{"app_id_util_pct":10,"acc_id_util_pct":97}', 60_000],
    ['x-business-use-case-usage', '{"1":[{"call_count":3,"estimated_time_to_regain_access":2}]}', 120_000],
    ['x-app-usage', 'not json', 0],
    ['x-app-usage', '"a text"', 0],
  ])('%s %s make the next call wait %i ms', (name, value, waitMs) => {
    expect(pauseMs(new Headers({ [name]: value }))).toBe(waitMs);
  });

  it('say nothing where they are not sent', () => {
    expect(pauseMs(new Headers())).toBe(0);
    expect(regainMs(new Headers())).toBeNull();
  });
});
