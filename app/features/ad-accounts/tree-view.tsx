import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import { ListToolbar } from '../records/list-toolbar.tsx';
import { useAccount, useMay, useTimeZone } from '../shell/use-account.ts';
import { LiveLine } from '../sync/live-line.tsx';
import { type Ask, type LiveRules, useLive } from '../sync/use-live.ts';
import { AccountTree } from './account-tree.tsx';
import { BulkAccounts } from './bulk-accounts.tsx';
import type { PlatformStatus } from './connect-platforms.tsx';
import { NoAccounts } from './no-accounts.tsx';
import { type TreeLine, treeStateLabels } from './tree-lines.ts';

export interface TreeViewProps {
  url: URL;
  lines: readonly TreeLine[];
  /** Runs that are under way. */
  running: readonly SyncRun[];
  people: Readonly<Record<string, string>>;
  platforms: readonly PlatformStatus[];
  now: string;
}

const filters = ['q', 'platform', 'brandId', 'connectionId', 'state'] as const;

const askRunning: Ask<readonly SyncRun[]> = async (live, signal) =>
  (await live.syncRuns.overview.query(undefined, { signal })).running;

/** A run that is no longer under way has moved its account's clocks, and so the whole list is read again. */
const rules: LiveRules<readonly SyncRun[]> = {
  isLive: (runs) => runs.length > 0,
  hasTurned: (before, after) => before.some(({ id }) => !after.some((run) => run.id === id)),
};

/** The accounts in use below their managers: search and filters, the tree, and what can be done to several at once. */
export function TreeView({ url, lines, running, people, platforms, now }: TreeViewProps) {
  const { brands } = useAccount().current;
  const canConnect = useMay('ad-accounts.connect');
  const mayStart = useMay('sync-runs.start');
  const mayWrite = useMay('ad-accounts.write');
  const timeZone = useTimeZone();
  const { value: runs, state } = useLive(running, askRunning, rules);
  const canChange = mayStart || mayWrite;
  return (
    <div className="tree-view">
      <ListToolbar
        url={url}
        searchLabel="Search accounts and managers"
        keep={['connectionId']}
        selects={[
          {
            name: 'platform',
            emptyLabel: 'Any platform',
            options: platforms.map(({ id, name }) => [id, name]),
          },
          { name: 'brandId', emptyLabel: 'Any brand', options: brands.map(({ id, name }) => [id, name]) },
          { name: 'state', emptyLabel: 'Any state', options: Object.entries(treeStateLabels) },
        ]}
      />
      {lines.length === 0 ? (
        <NoAccounts
          isFiltered={filters.some((name) => url.searchParams.has(name))}
          canConnect={canConnect}
          platforms={platforms}
        />
      ) : (
        <>
          <AccountTree
            lines={lines}
            runs={runs}
            brands={Object.fromEntries(brands.map(({ id, name }) => [id, name]))}
            people={people}
            timeZone={timeZone}
            now={now}
            canChange={canChange}
            canConnect={canConnect}
          />
          <div className="px-4 py-2 md:px-5">
            <LiveLine state={state} />
          </div>
          {canChange && <BulkAccounts back={url.pathname + url.search} />}
        </>
      )}
    </div>
  );
}
