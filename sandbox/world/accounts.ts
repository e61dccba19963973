import { fixedDay } from './calendar.ts';
import { microsPerPiece } from './currencies.ts';
import { type Manager, managerOf } from './managers.ts';
import { BRANDS, type Market } from './names.ts';
import { type Person } from './people.ts';
import { META_PLACES, type Place, type PurchaseStyle } from './places.ts';
import { GOOGLE_PLACES, TIKTOK_PLACES } from './places-elsewhere.ts';
import { HABITS, WORLD_PLATFORMS, type WorldPlatform } from './platforms.ts';
import { between, digits, mix, unit } from './random.ts';

export interface AdAccount {
  readonly platform: WorldPlatform;
  /** Its place among the accounts of its platform. */
  readonly index: number;
  readonly salt: number;
  /** As the platform writes it: `act_` and 15 to 17 digits at Meta, ten digits at Google, nineteen at TikTok. */
  readonly id: string;
  /** The digits alone. */
  readonly accountId: string;
  readonly name: string;
  readonly brand: string;
  /** More than one where brands share the account: each campaign bears the name of one. */
  readonly brands: readonly [string, ...string[]];
  readonly geo: string;
  readonly market: Market;
  readonly currency: string;
  readonly timeZone: string;
  readonly manager: Manager | null;
  readonly viewer: Person;
  /** Whether the person was let into the account itself: always at Meta and TikTok. */
  readonly isDirect: boolean;
  readonly purchaseStyle: PurchaseStyle;
  readonly createdDay: number;
  /** The first day without delivery because the platform stopped the account. */
  readonly disabledDay: number | null;
  /** A day's figures no longer change by themselves once it is this old. */
  readonly settledAfterDays: number;
  /** The smallest amount that the platform counts, in millionths of the major unit. */
  readonly microsPerPiece: number;
  /** The mean of a campaign's daily spend and price of a thousand impressions, in such pieces (Meta's minor units). */
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

const PLACES: Record<WorldPlatform, readonly Place[]> = {
  meta: META_PLACES,
  google: GOOGLE_PLACES,
  tiktok: TIKTOK_PLACES,
};

/** Draws of the platforms lie apart; Meta's begin at 0, where they were when it was alone. */
const FIRST_POSITION: Record<WorldPlatform, number> = { meta: 0, google: 100, tiktok: 200 };

function brandAt(seed: number, metaIndex: number): string {
  return BRANDS[(metaIndex * 5 + mix(seed, 0, 102)) % BRANDS.length] ?? 'Brand';
}

function accountIdOf(platform: WorldPlatform, salt: number, index: number): string {
  const place = String(index).padStart(2, '0');
  if (platform === 'google') return digits(salt, 1, 8) + place;
  return platform === 'tiktok'
    ? `7${digits(salt, 1, 16)}${place}`
    : digits(salt, 1, 13 + (index % 3)) + place;
}

function identityOf(platform: WorldPlatform, seed: number, index: number) {
  const salt = mix(seed, FIRST_POSITION[platform] + index, 101);
  const accountId = accountIdOf(platform, salt, index);
  return { platform, index, salt, accountId, id: platform === 'meta' ? `act_${accountId}` : accountId };
}

const HEADS: Record<WorldPlatform, string> = { meta: '', google: 'Google Ads ', tiktok: 'TikTok ' };

function namesOf(platform: WorldPlatform, seed: number, { place, index }: { place: Place; index: number }) {
  const brand = brandAt(seed, place.brandOf ?? index);
  const others = (place.sharedWith ?? []).map((metaIndex) => brandAt(seed, metaIndex));
  const tail = `${HEADS[platform]}${place.geo} (${place.currency})`;
  const name =
    others.length === 0 ? `${brand} – ${tail}` : `Shared: ${[brand, ...others].join(', ')} – ${tail}`;
  return { brand, brands: [brand, ...others] as const, name };
}

/** The mean sizes of the account, as draws of its own salt. */
function sizesOf(salt: number, scale: number) {
  const dailyMinor = between(60, 380, unit(salt, 0, 3)) * scale;
  const cpmMinor = between(3.5, 10, unit(salt, 0, 4)) * scale;
  const largestDay = ((SPEND_SPREAD[1] * dailyMinor) / (CPM_SPREAD[0] * cpmMinor)) * 1000;
  return {
    ...{ dailyMinor, cpmMinor, averageOrderMinor: between(28, 150, unit(salt, 0, 6)) * scale },
    audience: Math.ceil(largestDay * MOST_DAYS_OF_AUDIENCE),
  };
}

function accountOf(platform: WorldPlatform, seed: number, { place, index }: { place: Place; index: number }) {
  const identity = identityOf(platform, seed, index);
  const names = namesOf(platform, seed, { place, index });
  const { salt } = identity;
  const { geo, market, currency, timeZone, viewer, purchaseStyle } = place;
  const piece = microsPerPiece(platform, currency);
  return {
    ...identity,
    ...names,
    ...{ geo, market, currency, timeZone, viewer, purchaseStyle, microsPerPiece: piece },
    manager: managerOf({ platform, place, brand: names.brand, seed, salt }),
    isDirect: platform === 'google' ? (place.isDirect ?? false) : true,
    createdDay: OLDEST + (mix(salt, 0, 5) % 90),
    disabledDay: place.disabledDay ?? null,
    settledAfterDays: place.conversionWindowDays ?? HABITS[platform].settledAfterDays,
    ...sizesOf(salt, place.perDollar * (1_000_000 / piece)),
  };
}

/** Every ad account of the world that a seed makes, Meta's first, always in the same order. */
export function createAccounts(seed: number): readonly AdAccount[] {
  return WORLD_PLATFORMS.flatMap((platform) =>
    PLACES[platform].map((place, index) => accountOf(platform, seed, { place, index })),
  );
}
