import type { FreshnessMark, FreshnessState } from '../../../server/domain/metrics/dashboard-schema.ts';
import { formatDate, formatDateTime } from '../../lib/format.ts';
import type { Tone } from '../../ui/badge.tsx';

export interface StateWords {
  label: string;
  tone: Tone;
  /** What it means for who reads the figures: the tooltip. */
  meaning: string;
}

/** How far figures may be trusted, in a word and in a sentence. The word says it; the dot's colour only repeats it. */
export const freshnessWords = {
  FINAL: { label: 'Final', tone: 'success', meaning: 'No platform changes these figures any more.' },
  SETTLING: {
    label: 'Settling',
    tone: 'info',
    meaning: 'Platforms still restate days this young, conversions above all.',
  },
  PARTIAL: {
    label: 'Partial',
    tone: 'accent',
    meaning: 'A day that still runs is among these; it is not complete.',
  },
  STALE: { label: 'Stale', tone: 'warning', meaning: 'Newer figures should be here and are not.' },
  FAILED: {
    label: 'Failed',
    tone: 'danger',
    meaning: 'The last sync failed. The figures of before it stand unharmed.',
  },
  NONE: { label: 'Never synced', tone: 'neutral', meaning: 'Nothing was ever fetched.' },
} as const satisfies Record<FreshnessState, StateWords>;

/** Where and when the reader is: their zone, and the moment that the loader told. */
export interface ReaderClock {
  timeZone: string;
  now: string;
}

/** "Synced 10:32" of today, "Synced 21 Nov, 10:32" of before, "Never synced". */
export function syncedWords(lastSyncedAt: string | null, { timeZone, now }: ReaderClock): string {
  if (lastSyncedAt === null) return 'Never synced';
  const [day = '', time = ''] = formatDateTime(lastSyncedAt, timeZone).split(', ');
  const [today = ''] = formatDateTime(now, timeZone).split(', ');
  return day === today ? `Synced ${time}` : `Synced ${shortDay(day, today)}, ${time}`;
}

/** "figures to 21 Nov": the newest business day that they reach. */
export function reachedWords(newestBusinessDate: string | null, { timeZone, now }: ReaderClock): string {
  if (newestBusinessDate === null) return 'no figures yet';
  const [today = ''] = formatDateTime(now, timeZone).split(', ');
  return `figures to ${shortDay(formatDate(newestBusinessDate), today)}`;
}

/** A day of this year goes without it. */
function shortDay(day: string, today: string): string {
  const year = today.slice(-5);
  return day.endsWith(year) ? day.slice(0, -year.length) : day;
}

type Clocks = Pick<FreshnessMark, 'lastSyncedAt' | 'newestBusinessDate' | 'isSyncing'> & {
  /** Of several accounts, how many were never synced: they have no clock. */
  silent?: string;
};

/** "Synced 10:32 · figures to 21 Nov", both clocks of an account or of the slowest of several. */
export function clockWords(of: Clocks, reader: ReaderClock): string {
  const words = [syncedWords(of.lastSyncedAt, reader), reachedWords(of.newestBusinessDate, reader)];
  if (of.silent) words.push(of.silent);
  if (of.isSyncing) words.push('syncing now');
  return words.join(' · ');
}

/** The slowest clocks of several accounts, of those that have one. Undefined where there is no account. */
export function slowestClocks(marks: readonly FreshnessMark[]): Clocks | undefined {
  if (marks.length === 0) return undefined;
  const never = marks.filter(({ lastSyncedAt }) => lastSyncedAt === null).length;
  return {
    lastSyncedAt: earliest(marks.map(({ lastSyncedAt }) => lastSyncedAt)),
    newestBusinessDate: earliest(marks.map(({ newestBusinessDate }) => newestBusinessDate)),
    isSyncing: marks.some(({ isSyncing }) => isSyncing),
    ...(never > 0 && never < marks.length && { silent: `${never} of ${marks.length} never synced` }),
  };
}

function earliest(moments: readonly (string | null)[]): string | null {
  return moments.filter((moment) => moment !== null).sort()[0] ?? null;
}
