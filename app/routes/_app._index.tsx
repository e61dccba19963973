import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, type Api, load } from '../bridge/api.server.ts';
import { Timeline } from '../features/activities/timeline.tsx';
import { PipelineStats } from '../features/home/pipeline-stats.tsx';
import { TroubleList } from '../features/home/trouble-list.tsx';
import { accountTroubles, importTroubles } from '../features/home/troubles.ts';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { LinkButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction = () => [{ title: 'Home · SpokeStack' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const url = pageUrl(request);
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const caller = await api(request, context);
  const now = new Date().toISOString();
  return load(context, async () => {
    const { current } = await caller.account.me();
    const [pipeline, activities, accounts, imports] = await Promise.all([
      caller.deals.pipeline(),
      caller.activities.list({ cursor, limit: 20, importedRows: false }),
      caller.adAccounts.list({ limit: 200 }),
      recentImports(caller, current?.permissions ?? []),
    ]);
    return {
      pipeline,
      activities: activities.items,
      olderHref: pageLinks(url, activities.nextCursor).nextHref,
      troubles: [...accountTroubles(accounts.items, now), ...importTroubles(imports, now)],
      now,
    };
  });
}

/** A client's own login has no imports to look at. */
async function recentImports(caller: Api, permissions: readonly string[]) {
  if (!permissions.includes('imports.read')) return [];
  const { items } = await caller.imports.list({ limit: 20 });
  return items;
}

export default function Home() {
  const { pipeline, activities, olderHref, troubles, now } = useLoaderData<typeof loader>();
  const { organization } = useAccount().current;
  const canImport = useMay('imports.write');
  const isUnused = activities.length === 0 && olderHref === null && troubles.length === 0;
  return (
    <>
      <PageHeader
        title="Home"
        actions={canImport && <LinkButton href={paths.newImport()}>Import a file</LinkButton>}
      />
      {isUnused ? (
        <EmptyState
          kind="unused"
          title="Nothing has happened here yet"
          description="What your agency does with its clients, deals and campaigns will stand here. Begin with a company, or bring a file in."
          action={{ label: 'Go to companies', href: paths.companies() }}
        />
      ) : (
        <PageBody>
          <TroubleList troubles={troubles} />
          <PipelineStats pipeline={pipeline} />
          <Panel title="Recent activity" className="max-w-220">
            <Timeline
              activities={activities}
              timeZone={organization.timeZone}
              now={now}
              olderHref={olderHref}
              isLinked
            />
          </Panel>
        </PageBody>
      )}
    </>
  );
}
