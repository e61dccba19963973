import { type SandboxState } from '../state.ts';
import { audienceAt } from '../world/audiences.ts';
import { captionAt, hasLabel } from '../world/captions.ts';
import { DAY_MS, isoDay } from '../world/calendar.ts';
import { type Network } from '../world/networks.ts';
import { figuresOf, totalsOf } from '../world/post-figures.ts';
import { isDeletedBy, type Post, postsPublished } from '../world/posts.ts';
import { followersAt, followingAt, type SocialAccount } from '../world/social-accounts.ts';
import { contentAddress } from './content-json.ts';
import { contentIdOf } from './ids.ts';
import { type PhylloAccount } from './memory.ts';
import { platformUsername, socialOf } from './sight.ts';
import { workPlatformOf } from './work-platforms.ts';

/** Which counts each network tells; the others are unknown. Written apart from the API's own formatting. */
const TOLD: Record<Network, string> = {
  instagram: 'views likes comments shares saves',
  tiktok: 'views likes comments shares',
  youtube: 'views likes comments',
  x: 'likes comments',
  facebook: 'likes comments shares',
  twitch: 'views',
  linkedin: '',
};

export interface TrueContent {
  id: string;
  url: string;
  publishedAt: string;
  type: string;
  caption: string | null;
  isLabelled: boolean;
  views: number | null;
  likes: number | null;
  comments: number | null;
  shares: number | null;
  saves: number | null;
}

function contentOf(account: PhylloAccount, post: Post, moment: Date): TrueContent {
  const figures = figuresOf(post, moment);
  const isToldHere = (name: string) =>
    TOLD[account.network].split(' ').includes(name) && !(name === 'saves' && post.kind === 'story');
  const isVideo = account.network === 'facebook' && post.kind === 'video';
  return {
    ...{ id: contentIdOf(account.id, post.key), url: contentAddress(post), type: post.kind },
    publishedAt: post.publishedAt.toISOString(),
    ...{ caption: captionAt(post, moment), isLabelled: hasLabel(post) },
    views: isToldHere('views') || isVideo ? figures.views : null,
    likes: isToldHere('likes') ? figures.likes : null,
    comments: isToldHere('comments') ? figures.comments : null,
    // X reposts where others share, and says so in a field of its own.
    shares: isToldHere('shares') ? figures.shares : null,
    saves: isToldHere('saves') ? figures.saves : null,
  };
}

/** Who follows, in percents with two decimals, in the product's order of words. */
function trueAudience(social: SocialAccount, moment: Date) {
  const { countries, cities, people } = audienceAt(social, moment);
  const percent = (share: number) => (share / 100).toFixed(2);
  return {
    countries: countries.map(({ code, share }) => ({ code, percent: percent(share) })),
    cities: cities.map(({ name, share }) => ({ name, percent: percent(share) })),
    genderAges: people.map(({ gender, ages, share }) => ({ gender, ages, percent: percent(share) })),
  };
}

function trueProfile(social: SocialAccount, moment: Date) {
  const { network, isVerified } = social;
  const { posts, likes } = totalsOf(social, moment);
  const counts = network === 'instagram' || network === 'tiktok' || network === 'x';
  return {
    followers: followersAt(social, moment),
    following: counts ? followingAt(social, moment) : null,
    contentCount: counts || network === 'youtube' ? posts : null,
    likes: network === 'tiktok' ? likes : null,
    isVerified,
  };
}

/**
 * What is true of an account at a moment; of posts, those from the first day that Phyllo has. Without a moment: as
 * Phyllo last looked at the profile and at the posts, which is what its API shows.
 */
export function phylloTruth(state: SandboxState, account: PhylloAccount, asOf: Date | null) {
  const social = socialOf(state, account);
  const { network, identity, engagement, createdAt } = account;
  const profileMoment = asOf ?? new Date(identity.syncedAt ?? createdAt);
  const moment = asOf ?? new Date(engagement.syncedAt ?? createdAt);
  const after = new Date(account.availableFrom * DAY_MS - 1);
  const hasPosts = workPlatformOf(network).engagement;
  const published = hasPosts ? postsPublished(social, { after, until: moment }) : [];
  return {
    ...{
      accountId: account.id,
      network,
      profileAsOf: profileMoment.toISOString(),
      asOf: moment.toISOString(),
    },
    availableFrom: isoDay(account.availableFrom),
    profile: trueProfile(social, profileMoment),
    audience: trueAudience(social, profileMoment),
    contents: published
      .filter((post) => !isDeletedBy(post, moment))
      .map((post) => contentOf(account, post, moment)),
  };
}

/** Every account that was connected, whoever connected it. */
export function phylloAccounts(state: SandboxState) {
  return [...state.phyllo.accounts.values()].map((account) => {
    const social = socialOf(state, account);
    const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
    return {
      ...{
        accountId: account.id,
        userId: account.userId,
        workPlatformId: workPlatformOf(account.network).id,
      },
      ...{ network: account.network, username: platformUsername(social), handle: social.creator.handle },
      ...{ nativeId: social.nativeId, status: account.status, connectedAt: iso(account.createdAt) },
      ...{
        profileSyncedAt: iso(account.identity.syncedAt),
        contentsSyncedAt: iso(account.engagement.syncedAt),
      },
    };
  });
}

/** Everybody's account on every network: what can be chosen on the Connect page. */
export function phylloPeople({ world }: SandboxState) {
  return world.socialAccounts.map((social) => {
    const { key, name, latin, country, topic, handle } = social.creator;
    return {
      ...{ key, name, latin: latin ?? null, country, topic, handle, network: social.network },
      ...{ username: platformUsername(social), workPlatformId: workPlatformOf(social.network).id },
    };
  });
}
