import type { LiveRuns } from './use-live-runs.ts';

const words = {
  still: '',
  live: 'Running now. This page keeps itself fresh.',
  stalled: 'The server does not answer right now; what stands here may be old.',
} as const satisfies Record<LiveRuns['state'], string>;

/** Says whether the runs beside it move. Read out when that changes; without a script it asks for a reload. */
export function LiveLine({ state }: { state: LiveRuns['state'] }) {
  return (
    <>
      <span role="status" className="needs-script text-sm text-muted">
        {words[state]}
      </span>
      {state !== 'still' && (
        <noscript>
          <span className="text-sm text-muted">Running now. Load the page again to see how far it is.</span>
        </noscript>
      )}
    </>
  );
}
