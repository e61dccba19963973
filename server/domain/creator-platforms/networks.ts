import type { SocialPlatform } from '../../integrations/creator-network.ts';

/** How a network names its accounts and where it shows them. */
export interface NetworkRules {
  label: string;
  /** Other names, in letters alone. */
  names: readonly string[];
  example: string;
  /** The host without www and m. */
  host: RegExp;
  handle: RegExp;
  /** The handle that a profile's path names; null where the path is no profile's. */
  fromPath: (segments: readonly string[], query: URLSearchParams) => string | null;
  urlOf: (handle: string) => string;
  /** Paths that stay as they are: what they name is no handle by which the profile is found. */
  keptPath?: RegExp;
}

/** Paths of a network's own, where a profile's handle would stand. */
const first = (reserved: readonly string[]) => (segments: readonly string[]) => {
  const [name] = segments;
  return name === undefined || reserved.includes(name.toLowerCase()) ? null : name.replace(/^@/, '');
};

/** A profile whose handle follows a mark: /@handle. */
const marked = (segments: readonly string[]) => (segments[0]?.startsWith('@') ? segments[0].slice(1) : null);

const after = (word: string, segments: readonly string[]) =>
  segments[0]?.toLowerCase() === word ? (segments[1] ?? null) : null;

export const networks: Readonly<Record<SocialPlatform, NetworkRules>> = {
  INSTAGRAM: {
    label: 'Instagram',
    names: ['ig', 'insta'],
    example: '@noor.cooks or https://www.instagram.com/noor.cooks/',
    host: /^(instagram\.com|instagr\.am)$/,
    handle: /^[\w.]{1,30}$/,
    fromPath: (segments) =>
      after('stories', segments) ??
      first(['p', 'reel', 'reels', 'tv', 'stories', 'explore', 'accounts', 'direct', 'share'])(segments),
    urlOf: (handle) => `https://www.instagram.com/${handle}/`,
  },
  TIKTOK: {
    label: 'TikTok',
    names: ['tt', 'tiktokcom'],
    example: '@noor.cooks or https://www.tiktok.com/@noor.cooks',
    host: /^tiktok\.com$/,
    handle: /^[\w.]{2,24}$/,
    fromPath: marked,
    urlOf: (handle) => `https://www.tiktok.com/@${handle}`,
  },
  YOUTUBE: {
    label: 'YouTube',
    names: ['yt', 'youtubechannel'],
    example: '@noorcooks or https://www.youtube.com/@noorcooks',
    host: /^youtube\.com$/,
    // Handles may hold letters of any script, and middle dots. https://support.google.com/youtube/answer/11585688
    handle: /^[\p{L}\p{N}\p{M}_.·-]{2,60}$/u,
    fromPath: (segments) =>
      marked(segments) ??
      after('channel', segments) ??
      after('c', segments) ??
      after('user', segments) ??
      (segments.length === 1
        ? first(['watch', 'shorts', 'playlist', 'feed', 'results', 'live', 'embed', 'channel', 'c', 'user'])(
            segments,
          )
        : null),
    urlOf: (handle) =>
      /^UC[\w-]{22}$/.test(handle)
        ? `https://www.youtube.com/channel/${handle}`
        : `https://www.youtube.com/@${encodeURIComponent(handle)}`,
    keptPath: /^\/(c|user)\//,
  },
  TWITTER: {
    label: 'X',
    names: ['x', 'xtwitter', 'twitterx', 'xcom'],
    example: '@noorcooks or https://x.com/noorcooks',
    host: /^(twitter\.com|x\.com)$/,
    handle: /^\w{1,15}$/,
    fromPath: (segments) =>
      segments[1]?.toLowerCase() === 'status'
        ? null
        : first(['i', 'home', 'search', 'hashtag', 'intent', 'share', 'explore', 'settings', 'messages'])(
            segments,
          ),
    urlOf: (handle) => `https://x.com/${handle}`,
  },
  LINKEDIN: {
    label: 'LinkedIn',
    names: ['li', 'linkedincom'],
    example: 'noor-haddad or https://www.linkedin.com/in/noor-haddad/',
    host: /^([a-z]{2}\.)?linkedin\.com$/,
    // A page's handle says that it is a page: company/name.
    handle: /^((company|school)\/)?[\p{L}\p{N}\p{M}_.-]{2,100}$/u,
    fromPath: ([kind, name]) => {
      if (name === undefined) return null;
      if (kind === 'in') return name;
      return kind === 'company' || kind === 'school' ? `${kind}/${name}` : null;
    },
    urlOf: (handle) =>
      handle.includes('/')
        ? `https://www.linkedin.com/${handle.split('/').map(encodeURIComponent).join('/')}/`
        : `https://www.linkedin.com/in/${encodeURIComponent(handle)}/`,
  },
  SNAPCHAT: {
    label: 'Snapchat',
    names: ['snap', 'sc'],
    example: 'noorcooks or https://www.snapchat.com/add/noorcooks',
    host: /^snapchat\.com$/,
    handle: /^[a-z][\w.-]{1,14}$/i,
    fromPath: (segments) => after('add', segments) ?? marked(segments),
    urlOf: (handle) => `https://www.snapchat.com/add/${handle}`,
  },
  PINTEREST: {
    label: 'Pinterest',
    names: ['pin', 'pinterestcom'],
    example: 'noorcooks or https://www.pinterest.com/noorcooks/',
    host: /^([a-z]{2}\.)?pinterest\.(com|at|ca|ch|cl|co\.kr|co\.uk|com\.au|com\.mx|de|dk|es|fr|ie|it|jp|nz|ph|pt|se)$/,
    handle: /^\w{3,30}$/,
    fromPath: first(['pin', 'search', 'ideas', 'today', 'business', 'settings']),
    urlOf: (handle) => `https://www.pinterest.com/${handle}/`,
  },
  TWITCH: {
    label: 'Twitch',
    names: ['twitchtv'],
    example: 'noorcooks or https://www.twitch.tv/noorcooks',
    host: /^twitch\.tv$/,
    handle: /^[a-z0-9]\w{2,24}$/i,
    fromPath: first(['videos', 'directory', 'p', 'settings', 'subscriptions', 'search']),
    urlOf: (handle) => `https://www.twitch.tv/${handle}`,
  },
  FACEBOOK: {
    label: 'Facebook',
    names: ['fb', 'facebookpage', 'meta'],
    example: 'noorcooks or https://www.facebook.com/noorcooks',
    host: /^([a-z]{2}-[a-z]{2}\.)?(facebook\.com|fb\.com|fb\.me)$/,
    // Names of pages that never chose one end with their id: Noor-Cooks-105522931489227.
    handle: /^[\p{L}\p{N}\p{M}.-]{3,120}$/u,
    fromPath: (segments, query) => {
      const [kind] = segments;
      if (kind === 'profile.php') return query.get('id');
      if (kind === 'people' || kind === 'pages') return segments[2] ?? null;
      return first([
        'watch',
        'reel',
        'groups',
        'events',
        'photo',
        'photo.php',
        'story.php',
        'permalink.php',
        'share',
        'sharer',
        'hashtag',
        'marketplace',
        'gaming',
        'login',
        'help',
      ])(segments);
    },
    urlOf: (handle) =>
      /^\d{5,}$/.test(handle)
        ? `https://www.facebook.com/profile.php?id=${handle}`
        : `https://www.facebook.com/${encodeURIComponent(handle)}`,
  },
};
