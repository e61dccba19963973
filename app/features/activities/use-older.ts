import { useFetcher } from '@remix-run/react';
import { useState } from 'react';
import type { Activity } from '../../../server/domain/activities/schema.ts';
import type { TimelineData } from '../../bridge/timeline.server.ts';
import { paths, withQuery } from '../../lib/paths.ts';

export interface Older {
  /** Every entry that was read so far, newest first. */
  activities: readonly Activity[];
  hasOlder: boolean;
  isLoading: boolean;
  loadOlder: () => void;
}

/**
 * Older pages behind the first, which keep standing where they are. A new entry pushes others off the first page, so
 * what was read stays and is put together by its ids: no gap opens, and nothing jumps.
 */
export function useOlder(timeline: TimelineData): Older {
  const fetcher = useFetcher<TimelineData>();
  const [pages, setPages] = useState<readonly TimelineData[]>([timeline]);
  const latest = [timeline, fetcher.data].filter((page) => page !== undefined);
  const added = latest.filter((page) => !pages.includes(page));
  // Told while rendering, as React's own documentation has it for what follows from a change of props.
  if (added.length > 0) setPages([...pages, ...added]);
  const last = [...pages, ...added].reduce((oldest, page) => (endOf(page) < endOf(oldest) ? page : oldest));
  return {
    activities: together([...pages, ...added]),
    hasOlder: last.olderCursor !== null,
    isLoading: fetcher.state !== 'idle',
    loadOlder: () => {
      const { of, kinds } = timeline;
      const query = { ...of, activity: kinds.join(','), olderThan: last.olderCursor };
      fetcher.load(withQuery(paths.timeline(), query));
    },
  };
}

function endOf({ activities }: TimelineData): string {
  return activities.at(-1)?.createdAt ?? '';
}

/** The page that was read last is right about an entry that several hold. */
function together(pages: readonly TimelineData[]): Activity[] {
  const byId = new Map(pages.flatMap(({ activities }) => activities.map((one) => [one.id, one] as const)));
  return [...byId.values()].sort((a, b) => {
    if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
    return a.id < b.id ? 1 : -1;
  });
}
