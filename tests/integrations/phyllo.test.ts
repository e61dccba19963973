import { describe, expect, it } from 'vitest';
import {
  networkAudience,
  networkContent,
  networkProfile,
} from '../../server/integrations/creator-network.ts';
import { classifyPhyllo } from '../../server/integrations/phyllo/errors.ts';
import { toAccount, toAudience, toContent, toProfile } from '../../server/integrations/phyllo/map.ts';
import {
  hashtagsOf,
  mentionsOf,
  toInstant,
  toPercent,
  toUuid,
} from '../../server/integrations/phyllo/values.ts';
import {
  accountWire,
  audienceWire,
  contentWire,
  profileWire,
  read,
} from '../../server/integrations/phyllo/wire.ts';

const INSTAGRAM = '9bb8913b-ddd9-430b-a66a-d74d846e6c66';
const YOUTUBE = '14d9ddf5-51c6-415e-bde6-f8ed36ad7054';
const ACCOUNT = '5a4db0c7-1570-45a4-8db0-c7157045a4db';
const head = {
  id: 'C7157045A4DB40C7957045A4DB0C7157',
  created_at: '2026-06-05T11:12:04.637922',
  updated_at: '2026-06-05T11:12:04.637922',
  user: { id: ACCOUNT },
  account: { id: ACCOUNT.replaceAll('-', '') },
  work_platform: { id: INSTAGRAM, name: 'Instagram' },
};

describe('a time', () => {
  it('without a zone is UTC wherever this runs', () => {
    expect(toInstant('2026-06-05T11:12:04.637922')?.toISOString()).toBe('2026-06-05T11:12:04.637Z');
    expect(toInstant('2026-06-05T11:12:04')?.toISOString()).toBe('2026-06-05T11:12:04.000Z');
    expect(toInstant('2026-06-05 11:12:04.6')?.toISOString()).toBe('2026-06-05T11:12:04.600Z');
    expect(toInstant('2026-06-05T11:12:04.637922Z')?.toISOString()).toBe('2026-06-05T11:12:04.637Z');
    expect(toInstant('2026-06-05T11:12:04+04:00')?.toISOString()).toBe('2026-06-05T07:12:04.000Z');
    expect(toInstant('2026-06-05')?.toISOString()).toBe('2026-06-05T00:00:00.000Z');
  });

  it.each(['', 'soon', '2026-13-05T11:12:04', '05/06/2026'])('that is none (%s) is none', (value) => {
    expect(toInstant(value)).toBeNull();
  });
});

it('an id is dashed and in lower case however it was written', () => {
  expect(toUuid('C7157045A4DB40C7957045A4DB0C7157')).toBe('c7157045-a4db-40c7-9570-45a4db0c7157');
  expect(toUuid('c7157045-a4db-40c7-9570-45a4db0c7157')).toBe('c7157045-a4db-40c7-9570-45a4db0c7157');
  expect(toUuid('17841400000000000')).toBeNull();
});

it('a percent keeps every digit and has no exponent', () => {
  expect([47.12, 0, 100, 0.0000001, 112.3].map(toPercent)).toEqual([
    '47.12',
    '0',
    '100',
    '0.0000001',
    '112.3',
  ]);
});

describe('hashtags and mentions', () => {
  it('are those of the fields and of the texts, each once, without their sign', () => {
    expect(hashtagsOf(['#Glow', 'ad'], ['Morning #glow #سفر_دبي #ÉTÉ', null])).toEqual([
      'glow',
      'ad',
      'سفر_دبي',
      'été',
    ]);
    expect(mentionsOf(['@Glow.Beauty'], ['with @glow.beauty, @noor_ and @noor.'])).toEqual([
      'glow.beauty',
      'noor_',
      'noor',
    ]);
  });

  it('are no mail addresses, parts of links, places in a list or character references', () => {
    expect(mentionsOf([], ['write to a@b.com or see tiktok.com/@noor'])).toEqual([]);
    expect(hashtagsOf([], ['example.com/#top we are #1 &#39;'])).toEqual([]);
  });
});

describe('an account', () => {
  const accountOf = (given: object) =>
    toAccount(read(accountWire, { ...head, status: 'CONNECTED', ...given }, 'a'));

  it('says what of it was read, and takes a product that is left out for one that there is none of', () => {
    const data = { identity: { status: 'SYNCED', audience: { status: 'IN_PROGRESS' } } };
    expect(accountOf({ data, platform_username: '@noor.cooks' })).toMatchObject({
      accountId: 'c7157045-a4db-40c7-9570-45a4db0c7157',
      platform: 'INSTAGRAM',
      handle: 'noor.cooks',
      state: 'CONNECTED',
      profileSync: 'SYNCED',
      audienceSync: 'IN_PROGRESS',
      contentsSync: 'NOT_SUPPORTED',
    });
    expect(accountOf({}).profileSync).toBe('UNKNOWN');
  });

  it.each([
    ['NOT_CONNECTED', 'DISCONNECTED'],
    ['SESSION_EXPIRED', 'EXPIRED'],
    ['DREAMING', 'UNKNOWN'],
    ['constructor', 'UNKNOWN'],
  ])('that is %s is %s', (status, state) => {
    expect(accountOf({ status }).state).toBe(state);
  });

  it('never gives a mail address for a handle', () => {
    expect(accountOf({ platform_username: 'noor@creators.example' }).handle).toBeNull();
  });

  it('of a network that nobody knows has none', () => {
    const work_platform = { id: '1db0b86c-a547-4119-9834-da927171a685' };
    expect(accountOf({ work_platform }).platform).toBeNull();
  });

  it('without its user is a contract error that names where', () => {
    expect(() => accountOf({ user: undefined })).toThrow(
      expect.objectContaining({
        kind: 'stop',
        code: 'contract',
        vendorMessage: expect.stringMatching(/^a\.user/) as string,
      }) as Error,
    );
  });
});

describe('a profile', () => {
  const profileOf = (reputation: object, given: object = {}) =>
    networkProfile.parse(toProfile(read(profileWire, { ...head, reputation, ...given }, 'p')));

  it('has its followers under three names', () => {
    expect(profileOf({ follower_count: 0, subscriber_count: 7 }).followers).toBe(0);
    expect(profileOf({ follower_count: null, subscriber_count: 7 }).followers).toBe(7);
    expect(profileOf({ connection_count: 9 }).followers).toBe(9);
  });

  it('that does not tell something leaves it unknown', () => {
    expect(profileOf({})).toMatchObject({ followers: null, following: null, posts: null, likes: null });
    expect(networkProfile.parse(toProfile(read(profileWire, head, 'p'))).followers).toBeNull();
  });

  it('has its handle in its address where its name is a mail address', () => {
    const given = { platform_username: 'noor@creators.example', url: 'https://youtube.com/@noorcooks?x=1' };
    expect(profileOf({}, given).handle).toBe('noorcooks');
  });

  it('never links to anything but the web', () => {
    expect(profileOf({}, { url: 'javascript:alert(1)' }).url).toBeNull();
  });
});

describe('an audience', () => {
  const audienceOf = (given: object) => {
    const found = toAudience(read(audienceWire, { ...head, ...given }, 'a'));
    return found === null ? null : networkAudience.parse(found);
  };

  it('keeps sums that are not a hundred, and calls the eldest 65+', () => {
    const genders = [
      { gender: 'FEMALE', age_range: '65-', value: 1.5 },
      { gender: 'OTHERS', age_range: '18-24', value: 2 },
      { gender: 'OTHER', age_range: '18-24', value: 0.1 },
    ];
    const found = audienceOf({
      countries: [
        { code: 'ae', value: 61.2 },
        { code: '??', value: 3 },
        { code: 'SA', value: null },
      ],
      cities: [
        { name: 'Dubai', value: 70 },
        { name: 'Sharjah', value: 42.5 },
      ],
      gender_age_distribution: genders,
    });
    expect(found?.countries).toEqual([{ code: 'AE', percent: '61.2' }]);
    expect(found?.cities.map(({ percent }) => percent)).toEqual(['70', '42.5']);
    expect(found?.genderAges).toEqual([
      { gender: 'FEMALE', ageRange: '65+', percent: '1.5' },
      { gender: 'OTHER', ageRange: '18-24', percent: '2.1' },
    ]);
  });

  it('without anything told is none', () => {
    expect(audienceOf({ countries: [], cities: null })).toBeNull();
  });
});

describe('a piece of content', () => {
  const contentOf = (given: object) =>
    networkContent.parse(toContent(read(contentWire, { ...head, external_id: '1799', ...given }, 'c')));

  it.each([
    [{ type: 'REELS', format: 'VIDEO' }, 'REEL'],
    [{ type: 'STORY', format: 'IMAGE' }, 'STORY'],
    [{ type: 'TWEET', format: 'TEXT' }, 'TWEET'],
    [{ type: 'THREAD' }, 'THREAD'],
    [{ type: 'STREAM', format: 'VIDEO' }, 'LIVE'],
    [{ type: 'IGTV', format: 'VIDEO' }, 'VIDEO'],
    [{ type: 'FEED', format: 'IMAGE', media_urls: ['https://a.test/1', 'https://a.test/2'] }, 'CAROUSEL'],
    [{ type: 'FEED', format: 'IMAGE', media_urls: ['https://a.test/1'] }, 'POST'],
    [{ type: 'FEED', format: 'VIDEO' }, 'VIDEO'],
    [{ type: 'PODCAST', format: 'AUDIO' }, 'POST'],
    [{ type: 'constructor' }, 'POST'],
    [{}, 'POST'],
  ])('sent as %j is a %s', (given, type) => {
    expect(contentOf(given).type).toBe(type);
  });

  it('is a short where its address says so and not because it is short', () => {
    const video = { type: 'VIDEO', format: 'VIDEO', work_platform: { id: YOUTUBE }, duration: 42.4 };
    expect(contentOf({ ...video, url: 'https://www.youtube.com/shorts/x' })).toMatchObject({
      type: 'SHORT',
      durationSeconds: 42,
    });
    expect(contentOf({ ...video, url: 'https://www.youtube.com/watch?v=x' }).type).toBe('VIDEO');
  });

  it('has one caption, wherever its network puts it', () => {
    expect(contentOf({ title: 'Words' })).toMatchObject({ title: null, caption: 'Words' });
    expect(contentOf({ title: 'Words', description: 'Words' })).toMatchObject({
      title: null,
      caption: 'Words',
    });
    expect(contentOf({ title: 'A', description: 'B' })).toMatchObject({ title: 'A', caption: 'B' });
  });

  it('counts reposts as shares, adds impressions and never reach', () => {
    const engagement = {
      like_count: 0,
      repost_count: 4,
      impression_organic_count: 10,
      impression_paid_count: 5,
      reach_organic_count: 8,
      reach_paid_count: 7,
    };
    expect(contentOf({ engagement })).toMatchObject({
      likes: 0,
      views: null,
      comments: null,
      shares: 4,
      saves: null,
      impressions: 15,
      reach: 8,
    });
  });

  it('that is a story goes a day after it came', () => {
    const published_at = '2026-06-05T11:00:00.000000';
    expect(contentOf({ type: 'STORY', published_at }).expiresAt?.toISOString()).toBe(
      '2026-06-06T11:00:00.000Z',
    );
    expect(contentOf({ type: 'FEED', published_at }).expiresAt).toBeNull();
  });

  it('keeps the lasting picture apart from the one that expires', () => {
    const given = { persistent_thumbnail_url: 'https://p.test/1', thumbnail_url: 'https://signed.test/1' };
    expect(contentOf(given)).toMatchObject({
      thumbnailUrl: 'https://p.test/1',
      mediaUrl: 'https://signed.test/1',
    });
  });

  it('holds nothing that PostgreSQL cannot store', () => {
    expect(contentOf({ title: 'a\0b\ud800c' }).caption).toBe('ab\ufffdc');
  });
});

describe('an error', () => {
  const errorOf = (status: number, error: object | null, headers: Record<string, string> = {}) =>
    classifyPhyllo({ status, headers: new Headers(headers), body: error === null ? null : { error } });

  it('of the credentials names the settings and no secret', () => {
    const found = errorOf(401, { type: 'UNAUTHORIZED', code: 'incorrect_credentials', message: 'x' });
    expect(found).toMatchObject({ kind: 'stop', code: 'incorrect_credentials' });
    expect(found?.message).toMatch(/PHYLLO_CLIENT_ID.*PHYLLO_CLIENT_SECRET.*PHYLLO_API_URL/);
  });

  it.each([
    [404, { type: 'RECORD_NOT_FOUND', code: 'incorrect_account_id' }, 'skip'],
    [404, { type: 'RECORD_NOT_FOUND', error_code: 'incorrect_account_id' }, 'skip'],
    [429, { type: 'RATE_LIMIT_EXCEEDED' }, 'retry'],
    [500, { type: 'INTERNAL_SERVER_ERROR' }, 'retry'],
    [503, null, 'retry'],
    [400, { code: 'account_not_connected' }, 'reauthorize'],
    [400, { code: 'session_expired' }, 'reauthorize'],
    [400, { code: 'missing_fields' }, 'stop'],
    [403, { code: 'forbidden' }, 'stop'],
    [405, null, 'stop'],
    [404, null, 'stop'],
  ] as const)('%i %j is %s', (status, error, kind) => {
    expect(errorOf(status, error)?.kind).toBe(kind);
  });

  it('that asks to slow down is heeded for as long as it says, else for a minute', () => {
    expect(errorOf(429, {}, { 'retry-after': '7' })?.retryAfterMs).toBe(7_000);
    expect(errorOf(429, {})).toMatchObject({ retryAfterMs: 60_000, isApplicationWide: true });
  });

  it('is none where the answer is good', () => {
    expect(errorOf(200, null)).toBeNull();
  });
});
