import { type JsonObject } from '../meta/json.ts';
import { type SandboxState } from '../state.ts';
import { captionAt, handleOfBrand, hasLabel } from '../world/captions.ts';
import { type Network, type PostKind } from '../world/networks.ts';
import { figuresOf, type PostFigures } from '../world/post-figures.ts';
import { isGoneBy, type Post } from '../world/posts.ts';
import { digits, mix } from '../world/random.ts';
import { letters } from '../world/social-accounts.ts';
import { headerJson } from './account-json.ts';
import { contentIdOf } from './ids.ts';
import { addressOfPicture, lastingAddress } from './media-addresses.ts';
import { type PhylloAccount } from './memory.ts';
import { profileAddress } from './profile-json.ts';
import { type KnownPost } from './sight.ts';
import { naive, naiveSecond } from './times.ts';

/** Phyllo's words for what was posted: its type and its format. */
const WORDS: Record<PostKind, readonly [type: string, format: string]> = {
  image: ['FEED', 'IMAGE'],
  carousel: ['FEED', 'IMAGE'],
  reel: ['REELS', 'VIDEO'],
  story: ['STORY', 'IMAGE'],
  video: ['VIDEO', 'VIDEO'],
  short: ['VIDEO', 'VIDEO'],
  tweet: ['TWEET', 'TEXT'],
  thread: ['THREAD', 'TEXT'],
  note: ['POST', 'TEXT'],
  stream: ['STREAM', 'VIDEO'],
};

/** The id that the network itself gives the post. */
export function externalIdOf({ account, salt }: Post): string {
  if (account.network === 'youtube') return letters(salt, 61, 11);
  return digits(salt, 61, account.network === 'twitch' ? 10 : 19);
}

/** Where the post stands on its network. */
export function contentAddress(post: Post): string {
  const { account, kind, salt } = post;
  const { handle } = account.creator;
  const id = externalIdOf(post);
  const addresses: Record<Network, string> = {
    instagram: `https://www.instagram.com/${kind === 'reel' ? 'reel' : 'p'}/${letters(salt, 62, 11)}/`,
    tiktok: `https://www.tiktok.com/@${handle}/video/${id}?utm_campaign=tt4d_open_api&utm_source=sandbox`,
    youtube:
      kind === 'short' ? `https://www.youtube.com/shorts/${id}` : `https://www.youtube.com/watch?v=${id}`,
    x: `https://twitter.com/${handle}/status/${id}`,
    facebook: `https://www.facebook.com/${handle}/posts/${id}`,
    twitch: `https://www.twitch.tv/videos/${id}`,
    linkedin: profileAddress(account),
  };
  return kind === 'story' ? `https://www.instagram.com/stories/${handle}/${id}` : addresses[account.network];
}

/** What each network tells of a post; what is not named here is null. Source: live answers, June 2026. */
function toldOf({ account, kind }: Post, figures: PostFigures): JsonObject {
  const { views, reach, likes, comments, shares, saves } = figures;
  const stories = kind === 'story' ? {} : { save_count: saves };
  const told: Record<Network, JsonObject> = {
    instagram: {
      ...{ view_count: views, reach_organic_count: reach, like_count: likes, comment_count: comments },
      ...{ share_count: shares, ...stories },
    },
    tiktok: { view_count: views, like_count: likes, comment_count: comments, share_count: shares },
    youtube: { view_count: views, like_count: likes, dislike_count: 0, comment_count: comments },
    x: {
      ...{
        impression_organic_count: views,
        like_count: likes,
        comment_count: comments,
        repost_count: shares,
      },
    },
    facebook: {
      ...{ like_count: likes, comment_count: comments, share_count: shares, reach_organic_count: reach },
      ...(kind === 'video' ? { view_count: views } : {}),
    },
    twitch: { view_count: views },
    linkedin: {},
  };
  return told[account.network];
}

const COUNTS = [
  ...['like_count', 'dislike_count', 'comment_count', 'impression_organic_count', 'reach_organic_count'],
  ...[
    'save_count',
    'view_count',
    'replay_count',
    'watch_time_in_hours',
    'avg_watch_time_in_sec',
    'share_count',
  ],
  ...[
    'impression_paid_count',
    'reach_paid_count',
    'email_open_rate',
    'email_click_rate',
    'unsubscribe_count',
  ],
  ...['spam_report_count', 'click_count', 'repost_count'],
];

function engagementOf(post: Post, figures: PostFigures): JsonObject {
  const isInstagram = post.account.network === 'instagram';
  const steps = { tap_exits: Math.floor(figures.views / 6), tap_forwards: Math.floor(figures.views / 2) };
  const navigation = {
    ...{ swipe_ups: null, swipe_backs: null, swipe_downs: null, automatic_forwards: null },
    ...{
      tap_backs: Math.floor(figures.views / 40),
      swipe_forwards: Math.floor(figures.views / 12),
      ...steps,
    },
  };
  const more = {
    ...{ profile_visits: figures.profileVisits, bio_link_clicked: null },
    followers_gained: Math.floor(figures.profileVisits / 30),
    story_navigation: post.kind === 'story' ? navigation : null,
  };
  return {
    ...Object.fromEntries(COUNTS.map((name) => [name, null])),
    ...toldOf(post, figures),
    additional_info: isInstagram ? more : null,
  };
}

/** The words of a text that begin with a sign, each once; null where there is none. */
function marked(text: string | null, pattern: RegExp): string[] | null {
  const found = [...new Set(text?.match(pattern) ?? [])];
  return found.length === 0 ? null : found;
}

/** YouTube has a title and a text beneath it, Instagram a title alone, TikTok the same words twice. */
function textsOf({ account }: Post, caption: string | null): JsonObject {
  if (account.network === 'youtube') {
    const [title = null] = caption?.split(/ (?=[#@]|https:)/) ?? [];
    return { title, description: caption };
  }
  return { title: caption, description: account.network === 'instagram' ? null : caption };
}

function durationOf({ kind, salt }: Post): number | null {
  if (kind === 'stream') return 3_600 + (mix(salt, 63, 0) % 14_400);
  if (kind === 'short' || kind === 'reel') return 9 + (mix(salt, 63, 0) % 51);
  return kind === 'video' ? 61 + (mix(salt, 63, 0) % 900) : null;
}

interface Shown {
  account: PhylloAccount;
  post: Post;
  moment: Date;
  origin: string;
}

/** The pictures of a post: those at the network go, Phyllo's own copy of the thumbnail stays. */
function picturesOf(state: SandboxState, { account, post, origin }: Shown): JsonObject {
  const id = contentIdOf(account.id, post.key);
  const at = (subject: string) => addressOfPicture({ state, origin, subject });
  const hasPicture = !['tweet', 'thread', 'note', 'stream'].includes(post.kind);
  const places = post.kind === 'carousel' ? 2 + (mix(post.salt, 64, 0) % 5) : 0;
  const media = hasPicture && account.network !== 'youtube' ? at(`content/${id}/media`) : null;
  return {
    media_url: media,
    media_urls: Array.from({ length: places }, (_, place) => at(`content/${id}/${place}`)),
    thumbnail_url: hasPicture ? at(`content/${id}/thumbnail`) : null,
    persistent_thumbnail_url: hasPicture ? lastingAddress(origin, id) : null,
  };
}

function sponsoredOf(post: Post): JsonObject | null {
  if (!hasLabel(post) || !post.sponsor) return null;
  return { is_sponsored: true, tags: handleOfBrand(post.sponsor.brand) };
}

/** A post as of the last look at its account. */
export function contentJson(state: SandboxState, { account, post }: KnownPost, origin: string): JsonObject {
  const moment = new Date(account.engagement.syncedAt ?? account.createdAt);
  const caption = captionAt(post, moment);
  const [type, format] = WORDS[post.kind];
  const { account: social } = post;
  const seen = Math.max(account.createdAt, post.publishedAt.getTime());
  return {
    ...{
      id: contentIdOf(account.id, post.key),
      created_at: naive(seen),
      updated_at: naive(moment.getTime()),
    },
    ...headerJson(state, account),
    engagement: engagementOf(post, figuresOf(post, moment)),
    ...{ authors: null, audience: null, platform: null, external_id: externalIdOf(post) },
    ...{ ...textsOf(post, caption), format, type, url: contentAddress(post), duration: durationOf(post) },
    ...picturesOf(state, { account, post, moment, origin }),
    ...{ visibility: 'PUBLIC', published_at: naiveSecond(post.publishedAt.getTime()) },
    ...{ platform_profile_id: social.nativeId, platform_profile_name: social.creator.name },
    ...{ sponsored: sponsoredOf(post), collaboration: null, is_owned_by_platform_user: true },
    hashtags: marked(caption, /#[\p{L}\p{N}_]+/gu),
    mentions: marked(caption, /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]+/gu),
    content_tags: null,
  };
}

/** Whether a picture at the network is still there: a story takes its own along. */
export const hasPictureAt = (post: Post, moment: Date): boolean => !isGoneBy(post, moment);
