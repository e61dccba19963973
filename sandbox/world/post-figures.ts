import { PACES } from './networks.ts';
import { isDeletedBy, type Post, postsPublished } from './posts.ts';
import { between, unit } from './random.ts';
import { followersAt, type SocialAccount } from './social-accounts.ts';

/** What a post has gathered by a moment, whether or not its network tells of it. Whole numbers that never fall. */
export interface PostFigures {
  views: number;
  reach: number;
  likes: number;
  comments: number;
  shares: number;
  saves: number;
  profileVisits: number;
}

const HOUR_MS = 3_600_000;

/** How much of all that it will ever have, by its age. */
function shareBy(post: Post, moment: Date): number {
  const { hours, lifeHours } = PACES[post.kind];
  const end = isDeletedBy(post, moment) && post.deletedAt ? post.deletedAt : moment;
  const age = Math.max(0, (end.getTime() - post.publishedAt.getTime()) / HOUR_MS);
  return 1 - Math.exp(-Math.min(age, lifeHours ?? age) / hours);
}

/** One post in twenty goes further than its followers. */
function viewsAtEnd(post: Post): number {
  const { salt, kind, account } = post;
  const luck =
    unit(salt, 31, 0) < 0.05 ? between(3, 14, unit(salt, 31, 1)) : between(0.35, 1.7, unit(salt, 31, 2));
  return followersAt(account, post.publishedAt) * PACES[kind].viewsPerFollower * luck;
}

export function figuresOf(post: Post, moment: Date): PostFigures {
  const { salt, kind } = post;
  const share = shareBy(post, moment);
  const end = viewsAtEnd(post);
  const views = Math.floor(end * share);
  // Each comes a little later than the views that it comes from.
  const part = (rate: number, channel: number, delay: number) =>
    Math.floor(end * rate * between(0.55, 1.6, unit(salt, 32, channel)) * share ** delay);
  const { likesPerView } = PACES[kind];
  return {
    views,
    reach: Math.floor(views * between(0.72, 0.95, unit(salt, 33, 0))),
    likes: part(likesPerView, 1, 1),
    comments: part(likesPerView * 0.035, 2, 1.2),
    shares: part(likesPerView * 0.05, 3, 1.1),
    saves: part(likesPerView * 0.08, 4, 1.15),
    profileVisits: part(0.004, 5, 1),
  };
}

export interface AccountTotals {
  /** Posts that still stand on the profile; stories never do. */
  posts: number;
  /** Likes of everything that was ever posted. */
  likes: number;
  watchHours: number;
}

/** What a profile shows of all its posts. Those before the world's first day are a lump. */
export function totalsOf(account: SocialAccount, moment: Date): AccountTotals {
  const all = postsPublished(account, { after: new Date(0), until: moment });
  const standing = all.filter((post) => post.kind !== 'story' && !isDeletedBy(post, moment));
  const older = Math.floor(account.postsADay * 300 * (1 + unit(account.salt, 34, 0)));
  const figures = standing.map((post) => figuresOf(post, moment));
  const likes = figures.reduce((sum, each) => sum + each.likes, 0);
  const views = figures.reduce((sum, each) => sum + each.views, 0);
  const lump = Math.floor(older * account.followers * 0.011);
  return {
    posts: older + standing.length,
    likes: lump + likes,
    watchHours: Math.floor((views + lump * 20) * 0.06 * 100) / 100,
  };
}
