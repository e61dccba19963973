import { DAY_MS, fixedDay } from './calendar.ts';
import { NETWORK_HABITS, PACES, type PostKind } from './networks.ts';
import { BRANDS } from './names.ts';
import { mix, pick, unit } from './random.ts';
import { type SocialAccount } from './social-accounts.ts';

/** How a paid post says so: by the network's label, by a hashtag, by both, by a hashtag added later, or not at all. */
export type Disclosure = 'label' | 'tag' | 'both' | 'late' | 'none';

export interface Sponsor {
  brand: string;
  disclosure: Disclosure;
}

export interface Post {
  readonly account: SocialAccount;
  /** Unique within the account and the same in every world of its seed: day and place in it. */
  readonly key: string;
  readonly salt: number;
  readonly kind: PostKind;
  readonly publishedAt: Date;
  /** When its text was changed, and when it was taken down; null: never. */
  readonly editedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly sponsor: Sponsor | null;
}

/** Before this day nobody has posted anything. */
export const FIRST_DAY = fixedDay('2025-01-01');

const HOUR_MS = 3_600_000;
const DISCLOSURES: readonly [Disclosure, ...Disclosure[]] = ['both', 'label', 'tag', 'late', 'none', 'tag'];

/** The three brands that pay a creator, wherever they post. */
function sponsorOf({ creator }: SocialAccount, salt: number): Sponsor | null {
  if (unit(salt, 20, 0) >= 0.18) return null;
  const first = [...creator.key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const brand = BRANDS[(first + 5 * (mix(salt, 20, 1) % 3)) % BRANDS.length] ?? BRANDS[0] ?? '';
  return { brand, disclosure: pick(DISCLOSURES, mix(salt, 20, 2)) };
}

function postOf(account: SocialAccount, day: number, place: number): Post {
  const salt = mix(account.salt, day, 100 + place);
  const { kinds } = NETWORK_HABITS[account.network === 'linkedin' ? 'x' : account.network];
  const kind = pick(kinds, mix(salt, 21, 0));
  const publishedAt = day * DAY_MS + (mix(salt, 22, 0) % 86_400) * 1_000;
  const sponsor = kind === 'stream' ? null : sponsorOf(account, salt);
  const isEdited = sponsor?.disclosure === 'late' || (kind !== 'story' && unit(salt, 23, 0) < 0.03);
  const isDeleted = kind !== 'story' && unit(salt, 24, 0) < 0.02;
  return {
    ...{ account, salt, kind, sponsor, key: `${day}.${place}` },
    publishedAt: new Date(publishedAt),
    editedAt: isEdited ? new Date(publishedAt + (2 + (mix(salt, 23, 1) % 40)) * HOUR_MS) : null,
    deletedAt: isDeleted ? new Date(publishedAt + (48 + (mix(salt, 24, 1) % 400)) * HOUR_MS) : null,
  };
}

function postsOn(account: SocialAccount, day: number): Post[] {
  if (account.postsADay === 0) return [];
  const count = Math.floor(account.postsADay + unit(account.salt, day, 99));
  return Array.from({ length: count }, (_, place) => postOf(account, day, place));
}

/** What was published after one moment and up to another, oldest first, whatever became of it. */
export function postsPublished(account: SocialAccount, range: { after: Date; until: Date }): Post[] {
  const first = Math.max(FIRST_DAY, Math.floor(range.after.getTime() / DAY_MS));
  const last = Math.floor(range.until.getTime() / DAY_MS);
  const posts: Post[] = [];
  for (let day = first; day <= last; day += 1) posts.push(...postsOn(account, day));
  return posts
    .filter(({ publishedAt }) => publishedAt > range.after && publishedAt <= range.until)
    .sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime() || a.salt - b.salt);
}

/** The post of a key, if it was published by a moment. */
export function findPost(account: SocialAccount, key: string, moment: Date): Post | undefined {
  const day = Number(key.split('.')[0]);
  if (!Number.isInteger(day) || day < FIRST_DAY) return undefined;
  return postsOn(account, day).find((post) => post.key === key && post.publishedAt <= moment);
}

export const isDeletedBy = ({ deletedAt }: Post, moment: Date): boolean =>
  deletedAt !== null && deletedAt <= moment;

/** A story's picture can be had for a day alone; what else was posted stays. */
export function isGoneBy(post: Post, moment: Date): boolean {
  const { lifeHours } = PACES[post.kind];
  if (isDeletedBy(post, moment)) return true;
  return lifeHours !== undefined && moment.getTime() > post.publishedAt.getTime() + lifeHours * HOUR_MS;
}
