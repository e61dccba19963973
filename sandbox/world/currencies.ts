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

const MICROS = 1_000_000;

/** How many of the currency's minor units make one of its major units at Meta. */
export function minorPerMajor(currency: string): 1 | 100 {
  return WITHOUT_MINOR_UNIT.has(currency) ? 1 : 100;
}

export function microsPerMinor(currency: string): number {
  return MICROS / minorPerMajor(currency);
}
