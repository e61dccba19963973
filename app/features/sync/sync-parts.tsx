import type { SyncChoice, SyncOverview, SyncRun, UpcomingSync } from '../../../server/domain/sync/schema.ts';
import type { PageLinks } from '../../lib/paging.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pagination } from '../../ui/pagination.tsx';
import { Panel } from '../../ui/panel.tsx';
import { RunningList } from './running-list.tsx';
import { SyncFilters, type SyncFiltersProps } from './sync-filters.tsx';
import { SyncRunTable } from './sync-run-table.tsx';
import { UpcomingTable } from './upcoming-table.tsx';

export interface SyncPartsProps {
  overview: SyncOverview;
  next: readonly UpcomingSync[];
  hasMoreNext: boolean;
  input: SyncFiltersProps['input'];
  history: readonly SyncRun[];
  links: PageLinks;
  choices: readonly SyncChoice[];
  timeZone: string;
  now: string;
}

/** What runs now, what runs next, what ran. */
export function SyncParts(props: SyncPartsProps) {
  const { overview, next, choices, history, input, timeZone, now } = props;
  const isFiltered = Object.values(input).some((value) => value !== undefined);
  if (choices.length === 0 && history.length === 0) return <NothingYet />;
  return (
    <>
      <Panel title="Running now" padded={false}>
        {overview.running.length === 0 ? (
          <p className="p-4 text-muted">Nothing runs right now.</p>
        ) : (
          <RunningList runs={overview.running} count={overview.runningCount} timeZone={timeZone} now={now} />
        )}
      </Panel>
      <Panel
        title="Next"
        padded={false}
        actions={
          props.hasMoreNext && (
            <a className="link" href={withQuery(paths.syncRuns(), { ...input, next: 'all' })}>
              All that is ahead
            </a>
          )
        }
      >
        {next.length === 0 ? (
          <p className="p-4 text-muted">Nothing is ahead: no ad account is connected and unpaused.</p>
        ) : (
          <UpcomingTable items={next} timeZone={timeZone} now={now} />
        )}
      </Panel>
      <div id="history" className="scroll-mt-4">
        <Panel title="History" padded={false}>
          <SyncFilters input={input} choices={choices} />
          {history.length === 0 ? (
            <NoRuns isFiltered={isFiltered} />
          ) : (
            <>
              <SyncRunTable runs={history} now={now} of="agency" />
              <Pagination label="Sync runs" {...props.links} />
            </>
          )}
        </Panel>
      </div>
    </>
  );
}

function NoRuns({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) return <p className="p-4 text-muted">No sync has ended yet.</p>;
  return (
    <EmptyState
      kind="no-result"
      title="No such runs"
      description="No sync that has ended fits what is chosen above."
      action={{ label: 'Show all', href: paths.syncRuns() }}
    />
  );
}

function NothingYet() {
  return (
    <EmptyState
      kind="unused"
      title="Nothing was synced yet"
      description="Once an ad account is connected, its figures come here by themselves: soon after midnight in its own zone, then every six hours."
      action={{ label: 'Ad accounts', href: paths.adAccounts() }}
    />
  );
}
