import { describe, expect, it } from 'vitest';
import {
  isUnknownFigure,
  parseCompactCount,
  parseHandle,
  parsePercent,
  parsePlatform,
  parseProfileUrl,
  profileUrlOf,
  ratioToPercent,
} from '../../server/domain/creator-platforms/rules.ts';
import { socialPlatforms } from '../../server/integrations/creator-network.ts';

describe('a handle', () => {
  it.each([
    ['INSTAGRAM', '@noor.cooks', 'noor.cooks', 'https://www.instagram.com/noor.cooks/'],
    [
      'INSTAGRAM',
      'https://instagram.com/noor.cooks?igsh=1',
      'noor.cooks',
      'https://www.instagram.com/noor.cooks/',
    ],
    ['INSTAGRAM', 'instagram.com/stories/noor/123/', 'noor', 'https://www.instagram.com/noor/'],
    ['TIKTOK', 'https://m.tiktok.com/@noor_1/video/7', 'noor_1', 'https://www.tiktok.com/@noor_1'],
    ['YOUTUBE', 'youtube.com/@Noor-Cooks/videos', 'Noor-Cooks', 'https://www.youtube.com/@Noor-Cooks'],
    [
      'YOUTUBE',
      'https://www.youtube.com/channel/UCGdrLQbt1PYDTPsampx4t1A',
      'UCGdrLQbt1PYDTPsampx4t1A',
      'https://www.youtube.com/channel/UCGdrLQbt1PYDTPsampx4t1A',
    ],
    ['YOUTUBE', 'https://youtube.com/user/noor', 'noor', 'https://youtube.com/user/noor'],
    ['YOUTUBE', '@نور', 'نور', 'https://www.youtube.com/@%D9%86%D9%88%D8%B1'],
    ['TWITTER', 'https://twitter.com/noor_h', 'noor_h', 'https://x.com/noor_h'],
    ['TWITTER', 'x.com/noor_h', 'noor_h', 'https://x.com/noor_h'],
    [
      'LINKEDIN',
      'https://ae.linkedin.com/in/noor-haddad/',
      'noor-haddad',
      'https://www.linkedin.com/in/noor-haddad/',
    ],
    ['LINKEDIN', 'linkedin.com/company/noor/about', 'company/noor', 'https://www.linkedin.com/company/noor/'],
    ['SNAPCHAT', 'https://www.snapchat.com/add/noor-h', 'noor-h', 'https://www.snapchat.com/add/noor-h'],
    ['PINTEREST', 'https://de.pinterest.com/noorh/', 'noorh', 'https://www.pinterest.com/noorh/'],
    ['TWITCH', 'twitch.tv/noorplays', 'noorplays', 'https://www.twitch.tv/noorplays'],
    ['FACEBOOK', 'https://m.facebook.com/noor.cooks', 'noor.cooks', 'https://www.facebook.com/noor.cooks'],
    [
      'FACEBOOK',
      'https://www.facebook.com/profile.php?id=100012345',
      '100012345',
      'https://www.facebook.com/profile.php?id=100012345',
    ],
    [
      'FACEBOOK',
      'Congressman-Tracey-Mann-105522931489227',
      'Congressman-Tracey-Mann-105522931489227',
      'https://www.facebook.com/Congressman-Tracey-Mann-105522931489227',
    ],
  ] as const)('of %s is read from %s', (platform, text, handle, profileUrl) => {
    expect(parseHandle(platform, text)).toEqual({ handle, profileUrl });
  });

  it.each([
    ['INSTAGRAM', 'Noor Cooks'],
    ['INSTAGRAM', 'https://www.instagram.com/p/C0ffee/'],
    ['INSTAGRAM', 'https://www.tiktok.com/@noor'],
    ['INSTAGRAM', 'https://instagram.com.evil.test/noor'],
    ['INSTAGRAM', ''],
    ['TIKTOK', 'https://www.tiktok.com/tag/food'],
    ['YOUTUBE', 'https://www.youtube.com/watch?v=1'],
    ['TWITTER', 'https://x.com/noor/status/1'],
    ['TWITTER', 'a_name_longer_than_fifteen'],
    ['LINKEDIN', 'https://www.linkedin.com/feed/'],
    ['FACEBOOK', 'https://www.facebook.com/groups/1'],
    ['FACEBOOK', 'javascript://facebook.com/x'],
  ] as const)('of %s is not read from %s', (platform, text) => {
    expect(parseHandle(platform, text)).toBeNull();
  });

  it('comes back from the address of its profile, at every network', () => {
    for (const platform of socialPlatforms) {
      const handle = 'noorcooks';
      expect(parseProfileUrl(profileUrlOf(platform, handle))).toMatchObject({ platform, handle });
    }
  });
});

it('a network is known by its usual names', () => {
  const named = ['Instagram', 'IG', 'x', 'X (Twitter)', 'You Tube', 'yt', 'tiktok', 'LinkedIn', 'facebook'];
  expect(named.map(parsePlatform)).toEqual([
    'INSTAGRAM',
    'INSTAGRAM',
    'TWITTER',
    'TWITTER',
    'YOUTUBE',
    'YOUTUBE',
    'TIKTOK',
    'LINKEDIN',
    'FACEBOOK',
  ]);
  expect(parsePlatform('Myspace')).toBeNull();
});

describe('a compact count', () => {
  it.each([
    ['13.8M', 13_800_000, true],
    ['845.8K', 845_800, true],
    ['1.2m', 1_200_000, true],
    ['1,2 Mio', 1_200_000, true],
    ['1,2 Mio.', 1_200_000, true],
    ['2.05bn', 2_050_000_000, true],
    ['10k+', 10_000, true],
    ['12 345', 12_345, false],
    ['12\u00a0345\u202f678', 12_345_678, false],
    ['12,345', 12_345, false],
    ['12.345', 12_345, false],
    ['1,234,567.00', 1_234_567, false],
    ['845800.0', 845_800, false],
    ['0', 0, false],
  ] as const)('%s is %i', (text, count, isRounded) => {
    expect(parseCompactCount(text)).toEqual({ count, isRounded });
  });

  it.each([
    '',
    '1.5',
    '1,234K',
    '12 lakh',
    '1.2.3M',
    '-5',
    '1e6',
    'M',
    '12,34',
    '1.2345678M',
    '99999999999999999',
  ])('%j is none', (text) => {
    expect(parseCompactCount(text)).toBeNull();
  });
});

it('a percent becomes an exact ratio, and a bare number none', () => {
  expect(['3.4%', '0,55 %', '12%', '123.4%', '0%'].map(parsePercent)).toEqual([
    '0.034',
    '0.0055',
    '0.12',
    '1.234',
    '0',
  ]);
  expect(['0.034', '0.0055', '0.12', '1.234', '0', '0.03401000'].map(ratioToPercent)).toEqual([
    '3.4%',
    '0.55%',
    '12%',
    '123.4%',
    '0%',
    '3.401%',
  ]);
  expect(['3.4', '', '%', '-1%'].map(parsePercent)).toEqual([null, null, null, null]);
});

it('a figure that a file does not know is unknown, and 0 is known', () => {
  expect(['', '-', '—', 'N/A', 'null'].every(isUnknownFigure)).toBe(true);
  expect(isUnknownFigure('0')).toBe(false);
});
