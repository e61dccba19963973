import type { ContentType } from '../../integrations/creator-network.ts';
import { normalizeHandle, normalizeLink, normalizeTag } from './text.ts';

const DAY_MS = 86_400_000;

/** Posts come late: a piece for a campaign that appears within two weeks after its end is still looked at. */
export const GRACE_DAYS = 14;

/** By what a campaign knows its contents; each normalized as the columns hold it. */
export interface MatchRules {
  hashtags: readonly string[];
  mentions: readonly string[];
  links: readonly string[];
}

/**
 * Why a piece seems to be for a campaign: HASHTAG:x, MENTION:x, LINK:x, in this order; nothing where it does not. A link
 * fits from its whole host and path on, so that example.com/shop holds example.com/shop/red and not example.com/shopping.
 */
export function matchReasons(content: MatchRules, campaign: MatchRules): string[] {
  const [tags, handles] = [new Set(content.hashtags), new Set(content.mentions)];
  return [
    ...campaign.hashtags.filter((tag) => tags.has(tag)).map((tag) => `HASHTAG:${tag}`),
    ...campaign.mentions.filter((handle) => handles.has(handle)).map((handle) => `MENTION:${handle}`),
    ...campaign.links
      .filter((link) => content.links.some((found) => found === link || found.startsWith(`${link}/`)))
      .map((link) => `LINK:${link}`),
  ];
}

/** The days (YYYY-MM-DD) of an assignment: its own, else the campaign's. */
export interface AssignedDays {
  startsOn: string | null;
  endsOn: string | null;
  /** Without a first day it begins when the campaign was entered: what was posted long before is not for it. */
  enteredOn: string;
}

/** Whether a day lies within an assignment's days and the grace after them. */
export function isInWindow(day: string, { startsOn, endsOn, enteredOn }: AssignedDays): boolean {
  return day >= (startsOn ?? enteredOn) && (endsOn === null || day <= plusDays(endsOn, GRACE_DAYS));
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many whole days after it was published a moment is; null where that is unknown or lies before. */
export function daysSince(publishedAt: Date | null, moment: Date): number | null {
  if (publishedAt === null) return null;
  const days = Math.floor((moment.getTime() - publishedAt.getTime()) / DAY_MS);
  return days >= 0 ? days : null;
}

/** Days after publication at which a piece's figures are compared with other pieces'. */
export const MILESTONES = [1, 7, 30] as const;

/** The snapshot that stands for a milestone: of that day, or the last before it since the milestone before. */
export function atMilestone<T extends { day: number }>(snapshots: readonly T[], milestone: number): T | null {
  const before = Math.max(-1, ...MILESTONES.filter((other) => other < milestone));
  const inStretch = snapshots.filter(({ day }) => day > before && day <= milestone);
  return inStretch.reduce<T | null>((last, one) => (last && last.day > one.day ? last : one), null);
}

/**
 * The milestones of a piece that is so many whole days old; null: nobody knows how old. What was read within a stretch
 * stands for it only once the stretch is over: before, its figures still grow, and no other piece compares with them.
 */
export function milestonesOf<T extends { day: number }>(
  snapshots: readonly T[],
  age: number | null,
): Record<'day1' | 'day7' | 'day30', T | null> {
  const at = (milestone: (typeof MILESTONES)[number]) =>
    age !== null && age >= milestone ? atMilestone(snapshots, milestone) : null;
  return { day1: at(1), day7: at(7), day30: at(30) };
}

/** What was counted of one piece or several; null is untold. */
export interface Counts {
  views: number | null;
  likes: number | null;
  comments: number | null;
}

/** Likes and comments together; null where either is untold. */
export function engagementsOf({ likes, comments }: Counts): number | null {
  return likes === null || comments === null ? null : likes + comments;
}

/**
 * Words that by themselves tell a reader that a post is an advertisement, as hashtags. Regulators take #ad and #sponsored
 * (FTC, Disclosures 101 for Social Media Influencers, 2019; ASA and CMA, Influencers' guide, 2023), #werbung and #anzeige
 * (die medienanstalten, 2024), #publicité (ARPP); in the Gulf إعلان is written. Vague ones (#collab, #sp, #partner) are
 * named there as not enough.
 */
const TAGS = [
  ...['ad', 'ads', 'advert', 'advertisement', 'advertising', 'sponsored', 'paidad', 'paidpost'],
  ...[
    'paidpartnership',
    'paid_partnership',
    'paidpromotion',
    'werbung',
    'anzeige',
    'publicité',
    'publicidad',
  ],
  ...['إعلان', 'إعلانات', 'إعلان_مدفوع', 'إعلان_تجاري', 'شراكة_مدفوعة', 'محتوى_مدفوع'],
];

const BUILT_IN: ReadonlySet<string> = new Set(TAGS.map(folded));

/** What of a piece says whether it is disclosed. */
export interface DisclosedText {
  caption: string | null;
  title?: string | null;
  /** Without #. */
  hashtags: readonly string[];
}

/**
 * What in the text discloses an advertisement: hashtags of ours ("#ad"), and the agency's own terms, which are hashtags
 * where they begin with # and else words that stand by themselves. #adventure is not #ad.
 */
export function findDisclosures(text: DisclosedText, terms: readonly string[]): string[] {
  const ownTags = new Set(terms.filter((term) => term.startsWith('#')).map((term) => folded(term.slice(1))));
  const tags = text.hashtags.filter((tag) => BUILT_IN.has(folded(tag)) || ownTags.has(folded(tag)));
  const read = folded(`${text.title ?? ''}\n${text.caption ?? ''}`);
  const words = terms.filter((term) => !term.startsWith('#') && holdsWord(read, folded(term)));
  return [...new Set([...tags.map((tag) => `#${tag}`), ...words])];
}

export type DisclosureState = 'OK' | 'MISSING' | 'UNKNOWN';

export interface Disclosure {
  state: DisclosureState;
  /** "#ad", a term of the agency's, or LABEL: the network's paid-partnership label. */
  found: string[];
  /** What would disclose it and is not there: TEXT in the caption, LABEL. Empty unless the state is MISSING. */
  missing: ('TEXT' | 'LABEL')[];
}

/**
 * Whether a piece for a campaign tells that it is an advertisement. Without a caption to read and without word of the
 * label nothing is known: a story's disclosure may stand in its picture. The SQL twin is `isUndisclosed` of queries.
 */
export function disclosureOf(
  content: DisclosedText & { isLabelledSponsored: boolean | null; type: ContentType },
  terms: readonly string[],
): Disclosure {
  return disclosureState(content, findDisclosures(content, terms));
}

/** As disclosureOf, of what was found already. */
export function disclosureState(
  content: Pick<DisclosedText, 'caption'> & { isLabelledSponsored: boolean | null; type: ContentType },
  disclosures: readonly string[],
): Disclosure {
  const { isLabelledSponsored, caption, type } = content;
  const found = [...disclosures, ...(isLabelledSponsored ? ['LABEL'] : [])];
  if (found.length > 0) return { state: 'OK', found, missing: [] };
  const isRead = (caption ?? '').trim() !== '';
  const isKnown = isLabelledSponsored !== null || (isRead && type !== 'STORY');
  return isKnown
    ? { state: 'MISSING', found, missing: ['TEXT', 'LABEL'] }
    : { state: 'UNKNOWN', found, missing: [] };
}

/** Lower case; Arabic without its alefs' marks, vowel signs and stretching, Latin letters without accents. */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\u0640]/gu, '')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه');
}

function holdsWord(text: string, word: string): boolean {
  const literal = word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])`, 'u').test(text);
}

/** A term of disclosure as it is kept: lower case, single spaces. */
export function normalizeTerm(term: string): string {
  return term.normalize('NFC').toLowerCase().trim().replaceAll(/\s+/g, ' ').replace(/^＃/, '#');
}

/** A campaign's hashtags, mentions and links as they are compared; what is nothing is left out. */
export function normalizeRules(sent: { [K in keyof MatchRules]?: readonly string[] | undefined }): {
  [K in keyof MatchRules]?: string[];
} {
  const each = (values: readonly string[], normalize: (value: string) => string | null) => [
    ...new Set(values.map(normalize).filter((value): value is string => value !== null && value !== '')),
  ];
  return {
    ...(sent.hashtags ? { hashtags: each(sent.hashtags, normalizeTag) } : {}),
    ...(sent.mentions ? { mentions: each(sent.mentions, normalizeHandle) } : {}),
    ...(sent.links ? { links: each(sent.links, normalizeLink) } : {}),
  };
}
