import type { SocialPlatform } from '../../integrations/creator-network.ts';
import { networks, type NetworkRules } from './networks.ts';

/** An account at a network as people name it. */
export interface ParsedHandle {
  /** Without a leading @, in the letters as written; of a YouTube channel without a name its id (UC…). */
  handle: string;
  profileUrl: string;
}

/**
 * A handle, with or without @, or the link to a profile of this network. Null where it is neither: a name with blanks,
 * the link of a post, or another network's link.
 */
export function parseHandle(platform: SocialPlatform, text: string): ParsedHandle | null {
  const written = text.trim();
  const network = networks[platform];
  const address = toUrl(written);
  if (address) return fromUrl(network, address);
  const bare = written.replace(/^@/, '');
  return toHandle(network, bare);
}

/** What to tell somebody whose handle parseHandle did not take. */
export function handleProblem(platform: SocialPlatform): string {
  const { label, example } = networks[platform];
  return `This is no ${label} profile. Write its handle or its link, for example ${example}.`;
}

/** The address of a profile. The handle is one that parseHandle gave. */
export function profileUrlOf(platform: SocialPlatform, handle: string): string {
  return networks[platform].urlOf(handle);
}

/** The network and the handle that a profile's link names; null where no network of ours has such a link. */
export function parseProfileUrl(text: string): (ParsedHandle & { platform: SocialPlatform }) | null {
  const address = toUrl(text.trim());
  if (!address) return null;
  for (const [platform, network] of Object.entries(networks) as [SocialPlatform, NetworkRules][]) {
    const parsed = fromUrl(network, address);
    if (parsed) return { platform, ...parsed };
  }
  return null;
}

/** A network as files and people name it: "IG", "X", "YouTube channel". */
export function parsePlatform(text: string): SocialPlatform | null {
  const word = text
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
  const found = (Object.entries(networks) as [SocialPlatform, NetworkRules][]).find(
    ([platform, { names }]) => platform.toLowerCase() === word || names.includes(word),
  );
  return found?.[0] ?? null;
}

function fromUrl(network: NetworkRules, url: URL): ParsedHandle | null {
  const host = url.hostname.replace(/^(www|m|mobile|web)\./, '');
  if (!network.host.test(host)) return null;
  const segments = url.pathname.split('/').filter(Boolean).map(decoded);
  const handle = network.fromPath(segments, url.searchParams);
  const parsed = handle === null ? null : toHandle(network, handle);
  const isKept = network.keptPath?.test(url.pathname) ?? false;
  return parsed && isKept ? { ...parsed, profileUrl: `https://${url.hostname}${url.pathname}` } : parsed;
}

function toHandle(network: NetworkRules, handle: string): ParsedHandle | null {
  return network.handle.test(handle) ? { handle, profileUrl: network.urlOf(handle) } : null;
}

/** A link as it is pasted: with the scheme, or from the host on. A handle may hold dots, but no slash. */
function toUrl(text: string): URL | null {
  if (/\s/.test(text) || !text.includes('/')) return null;
  const address = /^https?:\/\//i.test(text) ? text : `https://${text.replace(/^\/+/, '')}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.hostname.includes('.') ? url : null;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const SCALES: readonly (readonly [RegExp, number])[] = [
  [/^(k|tsd\.?|thousand)$/, 3],
  [/^(m|mn|mio\.?|mln|million|millions)$/, 6],
  [/^(b|bn|mrd\.?|billion|billions)$/, 9],
];

export interface CompactCount {
  count: number;
  /** Written short, 13.8M, or as at least so many, 1000+: the true number is near it. */
  isRounded: boolean;
}

/**
 * A count as people and tools write it: 845.8K, 1.2m, "1,2 Mio", "12 345", 12,345. Null where it is none, or where it
 * could be two different numbers (1,234K; 1.5).
 */
export function parseCompactCount(text: string): CompactCount | null {
  const match = /^(?<digits>\d[\d., ']*?) ?(?<suffix>[a-z]+\.?)?(?<more>\+)?$/.exec(
    plainBlanks(text).toLowerCase(),
  );
  const digits = match?.groups?.digits?.trim();
  const suffix = match?.groups?.suffix;
  if (!digits) return null;
  if (suffix === undefined) {
    const count = wholeNumber(digits);
    return count === null ? null : { count, isRounded: match?.groups?.more !== undefined };
  }
  const zeros = SCALES.find(([word]) => word.test(suffix))?.[1];
  const short = zeros === undefined ? null : shortNumber(digits);
  return short === null || zeros === undefined ? null : scaled(short, zeros);
}

function plainBlanks(text: string): string {
  return text
    .trim()
    .replaceAll(/[\s\u00a0\u202f\u2009]+/g, ' ')
    .replaceAll('’', "'");
}

/** Digits, in groups of three by one mark, and at most decimals that are zero: a spreadsheet's 845800.0. */
function wholeNumber(digits: string): number | null {
  const whole = digits.replace(/[.,]0{1,2}$/, '');
  const isGrouped = /^\d{1,3}(?<mark>[., '])\d{3}(\k<mark>\d{3})*$/.test(whole);
  const plain = isGrouped ? whole.replaceAll(/\D/g, '') : whole;
  return /^\d{1,16}$/.test(plain) ? safe(Number(plain)) : null;
}

/** What stands before K or M, as digits with a point: a comma before three digits could be either mark. */
function shortNumber(digits: string): string | null {
  if (/^\d{1,6}$/.test(digits)) return digits;
  if (/^\d{1,6}\.\d{1,6}$/.test(digits)) return digits;
  return /^\d{1,6},\d{1,2}$/.test(digits) ? digits.replace(',', '.') : null;
}

/** Shifts the point by hand: 13.8 times a million is not 13800000 in floating point. */
function scaled(short: string, zeros: number): CompactCount | null {
  const [whole = '', fraction = ''] = short.split('.');
  if (/[1-9]/.test(fraction.slice(zeros))) return null;
  const count = safe(Number(whole + fraction.slice(0, zeros).padEnd(zeros, '0')));
  return count === null ? null : { count, isRounded: true };
}

const safe = (count: number) => (Number.isSafeInteger(count) ? count : null);

/** "3.4%" as an exact ratio, "0.034". Null without its sign: 3.4 alone could be a ratio. */
export function parsePercent(text: string): string | null {
  const match = /^(?<whole>\d{1,4})(?:[.,](?<fraction>\d{1,6}))? ?%$/.exec(plainBlanks(text));
  const whole = match?.groups?.whole;
  if (whole === undefined) return null;
  const digits = whole.padStart(3, '0');
  const fraction = `${digits.slice(-2)}${match?.groups?.fraction ?? ''}`.replace(/0+$/, '');
  const units = digits.slice(0, -2).replace(/^0+(?=\d)/, '');
  return fraction === '' ? units : `${units}.${fraction}`;
}

/** What files write where they do not know a figure. It is not 0. */
export function isUnknownFigure(text: string): boolean {
  return /^(|-+|–|—|n\/?a\.?|null|none|unknown|\?)$/i.test(text.trim());
}

/** The way back: "0.034" reads "3.4%". */
export function ratioToPercent(ratio: string): string {
  const [whole = '', fraction = ''] = ratio.split('.');
  const digits = fraction.padEnd(2, '0');
  const units = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = digits.slice(2).replace(/0+$/, '');
  return `${units}${rest === '' ? '' : `.${rest}`}%`;
}
