import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useCallback } from 'react';
import { listSyncRunsInput } from '../../server/domain/sync/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { LiveLine } from '../features/sync/live-line.tsx';
import { SyncRunTable } from '../features/sync/sync-run-table.tsx';
import { type AskForRuns, useLiveRuns } from '../features/sync/use-live-runs.ts';
import { listQuery, pageLinks, pageUrl } from '../lib/paging.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Pagination } from '../ui/pagination.tsx';
import { Tabs } from '../ui/tabs.tsx';

export const meta: MetaFunction = () => [{ title: 'Sync · SpokeStack' }];

const filters = ['status', 'adAccountId', 'platform'] as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const caller = await api(request, context);
  const { q: _q, ...query } = listQuery(url, filters);
  const input = readQuery(listSyncRunsInput, query);
  const page = await load(context, () => caller.syncRuns.list(input));
  return {
    input,
    runs: page.items,
    links: pageLinks(url, page.nextCursor),
    now: new Date().toISOString(),
  };
}

const tabs = [
  { id: 'all', label: 'All', status: null },
  { id: 'SYNCING', label: 'Running', status: 'SYNCING' },
  { id: 'PENDING', label: 'Waiting', status: 'PENDING' },
  { id: 'SUCCESS', label: 'Done', status: 'SUCCESS' },
  { id: 'ERROR', label: 'Failed', status: 'ERROR' },
] as const;

export default function SyncRuns() {
  const { input, runs: loaded, links, now } = useLoaderData<typeof loader>();
  const ask = useCallback<AskForRuns>(
    async (live, signal) => (await live.syncRuns.list.query(input, { signal })).items,
    [input],
  );
  const { runs, state } = useLiveRuns(loaded, ask);
  const { adAccountId, platform } = input;
  return (
    <>
      <PageHeader title="Sync" meta={<LiveLine state={state} />} />
      <Tabs
        label="Sync runs by status"
        currentId={input.status ?? 'all'}
        tabs={tabs.map(({ id, label, status }) => ({
          id,
          label,
          href: withQuery(paths.syncRuns(), { status, adAccountId, platform }),
        }))}
      />
      {runs.length === 0 ? (
        <NoRuns isFiltered={input.status !== undefined || adAccountId !== undefined} />
      ) : (
        <>
          <SyncRunTable runs={runs} now={now} of="agency" />
          <Pagination label="Sync runs" {...links} />
        </>
      )}
    </>
  );
}

function NoRuns({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState
        kind="no-result"
        title="No such runs"
        description="No sync run has this status right now."
        action={{ label: 'Show all', href: paths.syncRuns() }}
      />
    );
  }
  return (
    <EmptyState
      kind="unused"
      title="Nothing was synced yet"
      description="Once an ad account is connected, its figures come here by themselves: soon after midnight in its own zone, then every six hours."
      action={{ label: 'Ad accounts', href: paths.adAccounts() }}
    />
  );
}
