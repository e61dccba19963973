import { fixedDay } from './calendar.ts';
import { minorPerMajor } from './currencies.ts';
import { BRANDS, type Market } from './names.ts';
import { DANA, type Person } from './people.ts';
import { type Place, PLACES, type PurchaseStyle } from './places.ts';
import { between, digits, mix, unit } from './random.ts';

export interface Business {
  readonly id: string;
  readonly name: string;
}

export interface AdAccount {
  readonly index: number;
  readonly salt: number;
  /** `act_` and 15 to 17 digits. */
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly brand: string;
  readonly geo: string;
  readonly market: Market;
  readonly currency: string;
  readonly timeZone: string;
  readonly business: Business | null;
  readonly viewer: Person;
  readonly purchaseStyle: PurchaseStyle;
  readonly createdDay: number;
  /** The first day without delivery because Meta disabled the account. */
  readonly disabledDay: number | null;
  /** The mean of a campaign's daily spend and price of a thousand impressions, in minor units. */
  readonly dailyMinor: number;
  readonly cpmMinor: number;
  readonly averageOrderMinor: number;
  /** How many people the account could ever reach. */
  readonly audience: number;
}

const OLDEST = fixedDay('2023-05-01');

/** The spread of a campaign around its account's means; the audience below must hold the largest of them. */
export const SPEND_SPREAD = [0.4, 1.6] as const;
export const CPM_SPREAD = [0.7, 1.4] as const;
export const MOST_DAYS_OF_AUDIENCE = 60;

function businessOf(place: Place, brand: string, salt: number, seed: number): Business | null {
  if (place.owner === 'person') return null;
  if (place.owner === 'client') return { id: digits(salt, 2, 15), name: `${brand} Group` };
  const isDemo = place.viewer === DANA;
  const name = isDemo ? 'Meridian Media Partners' : 'Corniche Performance';
  return { id: digits(mix(seed, isDemo ? 1 : 2, 900), 2, 16), name };
}

function accountOf(seed: number, place: Place, index: number): AdAccount {
  const salt = mix(seed, index, 101);
  const brand = BRANDS[(index * 5 + mix(seed, 0, 102)) % BRANDS.length] ?? 'Brand';
  const accountId = digits(salt, 1, 13 + (index % 3)) + String(index).padStart(2, '0');
  const scale = place.perDollar * minorPerMajor(place.currency);
  const dailyMinor = between(60, 380, unit(salt, 0, 3)) * scale;
  const cpmMinor = between(3.5, 10, unit(salt, 0, 4)) * scale;
  const largestDay = ((SPEND_SPREAD[1] * dailyMinor) / (CPM_SPREAD[0] * cpmMinor)) * 1000;
  return {
    index,
    salt,
    id: `act_${accountId}`,
    accountId,
    name: `${brand} – ${place.geo} (${place.currency})`,
    brand,
    geo: place.geo,
    market: place.market,
    currency: place.currency,
    timeZone: place.timeZone,
    business: businessOf(place, brand, salt, seed),
    viewer: place.viewer,
    purchaseStyle: place.purchaseStyle,
    createdDay: OLDEST + (mix(salt, 0, 5) % 90),
    disabledDay: place.disabledDay ?? null,
    dailyMinor,
    cpmMinor,
    averageOrderMinor: between(28, 150, unit(salt, 0, 6)) * scale,
    audience: Math.ceil(largestDay * MOST_DAYS_OF_AUDIENCE),
  };
}

/** Every ad account of the world that a seed makes, always in the same order. */
export function createAccounts(seed: number): readonly AdAccount[] {
  return PLACES.map((place, index) => accountOf(seed, place, index));
}
