import { useLocation } from '@remix-run/react';
import type { Live } from './use-live.ts';

const words = {
  still: '',
  live: 'Running now. This page keeps itself fresh.',
  stalled: 'The server does not answer right now; what stands here may be old.',
} as const satisfies Record<Live<unknown>['state'], string>;

export interface LiveLineProps {
  state: Live<unknown>['state'];
  /** What changed, for who does not look. */
  news?: string;
}

/** Says whether what is beside it moves. Read out when that changes; without a script it offers to load again. */
export function LiveLine({ state, news }: LiveLineProps) {
  const { pathname, search } = useLocation();
  return (
    <>
      <span role="status" className="needs-script text-sm text-muted">
        {words[state]}
      </span>
      {news !== undefined && (
        <span role="status" className="sr-only">
          {news}
        </span>
      )}
      {state !== 'still' && (
        <noscript>
          <span className="text-sm text-muted">
            Running now.{' '}
            <a className="link" href={`${pathname}${search}`}>
              Refresh
            </a>
          </span>
        </noscript>
      )}
    </>
  );
}
