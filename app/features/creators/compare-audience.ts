import type { ComparedCreator } from '../../../server/domain/creators/compare-schema.ts';
import { countryName } from '../../lib/countries.ts';

export interface ShortShare {
  label: string;
  /** Of a hundred. */
  percent: string;
}

type Audience = ComparedCreator['audiences'][number];

const SHOWN = 3;

/** The countries with the largest shares. */
export function topCountries({ countries }: Pick<Audience, 'countries'>): ShortShare[] {
  return [...countries]
    .sort((a, b) => Number(b.percent) - Number(a.percent))
    .slice(0, SHOWN)
    .map(({ code, percent }) => ({ label: countryName(code), percent }));
}

const genders = { FEMALE: 'Women', MALE: 'Men', OTHER: 'Other' } as const;

/** Women, men and others over all ages: shares of one base add up. What is not told is left out. */
export function genderShares({ genderAges }: Pick<Audience, 'genderAges'>): ShortShare[] {
  return Object.entries(genders).flatMap(([gender, label]) => {
    const told = genderAges.filter((share) => share.gender === gender);
    return told.length === 0 ? [] : [{ label, percent: sumOf(told) }];
  });
}

/** The ages with the largest shares, over all genders, the youngest first. */
export function topAges({ genderAges }: Pick<Audience, 'genderAges'>): ShortShare[] {
  const ages = [...new Set(genderAges.map(({ ageRange }) => ageRange))];
  return ages
    .map((age) => ({
      label: age.replace('-', '–'),
      percent: sumOf(genderAges.filter(({ ageRange }) => ageRange === age)),
    }))
    .sort((a, b) => Number(b.percent) - Number(a.percent))
    .slice(0, SHOWN)
    .sort((a, b) => Number.parseInt(a.label, 10) - Number.parseInt(b.label, 10));
}

/** Percents are shown to a tenth: what floats add beyond it is nobody's. */
function sumOf(shares: readonly { percent: string }[]): string {
  return shares.reduce((sum, { percent }) => sum + Number(percent), 0).toFixed(2);
}
