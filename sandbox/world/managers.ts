import { DANA, type Person } from './people.ts';
import { type Place } from './places.ts';
import { type WorldPlatform } from './platforms.ts';
import { digits, mix } from './random.ts';

/** What stands above ad accounts: a business at Meta, a manager account at Google, a business centre at TikTok. */
export interface Manager {
  readonly platform: WorldPlatform;
  readonly id: string;
  readonly name: string;
  /** The manager above it; Google alone nests them. */
  readonly parent: Manager | null;
  readonly viewer: Person;
  /** Whose it is: an agency's own, a part of it, or a client's that let the person in. */
  readonly owner: Exclude<Place['owner'], 'person'>;
}

export interface Holding {
  platform: WorldPlatform;
  place: Place;
  brand: string;
  seed: number;
  /** The ad account's own salt: a client's manager is its alone. */
  salt: number;
}

const AGENCIES = { dana: 'Meridian Media Partners', rami: 'Corniche Performance', noor: 'Nobody' } as const;

/** As each platform writes ids: Meta 15 or 16 digits, Google ten, TikTok nineteen (more than 2^53). */
function idOf(platform: WorldPlatform, salt: number, owner: Manager['owner']): string {
  if (platform === 'meta') return digits(salt, 2, owner === 'client' ? 15 : 16);
  return platform === 'google' ? digits(salt, 2, 10) : `69${digits(salt, 2, 17)}`;
}

const CHANNELS: Record<WorldPlatform, number> = { meta: 900, google: 910, tiktok: 920 };

function agencyOf({ platform, place, seed }: Holding): Manager {
  const { viewer } = place;
  const id = idOf(platform, mix(seed, viewer.key === DANA.key ? 1 : 2, CHANNELS[platform]), 'agency');
  return { platform, id, name: AGENCIES[viewer.key], parent: null, viewer, owner: 'agency' };
}

/** The manager directly above an ad account; null where a person holds it alone. */
export function managerOf(holding: Holding): Manager | null {
  const { platform, place, brand, seed, salt } = holding;
  const { owner, viewer } = place;
  if (owner === 'person') return null;
  if (owner === 'client') {
    return { platform, id: idOf(platform, salt, owner), name: `${brand} Group`, parent: null, viewer, owner };
  }
  const agency = agencyOf(holding);
  if (owner === 'agency') return agency;
  const id = idOf(platform, mix(seed, viewer.key === DANA.key ? 3 : 4, CHANNELS[platform]), owner);
  return { platform, id, name: `${agency.name} – Asia-Pacific`, parent: agency, viewer, owner };
}
