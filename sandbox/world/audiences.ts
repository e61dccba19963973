import { mix, unit } from './random.ts';
import { dayTime, followersAt, type SocialAccount } from './social-accounts.ts';

/** Who follows an account, in hundredths of a percent. Shares of genders and ages add up to about 10,000. */
export interface Audience {
  countries: { code: string; share: number }[];
  cities: { name: string; share: number }[];
  people: { gender: 'FEMALE' | 'MALE' | 'OTHER'; ages: string; share: number }[];
}

/** The ages as Phyllo names them; the last is written so. Source: its audience answers. */
const AGES = ['18-24', '25-34', '35-44', '45-54', '55-64', '65-'] as const;
const AGE_WEIGHTS = [26, 38, 19, 9, 5, 3] as const;

const CITIES: Readonly<Record<string, readonly string[]>> = {
  AE: ['Dubai, Dubai', 'Abu Dhabi, Abu Dhabi', 'Al Ain, Abu Dhabi'],
  SA: ['Riyadh, Riyadh Province', 'Jeddah, Makkah Province', 'Dammam, Eastern Province'],
  EG: ['Cairo, Cairo Governorate', 'Alexandria, Alexandria Governorate'],
  KW: ['Kuwait City, Al Asimah'],
  US: ['New York, New York', 'Los Angeles, California', 'Houston, Texas'],
  GB: ['London, England', 'Manchester, England'],
  IN: ['Mumbai, Maharashtra', 'Delhi, Delhi'],
  FR: ['Paris, Île-de-France', 'Marseille, Provence-Alpes-Côte d’Azur'],
  DE: ['Berlin, Berlin', 'München, Bayern'],
  BR: ['São Paulo, São Paulo', 'Rio de Janeiro, Rio de Janeiro'],
  TR: ['İstanbul, İstanbul'],
  ES: ['Madrid, Comunidad de Madrid', 'Barcelona, Cataluña'],
  MX: ['Ciudad de México, Ciudad de México'],
  JP: ['東京都, 東京都'],
};

const ABROAD = Object.keys(CITIES);
const FEWEST_FOLLOWERS = 100;

/** Weights as shares of a whole, each rounded by itself: together they are rarely the whole. */
function sharesOf(weights: readonly number[], whole: number): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => Math.max(1, Math.round((weight / sum) * whole)));
}

/** A draw that moves a little from month to month. */
function drift(salt: number, month: number, channel: number): number {
  return 0.6 + unit(salt, 50, channel) + 0.12 * unit(salt, month, 60 + channel);
}

function countriesOf({ creator, salt }: SocialAccount, month: number) {
  const others = ABROAD.filter((code) => code !== creator.country);
  const start = mix(salt, 51, 0) % others.length;
  const codes = [
    creator.country,
    ...Array.from({ length: 9 }, (_, at) => others[(start + at) % others.length] ?? 'US'),
  ];
  const weights = codes.map((_, at) => drift(salt, month, at) / (at === 0 ? 0.12 : 0.4 + at * 0.6));
  return sharesOf(weights, 9_950).map((share, at) => ({ code: codes[at] ?? 'US', share }));
}

/** A person is counted in the city of the profile and in that of the phone: cities come to more than all. */
function citiesOf(countries: Audience['countries'], { salt }: SocialAccount, month: number) {
  return countries.flatMap(({ code, share }, at) => {
    const names = CITIES[code] ?? [];
    const parts = sharesOf(
      names.map((_, place) => drift(salt, month, 20 + place) / (place + 1)),
      share * (at === 0 ? 1.3 : 1.05),
    );
    return names.map((name, place) => ({ name, share: parts[place] ?? 1 }));
  });
}

function peopleOf({ creator, salt }: SocialAccount, month: number): Audience['people'] {
  const tilt = creator.gender === 'MALE' ? 0.65 : 1.5;
  const genders = [
    ['OTHER', 0.12],
    ['MALE', 1],
    ['FEMALE', tilt],
  ] as const;
  const rows = genders.flatMap(([gender, weight], group) =>
    AGES.map((ages, at) => {
      const drawn = drift(salt, month, 30 + group * 6 + at);
      return { gender, ages, weight: weight * (AGE_WEIGHTS[at] ?? 1) * drawn };
    }),
  );
  const shares = sharesOf(
    rows.map(({ weight }) => weight),
    10_000,
  );
  return rows.map(({ gender, ages }, at) => ({ gender, ages, share: (shares[at] ?? 0) + (at % 3) }));
}

/** Whether the network tells who follows: Instagram and YouTube do, of an account that a hundred follow. */
export function showsAudience(account: SocialAccount, moment: Date): boolean {
  const { network } = account;
  if (network !== 'instagram' && network !== 'youtube') return false;
  return followersAt(account, moment) >= FEWEST_FOLLOWERS;
}

/** Who follows an account in the month of a moment. Nothing in it where the network does not tell. */
export function audienceAt(account: SocialAccount, moment: Date): Audience {
  if (!showsAudience(account, moment)) return { countries: [], cities: [], people: [] };
  const month = Math.floor(dayTime(moment) / 30);
  const countries = countriesOf(account, month);
  return { countries, cities: citiesOf(countries, account, month), people: peopleOf(account, month) };
}
