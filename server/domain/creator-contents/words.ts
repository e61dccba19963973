import type { ContentType, SocialPlatform } from '../../integrations/creator-network.ts';

export const platformNames: Readonly<Record<SocialPlatform, string>> = {
  INSTAGRAM: 'Instagram',
  TIKTOK: 'TikTok',
  YOUTUBE: 'YouTube',
  TWITTER: 'X',
  LINKEDIN: 'LinkedIn',
  SNAPCHAT: 'Snapchat',
  PINTEREST: 'Pinterest',
  TWITCH: 'Twitch',
  FACEBOOK: 'Facebook',
};

const typeNames: Readonly<Record<ContentType, string>> = {
  POST: 'a post',
  STORY: 'a story',
  REEL: 'a reel',
  VIDEO: 'a video',
  SHORT: 'a short',
  CAROUSEL: 'a carousel',
  LIVE: 'a live stream',
  TWEET: 'a post',
  THREAD: 'a thread',
};

/** "Noor published a reel on Instagram". */
export function publishedWords(name: string, type: ContentType, platform: SocialPlatform): string {
  return `${name} published ${pieceWords(type, platform)}`;
}

/** "a reel on Instagram". */
export function pieceWords(type: ContentType, platform: SocialPlatform): string {
  return `${typeNames[type]} on ${platformNames[platform]}`;
}
