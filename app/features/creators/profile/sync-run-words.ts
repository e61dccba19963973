import type { CreatorSyncRun } from '../../../../server/domain/creator-sync/schema.ts';
import { formatDate } from '../../../lib/format.ts';
import type { Tone } from '../../../ui/badge.tsx';

export const runStatusLabels = {
  QUEUED: 'Waiting',
  RUNNING: 'Running',
  SUCCESS: 'Done',
  ERROR: 'Failed',
} as const satisfies Record<CreatorSyncRun['status'], string>;

export const runStatusTones = {
  QUEUED: 'neutral',
  RUNNING: 'info',
  SUCCESS: 'success',
  ERROR: 'danger',
} as const satisfies Record<CreatorSyncRun['status'], Tone>;

export const runTriggerLabels = {
  CONNECT: 'Connected',
  WEBHOOK: 'Phyllo told of a change',
  POLL: 'Daily look',
  MANUAL: 'Asked for',
} as const satisfies Record<CreatorSyncRun['trigger'], string>;

const kinds = {
  ACCOUNT: 'The connection',
  PROFILE: 'The profile',
  AUDIENCE: 'The audience',
  CONTENTS: 'The posts',
  HISTORY: 'Older posts',
  EVERYTHING: 'Everything',
} as const satisfies Record<CreatorSyncRun['kind'], string>;

/** "Older posts, from 1 Nov 2025". */
export function runKindWords({ kind, historyFrom }: Pick<CreatorSyncRun, 'kind' | 'historyFrom'>): string {
  return historyFrom === null ? kinds[kind] : `${kinds[kind]}, from ${formatDate(historyFrom)}`;
}

/** Whether a run changes by itself soon. */
export function isUnderWay({ status }: Pick<CreatorSyncRun, 'status'>): boolean {
  return status === 'QUEUED' || status === 'RUNNING';
}
