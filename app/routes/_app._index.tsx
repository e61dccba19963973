import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { Timeline } from '../features/activities/timeline.tsx';
import { AttentionList } from '../features/home/attention-list.tsx';
import { BrandFigures } from '../features/home/brand-figures.tsx';
import { HomeKpis } from '../features/home/home-kpis.tsx';
import { PipelineStats } from '../features/home/pipeline-stats.tsx';
import { readAttention, readFigures } from '../features/home/read-home.server.ts';
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
  const now = new Date();
  return load(context, async () => {
    const { userId, current } = await caller.account.me();
    const permissions = current?.permissions ?? [];
    const timeZone = current?.organization.timeZone ?? 'UTC';
    const [pipeline, activities, figures, attention] = await Promise.all([
      caller.deals.pipeline(),
      caller.activities.list({ cursor, limit: 20, importedRows: false }),
      readFigures(caller, { timeZone, now }),
      readAttention(caller, { userId, permissions }, now.toISOString()),
    ]);
    return {
      pipeline,
      activities: activities.items,
      olderHref: pageLinks(url, activities.nextCursor).nextHref,
      ...figures,
      attention,
      now: now.toISOString(),
    };
  });
}

export default function Home() {
  const { pipeline, activities, olderHref, dashboard, rollup, attention, now } =
    useLoaderData<typeof loader>();
  const { timeZone } = useAccount().current.organization;
  const canImport = useMay('imports.write');
  const showsPlan = useMay('budgets.read');
  const isUnused = activities.length === 0 && olderHref === null && attention.length === 0;
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
          <AttentionList items={attention} />
          <HomeKpis
            dashboard={dashboard}
            rollup={rollup}
            showsPlan={showsPlan}
            timeZone={timeZone}
            now={now}
          />
          <BrandFigures dashboard={dashboard} rollup={rollup} showsPlan={showsPlan} />
          <PipelineStats pipeline={pipeline} />
          <Panel title="Recent activity" className="max-w-220">
            <Timeline activities={activities} timeZone={timeZone} now={now} olderHref={olderHref} isLinked />
          </Panel>
        </PageBody>
      )}
    </>
  );
}
