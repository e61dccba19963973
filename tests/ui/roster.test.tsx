import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { compareHref, readCompareAddress } from '../../app/features/creators/compare-address.ts';
import { genderShares, topAges, topCountries } from '../../app/features/creators/compare-audience.ts';
import { compareGroups } from '../../app/features/creators/compare-rows.tsx';
import { ageCell, brandsCell, rateCell } from '../../app/features/creators/creator-cells.tsx';
import { creatorList } from '../../app/features/creators/creator-list.tsx';
import { ageOf } from '../../app/features/creators/figure-age.ts';
import { readHandles } from '../../app/features/creators/handle-fields.tsx';
import { asksToMend, mendHref, readMendAddress } from '../../app/features/creators/mend-address.ts';
import { NetworkList } from '../../app/features/creators/network-list.tsx';
import { toPercentText, toRatio } from '../../app/features/creators/rates.ts';
import { foldRosterForm, rosterFilterWords, toCount } from '../../app/features/creators/roster-query.ts';
import type { ListRow } from '../../app/features/records/list-look.ts';
import type { ComparedCreator } from '../../server/domain/creators/compare-schema.ts';
import type { CreatorAccount } from '../../server/domain/creators/schema.ts';

const now = '2026-11-22T12:00:00.000Z';
const words = { names: { 'brand-a': 'Noon' }, now, timeZone: 'UTC' };
const account: CreatorAccount = {
  creatorPlatformId: 'p1',
  platform: 'INSTAGRAM',
  handle: 'noor.cooks',
  profileUrl: null,
  imageUrl: null,
  followers: 13_800_000,
  engagementRate: '0.034',
  engagementBasis: 'FOLLOWERS',
  isVerified: true,
  source: 'PHYLLO',
  figuresAt: '2026-11-19T12:00:00.000Z',
  connectionState: 'SYNCED',
};
const row = (fields: object): ListRow => ({ id: 'c', version: 1, name: 'Noor', ...fields });

describe('a rate', () => {
  it('goes from percent to ratio and back without losing a digit', () => {
    for (const [percent, ratio] of [
      ['3.4', '0.034'],
      ['0.05', '0.0005'],
      ['12', '0.12'],
      ['100', '1'],
      ['250.5', '2.505'],
      ['0', '0'],
    ] as const) {
      expect(toRatio(percent)).toBe(ratio);
      expect(toPercentText(ratio)).toBe(percent);
    }
    expect(toRatio('3,4 %')).toBe('0.034');
    expect(toRatio('a lot')).toBeNull();
  });

  it('never stands without what it divides by', () => {
    const rate = (engagementRate: string | null, engagementBasis: string | null) => {
      const cell = rateCell(row({ engagementRate, engagementBasis }));
      return renderToStaticMarkup(<>{cell}</>);
    };
    expect(rate('0.034', 'FOLLOWERS')).toContain('3.40%');
    expect(rate('0.034', 'FOLLOWERS')).toContain('of followers');
    expect(rate('0.034', null)).toContain('of what is not said');
    expect(rate(null, null)).toBe('—');
  });
});

describe('the roster’s form', () => {
  const fold = (query: string) => foldRosterForm(new URL(`http://a.test/creators?${query}`));

  it('lands in the address in the procedure’s own units', () => {
    expect(
      fold(
        'f-roster=1&sort=-updatedAt&platform=TIKTOK&followersFrom=10K&followersTo=1.5m&f-engagement-from=3.4&category=',
      ),
    ).toBe(
      '/creators?sort=-updatedAt&platform=TIKTOK&followersFrom=10000&followersTo=1500000&engagementFrom=0.034',
    );
  });

  it('takes away what was emptied, and leaves what it does not ask', () => {
    expect(fold('f-roster=1&status=SIGNED&followersFrom=&f-engagement-to=&isVerified=')).toBe(
      '/creators?status=SIGNED',
    );
  });

  it('asks for nothing by what is no figure', () => {
    expect(fold('f-roster=1&followersFrom=many&f-engagement-from=lots')).toBe('/creators');
    expect(['10,000', '10 000', '12K', '0.5K', '1.25M'].map(toCount)).toEqual([
      '10000',
      '10000',
      '12000',
      '500',
      '1250000',
    ]);
    expect(['', '1.5', 'K', '-3', '1e9'].map(toCount)).toEqual([null, null, null, null, null]);
  });

  it('is none on a plain address', () => {
    expect(fold('platform=TIKTOK')).toBeNull();
  });

  it('is told in words', () => {
    const told = (name: string, value: string) => rosterFilterWords(name, value, words.names);
    expect(told('engagementFrom', '0.034')).toBe('Engagement rate at least 3.4%');
    expect(told('followersTo', '100000')).toBe('At most 100K followers');
    expect(told('audienceCountry', 'AE')).toBe('Audience in United Arab Emirates');
    expect(told('platform', 'TWITTER')).toBe('On X');
    expect(told('brandId', 'brand-a')).toBe('Works for Noon');
    expect(told('brandId', 'brand-b')).toBe('Works for a brand that is not yours to see');
    expect(told('platform', 'constructor')).toBe('On constructor');
    expect(told('ownerId', 'x')).toBeNull();
  });
});

describe('the age of figures', () => {
  it('is that of the oldest account that tells any', () => {
    const older = { ...account, figuresAt: '2026-11-01T12:00:00.000Z' };
    const untold = {
      ...account,
      followers: null,
      engagementRate: null,
      figuresAt: '2020-01-01T00:00:00.000Z',
    };
    expect(ageOf([account, older, untold], now)).toEqual({ at: older.figuresAt, isStale: false });
    expect(ageOf([untold], now)).toBeNull();
  });

  it('is marked beyond thirty days', () => {
    const old = { ...account, figuresAt: '2026-10-01T12:00:00.000Z' };
    const html = renderToStaticMarkup(<>{ageCell(row({ platforms: [old] }), words)}</>);
    expect(html).toContain('1 Oct 2026, old');
    expect(renderToStaticMarkup(<>{ageCell(row({ platforms: [account] }), words)}</>)).toBe('3 d ago');
  });
});

describe('a creator’s networks', () => {
  it('are short for eyes and exact for readers of the screen', () => {
    const html = renderToStaticMarkup(<NetworkList accounts={[account]} now={now} />);
    expect(html).toContain('13.8M');
    expect(html).toContain('Instagram @noor.cooks: 13,800,000 followers, 3 d ago. ');
  });

  it('say where the access has ended', () => {
    const expired = { ...account, connectionState: 'EXPIRED' as const };
    const html = renderToStaticMarkup(<NetworkList accounts={[expired]} now={now} />);
    expect(html).toContain('data-tone="danger"');
    expect(html).toContain('Access has ended');
  });

  it('that tell no followers are no zero', () => {
    const html = renderToStaticMarkup(<NetworkList accounts={[{ ...account, followers: null }]} now={now} />);
    expect(html).toContain('—');
    expect(html).toContain('followers unknown');
  });

  it('come from a form by handle or link, and the empty ones not at all', () => {
    const form = new FormData();
    form.set('handle.TIKTOK', ' @noor ');
    form.set('handle.INSTAGRAM', 'https://www.instagram.com/noor/');
    form.set('handle.YOUTUBE', ' ');
    expect(readHandles(form)).toEqual([
      { platform: 'INSTAGRAM', handle: 'https://www.instagram.com/noor/' },
      { platform: 'TIKTOK', handle: '@noor' },
    ]);
  });
});

describe('accounts that were refused', () => {
  const href = mendHref('c1', [
    { platform: 'TIKTOK', handle: 'no handle & more', isTaken: false },
    { platform: 'YOUTUBE', handle: '@noor', isTaken: true },
  ]);
  const asked = readMendAddress(new URL(href, 'http://a.test'));

  it('are asked for once more as they were typed, each with why', () => {
    expect(asked.values).toEqual({ 'handle.TIKTOK': 'no handle & more', 'handle.YOUTUBE': '@noor' });
    expect(asked.fields['handle.TIKTOK']).toContain('no TikTok profile');
    expect(asked.fields['handle.YOUTUBE']).toContain('belongs to a creator already');
  });

  it('are none on an address that names none', () => {
    expect(asksToMend(new URL(href, 'http://a.test'))).toBe(true);
    expect(asksToMend(new URL('http://a.test/creators/new?creatorId=c1'))).toBe(false);
  });
});

describe('the brands of a creator', () => {
  it('that the reader does not see are told to be, and never which', () => {
    const cell = (worksForOtherBrands: boolean | null, brandIds: string[]) =>
      renderToStaticMarkup(<>{brandsCell(row({ brandIds, worksForOtherBrands }), words)}</>);
    expect(cell(false, ['brand-a'])).toBe('Noon');
    expect(cell(true, ['brand-a'])).toContain('Noon and another brand');
    expect(cell(true, [])).toContain('Another brand');
    expect(cell(null, [])).toBe('—');
  });
});

describe('a client’s roster', () => {
  it('has no column of commissions, contracts or other brands', () => {
    const { fields, extraColumns = [], columns } = creatorList(true);
    const names = [...fields, ...extraColumns].map(({ name }) => name);
    for (const hidden of ['commissionPercent', 'contractState', 'brandIds']) {
      expect(names).not.toContain(hidden);
      expect(columns).not.toContain(hidden);
    }
  });
});

describe('a comparison', () => {
  const ids = [1, 2, 3, 4, 5, 6].map((n) => `0192a9c0-0000-7000-8000-00000000000${n}`);
  const read = (query: string) => readCompareAddress(new URL(`http://a.test/creators/compare?${query}`));

  it('is of two to five, each once, in the address’s order', () => {
    expect(read(`ids=${ids[1]},${ids[0]},${ids[1]},nonsense`)).toEqual({
      creatorIds: [ids[1], ids[0]],
      leftOut: 0,
      folded: null,
    });
    expect(read(`ids=${ids.join(',')}`)).toMatchObject({ creatorIds: ids.slice(0, 5), leftOut: 1 });
  });

  it('takes what checkboxes and the picker send to the address of a link', () => {
    expect(read(`recordId=${ids[0]}&recordId=${ids[1]}`).folded).toBe(compareHref(ids.slice(0, 2)));
    expect(read(`ids=${ids[0]}&add=${ids[2]}`).folded).toBe(compareHref([ids[0] ?? '', ids[2] ?? '']));
  });

  it('adds shares of one base up, and shows the largest', () => {
    const genderAges = [
      { gender: 'FEMALE', ageRange: '18-24', percent: '30.10' },
      { gender: 'FEMALE', ageRange: '25-34', percent: '20.05' },
      { gender: 'MALE', ageRange: '18-24', percent: '10.2' },
      { gender: 'MALE', ageRange: '65+', percent: '1' },
      { gender: 'MALE', ageRange: '13-17', percent: '5' },
    ];
    expect(genderShares({ genderAges })).toEqual([
      { label: 'Women', percent: '50.15' },
      { label: 'Men', percent: '16.20' },
    ]);
    expect(topAges({ genderAges }).map(({ label }) => label)).toEqual(['13–17', '18–24', '25–34']);
    const countries = ['AE', 'SA', 'EG', 'IN'].map((code, index) => ({ code, percent: String(10 + index) }));
    expect(topCountries({ countries }).map(({ label }) => label)).toEqual(['India', 'Egypt', 'Saudi Arabia']);
  });

  it('shows the networks that one of them has, and a client nothing of what was agreed', () => {
    const compared = { accounts: [{ ...account }] } as unknown as ComparedCreator;
    const titles = (isClient: boolean) =>
      compareGroups([compared], { now, isClient }).map(({ title }) => title);
    expect(titles(false)).toEqual(['Overall', 'Instagram', 'Content of the last 90 days', 'Agreed']);
    expect(titles(true)).not.toContain('Agreed');
  });
});
