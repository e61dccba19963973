import { Big } from 'big.js';
import { divide } from '../records/decimals.ts';

/** A currency that its central bank holds at a fixed price of another. */
export interface Peg {
  currency: string;
  anchor: string;
  /** Units of the currency for one unit of the anchor. */
  rate: string;
  /** The currency's name in a sentence. */
  name: string;
}

/**
 * The parities that the central banks declare to the US dollar; the ECB publishes none of these currencies. The dirham's
 * has stood since 1997. The Kuwaiti dinar follows a basket that is not published, so it has no place here.
 */
export const pegs: readonly Peg[] = [
  { currency: 'AED', anchor: 'USD', rate: '3.6725', name: 'UAE dirham' },
  { currency: 'SAR', anchor: 'USD', rate: '3.75', name: 'Saudi riyal' },
  { currency: 'QAR', anchor: 'USD', rate: '3.64', name: 'Qatari riyal' },
  { currency: 'BHD', anchor: 'USD', rate: '0.376', name: 'Bahraini dinar' },
  { currency: 'OMR', anchor: 'USD', rate: '0.3845', name: 'Omani rial' },
  { currency: 'JOD', anchor: 'USD', rate: '0.709', name: 'Jordanian dinar' },
];

/** What every published rate is a rate of: one euro. */
export const BASE = 'EUR';

/** A rate is used until it is this many days old, and then there is none. */
export const MAX_RATE_AGE_DAYS = 7;

/** Decimals of a rate: 14 significant digits of the smallest that is published (one rupiah in euro). */
export const RATE_DECIMALS = 18;

/** One euro in `quote`, as published on `date`. */
export interface PublishedRate {
  date: string;
  quote: string;
  rate: string;
  source: string;
}

/** One unit of a currency in another on a business day. */
export interface Rate {
  rate: string;
  /** null where no published rate was needed: the same currency, or two that hang on one anchor. */
  publishedOn: string | null;
  sources: readonly string[];
}

/** The currency whose published rate stands for this one, and how many units of this one that currency buys. */
export function anchorOf(currency: string): { anchor: string; factor: string } {
  const peg = pegs.find((item) => item.currency === currency);
  return peg ? { anchor: peg.anchor, factor: peg.rate } : { anchor: currency, factor: '1' };
}

/**
 * The rate from one currency to another on a day: exactly 1 for the same currency, the parity alone between currencies
 * of one anchor, else through the euro by the last day on or before it, at most seven days back, on which both were
 * published. null: there is none. The twin of `ratesInto` in queries.ts.
 */
export function rateOn(
  pair: { from: string; to: string },
  on: string,
  published: readonly PublishedRate[],
): Rate | null {
  if (pair.from === pair.to) return { rate: '1', publishedOn: null, sources: [] };
  const from = anchorOf(pair.from);
  const to = anchorOf(pair.to);
  if (from.anchor === to.anchor) return toRate(to.factor, from.factor, null, []);
  const days = published
    .map(({ date }) => date)
    .filter((date) => date <= on && daysBetween(date, on) <= MAX_RATE_AGE_DAYS)
    .sort((a, b) => (a < b ? 1 : -1));
  for (const date of days) {
    const dividend = legOn(to.anchor, date, published);
    const divisor = legOn(from.anchor, date, published);
    if (!dividend || !divisor) continue;
    const sources = [dividend.source, divisor.source].filter((source) => source !== null);
    return toRate(
      new Big(dividend.rate).times(to.factor),
      new Big(divisor.rate).times(from.factor),
      date,
      sources,
    );
  }
  return null;
}

function legOn(currency: string, date: string, published: readonly PublishedRate[]) {
  if (currency === BASE) return { rate: '1', source: null };
  return published.find((item) => item.quote === currency && item.date === date);
}

function toRate(
  dividend: Big.BigSource,
  divisor: Big.BigSource,
  publishedOn: string | null,
  sources: readonly string[],
): Rate | null {
  const rate = divide(dividend, divisor, RATE_DECIMALS);
  return rate === null ? null : { rate, publishedOn, sources: [...new Set(sources)].sort() };
}

/** How a pair's rate comes about, in plain words. */
export function describePair(from: string, to: string): string {
  if (from === to) return `The same currency: exactly 1.`;
  const used = pegs.filter((peg) => peg.currency === from || peg.currency === to);
  const parities = used.map(
    (peg) => `the ${peg.name} is pegged at ${peg.rate} ${peg.currency} for 1 ${peg.anchor}`,
  );
  const isPegAlone = anchorOf(from).anchor === anchorOf(to).anchor;
  if (isPegAlone) return capitalized(`${parities.join(', and ')}.`);
  const through =
    from === BASE || to === BASE
      ? 'Published rates of the day'
      : 'Published rates of the day through the euro';
  return parities.length === 0 ? `${through}.` : `${through}; ${parities.join(', and ')}.`;
}

/** The pegs that a conversion goes through. */
export function pegsBetween(from: string, to: string): Peg[] {
  return from === to ? [] : pegs.filter((peg) => peg.currency === from || peg.currency === to);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
