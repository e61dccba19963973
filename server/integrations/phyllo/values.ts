import { Big } from 'big.js';

const HEX = /^[0-9a-f]{32}$/;

/** A UUID with its dashes, in lower case, however it was written; null where it is none. */
export function toUuid(value: string): string | null {
  const digits = value.trim().toLowerCase().replaceAll('-', '');
  if (!HEX.test(digits)) return null;
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A moment as Phyllo writes it: 2026-06-05T11:12:04.637922, in UTC though no zone is named; now and then with a space
 * or a Z. What is below a millisecond is cut off. null where it is none.
 */
export function toInstant(value: string): Date | null {
  const [, date, time = '00:00:00', fraction = '', zone = 'Z'] = TIME.exec(value.trim()) ?? [];
  if (date === undefined) return null;
  const ms = fraction.slice(0, 3).padEnd(3, '0');
  const moment = new Date(`${date}T${time}.${ms}${zone}`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** A percent as exact text, without an exponent. */
export function toPercent(value: number): string {
  return new Big(String(value)).round(12).toFixed();
}

/** Two percents of the same thing as one. */
export function addPercents(one: string, other: string): string {
  return new Big(one).plus(other).toFixed();
}

// Vowel signs and accents (\p{M}) are a part of Arabic, Hindi and Thai tags. An & before # is a character reference.
const HASHTAG = /(?<![\p{L}\p{N}_&/])[#＃]([\p{L}\p{N}\p{M}_]+)/gu;
// A mail address has a letter before its @, a link of TikTok a slash.
const MENTION = /(?<![\p{L}\p{N}_./@-])[@＠]([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?)/gu;

/** The hashtags of texts and lists together, each once, without # and in lower case. A number alone is none. */
export function hashtagsOf(listed: readonly string[], texts: readonly (string | null)[]): string[] {
  return united(listed, found(texts, HASHTAG), /^[#＃]+/u).filter((tag) => !/^\p{N}+$/u.test(tag));
}

/** The handles that are mentioned, each once, without @ and in lower case. */
export function mentionsOf(listed: readonly string[], texts: readonly (string | null)[]): string[] {
  return united(listed, found(texts, MENTION), /^[@＠]+/u);
}

function found(texts: readonly (string | null)[], pattern: RegExp): string[] {
  return texts.flatMap((text) => [...(text ?? '').matchAll(pattern)].map(([, word = '']) => word));
}

function united(listed: readonly string[], inTexts: readonly string[], sign: RegExp): string[] {
  const plain = [...listed, ...inTexts].map((word) =>
    word.trim().replace(sign, '').normalize('NFC').toLowerCase(),
  );
  return [...new Set(plain)].filter((word) => word !== '');
}

/** Some networks give a person's mail address for their name there: that is nobody's handle. */
export function isMailAddress(value: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
}
