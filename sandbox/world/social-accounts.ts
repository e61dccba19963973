import { DAY_MS, fixedDay } from './calendar.ts';
import { type Creator, CREATORS } from './creators.ts';
import { type Network, NETWORK_HABITS, NETWORKS } from './networks.ts';
import { between, digits, mix, unit } from './random.ts';

/** A creator's account on one network. */
export interface SocialAccount {
  readonly creator: Creator;
  readonly network: Network;
  readonly salt: number;
  /** The network's own id of the profile, as each writes it. */
  readonly nativeId: string;
  /** Followers at the beginning of 2026, and what a year adds or takes, as a share of them. */
  readonly followers: number;
  readonly yearlyGrowth: number;
  readonly postsADay: number;
  readonly isVerified: boolean;
  /** When the profile was made, in ms since the epoch. */
  readonly madeAt: number;
}

const GROWTH_FROM = fixedDay('2026-01-01');
const NATIVE_IDS = 417;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Letters and digits as YouTube and Instagram write ids. */
export function letters(salt: number, position: number, length: number): string {
  return Array.from({ length }, (_, at) => LETTERS[mix(salt, position, at) % LETTERS.length] ?? 'A').join('');
}

function nativeIdOf(network: Network, salt: number): string {
  if (network === 'youtube') return `UC${letters(salt, 1, 22)}`;
  if (network === 'instagram') return digits(salt, 1, 17);
  if (network === 'tiktok') return digits(salt, 1, 19);
  return digits(salt, 1, network === 'twitch' ? 9 : 16);
}

function accountOf(creator: Creator, network: Network, { seed, at }: { seed: number; at: number }) {
  const followers = creator.on[network];
  if (followers === undefined) return [];
  const salt = mix(seed, at, 5_000 + NETWORKS.indexOf(network));
  const busy = unit(salt, 3, 0);
  const [least, most] = network === 'linkedin' ? [0, 0] : NETWORK_HABITS[network].postsADay;
  const account: SocialAccount = {
    ...{ creator, network, salt, followers },
    nativeId: nativeIdOf(network, mix(NATIVE_IDS, at, NETWORKS.indexOf(network))),
    yearlyGrowth: between(-0.12, 0.65, unit(salt, 2, 0)),
    postsADay: between(least, most, busy * busy),
    isVerified: followers > 400_000 || unit(salt, 4, 0) < 0.1,
    madeAt: Date.UTC(2012 + (mix(salt, 5, 0) % 12), mix(salt, 5, 1) % 12, 1 + (mix(salt, 5, 2) % 28), 9, 41),
  };
  return [account];
}

/** Every account of every creator in the world of a seed. Names and native ids are the same in all worlds. */
export function createSocialAccounts(seed: number): readonly SocialAccount[] {
  return CREATORS.flatMap((creator, at) =>
    NETWORKS.flatMap((network) => accountOf(creator, network, { seed, at })),
  );
}

/** Days since 1970 with their fraction, by the clock of UTC. */
export const dayTime = (moment: Date): number => moment.getTime() / DAY_MS;

/** How many follow at a moment: a slope, days on which some leave, and hours that fill the gap between two days. */
export function followersAt({ salt, followers, yearlyGrowth }: SocialAccount, moment: Date): number {
  const time = dayTime(moment);
  const day = Math.floor(time);
  const wave = (each: number) => between(-0.0012, 0.0012, unit(salt, each, 11));
  const swing = wave(day) + (wave(day + 1) - wave(day)) * (time - day);
  const slope = 1 + (yearlyGrowth * (time - GROWTH_FROM)) / 365;
  return Math.round(followers * (Math.max(0.2, slope) + swing));
}

/** How many the account itself follows: it changes about once a week. */
export function followingAt({ salt }: SocialAccount, moment: Date): number {
  const weeks = Math.floor(dayTime(moment) / 7);
  return 40 + (mix(salt, 12, 0) % 1_400) + (mix(salt, weeks, 12) % 9);
}
