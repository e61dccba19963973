import { type LiveState, type LoadedAccount, useLiveFigures } from './use-live-figures.ts';

const shown = {
  still: '',
  live: 'Syncing now. These figures update by themselves.',
  updating: 'Updating…',
  updated: 'Updated just now',
} as const satisfies Record<LiveState, string>;

/** Keeps the page's figures fresh and says so. What passes within a sync is shown and not read out each time. */
export function LiveFigures({ accounts }: { accounts: readonly LoadedAccount[] }) {
  const state = useLiveFigures(accounts);
  return (
    <span className="needs-script text-sm text-muted" data-live={state}>
      <span aria-hidden="true">{shown[state]}</span>
      <span role="status" className="sr-only">
        {state === 'updating' ? shown.live : shown[state]}
      </span>
    </span>
  );
}
