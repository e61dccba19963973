import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import { formatRelative } from '../../lib/format.ts';
import type { Tone } from '../../ui/badge.tsx';

export type SyncStatus = SyncRun['status'];

/** A run's status as people say it. */
export const runStatusLabels = {
  PENDING: 'Waiting',
  SYNCING: 'Running',
  SUCCESS: 'Done',
  ERROR: 'Failed',
  PAUSED: 'Stopped',
} as const satisfies Record<SyncStatus, string>;

export const syncStatusTones = {
  PENDING: 'info',
  SYNCING: 'accent',
  SUCCESS: 'success',
  ERROR: 'danger',
  PAUSED: 'neutral',
} as const satisfies Record<SyncStatus, Tone>;

export const triggerLabels = {
  CONNECT: 'After connecting',
  SCHEDULE: 'On schedule',
  MANUAL: 'By hand',
} as const satisfies Record<SyncRun['trigger'], string>;

/** What kind of work a run is. */
export const workLabels = {
  DAILY: 'Daily',
  INTRADAY: 'Today so far',
  RANGE: 'Chosen days',
  BACKFILL: 'Backfill',
} as const satisfies Record<SyncRun['work'], string>;

/** The same, told to who does not know the words. */
export const workHints = {
  DAILY: 'Every day whose figures may still change',
  INTRADAY: 'Today alone; its figures are partial until the day is over',
  RANGE: 'Days that somebody asked for once more',
  BACKFILL: 'The past, fetched behind the daily work',
} as const satisfies Record<SyncRun['work'], string>;

/** A file's run fetched nothing: its days came in by an upload. */
export function workLabel({ work, importId }: Pick<SyncRun, 'work' | 'importId'>): string {
  return importId === null ? workLabels[work] : 'A file';
}

/** Whether a run still waits or works. */
export function isLive({ status }: Pick<SyncRun, 'status'>): boolean {
  return status === 'PENDING' || status === 'SYNCING';
}

/** Somebody stopped it and it has not reached its next safe point yet. */
export function isStopping(run: Pick<SyncRun, 'status' | 'stopRequestedAt'>): boolean {
  return run.status === 'SYNCING' && run.stopRequestedAt !== null;
}

/** A run's status with what it is just about to become. */
export function statusWords(run: Pick<SyncRun, 'status' | 'stopRequestedAt'>): string {
  return isStopping(run) ? 'Stopping' : runStatusLabels[run.status];
}

const SECOND_MS = 1000;

/** "in 5 min", "within a minute": when something is expected that is not far off. */
export function soonWords(iso: string, now: string): string {
  const isNear = Date.parse(iso) - Date.parse(now) < 60 * SECOND_MS;
  return isNear ? 'within a minute' : formatRelative(iso, now);
}

/** "0.4 s", "12 s", "3 min 05 s", "2 h 04 min"; null while either end is open. */
export function durationOf({
  startedAt,
  finishedAt,
}: Pick<SyncRun, 'startedAt' | 'finishedAt'>): string | null {
  if (!startedAt || !finishedAt) return null;
  // The browser’s clock may be behind the server’s.
  const seconds = Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / SECOND_MS);
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(whole % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** "America/New York". */
export function zoneWords(timeZone: string): string {
  return timeZone.replaceAll('_', ' ');
}
