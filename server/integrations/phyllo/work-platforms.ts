import type { SocialPlatform } from '../creator-network.ts';

/**
 * Phyllo's names of the networks, the same in all its environments. Source: GET /v1/work-platforms, June 2026. Snapchat
 * is listed without a product, Pinterest not at all.
 */
const IDS = {
  INSTAGRAM: '9bb8913b-ddd9-430b-a66a-d74d846e6c66',
  TIKTOK: 'de55aeec-0dc8-4119-bf90-16b3d1f0c987',
  YOUTUBE: '14d9ddf5-51c6-415e-bde6-f8ed36ad7054',
  TWITTER: '7645460a-96e0-4192-a3ce-a1fc30641f72',
  FACEBOOK: 'ad2fec62-2987-40a0-89fb-23485972598c',
  TWITCH: 'e4de6c01-5b78-4fc0-a651-24f44134457b',
  LINKEDIN: '36410629-f907-43ba-aa0d-434ca9c0501a',
} as const satisfies Partial<Record<SocialPlatform, string>>;

/** null: it cannot be connected. */
export function workPlatformId(platform: SocialPlatform): string | null {
  return (IDS as Partial<Record<SocialPlatform, string>>)[platform] ?? null;
}

const PLATFORMS = new Map(Object.entries(IDS).map(([platform, id]) => [id as string, platform]));

/** null: a network that the product does not know. */
export function platformOf(id: string): SocialPlatform | null {
  return (PLATFORMS.get(id) as SocialPlatform | undefined) ?? null;
}
