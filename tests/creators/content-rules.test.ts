import { describe, expect, test } from 'vitest';
import { isShortened, parsePostUrl, urlKeyOf } from '../../server/domain/creator-contents/post-urls.ts';
import {
  atMilestone,
  daysSince,
  disclosureOf,
  findDisclosures,
  isInWindow,
  matchReasons,
  milestonesOf,
} from '../../server/domain/creator-contents/rules.ts';
import {
  extractHashtags,
  extractLinks,
  extractMentions,
  normalizeLink,
} from '../../server/domain/creator-contents/text.ts';
import {
  type DeliveredPiece,
  moveProblem,
  nextStatuses,
  progressOf,
} from '../../server/domain/campaign-creators/rules.ts';
import { creatorCampaignStatuses } from '../../server/domain/campaign-creators/fields.ts';
import { isPrivate } from '../../server/integrations/media.ts';

describe('a caption', () => {
  test.each([
    ['#Glow and #GLOW', ['glow']],
    ['#ad#sponsored!', ['ad', 'sponsored']],
    ['＃夏 #été #إعلان_مدفوع #गर्मी', ['夏', 'été', 'إعلان_مدفوع', 'गर्मी']],
    ['We are #1 in C# and a#b', ['b']],
    ['see https://glow.com/a#part', []],
    ['#snow_2026, #x.', ['snow_2026', 'x']],
  ])('%s has the hashtags %j', (caption, tags) => {
    expect(extractHashtags(caption)).toEqual(tags);
  });

  test.each([
    ['with @Glow.Beauty. and (@noor_h)', ['glow.beauty', 'noor_h']],
    ['write to hello@glow.com or @@x', []],
    ['@نور', ['نور']],
    ['https://tiktok.com/@glow/video/1', []],
  ])('%s has the mentions %j', (caption, handles) => {
    expect(extractMentions(caption)).toEqual(handles);
  });

  test.each([
    ['Shop: https://www.Glow.com/Summer/?utm=1#top.', ['glow.com/summer']],
    ['(glow.com/a), bit.ly/X', ['glow.com/a', 'bit.ly/x']],
    ['mail me@glow.com', []],
    ['http://glow.com:8080/x', ['glow.com/x']],
    ['v1.2 and 3.14', []],
  ])('%s has the links %j', (caption, links) => {
    expect(extractLinks(caption)).toEqual(links);
  });

  // A pattern that went back and forth over it would not end within the time of a test.
  test('that is long and odd is read to its end', () => {
    const odd = `${'#'.repeat(20_000)}${'a.'.repeat(20_000)}${'@'.repeat(20_000)}`;
    expect(extractHashtags(odd)).toEqual(['a']);
    expect(extractMentions(odd)).toEqual([]);
    expect(extractLinks(odd)).toEqual([]);
  });

  test('names a link in one way', () => {
    expect(['HTTPS://WWW.glow.com/', 'glow.com', 'glow.com/?a=1'].map(normalizeLink)).toEqual(
      Array(3).fill('glow.com'),
    );
    expect(['glow', '', 'a b.c', 'javascript:alert(1)'].map(normalizeLink)).toEqual(Array(4).fill(null));
  });
});

describe('the address of a post', () => {
  test.each([
    ['https://www.instagram.com/p/CxY_-1/?igsh=1', 'INSTAGRAM', 'CxY_-1', null, null],
    ['https://www.instagram.com/noor.h/reel/CxY1/', 'INSTAGRAM', 'CxY1', 'noor.h', 'REEL'],
    ['instagram.com/stories/noor.h/3344', 'INSTAGRAM', '3344', 'noor.h', 'STORY'],
    ['https://www.tiktok.com/@noor.h/video/7312?is_from_webapp=1', 'TIKTOK', '7312', 'noor.h', 'VIDEO'],
    ['https://m.tiktok.com/@noor/photo/7312', 'TIKTOK', '7312', 'noor', 'CAROUSEL'],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3', 'YOUTUBE', 'dQw4w9WgXcQ', null, 'VIDEO'],
    ['https://youtu.be/dQw4w9WgXcQ?si=1', 'YOUTUBE', 'dQw4w9WgXcQ', null, null],
    ['https://youtube.com/shorts/dQw4w9WgXcQ', 'YOUTUBE', 'dQw4w9WgXcQ', null, 'SHORT'],
    ['https://twitter.com/noor/status/1789/photo/1', 'TWITTER', '1789', 'noor', 'TWEET'],
    ['https://x.com/i/web/status/1789', 'TWITTER', '1789', null, 'TWEET'],
    ['https://www.facebook.com/noor/posts/pfbid02Ab', 'FACEBOOK', 'pfbid02Ab', 'noor', 'POST'],
    ['https://www.facebook.com/watch/?v=123', 'FACEBOOK', '123', null, 'VIDEO'],
    ['https://www.linkedin.com/posts/noor-h_glow-activity-7123-AbCd', 'LINKEDIN', '7123', 'noor-h', 'POST'],
    ['https://www.linkedin.com/feed/update/urn:li:activity:7123/', 'LINKEDIN', '7123', null, 'POST'],
    ['https://www.snapchat.com/spotlight/W7_ED', 'SNAPCHAT', 'W7_ED', null, 'VIDEO'],
    ['https://www.pinterest.co.uk/pin/8444/', 'PINTEREST', '8444', null, 'POST'],
    ['https://www.twitch.tv/videos/2233', 'TWITCH', '2233', null, 'LIVE'],
    ['https://clips.twitch.tv/FunnyName-Ab', 'TWITCH', 'FunnyName-Ab', null, 'VIDEO'],
  ])('%s is read', (url, platform, postId, handle, type) => {
    expect(parsePostUrl(url)).toMatchObject({ platform, postId, handle, type });
  });

  test.each([
    'https://www.instagram.com/noor.h/',
    'https://www.youtube.com/@noor',
    'https://instagram.com.evil.test/p/abc/',
    'https://example.com/p/abc',
    'javascript:alert(1)',
    'not an address',
  ])('%s is none', (url) => {
    expect(parsePostUrl(url)).toBeNull();
  });

  test('is one key however it is written', () => {
    const keys = (...urls: string[]) => [...new Set(urls.map(urlKeyOf))];
    expect(
      keys('https://youtu.be/abcDEF', 'youtube.com/watch?v=abcDEF', 'https://m.youtube.com/shorts/abcDEF/'),
    ).toEqual(['youtube.com/abcDEF']);
    expect(keys('https://www.instagram.com/p/AbC/', 'instagram.com/noor/reel/AbC?x=1')).toEqual([
      'instagram.com/AbC',
    ]);
    expect(keys('https://twitter.com/a/status/1', 'https://x.com/b/status/1')).toEqual(['x.com/1']);
    expect(urlKeyOf('https://www.Example.com/Path/?q=1')).toBe('example.com/Path');
    expect(urlKeyOf(null)).toBeNull();
  });

  test('that is shortened is known as such', () => {
    expect(isShortened('https://vm.tiktok.com/ZM1/')).toBe(true);
    expect(isShortened('https://www.tiktok.com/@a/video/1')).toBe(false);
  });
});

describe('a match', () => {
  const content = { hashtags: ['glow', 'ad'], mentions: ['glow.beauty'], links: ['glow.com/shop/red'] };
  test('says what it was made by', () => {
    expect(
      matchReasons(content, {
        hashtags: ['glow', 'other'],
        mentions: ['glow.beauty'],
        links: ['glow.com/shop'],
      }),
    ).toEqual(['HASHTAG:glow', 'MENTION:glow.beauty', 'LINK:glow.com/shop']);
    expect(matchReasons(content, { hashtags: ['glo'], mentions: ['glow'], links: ['glow.com/sho'] })).toEqual(
      [],
    );
  });

  test('is within the days and two weeks more', () => {
    const days = { startsOn: '2026-11-01', endsOn: '2026-11-10', enteredOn: '2026-10-01' };
    expect(
      ['2026-10-31', '2026-11-01', '2026-11-24', '2026-11-25'].map((day) => isInWindow(day, days)),
    ).toEqual([false, true, true, false]);
    expect(isInWindow('2026-09-30', { ...days, startsOn: null, endsOn: null })).toBe(false);
    expect(isInWindow('2099-01-01', { ...days, endsOn: null })).toBe(true);
  });
});

test('a milestone is its day, or the last before it since the one before', () => {
  const days = [0, 1, 3, 5, 29, 40].map((day) => ({ day }));
  expect([1, 7, 30].map((milestone) => atMilestone(days, milestone)?.day)).toEqual([1, 5, 29]);
  expect(atMilestone([{ day: 8 }], 7)).toBeNull();
  const published = new Date('2026-11-01T10:00:00Z');
  expect(daysSince(published, new Date('2026-11-02T09:59:59Z'))).toBe(0);
  expect(daysSince(published, new Date('2026-11-02T10:00:00Z'))).toBe(1);
  expect(daysSince(published, new Date('2026-10-01T10:00:00Z'))).toBeNull();
});

test('a milestone has no figures before its day has come, nor where nobody knows when that is', () => {
  const days = [0, 1, 3].map((day) => ({ day }));
  const at = (age: number | null) => Object.values(milestonesOf(days, age)).map((one) => one?.day ?? null);
  expect(at(0)).toEqual([null, null, null]);
  expect(at(1)).toEqual([1, null, null]);
  expect(at(6)).toEqual([1, null, null]);
  expect(at(7)).toEqual([1, 3, null]);
  expect(at(30)).toEqual([1, 3, null]);
  expect(at(null)).toEqual([null, null, null]);
});

describe('an advertisement', () => {
  const of = (caption: string | null, given: object = {}, terms: string[] = []) =>
    disclosureOf(
      {
        caption,
        hashtags: extractHashtags(caption),
        isLabelledSponsored: null,
        type: 'REEL',
        ...given,
      },
      terms,
    );

  test.each([
    ['Love it #ad', ['#ad']],
    ['#Sponsored by them', ['#sponsored']],
    ['#اعلان', ['#اعلان']],
    ['#إعلان', ['#إعلان']],
    ['#PaidPartnership', ['#paidpartnership']],
  ])('is disclosed by %s', (caption, found) => {
    expect(of(caption)).toEqual({ state: 'OK', found, missing: [] });
  });

  test.each(['#adventure #adidas', 'An ad is an ad', '#collab #partner', '#sponsoredbymum'])(
    'is not disclosed by %s',
    (caption) => {
      expect(of(caption)).toEqual({ state: 'MISSING', found: [], missing: ['TEXT', 'LABEL'] });
    },
  );

  test('is disclosed by the network’s label, and by the agency’s own words', () => {
    expect(of('Nothing', { isLabelledSponsored: true })).toEqual({
      state: 'OK',
      found: ['LABEL'],
      missing: [],
    });
    expect(of('In paid cooperation with them', {}, ['paid cooperation']).found).toEqual(['paid cooperation']);
    expect(of('unpaid cooperations', {}, ['paid cooperation']).state).toBe('MISSING');
    expect(of('#Werbepartner', {}, ['#werbepartner']).found).toEqual(['#werbepartner']);
    expect(findDisclosures({ caption: 'a.d', hashtags: [] }, ['a.d'])).toEqual(['a.d']);
    expect(findDisclosures({ caption: 'axd', hashtags: [] }, ['a.d'])).toEqual([]);
  });

  test('of which nothing can be read is unknown', () => {
    expect(of(null).state).toBe('UNKNOWN');
    expect(of('  ').state).toBe('UNKNOWN');
    expect(of('A caption', { type: 'STORY' }).state).toBe('UNKNOWN');
    expect(of(null, { isLabelledSponsored: false }).state).toBe('MISSING');
  });
});

describe('deliverables', () => {
  const owed = (id: string, given: object = {}) => ({
    id,
    platform: 'INSTAGRAM' as const,
    type: 'REEL' as const,
    count: 1,
    dueOn: '2026-11-10',
    ...given,
  });
  const piece = (given: Partial<DeliveredPiece> = {}): DeliveredPiece => ({
    isConfirmed: true,
    deliverableId: null,
    platform: 'INSTAGRAM',
    type: 'REEL',
    publishedOn: '2026-11-09',
    ...given,
  });
  const states = (...args: Parameters<typeof progressOf>) =>
    [...progressOf(...args)].map(([id, { state, delivered, confirmed, late }]) => [
      id,
      state,
      delivered,
      confirmed,
      late,
    ]);
  const on = (today: string, endsOn: string | null = '2026-11-20') => ({ today, endsOn });

  test('are due, late or missing by the day', () => {
    expect(states([owed('a')], [], on('2026-11-10'))).toEqual([['a', 'DUE', 0, 0, 0]]);
    expect(states([owed('a')], [], on('2026-11-11'))).toEqual([['a', 'LATE', 0, 0, 0]]);
    expect(states([owed('a')], [], on('2026-11-21'))).toEqual([['a', 'MISSING', 0, 0, 0]]);
    expect(states([owed('a', { dueOn: null })], [], on('2026-12-01', null))).toEqual([['a', 'DUE', 0, 0, 0]]);
  });

  test('are delivered in time, or late', () => {
    expect(states([owed('a')], [piece()], on('2026-12-01'))).toEqual([['a', 'DELIVERED', 1, 1, 0]]);
    const late = piece({ publishedOn: '2026-11-11', isConfirmed: false });
    expect(states([owed('a')], [late], on('2026-12-01'))).toEqual([['a', 'LATE', 1, 0, 1]]);
    expect(states([owed('a', { count: 2 })], [piece()], on('2026-11-11'))).toEqual([['a', 'LATE', 1, 1, 0]]);
  });

  test('take the piece that was named for them, then the first that fits', () => {
    const both = [owed('b', { dueOn: '2026-11-12' }), owed('a')];
    const pieces = [piece(), piece({ deliverableId: 'a', publishedOn: '2026-11-08' })];
    expect(states(both, pieces, on('2026-11-11'))).toEqual([
      ['b', 'DELIVERED', 1, 1, 0],
      ['a', 'DELIVERED', 1, 1, 0],
    ]);
    expect(states(both, [piece({ type: 'STORY' })], on('2026-11-09'))).toEqual([
      ['b', 'DUE', 0, 0, 0],
      ['a', 'DUE', 0, 0, 0],
    ]);
  });
});

describe('the steps of the work', () => {
  test('lead everywhere, and nowhere that is not said', () => {
    const reachable = new Set<string>(['PENDING']);
    for (const from of creatorCampaignStatuses)
      for (const to of nextStatuses(from, true)) {
        reachable.add(to);
        expect(moveProblem({ from, to }, true)).toBeNull();
      }
    expect([...reachable].sort()).toEqual([...creatorCampaignStatuses].sort());
    expect(moveProblem({ from: 'COMPLETED', to: 'PENDING' }, false)).toBe(
      'Work that is completed cannot become pending. It has ended.',
    );
  });
});

test.each([
  ['10.1.2.3', true],
  ['127.0.0.1', true],
  ['169.254.169.254', true],
  ['172.31.0.1', true],
  ['192.168.1.1', true],
  ['255.255.255.255', true],
  ['8.8.8.8', false],
  ['::1', true],
  ['fd00::1', true],
  ['fe80::1', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:8.8.8.8', false],
  ['2606:4700::1111', false],
])('%s is private: %s', (address, expected) => {
  expect(isPrivate(address)).toBe(expected);
});
