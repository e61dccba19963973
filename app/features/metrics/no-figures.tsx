import { listHref } from '../../lib/list-url.ts';
import { paths } from '../../lib/paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { filterNames } from './figure-address.ts';

export interface NoFiguresProps {
  url: URL;
  /** Whether anything that the page speaks of could have figures: an ad account, something attached. */
  hasSource: boolean;
  isNarrowed: boolean;
  /** Set where the page shows a day of the past. */
  asOf: string | null;
  /** How the first figures come here, for who may do that. */
  begin: { description: string; action?: { label: string; href: string } };
}

/** Why there are no figures: nothing is connected, nothing fits, or nothing ran in these days. */
export function NoFigures({ url, hasSource, isNarrowed, asOf, begin }: NoFiguresProps) {
  if (asOf !== null) {
    return (
      <Panel>
        <EmptyState
          kind="no-result"
          title="Nothing was known then"
          description="No figures of these days had been fetched by that moment."
          action={{ label: 'Back to now', href: listHref(url, { asOf: null }) }}
        />
      </Panel>
    );
  }
  if (isNarrowed) {
    const none = Object.fromEntries(filterNames.map((name) => [name, null]));
    return (
      <Panel>
        <EmptyState
          kind="no-result"
          title="Nothing here was delivered"
          description="No figures of these days fit what the page is narrowed to."
          action={{ label: 'Clear all filters', href: listHref(url, none) }}
        />
      </Panel>
    );
  }
  if (!hasSource) {
    return (
      <Panel>
        <EmptyState kind="unused" title="No figures yet" {...begin} />
      </Panel>
    );
  }
  return (
    <Panel>
      <EmptyState
        kind="no-result"
        title="No delivery in these days"
        description="The platforms reported nothing for this range. That is no zero: nothing ran, or it was not synced yet."
        action={{
          label: 'Show the last 90 days',
          href: listHref(url, { range: 'last_90_days', from: null, to: null }),
        }}
      >
        <a className="link self-center" href={paths.syncRuns()}>
          Look at the syncs
        </a>
      </EmptyState>
    </Panel>
  );
}
