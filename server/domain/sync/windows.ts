import { TZDate } from '@date-fns/tz';
import { subMonths } from 'date-fns';
import type { SyncWork } from '../../../db/types.ts';
import type { DayRange, PlatformFacts } from '../../integrations/ad-platform.ts';
import { dayIn, fromUtcDay, plusDays, utcDay } from '../../kernel/time-zones.ts';

/** What decides which days a run asks for. */
export interface WindowFacts {
  platform: Pick<PlatformFacts, 'restatementDays' | 'maxHistoryMonths'>;
  /** What the agency set; null: the platform's own. */
  restatementDays: number | null;
  backfillMonths: number;
  timeZone: string;
  now: Date;
  /** The today of the newest sync that read the whole time in which a day may still change, or null. */
  readUntil: string | null;
  /** What came in whole so far, in any order. */
  covered: readonly DayRange[];
  /** What somebody asked for, with RANGE. */
  asked: DayRange | null;
}

/** The days that a run of this kind asks for; null where there is nothing to ask. Days are the account's own. */
export function windowOf(work: SyncWork, facts: WindowFacts): DayRange | null {
  const today = dayIn(facts.timeZone, facts.now);
  const oldest = oldestDay(facts.platform, today);
  switch (work) {
    case 'DAILY':
      return within(dailyWindow(facts, today), oldest, today);
    case 'INTRADAY':
      return { from: isEarly(facts.timeZone, facts.now) ? plusDays(today, -1) : today, to: today };
    case 'RANGE':
      return within(facts.asked ?? dailyWindow(facts, today), oldest, today);
    case 'BACKFILL':
      return backfillWindow(facts, today);
  }
}

function dailyWindow(facts: WindowFacts, today: string): DayRange {
  const restatementDays = facts.restatementDays ?? facts.platform.restatementDays;
  return syncWindow({ restatementDays }, today, facts.readUntil);
}

/**
 * What a sync asks for: today, which is partial, and every day whose figures may have moved since they were last read.
 * A day settles once it is `restatementDays` old; `readUntil` is the today of the last sync that read so far back, so
 * that after a pause the days that settled meanwhile are read once more.
 */
export function syncWindow(
  facts: { restatementDays: number },
  today: string,
  readUntil: string | null,
): DayRange {
  const oldestToday = readUntil !== null && readUntil < today ? readUntil : today;
  return { from: plusDays(oldestToday, -facts.restatementDays), to: today };
}

/** The past that is still missing: from the oldest day that is wanted to the day before what is there. */
function backfillWindow(facts: WindowFacts, today: string): DayRange | null {
  const from = oldestWanted(facts.platform, facts.backfillMonths, today);
  const to = plusDays(coveredFrom(facts.covered) ?? today, -1);
  return from <= to ? { from, to } : null;
}

/** How far back the agency wants an account's figures, within what the platform keeps. */
export function oldestWanted(
  platform: Pick<PlatformFacts, 'maxHistoryMonths'>,
  backfillMonths: number,
  today: string,
): string {
  return oldestDay({ maxHistoryMonths: Math.min(platform.maxHistoryMonths, backfillMonths) }, today);
}

/** The first day from which everything is there without a gap, up to the newest day; null where nothing is. */
export function coveredFrom(covered: readonly DayRange[]): string | null {
  const newestFirst = [...covered].sort((left, right) => (left.to < right.to ? 1 : -1));
  let first: string | null = null;
  for (const range of newestFirst) {
    if (first === null || (range.to >= plusDays(first, -1) && range.from < first)) first = range.from;
    // What follows ends earlier still, so that a gap here is a gap for all of them.
    else if (range.to < plusDays(first, -1)) break;
  }
  return first;
}

/** The oldest day that a platform still answers for. */
export function oldestDay(facts: { maxHistoryMonths: number }, today: string): string {
  // One day less than the platform's own limit, which it may count in another zone.
  return plusDays(utcDay(subMonths(fromUtcDay(today), facts.maxHistoryMonths)), 1);
}

/** No day before what the platform keeps, none after the account's today; null where nothing is left. */
function within(window: DayRange, oldest: string, today: string): DayRange | null {
  const from = window.from < oldest ? oldest : window.from;
  const to = window.to > today ? today : window.to;
  return from <= to ? { from, to } : null;
}

/** The last hours of a day reach the platforms' figures late: until three, yesterday is asked for too. */
function isEarly(timeZone: string, now: Date): boolean {
  return new TZDate(now, timeZone).getHours() < 3;
}

/** Cuts a range into ranges of at most `days`, newest first: each is fetched whole and then replaced whole. */
export function sliceRange({ from, to }: DayRange, days: number): DayRange[] {
  const slices: DayRange[] = [];
  for (let end = to; end >= from; end = plusDays(end, -days)) {
    const start = plusDays(end, 1 - days);
    slices.push({ from: start > from ? start : from, to: end });
  }
  return slices;
}

/**
 * The periods whose reach is asked for on its own: 7 and 28 days, with the running day and without it as the pages'
 * presets have them, the month so far and the month before.
 */
export function reachPeriods(today: string): DayRange[] {
  const monthStart = `${today.slice(0, 8)}01`;
  const lastMonthEnd = plusDays(monthStart, -1);
  const yesterday = plusDays(today, -1);
  const periods = [
    { from: plusDays(today, -6), to: today },
    { from: plusDays(today, -27), to: today },
    { from: plusDays(today, -7), to: yesterday },
    { from: plusDays(today, -28), to: yesterday },
    { from: monthStart, to: today },
    { from: `${lastMonthEnd.slice(0, 8)}01`, to: lastMonthEnd },
  ];
  // In a short month, or on its seventh day, two of them are the same days.
  return [...new Map(periods.map((period) => [`${period.from} ${period.to}`, period])).values()];
}

/** How many days a range has. */
export function daysOf({ from, to }: DayRange): number {
  return Math.round((fromUtcDay(to).getTime() - fromUtcDay(from).getTime()) / 86_400_000) + 1;
}
