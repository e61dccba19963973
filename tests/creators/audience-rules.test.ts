import { describe, expect, it } from 'vitest';
import { cautionsOf, combine, withSums } from '../../server/domain/creator-platforms/audience-rules.ts';
import {
  expiryOf,
  isLoss,
  stateAfter,
  stateByTime,
} from '../../server/domain/creator-platforms/connection-rules.ts';
import { engagementOf, meansOf } from '../../server/domain/creator-platforms/figure-rules.ts';

const now = new Date('2026-05-20T10:00:00Z');
const none = { countries: [], cities: [], genderAges: [] };

describe('a sample', () => {
  const kindsOf = (sample: Partial<Parameters<typeof cautionsOf>[0]>) =>
    cautionsOf({ followers: 5000, kind: 'FOLLOWERS', date: '2026-05-01', ...sample }, now).map(
      ({ kind }) => kind,
    );

  it('is read with care where it is small, of those who reacted, old, or of unknown size', () => {
    expect(kindsOf({})).toEqual([]);
    expect(kindsOf({ followers: 999 })).toEqual(['SMALL']);
    expect(kindsOf({ followers: 1000 })).toEqual([]);
    expect(kindsOf({ followers: null, kind: 'ENGAGED', date: '2026-03-01' })).toEqual([
      'UNKNOWN_BASE',
      'ENGAGED',
      'OLD',
    ]);
  });

  it('shows its sums as they were sent', () => {
    const cities = [
      { name: 'Dubai', percent: '70' },
      { name: 'Sharjah', percent: '42.5' },
    ];
    expect(withSums({ ...none, cities }).sums).toEqual({
      countries: null,
      cities: '112.5',
      genderAges: null,
    });
  });
});

describe('audiences together', () => {
  it('are weighed by followers, each kind among those that tell it', () => {
    const combined = combine([
      { ...none, followers: 3000, countries: [{ code: 'AE', percent: '80' }] },
      {
        ...none,
        followers: 1000,
        countries: [
          { code: 'AE', percent: '40' },
          { code: 'SA', percent: '20' },
        ],
        cities: [{ name: 'Dubai', percent: '30' }],
      },
    ]);
    expect(combined.countries).toEqual([
      { code: 'AE', percent: '70' },
      { code: 'SA', percent: '5' },
    ]);
    expect(combined.cities).toEqual([{ name: 'Dubai', percent: '30' }]);
    expect(combined.genderAges).toEqual([]);
  });

  it('of nobody are nothing', () => {
    expect(combine([]).sums).toEqual({ countries: null, cities: null, genderAges: null });
  });
});

describe('means', () => {
  it('are over the pieces that tell each figure, and null where none does', () => {
    expect(
      meansOf([
        { views: 100, likes: 10, comments: null },
        { views: null, likes: 0, comments: null },
        { views: null, likes: null, comments: null },
      ]),
    ).toEqual({ meanViews: '100.00', meanLikes: '5.00', meanComments: null, measuredPosts: 2 });
    expect(meansOf([])).toEqual({
      meanViews: null,
      meanLikes: null,
      meanComments: null,
      measuredPosts: null,
    });
  });

  it('stay exact where numbers do not', () => {
    const pieces = Array.from({ length: 3 }, () => ({ views: 9_007_199_254_740_991, likes: 1, comments: 0 }));
    expect(meansOf(pieces).meanViews).toBe('9007199254740991.00');
  });

  it('give a rate its definition', () => {
    const row = { engagement_rate: '0.04250000', measured_posts: 12 };
    const stated = { stated_engagement_rate: '0.9', stated_engagement_basis: 'VIEWS' as const };
    expect(engagementOf({ ...row, ...stated })).toMatchObject({
      rate: '0.0425',
      origin: 'COMPUTED',
      definition: '(mean likes + mean comments) / followers over the 12 newest posts',
    });
    expect(engagementOf({ engagement_rate: null, measured_posts: null, ...stated })).toMatchObject({
      rate: '0.9',
      basis: 'VIEWS',
      origin: 'STATED',
    });
  });
});

describe('a connection', () => {
  const far = new Date('2026-08-01T00:00:00Z');
  const near = new Date('2026-05-24T00:00:00Z');

  it.each([
    ['NEVER', 'CONNECTED', null, 'CONNECTED'],
    ['CONNECTING', 'CONNECTED', null, 'CONNECTED'],
    ['CONNECTED', 'CONNECTED', null, 'CONNECTED'],
    ['SYNCED', 'CONNECTED', far, 'SYNCED'],
    ['SYNCED', 'CONNECTED', near, 'EXPIRING'],
    ['EXPIRING', 'CONNECTED', near, 'EXPIRING'],
    ['EXPIRING', 'CONNECTED', far, 'SYNCED'],
    ['EXPIRED', 'CONNECTED', near, 'CONNECTED'],
    ['REVOKED', 'CONNECTED', null, 'CONNECTED'],
    ['SYNCED', 'EXPIRED', far, 'EXPIRED'],
    ['SYNCED', 'DISCONNECTED', far, 'REVOKED'],
    ['SYNCED', 'UNKNOWN', far, 'SYNCED'],
    ['EXPIRED', 'EXPIRED', null, 'EXPIRED'],
  ] as const)('that is %s and told %s (ends %s) is %s', (state, told, expiresAt, after) => {
    expect(stateAfter({ state, expiresAt, now }, told)).toBe(after);
  });

  it('is near its end for a week, whatever comes of it', () => {
    expect(stateByTime({ state: 'SYNCED', expiresAt: near, now })).toBe('EXPIRING');
    expect(stateByTime({ state: 'SYNCED', expiresAt: null, now })).toBe('SYNCED');
    expect(stateByTime({ state: 'CONNECTED', expiresAt: near, now })).toBe('CONNECTED');
    expect(stateByTime({ state: 'EXPIRED', expiresAt: near, now })).toBe('EXPIRED');
  });

  it('ends when its network ends it, as far as that is known', () => {
    expect(expiryOf('INSTAGRAM', now)?.toISOString()).toBe('2026-08-18T10:00:00.000Z');
    expect(expiryOf('TIKTOK', now)?.toISOString()).toBe('2027-05-20T10:00:00.000Z');
    expect(expiryOf('TWITCH', now)).toBeNull();
  });

  it('is lost where it was live', () => {
    expect(isLoss('SYNCED', 'EXPIRED')).toBe(true);
    expect(isLoss('EXPIRING', 'REVOKED')).toBe(true);
    expect(isLoss('EXPIRED', 'REVOKED')).toBe(false);
    expect(isLoss('SYNCED', 'EXPIRING')).toBe(false);
  });
});
