/** What forms and lists of contents offer; plain values, so that a page carries no schema for them. */

export const contentTypes = [
  'POST',
  'STORY',
  'REEL',
  'VIDEO',
  'SHORT',
  'CAROUSEL',
  'LIVE',
  'TWEET',
  'THREAD',
] as const;

export const socialPlatforms = [
  'INSTAGRAM',
  'TIKTOK',
  'YOUTUBE',
  'TWITTER',
  'LINKEDIN',
  'SNAPCHAT',
  'PINTEREST',
  'TWITCH',
  'FACEBOOK',
] as const;

export const matchStates = ['PENDING', 'CONFIRMED', 'REJECTED'] as const;

export const disclosureStates = ['OK', 'MISSING', 'UNKNOWN'] as const;

/** Each also the other way round, with a - before it. */
export const contentSorts = [
  'publishedAt',
  'views',
  'likes',
  'comments',
  'engagementRate',
  'updatedAt',
] as const;

/** How many matches are confirmed at once. */
export const MOST_CONFIRMED_AT_ONCE = 200;
