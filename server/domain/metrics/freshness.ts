import { format } from 'date-fns';
import { fromUtcDay } from '../../kernel/time-zones.ts';
import { type FreshnessState, freshnessStates } from './dashboard-schema.ts';
import { daysBetween, daysIn } from './dashboard-range.ts';
import { addDays, type DayRange } from './range.ts';

/** What is known of how an account's days were read. */
export interface AccountReads {
  timeZone: string;
  /** As people call it. */
  platformName: string;
  /** The account's own day at the moment of the question. */
  today: string;
  isFile: boolean;
  isPaused: boolean;
  newestBusinessDate: string | null;
  /** Why the last sync failed; null where it did not. */
  failure: string | null;
  /** Days that were read whole once no platform changed them any more. */
  settled: readonly DayRange[];
  /** Days that were over when they were read, yesterday or today. */
  fresh: readonly DayRange[];
  /** How old a day is when it settles. */
  restatementDays: number;
}

/** The days of a range with what may be thought of each, in their order. The twin of `dayState` in sync/rules.ts. */
export function dayStates(reads: AccountReads, range: DayRange): FreshnessState[] {
  const otherwise: FreshnessState = isNever(reads) ? 'NONE' : reads.failure === null ? 'STALE' : 'FAILED';
  const states = new Array<FreshnessState>(daysIn(range)).fill(otherwise);
  if (otherwise === 'NONE') return states;
  const paint = (days: DayRange, state: FreshnessState) => {
    const from = Math.max(0, daysBetween(range.from, days.from));
    const to = Math.min(states.length - 1, daysBetween(range.from, days.to));
    for (let index = from; index <= to; index += 1) states[index] = state;
  };
  const { today, restatementDays, failure } = reads;
  if (failure === null) {
    const settlingFrom = addDays(today, -restatementDays);
    for (const { from, to } of reads.fresh)
      paint({ from: from < settlingFrom ? settlingFrom : from, to }, 'SETTLING');
  }
  for (const days of reads.settled) paint(days, 'FINAL');
  if (range.to >= today) paint({ from: today, to: range.to }, failure === null ? 'PARTIAL' : 'FAILED');
  return states;
}

function isNever({ newestBusinessDate, settled, fresh }: AccountReads): boolean {
  return newestBusinessDate === null && settled.length === 0 && fresh.length === 0;
}

/** How bad a state is: 0 is FINAL. */
export function rankOf(state: FreshnessState): number {
  return freshnessStates.indexOf(state);
}

/** The worst of these; NONE of none. */
export function worstOf(states: Iterable<FreshnessState>): FreshnessState {
  let worst = -1;
  for (const state of states) worst = Math.max(worst, rankOf(state));
  return freshnessStates[worst] ?? 'NONE';
}

/** Why an account's days are what they are, in a sentence that names the zone. */
export function reasonOf(reads: AccountReads, range: DayRange, states: readonly FreshnessState[]): string {
  const zone = `Days are days in ${reads.timeZone}.`;
  const days = states.flatMap((state, index) => (state === 'STALE' ? [addDays(range.from, index)] : []));
  switch (worstOf(states)) {
    case 'NONE':
      return `Nothing was ever fetched. ${zone}`;
    case 'FAILED':
      return `The last sync failed${reads.failure ? `: ${asSentence(reads.failure)}` : '.'} ${zone}`;
    case 'STALE':
      return `${staleReason(reads, days)} ${zone}`;
    case 'PARTIAL':
      return `${inWords(reads.today)} still runs in ${reads.timeZone}.`;
    case 'SETTLING':
      return `${reads.platformName} may still change what it says of a day until the day is ${reads.restatementDays} days old. ${zone}`;
    case 'FINAL':
      return reads.isFile
        ? `From files, which are as they are. ${zone}`
        : `Nothing changes these days any more. ${zone}`;
  }
}

function staleReason(reads: AccountReads, days: readonly string[]): string {
  const [first, last] = [days.at(0), days.at(-1)];
  const which = first === undefined || last === undefined ? '' : spanInWords(first, last, days.length);
  if (reads.isFile) return `No file holds ${which}.`;
  const paused = reads.isPaused ? ' Its sync is paused.' : '';
  return `${which.charAt(0).toUpperCase()}${which.slice(1)} should have been read again and ${
    days.length === 1 ? 'was' : 'were'
  } not.${paused}`;
}

function spanInWords(first: string, last: string, count: number): string {
  if (count === 1) return inWords(first);
  return daysIn({ from: first, to: last }) === count
    ? `the days from ${inWords(first)} to ${inWords(last)}`
    : `${count} days between ${inWords(first)} and ${inWords(last)}`;
}

function inWords(day: string): string {
  return format(fromUtcDay(day), 'd MMMM yyyy');
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
