import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readNotice } from '../bridge/notice.server.ts';
import { answerArchive } from '../bridge/archive.server.ts';
import { Timeline } from '../features/activities/timeline.tsx';
import { DealStages } from '../features/deals/deal-stages.tsx';
import { DealSummary } from '../features/deals/deal-summary.tsx';
import { RelatedCampaigns } from '../features/deals/related-campaigns.tsx';
import { ArchivedCallout, RecordActions } from '../features/records/archive-actions.tsx';
import { RecordLayout } from '../features/records/record-layout.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { pageLinks, pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { Callout } from '../ui/callout.tsx';
import { PageBody, PageHeader } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.deal.name ?? 'Deal'} · SpokeStack` },
];

const RELATED = 20;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { dealId = '' } = params;
  const url = pageUrl(request);
  const cursor = url.searchParams.get('cursor') ?? undefined;
  const caller = await api(request, context);
  const [deal, activities, campaigns, members] = await load(context, () =>
    Promise.all([
      caller.deals.byId({ dealId }),
      caller.activities.list({ dealId, cursor, limit: 30 }),
      caller.campaigns.list({ dealId, limit: RELATED }),
      caller.members.list(),
    ]),
  );
  const owner = members.find(({ id }) => id === deal.ownerId)?.name ?? null;
  const olderHref = pageLinks(url, activities.nextCursor).nextHref;
  return {
    deal,
    owner,
    activities: activities.items,
    olderHref,
    campaigns: campaigns.items,
    refused: readNotice(request),
    now: new Date().toISOString(),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { dealId = '' } = params;
  const caller = await api(request, context);
  return answerArchive(
    { request, context },
    {
      archive: (expectedVersion) => caller.deals.archive({ dealId, expectedVersion }),
      restore: () => caller.deals.restore({ dealId }),
    },
  );
}

export default function DealPage() {
  const { refused, deal, owner, activities, olderHref, campaigns, now } = useLoaderData<typeof loader>();
  const { organization, brands } = useAccount().current;
  const canWrite = useMay('deals.write');
  const brand = brands.find(({ id }) => id === deal.brandId)?.name ?? null;
  return (
    <>
      <PageHeader
        title={deal.name}
        crumbs={[{ label: 'Deals', href: paths.deals() }]}
        actions={<RecordActions record={deal} editHref={paths.editDeal(deal.id)} canWrite={canWrite} />}
      />
      <PageBody>
        {!deal.isActive && <ArchivedCallout noun="deal" canRestore={canWrite} />}
        {refused && (
          <Callout tone="danger" title="The deal was not moved" isAnswer>
            {refused}
          </Callout>
        )}
        <RecordLayout
          summary={<DealSummary deal={deal} owner={owner} brand={brand} />}
          timeline={
            <>
              <DealStages deal={deal} canMove={canWrite && deal.isActive} />
              <Panel title="Timeline">
                <Timeline
                  activities={activities}
                  timeZone={organization.timeZone}
                  now={now}
                  olderHref={olderHref}
                />
              </Panel>
            </>
          }
          related={<RelatedCampaigns campaigns={campaigns} />}
        />
      </PageBody>
    </>
  );
}
