import type { ContentMatch, CreatorContent } from '../../../server/domain/creator-contents/schema.ts';
import type { Tone } from '../../ui/badge.tsx';

export const contentTypeLabels = {
  POST: 'Post',
  STORY: 'Story',
  REEL: 'Reel',
  VIDEO: 'Video',
  SHORT: 'Short',
  CAROUSEL: 'Carousel',
  LIVE: 'Live',
  TWEET: 'Post on X',
  THREAD: 'Thread',
} as const satisfies Record<CreatorContent['type'], string>;

export const matchLabels = {
  PENDING: 'To decide',
  CONFIRMED: 'Confirmed',
  REJECTED: 'Not related',
} as const satisfies Record<ContentMatch['state'], string>;

export const matchTones = {
  PENDING: 'warning',
  CONFIRMED: 'success',
  REJECTED: 'neutral',
} as const satisfies Record<ContentMatch['state'], Tone>;

export const stateFilterLabels = { ...matchLabels, NONE: 'For no campaign' } as const;

type Disclosure = NonNullable<CreatorContent['disclosure']>;

export const disclosureLabels = {
  OK: 'Disclosed',
  MISSING: 'Not disclosed',
  UNKNOWN: 'Not known',
} as const satisfies Record<Disclosure['state'], string>;

export const disclosureTones = {
  OK: 'success',
  MISSING: 'danger',
  UNKNOWN: 'neutral',
} as const satisfies Record<Disclosure['state'], Tone>;

export const contentSourceLabels = {
  PHYLLO: 'Phyllo',
  MANUAL: 'By hand',
  FILE: 'A file',
} as const satisfies Record<CreatorContent['source'], string>;

/** What a piece's rate of engagement is. */
export const RATE_WORDS =
  'Likes and comments divided by views of the piece; not known where one of them is not.';

/** What stands behind a disclosure: what was found, or what is missing. */
export function disclosureWords({ state, found, missing }: Disclosure): string {
  if (state === 'OK')
    return `Found: ${found.map((one) => (one === 'LABEL' ? 'the network’s paid-partnership label' : one)).join(', ')}`;
  if (state === 'UNKNOWN') return 'Its words and label cannot be read from here; look at the post itself';
  const lacks = missing.map((one) =>
    one === 'TEXT' ? 'no word such as #ad in its text' : 'no paid-partnership label',
  );
  return `Missing: ${lacks.join(', ')}`;
}

const reasonWords = { HASHTAG: 'hashtag #', MENTION: 'mention @', LINK: 'link ' } as const;

/** "hashtag #glow", "by hand": what a piece was recognised by. */
export function matchReason(reason: string): string {
  if (reason === 'MANUAL') return 'by hand';
  const [kind = '', ...rest] = reason.split(':');
  const words = Object.entries(reasonWords).find(([name]) => name === kind)?.[1];
  return words === undefined ? reason : `${words}${rest.join(':')}`;
}

/** The first line of what was written, else what it is. */
export function firstLine({
  title,
  caption,
  type,
}: Pick<CreatorContent, 'title' | 'caption' | 'type'>): string {
  const [line] = (title ?? caption ?? '').split('\n').filter((one) => one.trim() !== '');
  return line?.trim() ?? `${contentTypeLabels[type]} without text`;
}

const HOUR_MS = 3_600_000;

/** "goes in 5 h": of a story that is still there. Null once it went, and of what stays. */
export function goesIn({ expiresAt }: Pick<CreatorContent, 'expiresAt'>, now: string): string | null {
  if (expiresAt === null) return null;
  const left = Date.parse(expiresAt) - Date.parse(now);
  if (left <= 0) return null;
  return left < HOUR_MS ? 'goes within the hour' : `goes in ${Math.floor(left / HOUR_MS)} h`;
}
