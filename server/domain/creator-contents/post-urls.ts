import type { ContentType, SocialPlatform } from '../../integrations/creator-network.ts';

/** What the address of a post tells. */
export interface PostUrl {
  platform: SocialPlatform;
  /** The id in the address. */
  postId: string;
  /** Whether the network's own API calls the post by that id too; Instagram's addresses hold a shortcode. */
  isNativeId: boolean;
  /** Whose it is, where the address says so. */
  handle: string | null;
  /** Where the address says so. */
  type: ContentType | null;
}

interface Shape {
  platform: SocialPlatform;
  host: RegExp;
  /** Over the path, with the groups `id` and `handle`. */
  path: RegExp;
  /** Where the id stands in the query. */
  query?: string;
  type?: ContentType;
  isNativeId?: boolean;
}

const HANDLE = String.raw`(?<handle>[\p{L}\p{M}\p{N}_.·%-]+)`;
const shape = (pattern: string) => new RegExp(`^${pattern}/?$`, 'u');
const INSTAGRAM = /^(instagram\.com|instagr\.am)$/;
const YOUTUBE = /^youtube(-nocookie)?\.com$/;
const X = /^(x|twitter)\.com$/;
const FACEBOOK = /^([a-z]{2}-[a-z]{2}\.)?(facebook|fb)\.com$/;
const LINKEDIN = /^([a-z]{2}\.)?linkedin\.com$/;
const PINTEREST = /^([a-z]{2}\.)?pinterest\.[a-z.]{2,6}$/;
const SNAPCHAT = /^snapchat\.com$/;
const TWITCH = /^twitch\.tv$/;

/** One line a kind of address, as the networks write them today and wrote them before. */
const SHAPES: readonly Shape[] = [
  { platform: 'INSTAGRAM', host: INSTAGRAM, path: shape(`(?:/${HANDLE})?/p/(?<id>[\\w-]+)`) },
  {
    platform: 'INSTAGRAM',
    host: INSTAGRAM,
    path: shape(`(?:/${HANDLE})?/reels?/(?<id>[\\w-]+)`),
    type: 'REEL',
  },
  {
    platform: 'INSTAGRAM',
    host: INSTAGRAM,
    path: shape(`(?:/${HANDLE})?/tv/(?<id>[\\w-]+)`),
    type: 'VIDEO',
  },
  {
    platform: 'INSTAGRAM',
    host: INSTAGRAM,
    path: shape(`/stories/${HANDLE}/(?<id>\\d+)`),
    type: 'STORY',
    isNativeId: true,
  },
  {
    platform: 'TIKTOK',
    host: /^tiktok\.com$/,
    path: shape(`/@${HANDLE}/video/(?<id>\\d+)`),
    type: 'VIDEO',
    isNativeId: true,
  },
  {
    platform: 'TIKTOK',
    host: /^tiktok\.com$/,
    path: shape(`/@${HANDLE}/photo/(?<id>\\d+)`),
    type: 'CAROUSEL',
    isNativeId: true,
  },
  { platform: 'YOUTUBE', host: YOUTUBE, path: shape('/watch'), query: 'v', type: 'VIDEO', isNativeId: true },
  {
    platform: 'YOUTUBE',
    host: YOUTUBE,
    path: shape('/shorts/(?<id>[\\w-]+)'),
    type: 'SHORT',
    isNativeId: true,
  },
  {
    platform: 'YOUTUBE',
    host: YOUTUBE,
    path: shape('/live/(?<id>[\\w-]+)'),
    type: 'LIVE',
    isNativeId: true,
  },
  { platform: 'YOUTUBE', host: YOUTUBE, path: shape('/(?:embed|v)/(?<id>[\\w-]+)'), isNativeId: true },
  { platform: 'YOUTUBE', host: YOUTUBE, path: shape('/post/(?<id>[\\w-]+)'), type: 'POST' },
  { platform: 'YOUTUBE', host: /^youtu\.be$/, path: shape('/(?<id>[\\w-]+)'), isNativeId: true },
  {
    platform: 'TWITTER',
    host: X,
    path: /^\/(?:i\/(?:web\/)?|(?<handle>\w+)\/)status(?:es)?\/(?<id>\d+)(?:\/.*)?$/u,
    type: 'TWEET',
    isNativeId: true,
  },
  {
    platform: 'FACEBOOK',
    host: FACEBOOK,
    path: shape(`/${HANDLE}/posts/(?:[^/]+/)?(?<id>pfbid\\w+|\\d+)`),
    type: 'POST',
  },
  {
    platform: 'FACEBOOK',
    host: FACEBOOK,
    path: shape(`/${HANDLE}/videos/(?:[^/]+/)?(?<id>\\d+)`),
    type: 'VIDEO',
  },
  { platform: 'FACEBOOK', host: FACEBOOK, path: shape('/reel/(?<id>\\d+)'), type: 'REEL' },
  { platform: 'FACEBOOK', host: FACEBOOK, path: shape('/watch'), query: 'v', type: 'VIDEO' },
  {
    platform: 'FACEBOOK',
    host: FACEBOOK,
    path: shape('/(?:permalink|story)\\.php'),
    query: 'story_fbid',
    type: 'POST',
  },
  { platform: 'FACEBOOK', host: FACEBOOK, path: shape('/photo(?:\\.php)?'), query: 'fbid', type: 'POST' },
  {
    platform: 'LINKEDIN',
    host: LINKEDIN,
    path: /^\/posts\/(?<handle>[^/_]+)_.*-(?:activity|ugcPost|share)-(?<id>\d+)-[\w-]+\/?$/u,
    type: 'POST',
  },
  {
    platform: 'LINKEDIN',
    host: LINKEDIN,
    path: shape('/(?:feed/update|embed/feed/update)/urn:li:(?:activity|ugcPost|share):(?<id>\\d+)'),
    type: 'POST',
  },
  {
    platform: 'SNAPCHAT',
    host: SNAPCHAT,
    path: shape(`(?:/@${HANDLE})?/spotlight/(?<id>[\\w-]+)`),
    type: 'VIDEO',
  },
  {
    platform: 'SNAPCHAT',
    host: SNAPCHAT,
    path: shape('/p/[\\w-]+/(?<id>\\d+)(?:/\\d+)?'),
    type: 'STORY',
  },
  {
    platform: 'PINTEREST',
    host: PINTEREST,
    path: shape('/pin/(?:[^/]*--)?(?<id>\\d+)'),
    type: 'POST',
    isNativeId: true,
  },
  { platform: 'TWITCH', host: TWITCH, path: shape('/videos/(?<id>\\d+)'), type: 'LIVE', isNativeId: true },
  {
    platform: 'TWITCH',
    host: TWITCH,
    path: shape(`(?:/${HANDLE})?/clip/(?<id>[\\w-]+)`),
    type: 'VIDEO',
    isNativeId: true,
  },
  {
    platform: 'TWITCH',
    host: /^clips\.twitch\.tv$/,
    path: shape('/(?<id>[\\w-]+)'),
    type: 'VIDEO',
    isNativeId: true,
  },
];

/** They lead to a post that only the network can name. */
const SHORTENED =
  /^(vm\.tiktok\.com|vt\.tiktok\.com|tiktok\.com\/t|fb\.watch|pin\.it|lnkd\.in|t\.co|t\.snapchat\.com|instagram\.com\/share|facebook\.com\/share)(\/|$)/;

/** The post that an address of one of the nine networks names; null where it names none. */
export function parsePostUrl(text: string): PostUrl | null {
  const url = toUrl(text);
  if (!url) return null;
  const host = hostOf(url);
  const pathname = decoded(url.pathname);
  for (const { platform, host: hosts, path, query, type = null, isNativeId = false } of SHAPES) {
    const found = hosts.test(host)
      ? (path.exec(pathname)?.groups ?? (path.test(pathname) ? {} : null))
      : null;
    const postId = found && (query === undefined ? found.id : url.searchParams.get(query));
    if (postId) return { platform, postId, isNativeId, handle: found.handle ?? null, type };
  }
  return null;
}

/** Whether it is a network's own short address, which does not tell its post. */
export function isShortened(text: string): boolean {
  const url = toUrl(text);
  return url !== null && SHORTENED.test(hostOf(url) + url.pathname);
}

/**
 * The address by which a post is one row, whichever way it is written: of a known network its host and the post's id,
 * else host and path. Null where it is no address.
 */
export function urlKeyOf(text: string | null | undefined): string | null {
  const url = text ? toUrl(text) : null;
  if (!text || !url) return null;
  const post = parsePostUrl(text);
  if (post) return `${HOST_OF[post.platform]}/${kindOf(post)}${post.postId}`;
  return hostOf(url) + url.pathname.replace(/\/+$/, '');
}

const HOST_OF: Readonly<Record<SocialPlatform, string>> = {
  INSTAGRAM: 'instagram.com',
  TIKTOK: 'tiktok.com',
  YOUTUBE: 'youtube.com',
  TWITTER: 'x.com',
  LINKEDIN: 'linkedin.com',
  SNAPCHAT: 'snapchat.com',
  PINTEREST: 'pinterest.com',
  TWITCH: 'twitch.tv',
  FACEBOOK: 'facebook.com',
};

/** Stories and clips count their ids by themselves. */
function kindOf({ platform, type }: PostUrl): string {
  if (type === 'STORY') return 'stories/';
  return platform === 'TWITCH' && type === 'VIDEO' ? 'clip/' : '';
}

function toUrl(text: string): URL | null {
  const written = text.trim();
  if (/\s/.test(written)) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return /^https?:$/.test(url.protocol) && url.hostname.includes('.') ? url : null;
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^(www|m|mobile|web)\./, '') + (url.port ? `:${url.port}` : '');
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
