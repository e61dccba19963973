import { type WorldPlatform } from './platforms.ts';

/**
 * Meta's own minor units, which are not ISO 4217's: these currencies have no minor unit there and every other
 * has a hundred, KWD, BHD and JOD among them.
 * Source: developers.facebook.com/documentation/ads-commerce/marketing-api/currencies.md
 */
const WITHOUT_MINOR_UNIT = new Set([
  'CLP',
  'COP',
  'CRC',
  'HUF',
  'ISK',
  'IDR',
  'JPY',
  'KRW',
  'PYG',
  'TWD',
  'VND',
]);

/** ISO 4217's minor units where they are not two decimals, of the currencies that the world has. */
const ISO_DECIMALS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, BHD: 3, JOD: 3, KWD: 3, OMR: 3 };

const MICROS = 1_000_000;

/** How many of the currency's minor units make one of its major units at Meta. */
export function minorPerMajor(currency: string): 1 | 100 {
  return WITHOUT_MINOR_UNIT.has(currency) ? 1 : 100;
}

export function microsPerMinor(currency: string): number {
  return MICROS / minorPerMajor(currency);
}

export function isoDecimals(currency: string): number {
  return ISO_DECIMALS[currency] ?? 2;
}

/** The decimals of an amount as the platform counts it: Meta in its minor unit, Google in millionths, TikTok in ISO's. */
export function moneyDecimals(platform: WorldPlatform, currency: string): number {
  if (platform === 'google') return 6;
  return platform === 'tiktok' ? isoDecimals(currency) : Math.log10(minorPerMajor(currency));
}

/** The smallest amount that the platform counts, in millionths of the major unit. */
export function microsPerPiece(platform: WorldPlatform, currency: string): number {
  return MICROS / 10 ** moneyDecimals(platform, currency);
}
