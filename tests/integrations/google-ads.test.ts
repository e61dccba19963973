import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyGoogle, hasLostPlace } from '../../server/integrations/google-ads/errors.ts';
import { googleAdsFacts, spread } from '../../server/integrations/google-ads/index.ts';
import {
  nameOf,
  toAccountListing,
  toCampaignListing,
  toDailyMetric,
  toDecimal,
  toMajor,
  toObjective,
  toPeriodReach,
  toViews,
} from '../../server/integrations/google-ads/map.ts';
import {
  campaignRowWire,
  dailyRowWire,
  failureWire,
  reachRowWire,
  read,
} from '../../server/integrations/google-ads/wire.ts';
import type { PlatformError } from '../../server/integrations/errors.ts';

const row = {
  campaign: { resourceName: 'customers/1/campaigns/2', id: '2', name: 'Ramadan' },
  customer: { resourceName: 'customers/1', currencyCode: 'AED' },
  segments: { date: '2026-05-01' },
};
const metricOf = (metrics: object) =>
  toDailyMetric(read(dailyRowWire, { ...row, metrics: { impressions: '10', ...metrics } }, 'campaign'));

describe('a row of figures', () => {
  it('takes what Google leaves out for zero, and what it never says for unknown', () => {
    expect(metricOf({})).toMatchObject({
      spend: '0',
      impressions: 10,
      clicks: 0,
      conversions: '0',
      conversionValue: '0',
      videoViews25: 0,
      videoStarts: null,
      reach: null,
      frequency: null,
    });
  });

  it('in which nothing happened is none', () => {
    const nothing = { ...row, metrics: { impressions: '0', costMicros: '0', conversions: 0 } };
    expect(toDailyMetric(read(dailyRowWire, nothing, 'campaign'))).toBeNull();
    expect(toDailyMetric(read(dailyRowWire, row, 'campaign'))).toBeNull();
    // A conversion is dated by its click: the day may hold nothing else by now.
    expect(metricOf({ impressions: '0', conversions: 0.5 })?.conversions).toBe('0.5');
  });

  it('keeps conversions as fractions, without an exponent', () => {
    const metric = metricOf({ conversions: 0.333333, conversionsValue: 0.0000012 });
    expect(metric).toMatchObject({ conversions: '0.333333', conversionValue: '0.000001' });
    expect(toDecimal(1e-7)).toBe('0');
    expect(toDecimal(0.1 + 0.2)).toBe('0.3');
    expect(toDecimal(1e21)).toBe('1000000000000000000000');
  });

  it('keeps what it was made of beside it', () => {
    const sent = { allConversions: 2.5, viewThroughConversions: '3', videoTrueviewViews: '4' };
    const metric = metricOf({ ...sent, videoQuartileP25Rate: 0.4 });
    expect(metric).toMatchObject({ videoViews25: 4, videoStarts: null });
    expect(metric?.platformData).toMatchObject({
      allConversions: '2.5',
      viewThroughConversions: 3,
      trueViewViews: 4,
      videoQuartileRates: [0.4, 0, 0, 0],
    });
    expect(metric?.attributionSetting).toMatch(/date of the click/);
  });

  it.each([
    ['a count that is no number', { impressions: 'many' }],
    ['a count beyond 2^53', { clicks: '9007199254740993' }],
    ['a count below zero', { clicks: '-1' }],
    ['micros that lost digits as a number', { costMicros: 2 ** 53 }],
    ['a fraction of a micro', { costMicros: '1.5' }],
    ['conversions as a text', { conversions: 'x' }],
  ])('with %s is a contract error that names its path', (_what, metrics) => {
    const error = thrownBy(() => metricOf(metrics));
    expect(error).toMatchObject({ kind: 'stop', code: 'contract' });
    expect(error.vendorMessage).toMatch(/^campaign\.metrics\./);
  });

  it('whose campaign came as a number is a contract error: its id may have lost digits', () => {
    const wrong = { ...row, campaign: { id: 2 } };
    expect(thrownBy(() => read(dailyRowWire, wrong, 'campaign')).vendorMessage).toMatch(
      /^campaign\.campaign\.id/,
    );
  });
});

describe('micros', () => {
  it('are major units of every currency alike, whatever its minor ones', () => {
    expect(toMajor('1230000')).toBe('1.23');
    expect(toMajor('5000000000')).toBe('5000');
    expect(toMajor('1234567')).toBe('1.234567');
    expect(toMajor('1')).toBe('0.000001');
    expect(toMajor('0')).toBe('0');
    expect(toMajor('-0')).toBe('0');
    expect(toMajor('-1500000')).toBe('-1.5');
  });

  it('lose no digit, far beyond what a number holds', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (micros) => {
        const major = toMajor(micros.toString());
        expect(major).toMatch(/^-?(0|[1-9]\d*)(\.\d{0,5}[1-9])?$/);
        expect(microsOf(major)).toBe(micros);
      }),
    );
  });
});

it('a quartile’s count comes back from the share of impressions that was made of it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (all, part) => {
        const count = Math.round(all * part);
        expect(toViews(all, count / all)).toBe(count);
      },
    ),
  );
  expect(toViews(5, 0.5)).toBe(3);
  expect(toViews(0, 0.5)).toBe(0);
});

describe('a campaign', () => {
  const listingOf = (campaign: object, campaignBudget?: object) =>
    toCampaignListing(
      read(campaignRowWire, { campaign: { id: '12', name: 'X', ...campaign }, campaignBudget }, 'campaigns'),
    );

  it('has its own budget in major units, and of a shared one none', () => {
    const budget = { amountMicros: '50000000', explicitlyShared: false };
    expect(listingOf({}, budget)).toMatchObject({ dailyBudget: '50', lifetimeBudget: null });
    expect(listingOf({}, { amountMicros: '50000000' }).dailyBudget).toBe('50');
    expect(listingOf({}, { ...budget, explicitlyShared: true }).dailyBudget).toBeNull();
    expect(listingOf({}, { totalAmountMicros: '1000500000' })).toMatchObject({
      dailyBudget: null,
      lifetimeBudget: '1000.5',
    });
    expect(listingOf({}).dailyBudget).toBeNull();
  });

  it('begins and ends on the days of its account’s zone, and without an end never', () => {
    const times = { startDateTime: '2026-01-31 00:00:00', endDateTime: '2026-02-28 23:59:59' };
    expect(listingOf(times)).toMatchObject({ startsOn: '2026-01-31', endsOn: '2026-02-28' });
    expect(listingOf({ endDateTime: '2037-12-30 23:59:59' }).endsOn).toBeNull();
    expect(listingOf({ startDateTime: 'soon' }).startsOn).toBeNull();
  });

  it('has the names of its labels, and none of a label that is not told', () => {
    const wire = { campaign: { id: '12', labels: ['customers/1/labels/2', 'customers/1/labels/3'] } };
    const row = read(campaignRowWire, wire, 'campaigns');
    const names = new Map([['customers/1/labels/3', 'Always-on']]);
    expect(toCampaignListing(row, names).labels).toEqual(['Always-on']);
    expect(listingOf({}).labels).toEqual([]);
  });

  it('has the objective that its channel is bought for, and keeps a channel that is new', () => {
    expect(listingOf({ advertisingChannelType: 'PERFORMANCE_MAX', status: 'REMOVED' })).toMatchObject({
      objective: 'CONVERSIONS',
      nativeObjective: 'PERFORMANCE_MAX',
      nativeStatus: 'REMOVED',
    });
    expect(listingOf({ advertisingChannelType: 'HOLOGRAM' })).toMatchObject({
      objective: null,
      nativeObjective: 'HOLOGRAM',
    });
    expect(toObjective('constructor')).toBeNull();
  });
});

it('a reach that Google does not tell is unknown and never none', () => {
  const reachOf = (metrics: object) =>
    toPeriodReach(read(reachRowWire, { campaign: { id: '2' }, metrics }, 'campaign'));
  expect(reachOf({ impressions: '9' })).toEqual({ nativeCampaignId: '2', reach: null, frequency: null });
  expect(reachOf({ uniqueUsers: '7', averageImpressionFrequencyPerUser: 1.2857142857 })).toEqual({
    nativeCampaignId: '2',
    reach: 7,
    frequency: '1.285714',
  });
});

describe('an account', () => {
  const top = { parent: null, loginId: null };
  const facts = { id: '1234567890', manager: false, currencyCode: 'KWD', timeZone: 'Asia/Kuwait' };

  it('that is cancelled is told apart, and one that was never set up is none', () => {
    expect(toAccountListing({ ...facts, status: 'ENABLED' }, top)).toMatchObject({ isUsable: true });
    for (const status of ['CANCELED', 'CLOSED', 'SUSPENDED'])
      expect(toAccountListing({ ...facts, status }, top)).toMatchObject({
        isUsable: false,
        nativeStatus: status,
      });
    expect(toAccountListing({ id: '1234567890', manager: false }, top)).toBeNull();
  });

  it('without a name is called by its id as people read it', () => {
    expect(nameOf({ id: '1234567890' })).toBe('123-456-7890');
    expect(nameOf({ id: '1234567890', descriptiveName: ' ' })).toBe('123-456-7890');
    expect(nameOf({ id: '1234567890', descriptiveName: 'Noor' })).toBe('Noor');
  });
});

describe('an error', () => {
  const errorOf = (body: unknown, status = 400) => classifyGoogle({ status, headers: new Headers(), body });
  const failure = (family: string, code: string, more: object = {}) => ({
    error: {
      code: 400,
      message: 'Request contains an invalid argument.',
      status: 'INVALID_ARGUMENT',
      details: [
        {
          '@type': 'type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure',
          errors: [{ errorCode: { [family]: code }, message: 'In their words.', ...more }],
          requestId: 'r',
        },
      ],
    },
  });

  it.each([
    ['authenticationError', 'OAUTH_TOKEN_EXPIRED', 'reauthorize'],
    ['authenticationError', 'OAUTH_TOKEN_REVOKED', 'reauthorize'],
    ['authenticationError', 'NOT_ADS_USER', 'reauthorize'],
    ['authenticationError', 'TWO_STEP_VERIFICATION_NOT_ENROLLED', 'reauthorize'],
    ['authenticationError', 'CUSTOMER_NOT_FOUND', 'skip'],
    ['authenticationError', 'SOMETHING_NEW', 'stop'],
    ['authorizationError', 'USER_PERMISSION_DENIED', 'skip'],
    ['authorizationError', 'CUSTOMER_NOT_ENABLED', 'skip'],
    ['authorizationError', 'CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION', 'stop'],
    ['authorizationError', 'DEVELOPER_TOKEN_NOT_APPROVED', 'stop'],
    ['queryError', 'REQUESTED_METRICS_FOR_MANAGER', 'skip'],
    ['queryError', 'UNRECOGNIZED_FIELD', 'stop'],
    ['dateRangeError', 'INVALID_DATE', 'stop'],
    ['quotaError', 'RESOURCE_EXHAUSTED', 'retry'],
    ['quotaError', 'RESOURCE_TEMPORARILY_EXHAUSTED', 'retry'],
    ['quotaError', 'ACCESS_PROHIBITED', 'stop'],
    ['internalError', 'TRANSIENT_ERROR', 'retry'],
    ['internalError', 'INTERNAL_ERROR', 'retry'],
    ['requestError', 'UNSUPPORTED_VERSION', 'stop'],
    ['somethingNewError', 'UNKNOWN', 'stop'],
  ])('%s %s is to %s', (family, code, kind) => {
    const error = errorOf(failure(family, code));
    expect(error).toMatchObject({ kind, code: `${family}.${code}`, vendorMessage: 'In their words.' });
  });

  it('is found in a stream’s array too, behind batches and with any status', () => {
    const broken = [{ results: [{}] }, failure('internalError', 'TRANSIENT_ERROR')];
    expect(errorOf(broken, 200)).toMatchObject({ kind: 'retry', code: 'internalError.TRANSIENT_ERROR' });
    expect(errorOf([failure('authorizationError', 'CUSTOMER_NOT_ENABLED')], 403)?.kind).toBe('skip');
    expect(errorOf([{ results: [] }], 200)).toBeNull();
  });

  it('of an old access token asks for a new one, of a revoked grant for a person', () => {
    const grantOf = (code: string) => errorOf(failure('authenticationError', code), 401)?.grant;
    expect(grantOf('OAUTH_TOKEN_EXPIRED')).toBe('EXPIRED');
    expect(grantOf('OAUTH_TOKEN_REVOKED')).toBe('REVOKED');
    const bare = {
      error: { code: 401, message: 'Request had invalid credentials.', status: 'UNAUTHENTICATED' },
    };
    expect(errorOf(bare, 401)).toMatchObject({ kind: 'reauthorize', grant: 'EXPIRED' });
  });

  it('invalid_grant is dead at once, though its status is 400', () => {
    const dead = { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' };
    expect(errorOf(dead)).toMatchObject({ kind: 'reauthorize', grant: 'REVOKED', code: 'invalid_grant' });
    expect(errorOf({ ...dead, error_description: 'Token has been expired.' })?.grant).toBe('EXPIRED');
    expect(errorOf({ error: 'invalid_client' }, 401)?.kind).toBe('stop');
    expect(errorOf({ error: 'internal_failure' }, 503)?.kind).toBe('retry');
  });

  it('with a limit waits as long as the body says', () => {
    const wait = (retryDelay: string) =>
      failure('quotaError', 'RESOURCE_EXHAUSTED', { details: { quotaErrorDetails: { retryDelay } } });
    expect(errorOf(wait('60s'), 429)?.retryAfterMs).toBe(60_000);
    expect(errorOf(wait('0.5s'), 429)?.retryAfterMs).toBe(500);
    expect(errorOf(wait('soon'), 429)?.retryAfterMs).toBe(15 * 60_000);
    expect(errorOf(failure('quotaError', 'RESOURCE_TEMPORARILY_EXHAUSTED'), 429)?.retryAfterMs).toBe(60_000);
    const front = { error: { code: 429, status: 'RESOURCE_EXHAUSTED', details: [{ retryDelay: '7s' }] } };
    expect(errorOf(front, 429)).toMatchObject({ kind: 'retry', retryAfterMs: 7000 });
  });

  it('of the project’s limit stops every account, of an account’s that one', () => {
    const limited = (rateScope?: string, code = 'RESOURCE_EXHAUSTED') =>
      errorOf(failure('quotaError', code, { details: { quotaErrorDetails: { rateScope } } }), 429);
    expect(limited('DEVELOPER')?.isApplicationWide).toBe(true);
    expect(limited('ACCOUNT')?.isApplicationWide).toBe(false);
    expect(limited()?.isApplicationWide).toBe(true);
    expect(limited(undefined, 'RESOURCE_TEMPORARILY_EXHAUSTED')?.isApplicationWide).toBe(false);
  });

  it('of a question that takes too long asks for less', () => {
    expect(errorOf(failure('internalError', 'DEADLINE_EXCEEDED'), 504)).toMatchObject({ isTooMuch: true });
    expect(errorOf(null, 504)).toMatchObject({ kind: 'retry', isTooMuch: true });
  });

  it('of a version that has ended names the setting', () => {
    for (const error of [
      errorOf(failure('requestError', 'UNSUPPORTED_VERSION')),
      errorOf(null, 404),
      errorOf({ error: { code: 404, message: 'Not found', status: 'NOT_FOUND' } }, 404),
    ])
      expect(error).toMatchObject({
        kind: 'stop',
        message: expect.stringContaining('GOOGLE_ADS_API_VERSION') as string,
      });
  });

  it('of the front end is told by its reason', () => {
    const refused = (reason: string) => ({
      error: { code: 403, message: 'x', status: 'PERMISSION_DENIED', details: [{ reason }] },
    });
    expect(errorOf(refused('ACCESS_TOKEN_SCOPE_INSUFFICIENT'), 403)?.kind).toBe('reauthorize');
    expect(errorOf(refused('SERVICE_DISABLED'), 403)?.kind).toBe('stop');
    expect(errorOf(refused('SOMETHING_NEW'), 403)?.kind).toBe('skip');
  });

  it('of a lost place in a list is known, and is not one of the others', () => {
    expect(hasLostPlace(errorOf(failure('requestError', 'EXPIRED_PAGE_TOKEN')))).toBe(true);
    expect(hasLostPlace(errorOf(failure('requestError', 'INVALID_PAGE_TOKEN')))).toBe(true);
    expect(hasLostPlace(errorOf(failure('requestError', 'UNSUPPORTED_VERSION')))).toBe(false);
  });

  it('in any form is an error of ours', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.integer({ min: 400, max: 599 }), (json, status) => {
        const body = JSON.parse(json) as unknown;
        expect(errorOf(body, status)).toMatchObject({ name: 'PlatformError' });
        expect(errorOf({ error: body }, status)).toMatchObject({ name: 'PlatformError' });
      }),
    );
    expect(failureWire.safeParse({ error: { details: 7 } }).success).toBe(true);
    expect(errorOf(null, 502)?.kind).toBe('retry');
    expect(errorOf(null, 418)).toMatchObject({ kind: 'stop', code: 'contract' });
    expect(errorOf({}, 200)).toBeNull();
  });
});

it('a day’s operations are never exceeded, however the calls fall', () => {
  for (const daily of [100, 2880, 15_000]) {
    const { burst, perSecond } = spread(daily);
    expect(burst + 86_400 * perSecond).toBeLessThanOrEqual(daily + 1e-6);
    expect(burst).toBeGreaterThanOrEqual(10);
  }
  expect(googleAdsFacts.limits.application).toEqual(spread(15_000));
});

function microsOf(major: string): bigint {
  const [whole = '', fraction = ''] = major.split('.');
  return BigInt(whole + fraction.padEnd(6, '0'));
}

function thrownBy(work: () => unknown): PlatformError {
  try {
    work();
  } catch (error) {
    return error as PlatformError;
  }
  throw new Error('Nothing was thrown.');
}
