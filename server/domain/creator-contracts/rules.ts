import type { ContractStatus, ExclusivityType, SocialPlatform } from '../../../db/types.ts';
import { fromUtcDay } from '../../kernel/time-zones.ts';
import { platformLabels } from '../creators/fields.ts';
import type { contractStates } from './fields.ts';

/** What a signed contract forbids, within days that it binds on; a bound that is null is open. */
export interface Clause {
  contractId: string;
  /** Null binds nobody: an agreement with the agency itself is none of one client against another. */
  brandId: string | null;
  campaignId: string | null;
  exclusivity: ExclusivityType;
  categories: readonly string[];
  competitors: readonly string[];
  platforms: readonly SocialPlatform[];
  /** Empty: everywhere. */
  territories: readonly string[];
  startsOn: string | null;
  endsOn: string | null;
}

/** What a creator does for a brand: an assignment, a piece of content, a contract. */
export interface Engagement {
  brandId: string | null;
  campaignId: string | null;
  /** What it is called by: its brand, its company, its products. Empty: unknown. */
  names: readonly string[];
  /** Empty: unknown. */
  categories: readonly string[];
  /** Empty: unknown. */
  platforms: readonly SocialPlatform[];
  /** Empty: everywhere. */
  territories: readonly string[];
  /** An engagement that names no day is taken to run at any time: whoever plans it can say its days. */
  startsOn: string | null;
  endsOn: string | null;
}

export type ConflictKind = 'CONFLICT' | 'POSSIBLE';

/** Why something is a conflict, in a sentence that names nobody. */
export interface Judgement {
  kind: ConflictKind;
  reason: string;
}

/**
 * Whether work for one brand breaks what another brand's contract forbids; null where it does not. A clause never stands
 * against its own brand or its own campaign. What is not known to be outside a clause is POSSIBLE, never nothing.
 */
export function exclusivityConflicts(clause: Clause, engagement: Engagement): Judgement | null {
  if (clause.exclusivity === 'NONE' || clause.brandId === null) return null;
  if (clause.brandId === engagement.brandId) return null;
  if (clause.campaignId !== null && clause.campaignId === engagement.campaignId) return null;
  if (!overlaps(clause, engagement) || !isSamePlace(clause.territories, engagement.territories)) return null;
  switch (clause.exclusivity) {
    case 'FULL':
      return { kind: 'CONFLICT', reason: 'The creator works for no other brand in this time.' };
    case 'PLATFORM':
      return platformJudgement(clause, engagement);
    case 'CATEGORY':
      return stricter(categoryJudgement(clause, engagement), clause, engagement);
  }
}

interface Window {
  startsOn: string | null;
  endsOn: string | null;
}

/** Both ends count: what ends on the day that the other begins overlaps it. Null is open. */
export function overlaps(a: Window, b: Window): boolean {
  const isBefore = (end: string | null, start: string | null) =>
    end !== null && start !== null && end < start;
  return !isBefore(a.endsOn, b.startsOn) && !isBefore(b.endsOn, a.startsOn);
}

function isSamePlace(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((territory) => b.includes(territory));
}

function platformJudgement(clause: Clause, { platforms }: Engagement): Judgement | null {
  if (platforms.length === 0) {
    return { kind: 'POSSIBLE', reason: 'It is not known on which platforms the creator will publish.' };
  }
  const shared = clause.platforms.filter((platform) => platforms.includes(platform));
  if (shared.length === 0) return null;
  return { kind: 'CONFLICT', reason: `It is for ${listOf(shared.map(platformName))}.` };
}

function categoryJudgement(clause: Clause, engagement: Engagement): Judgement | null {
  const names = new Set(engagement.names.map(fold));
  if (clause.competitors.some((competitor) => names.has(fold(competitor)))) {
    return { kind: 'CONFLICT', reason: 'It is for a brand that the clause names.' };
  }
  const theirs = new Set(engagement.categories.map(fold));
  const shared = clause.categories.filter((category) => theirs.has(fold(category)));
  if (shared.length > 0) return { kind: 'CONFLICT', reason: `It is for ${listOf(shared)}.` };
  if (clause.categories.length > 0 && theirs.size === 0) {
    return { kind: 'POSSIBLE', reason: 'It is not known which category the work is for.' };
  }
  if (clause.competitors.length > 0 && names.size === 0) {
    return { kind: 'POSSIBLE', reason: 'It is not known which brand the work is for.' };
  }
  return null;
}

/** A clause for a category on some platforms alone forbids where both hold. */
function stricter(judgement: Judgement | null, clause: Clause, engagement: Engagement): Judgement | null {
  if (!judgement || clause.platforms.length === 0) return judgement;
  const onPlatforms = platformJudgement(clause, engagement);
  if (!onPlatforms) return null;
  return judgement.kind === 'POSSIBLE'
    ? judgement
    : onPlatforms.kind === 'POSSIBLE'
      ? onPlatforms
      : judgement;
}

/** Words that are one though written in other letters: case, accents, spaces. No word is taken to hold another. */
export function fold(word: string): string {
  const plain = word.normalize('NFKD').toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return plain.replaceAll(/\s+/g, ' ').trim();
}

/**
 * A clause in words: "Exclusive for beauty in AE, SA until 31 December 2026". Competitors are named to those alone who
 * may read the contract.
 */
export function clauseWords(clause: Clause, { namesCompetitors }: { namesCompetitors: boolean }): string {
  const place = clause.territories.length === 0 ? '' : ` in ${clause.territories.join(', ')}`;
  const until = clause.endsOn === null ? ', without an end' : ` until ${dayWords(clause.endsOn)}`;
  return `${subjectWords(clause, namesCompetitors)}${place}${until}`;
}

function subjectWords(clause: Clause, namesCompetitors: boolean): string {
  const on = clause.platforms.length === 0 ? '' : ` on ${listOf(clause.platforms.map(platformName))}`;
  if (clause.exclusivity === 'FULL') return 'Fully exclusive';
  if (clause.exclusivity === 'PLATFORM') return `Exclusive${on}`;
  const against =
    clause.competitors.length === 0
      ? []
      : [namesCompetitors ? `against ${listOf(clause.competitors)}` : 'against certain competitors'];
  const forWhat = clause.categories.length === 0 ? [] : [`for ${listOf(clause.categories)}`];
  return `Exclusive ${[...forWhat, ...against].join(' and ')}${on}`;
}

function platformName(platform: SocialPlatform): string {
  return platformLabels[platform];
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** "31 December 2026" */
export function dayWords(day: string): string {
  return dayFormat.format(fromUtcDay(day));
}

const lists = new Intl.ListFormat('en', { type: 'conjunction' });

export function listOf(words: readonly string[]): string {
  return lists.format(words);
}

/** How far ahead an end is told of, in days. */
export const WARNING_DAYS = [30, 7, 1] as const;

export type ContractState = (typeof contractStates)[number];

interface Dated extends Window {
  status: ContractStatus;
}

/** What a contract is today. A day that is not said is open: without a first day it has begun, without a last it goes on. */
export function contractState({ status, startsOn, endsOn }: Dated, today: string): ContractState {
  if (status !== 'SIGNED') return status;
  if (endsOn !== null && endsOn < today) return 'ENDED';
  if (startsOn !== null && startsOn > today) return 'NOT_BEGUN';
  const left = endsOn === null ? null : daysBetween(today, endsOn);
  return left !== null && left <= WARNING_DAYS[0] ? 'ENDING' : 'IN_FORCE';
}

/** Days from one to the other; negative where the other lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((fromUtcDay(to).getTime() - fromUtcDay(from).getTime()) / 86_400_000);
}

/**
 * The warning that an end calls for today: the nearest of 30, 7 and 1 days that it lies within, or null. A day without a
 * look skips none: a warning that was missed is given late, unless a nearer one takes its place.
 */
export function warningOf(endsOn: string | null, today: string): (typeof WARNING_DAYS)[number] | null {
  if (endsOn === null) return null;
  const left = daysBetween(today, endsOn);
  if (left < 0) return null;
  return WARNING_DAYS.findLast((days) => left <= days) ?? null;
}

/** Where a contract may go from where it stands. Terminated is the end of it. */
const moves: Readonly<Record<ContractStatus, readonly ContractStatus[]>> = {
  DRAFT: ['SENT', 'SIGNED'],
  SENT: ['DRAFT', 'SIGNED'],
  SIGNED: ['TERMINATED'],
  TERMINATED: [],
};

export function movesFrom(status: ContractStatus): readonly ContractStatus[] {
  return moves[status];
}

/** What a contract says, by the names of its columns. */
export interface Terms {
  starts_on: string | null;
  ends_on: string | null;
  exclusivity: ExclusivityType;
  exclusivity_categories: readonly string[];
  exclusivity_competitors: readonly string[];
  exclusivity_platforms: readonly SocialPlatform[];
  exclusivity_territories: readonly string[];
  exclusivity_starts_on: string | null;
  exclusivity_ends_on: string | null;
}

type ExclusivityColumn = Exclude<keyof Terms, 'starts_on' | 'ends_on' | 'exclusivity'>;

/** What each kind of exclusivity says nothing by, and what it then holds. */
const unread: Readonly<Record<ExclusivityType, Partial<Terms>>> = {
  NONE: {
    exclusivity_categories: [],
    exclusivity_competitors: [],
    exclusivity_platforms: [],
    exclusivity_territories: [],
    exclusivity_starts_on: null,
    exclusivity_ends_on: null,
  },
  CATEGORY: {},
  PLATFORM: { exclusivity_categories: [], exclusivity_competitors: [] },
  FULL: { exclusivity_categories: [], exclusivity_competitors: [], exclusivity_platforms: [] },
};

/** The columns that a kind of exclusivity does not read, empty: a change of kind takes along what was for the old one. */
export function emptied(exclusivity: ExclusivityType): Partial<Terms> {
  return unread[exclusivity];
}

/** What does not fit in a contract's terms; fields are named as the inputs name them. */
export function termsIssues(terms: Terms): { path: string; message: string }[] {
  const issues = (Object.keys(unread[terms.exclusivity]) as ExclusivityColumn[])
    .filter((column) => (terms[column]?.length ?? 0) > 0)
    .map((column) => ({ path: inputName(column), message: unreadWords[terms.exclusivity] }));
  if (terms.starts_on && terms.ends_on && terms.ends_on < terms.starts_on)
    issues.push({ path: 'endsOn', message: 'The contract would end before it begins.' });
  const from = terms.exclusivity_starts_on ?? terms.starts_on;
  const until = terms.exclusivity_ends_on ?? terms.ends_on;
  const isOwn = terms.exclusivity_starts_on !== null || terms.exclusivity_ends_on !== null;
  if (isOwn && from && until && until < from)
    issues.push({ path: 'exclusivityEndsOn', message: 'The exclusivity would end before it begins.' });
  const isEmpty = terms.exclusivity_categories.length + terms.exclusivity_competitors.length === 0;
  if (terms.exclusivity === 'CATEGORY' && isEmpty)
    issues.push({ path: 'exclusivityCategories', message: 'Name at least one category or competitor.' });
  if (terms.exclusivity === 'PLATFORM' && terms.exclusivity_platforms.length === 0)
    issues.push({ path: 'exclusivityPlatforms', message: 'Name at least one platform.' });
  return issues;
}

const unreadWords: Readonly<Record<ExclusivityType, string>> = {
  NONE: 'Nothing is exclusive. Say first whether it is a category, a platform or all.',
  CATEGORY: '',
  PLATFORM:
    'Exclusivity by platform holds whatever is advertised. For a category on some platforms choose the category.',
  FULL: 'Full exclusivity leaves nothing out. For less choose a category or a platform.',
};

function inputName(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
