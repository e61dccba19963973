import type { SyncRun } from '../../../server/domain/sync/schema.ts';
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

/** Whether a run still waits or works. */
export function isLive({ status }: Pick<SyncRun, 'status'>): boolean {
  return status === 'PENDING' || status === 'SYNCING';
}

const SECOND_MS = 1000;

/** "0.4 s", "12 s", "3 min 05 s"; null while either end is open. */
export function durationOf({
  startedAt,
  finishedAt,
}: Pick<SyncRun, 'startedAt' | 'finishedAt'>): string | null {
  if (!startedAt || !finishedAt) return null;
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / SECOND_MS;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
