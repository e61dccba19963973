/** The ad platforms that the world has stand-ins for. */
export const WORLD_PLATFORMS = ['meta', 'google', 'tiktok'] as const;
export type WorldPlatform = (typeof WORLD_PLATFORMS)[number];

interface Habits {
  /** A day's figures no longer change once it is this old, unless its account counts conversions for longer. */
  settledAfterDays: number;
  /** How long the platform takes until it shows what was delivered. */
  delayHours: number;
  /** Whether whole days of a campaign are taken out as invalid some days later. */
  losesDays: boolean;
}

/**
 * Meta freezes a day after 28 days (Marketing API insights, best practices). Google dates a conversion by its click,
 * 30 days back where the advertiser sets nothing else. TikTok's reports lag by up to about 11 hours.
 */
export const HABITS: Record<WorldPlatform, Habits> = {
  meta: { settledAfterDays: 28, delayHours: 0, losesDays: false },
  google: { settledAfterDays: 30, delayHours: 0, losesDays: true },
  tiktok: { settledAfterDays: 14, delayHours: 11, losesDays: true },
};
