import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Clause,
  clauseWords,
  contractState,
  daysBetween,
  type Engagement,
  exclusivityConflicts,
  fold,
  overlaps,
  termsIssues,
  warningOf,
} from '../../server/domain/creator-contracts/rules.ts';
import { expandTerritories, territories } from '../../server/domain/records/territories.ts';
import { plusDays } from '../../server/kernel/time-zones.ts';

const clause = (change: Partial<Clause> = {}): Clause => ({
  contractId: 'contract',
  brandId: 'brand a',
  campaignId: null,
  exclusivity: 'FULL',
  categories: [],
  competitors: [],
  platforms: [],
  territories: [],
  startsOn: '2026-01-01',
  endsOn: '2026-12-31',
  ...change,
});
const engagement = (change: Partial<Engagement> = {}): Engagement => ({
  brandId: 'brand b',
  campaignId: 'campaign b',
  names: ['Brand B'],
  categories: [],
  platforms: [],
  territories: [],
  startsOn: '2026-06-01',
  endsOn: '2026-06-30',
  ...change,
});
const kindOf = (of: Partial<Clause>, work: Partial<Engagement> = {}) =>
  exclusivityConflicts(clause(of), engagement(work))?.kind ?? null;

const days = fc.integer({ min: 0, max: 1000 }).map((days) => plusDays('2026-01-01', days));
const window = fc
  .tuple(fc.option(days), fc.option(days))
  .map(([a, b]) =>
    a !== null && b !== null && a > b ? { startsOn: b, endsOn: a } : { startsOn: a, endsOn: b },
  );
const places = fc.uniqueArray(fc.constantFrom('AE', 'SA', 'FR', 'EG'), { maxLength: 3 });
const words = fc.uniqueArray(fc.constantFrom('beauty', 'Skincare', 'automotive', 'Café'), { maxLength: 3 });
const platforms = fc.uniqueArray(
  fc.constantFrom('INSTAGRAM' as const, 'TIKTOK' as const, 'YOUTUBE' as const),
  {
    maxLength: 3,
  },
);
const anyClause: fc.Arbitrary<Clause> = fc
  .record({
    brandId: fc.constantFrom('brand a', null),
    campaignId: fc.constantFrom('campaign a', null),
    exclusivity: fc.constantFrom('NONE' as const, 'CATEGORY' as const, 'PLATFORM' as const, 'FULL' as const),
    categories: words,
    competitors: fc.uniqueArray(fc.constantFrom('Brand B', 'Glow'), { maxLength: 2 }),
    platforms,
    territories: places,
    window,
  })
  .map(({ window: dates, ...rest }) => clause({ ...rest, ...dates }));
const anyEngagement: fc.Arbitrary<Engagement> = fc
  .record({
    brandId: fc.constantFrom('brand a', 'brand b', null),
    campaignId: fc.constantFrom('campaign a', 'campaign b', null),
    names: fc.uniqueArray(fc.constantFrom('brand b', 'Other'), { maxLength: 2 }),
    categories: words,
    platforms,
    territories: places,
    window,
  })
  .map(({ window: dates, ...rest }) => engagement({ ...rest, ...dates }));

describe('exclusivity', () => {
  test('of all stands against every other brand, and never against its own', () => {
    expect(kindOf({})).toBe('CONFLICT');
    expect(kindOf({}, { brandId: 'brand a' })).toBeNull();
    expect(kindOf({}, { brandId: null })).toBe('CONFLICT');
    expect(kindOf({ campaignId: 'campaign b' }, { brandId: null })).toBeNull();
    expect(kindOf({ brandId: null })).toBeNull();
    expect(kindOf({ exclusivity: 'NONE' })).toBeNull();
  });

  test.each([
    ['the day before it begins', { endsOn: '2025-12-31' }, null],
    ['on its first day', { startsOn: '2025-12-01', endsOn: '2026-01-01' }, 'CONFLICT'],
    ['on its last day', { startsOn: '2026-12-31', endsOn: null }, 'CONFLICT'],
    ['the day after it ends', { startsOn: '2027-01-01', endsOn: null }, null],
    ['at a time that nobody said', { startsOn: null, endsOn: null }, 'CONFLICT'],
  ])('counts both its days: work %s', (_when, work, kind) => {
    expect(kindOf({}, { startsOn: null, ...work })).toBe(kind);
  });

  test('holds where both take place, and everywhere where none is named', () => {
    expect(kindOf({ territories: ['AE', 'SA'] }, { territories: ['FR'] })).toBeNull();
    expect(kindOf({ territories: ['AE', 'SA'] }, { territories: ['FR', 'SA'] })).toBe('CONFLICT');
    expect(kindOf({ territories: ['AE'] })).toBe('CONFLICT');
    expect(kindOf({}, { territories: ['FR'] })).toBe('CONFLICT');
  });

  test('by category goes by the words whatever their case and accents, and guesses nothing', () => {
    const beauty = { exclusivity: 'CATEGORY' as const, categories: ['Beauté'] };
    expect(kindOf(beauty, { categories: ['beaute', 'cars'] })).toBe('CONFLICT');
    expect(kindOf({ ...beauty, categories: ['beauty'] }, { categories: ['skincare'] })).toBeNull();
    expect(kindOf({ ...beauty, categories: ['جمال'] }, { categories: ['جَمَال'] })).toBe('CONFLICT');
    expect(kindOf(beauty, { categories: [] })).toBe('POSSIBLE');
  });

  test('against competitors goes by any name of the work, and is possible where it has none', () => {
    const rivals = { exclusivity: 'CATEGORY' as const, competitors: ['GLOW  cosmetics'] };
    expect(kindOf(rivals, { names: ['Brand B', 'Glow Cosmetics'] })).toBe('CONFLICT');
    expect(kindOf(rivals, { names: ['Glow'] })).toBeNull();
    expect(kindOf(rivals, { names: [] })).toBe('POSSIBLE');
  });

  test('by platform goes by what is asked for, and is possible where that is not known', () => {
    const there = { exclusivity: 'PLATFORM' as const, platforms: ['TIKTOK' as const] };
    expect(kindOf(there, { platforms: ['TIKTOK', 'YOUTUBE'] })).toBe('CONFLICT');
    expect(kindOf(there, { platforms: ['YOUTUBE'] })).toBeNull();
    expect(kindOf(there)).toBe('POSSIBLE');
  });

  test('for a category on some platforms stands where both hold', () => {
    const both = { exclusivity: 'CATEGORY' as const, categories: ['beauty'], platforms: ['TIKTOK' as const] };
    expect(kindOf(both, { categories: ['beauty'], platforms: ['YOUTUBE'] })).toBeNull();
    expect(kindOf(both, { categories: ['beauty'], platforms: ['TIKTOK'] })).toBe('CONFLICT');
    expect(kindOf(both, { categories: ['beauty'] })).toBe('POSSIBLE');
    expect(kindOf(both, { platforms: ['TIKTOK'] })).toBe('POSSIBLE');
    expect(kindOf(both, { categories: ['cars'], platforms: ['TIKTOK'] })).toBeNull();
  });

  test('never stands against its own brand, outside its days, outside its places, nor of an agency-wide contract', () => {
    fc.assert(
      fc.property(anyClause, anyEngagement, (of, work) => {
        const judged = exclusivityConflicts(of, work);
        const apart =
          of.territories.length > 0 &&
          work.territories.length > 0 &&
          !of.territories.some((place) => work.territories.includes(place));
        if (of.brandId === null || of.brandId === work.brandId || !overlaps(of, work) || apart)
          expect(judged).toBeNull();
        else if (of.exclusivity === 'FULL' && (of.campaignId === null || of.campaignId !== work.campaignId))
          expect(judged?.kind).toBe('CONFLICT');
      }),
    );
  });

  test('stands as much against work that is known less: what is left out rules nothing out', () => {
    fc.assert(
      fc.property(anyClause, anyEngagement, (of, work) => {
        if (!exclusivityConflicts(of, work)) return;
        const unknown = {
          ...work,
          categories: [],
          platforms: [],
          territories: [],
          startsOn: null,
          endsOn: null,
        };
        expect(exclusivityConflicts(of, { ...unknown, names: [] })).not.toBeNull();
      }),
    );
  });

  test('says in hidden words nothing of competitors', () => {
    fc.assert(
      fc.property(anyClause, (of) => {
        const said = clauseWords(of, { namesCompetitors: false });
        for (const competitor of of.competitors) expect(said).not.toContain(competitor);
      }),
    );
  });

  test('reads days that overlap alike from both sides, as a calendar would', () => {
    fc.assert(
      fc.property(window, window, (a, b) => {
        expect(overlaps(a, b)).toBe(overlaps(b, a));
        const from =
          [a.startsOn, b.startsOn]
            .filter((day) => day !== null)
            .sort()
            .at(-1) ?? '0000';
        const until = [a.endsOn, b.endsOn].filter((day) => day !== null).sort()[0] ?? '9999';
        expect(overlaps(a, b)).toBe(from <= until);
      }),
    );
  });
});

describe('a clause in words', () => {
  const said = (of: Partial<Clause>, namesCompetitors = true) =>
    clauseWords(clause(of), { namesCompetitors });

  test.each([
    [
      { exclusivity: 'CATEGORY' as const, categories: ['beauty'], territories: ['AE', 'SA'] },
      'Exclusive for beauty in AE, SA until 31 December 2026',
    ],
    [
      { exclusivity: 'CATEGORY' as const, categories: ['beauty'], competitors: ['Glow', 'Zayna'] },
      'Exclusive for beauty and against Glow and Zayna until 31 December 2026',
    ],
    [
      { exclusivity: 'PLATFORM' as const, platforms: ['TIKTOK' as const, 'TWITTER' as const], endsOn: null },
      'Exclusive on TikTok and X, without an end',
    ],
    [{ territories: ['AE'] }, 'Fully exclusive in AE until 31 December 2026'],
  ])('%j', (of, expected) => {
    expect(said(of)).toBe(expected);
  });

  test('names competitors to those alone who may read the contract', () => {
    expect(said({ exclusivity: 'CATEGORY', competitors: ['Glow'] }, false)).toBe(
      'Exclusive against certain competitors until 31 December 2026',
    );
  });
});

describe('a contract', () => {
  const on = (today: string, change: object = {}) =>
    contractState({ status: 'SIGNED', startsOn: '2026-03-01', endsOn: '2026-12-31', ...change }, today);

  test('is what its days make of it once it is signed', () => {
    expect(
      ['2026-02-28', '2026-03-01', '2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'].map((day) =>
        on(day),
      ),
    ).toEqual(['NOT_BEGUN', 'IN_FORCE', 'IN_FORCE', 'ENDING', 'ENDING', 'ENDED']);
    expect(on('2030-01-01', { endsOn: null })).toBe('IN_FORCE');
    expect(on('2027-01-01', { status: 'TERMINATED' })).toBe('TERMINATED');
    expect(on('2027-01-01', { status: 'SENT' })).toBe('SENT');
  });

  test('is warned of 30, 7 and 1 days before its end, and late where nobody looked', () => {
    const warnings = [31, 30, 29, 8, 7, 2, 1, 0, -1].map((left) =>
      warningOf(plusDays('2026-06-15', left), '2026-06-15'),
    );
    expect(warnings).toEqual([null, 30, 30, 30, 7, 7, 1, 1, null]);
    expect(warningOf(null, '2026-06-15')).toBeNull();
  });

  test('counts days over a change of clocks as days', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -800, max: 800 }), (day, count) => {
        expect(daysBetween(day, plusDays(day, count))).toBe(count);
      }),
    );
  });

  test('says what does not fit in its terms, by the names of the inputs', () => {
    const issues = (change: object) =>
      termsIssues({
        starts_on: null,
        ends_on: null,
        exclusivity: 'NONE',
        exclusivity_categories: [],
        exclusivity_competitors: [],
        exclusivity_platforms: [],
        exclusivity_territories: [],
        exclusivity_starts_on: null,
        exclusivity_ends_on: null,
        ...change,
      }).map(({ path }) => path);
    expect(issues({})).toEqual([]);
    expect(issues({ exclusivity: 'CATEGORY' })).toEqual(['exclusivityCategories']);
    expect(issues({ exclusivity: 'CATEGORY', exclusivity_competitors: ['Glow'] })).toEqual([]);
    expect(issues({ exclusivity: 'PLATFORM' })).toEqual(['exclusivityPlatforms']);
    expect(issues({ exclusivity: 'FULL', exclusivity_platforms: ['TIKTOK'] })).toEqual([
      'exclusivityPlatforms',
    ]);
    expect(issues({ exclusivity_territories: ['AE'] })).toEqual(['exclusivityTerritories']);
    expect(issues({ starts_on: '2026-02-01', ends_on: '2026-01-31' })).toEqual(['endsOn']);
    expect(
      issues({ exclusivity: 'FULL', ends_on: '2026-01-31', exclusivity_starts_on: '2026-02-01' }),
    ).toEqual(['exclusivityEndsOn']);
  });
});

describe('territories', () => {
  test('are countries, and groups become theirs', () => {
    expect(territories.parse(['gcc', 'AE', ' fr'])).toEqual(['AE', 'BH', 'FR', 'KW', 'OM', 'QA', 'SA']);
    expect(expandTerritories(['EU'])).toHaveLength(27);
    for (const country of expandTerritories(['GCC'])) expect(expandTerritories(['MENA'])).toContain(country);
  });

  test.each(['UAE', 'XX', 'EURO', '', 'A\0'])('do not take %j', (code) => {
    expect(territories.safeParse([code]).success).toBe(false);
  });
});

test('words fold to themselves', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (word) => fold(fold(word)) === fold(word)));
});
