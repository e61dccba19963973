import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useCallback, useMemo } from 'react';
import { api, load } from '../bridge/api.server.ts';
import { useAccount } from '../features/shell/use-account.ts';
import { LiveLine } from '../features/sync/live-line.tsx';
import { SyncRunFacts } from '../features/sync/sync-run-facts.tsx';
import { type AskForRuns, useLiveRuns } from '../features/sync/use-live-runs.ts';
import { paths } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Sync of ${data?.run.adAccountName ?? 'an ad account'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { syncRunId = '' } = params;
  const caller = await api(request, context);
  const [run, members] = await load(context, () =>
    Promise.all([caller.syncRuns.byId({ syncRunId }), caller.members.list()]),
  );
  const requestedBy = members.find(({ id }) => id === run.requestedById)?.name ?? null;
  return { run, requestedBy, now: new Date().toISOString() };
}

export default function SyncRunPage() {
  const { run: loaded, requestedBy, now } = useLoaderData<typeof loader>();
  const { timeZone } = useAccount().current.organization;
  const syncRunId = loaded.id;
  const ask = useCallback<AskForRuns>(
    async (live, signal) => [await live.syncRuns.byId.query({ syncRunId }, { signal })],
    [syncRunId],
  );
  const { runs, state } = useLiveRuns(
    useMemo(() => [loaded], [loaded]),
    ask,
  );
  const run = runs[0] ?? loaded;
  return (
    <>
      <PageHeader
        title={run.adAccountName}
        crumbs={[{ label: 'Sync', href: paths.syncRuns() }]}
        meta={<LiveLine state={state} />}
        actions={<LinkButton href={paths.adAccount(run.adAccountId)}>Ad account</LinkButton>}
      />
      <PageBody>
        <SyncRunFacts run={run} requestedBy={requestedBy} timeZone={timeZone} now={now} />
      </PageBody>
    </>
  );
}
