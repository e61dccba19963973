import { Big } from 'big.js';
import type { AudienceCaution, AudienceParts, Caution } from './audience-schema.ts';

const SMALL_BELOW = 1_000;
const OLD_AFTER_DAYS = 30;
const DAY_MS = 86_400_000;

const WORDS: Readonly<Record<AudienceCaution, string>> = {
  SMALL: 'Under 1,000 followers: a few people move these percentages.',
  ENGAGED: 'Those who reacted, not all who follow.',
  OLD: 'Older than 30 days.',
  UNKNOWN_BASE: 'How many followers it was made of is not known.',
};

export interface Sample {
  followers: number | null;
  kind: 'FOLLOWERS' | 'ENGAGED';
  /** The day that it is of, YYYY-MM-DD. */
  date: string;
}

/** Why a sample is to be read with care; none where it need not be. */
export function cautionsOf({ followers, kind, date }: Sample, now: Date): Caution[] {
  const kinds: AudienceCaution[] = [];
  if (followers === null) kinds.push('UNKNOWN_BASE');
  else if (followers < SMALL_BELOW) kinds.push('SMALL');
  if (kind === 'ENGAGED') kinds.push('ENGAGED');
  if (now.getTime() - Date.parse(date) > OLD_AFTER_DAYS * DAY_MS) kinds.push('OLD');
  return kinds.map((each) => ({ kind: each, text: WORDS[each] }));
}

export type Shares = Omit<AudienceParts, 'sums'>;

/** What the percents come to, as they were sent. */
export function withSums(shares: Shares): AudienceParts {
  const sum = (items: readonly { percent: string }[]) =>
    items.length === 0
      ? null
      : items.reduce((total, { percent }) => total.plus(percent), new Big(0)).toFixed();
  return {
    ...shares,
    sums: {
      countries: sum(shares.countries),
      cities: sum(shares.cities),
      genderAges: sum(shares.genderAges),
    },
  };
}

export interface Weighted extends Shares {
  followers: number;
}

const PLACES = 4;

/**
 * Several audiences as one: each share weighted by the followers of those that tell of its kind at all. An account that
 * tells countries and no cities is a part of the countries alone. The largest come first, ages in their order.
 */
export function combine(audiences: readonly Weighted[]): AudienceParts {
  const countries = weigh(
    audiences,
    ({ countries: items }) => items,
    ({ code }) => code,
  );
  const cities = weigh(
    audiences,
    ({ cities: items }) => items,
    ({ name }) => name,
  );
  const genderAges = weigh(
    audiences,
    ({ genderAges: items }) => items,
    ({ gender, ageRange }) => `${gender} ${ageRange}`,
  );
  const byAge = (one: { ageRange: string; gender: string }, other: { ageRange: string; gender: string }) =>
    one.ageRange.localeCompare(other.ageRange, 'en', { numeric: true }) ||
    one.gender.localeCompare(other.gender);
  return withSums({
    countries: countries.sort(byShare),
    cities: cities.sort(byShare),
    genderAges: genderAges.sort(byAge),
  });
}

function byShare(one: { percent: string }, other: { percent: string }): number {
  return new Big(other.percent).cmp(one.percent);
}

function weigh<T extends { percent: string }>(
  audiences: readonly Weighted[],
  itemsOf: (audience: Weighted) => readonly T[],
  keyOf: (item: T) => string,
): T[] {
  const telling = audiences.filter((audience) => itemsOf(audience).length > 0);
  const base = telling.reduce((sum, { followers }) => sum.plus(followers), new Big(0));
  if (base.eq(0)) return [];
  const parts = new Map<string, { item: T; people: Big }>();
  for (const audience of telling)
    for (const item of itemsOf(audience)) {
      const people = new Big(item.percent).times(audience.followers);
      const before = parts.get(keyOf(item));
      parts.set(keyOf(item), { item, people: before ? before.people.plus(people) : people });
    }
  return [...parts.values()].map(({ item, people }) => ({
    ...item,
    percent: people.div(base).round(PLACES).toFixed(),
  }));
}
