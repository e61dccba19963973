import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { campaignMetricsInput } from '../../server/domain/metrics/schema.ts';
import { api, load } from '../bridge/api.server.ts';
import { readNotice } from '../bridge/notice.server.ts';
import { answerArchive } from '../bridge/archive.server.ts';
import { readQuery } from '../bridge/forms.server.ts';
import { readRelatedTasks } from '../features/tasks/tasks.server.ts';
import { readTimeline } from '../bridge/timeline.server.ts';
import { RecordTimeline } from '../features/activities/record-timeline.tsx';
import { CampaignAbout } from '../features/campaigns/campaign-about.tsx';
import { CampaignHeader } from '../features/campaigns/campaign-header.tsx';
import { CampaignTabs } from '../features/campaigns/campaign-tabs.tsx';
import { CampaignFigures } from '../features/campaigns/campaign-figures.tsx';
import { platformWords } from '../features/campaigns/platform-words.ts';
import { FreshnessPanel, OriginPanel } from '../features/metrics/provenance.tsx';
import { RangeBar } from '../features/metrics/range-bar.tsx';
import { MetricTotals } from '../features/metrics/metric-totals.tsx';
import { todayIn } from '../features/metrics/range.ts';
import { ArchivedCallout } from '../features/records/archive-actions.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { readDateRange } from '../lib/date-range.ts';
import { RelatedTasks } from '../features/tasks/related-tasks.tsx';
import { pageUrl } from '../lib/paging.ts';
import { Callout } from '../ui/callout.tsx';
import { PageBody } from '../ui/page-header.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.campaign.name ?? 'Campaign'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const url = pageUrl(request);
  const now = new Date();
  const caller = await api(request, context);
  const asked = url.searchParams.get('currency');
  const { currency } = readQuery(
    campaignMetricsInput.pick({ currency: true }),
    asked ? { currency: asked } : {},
  );
  const readFigures = async () => {
    // The presets are days of the agency's calendar; the accounts' own days are inside the figures.
    const { timeZone } = await caller.organizations.current();
    const today = todayIn(timeZone, now);
    const range = readDateRange(url.searchParams, today);
    const { from, to } = range;
    return { today, range, metrics: await caller.metrics.campaign({ campaignId, from, to, currency }) };
  };
  const [campaign, figures, timeline, tasks, members] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      readFigures(),
      readTimeline({ caller, of: { campaignId }, url }),
      readRelatedTasks(caller, { campaignId }),
      caller.members.list(),
    ]),
  );
  return {
    campaign,
    ...figures,
    owner: members.find(({ id }) => id === campaign.ownerId)?.name ?? null,
    timeline,
    tasks,
    refused: readNotice(request),
    now: now.toISOString(),
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { campaignId = '' } = params;
  const caller = await api(request, context);
  return answerArchive(
    { request, context },
    {
      archive: (expectedVersion) => caller.campaigns.archive({ campaignId, expectedVersion }),
      restore: () => caller.campaigns.restore({ campaignId }),
    },
  );
}

export default function CampaignPage() {
  const { refused, campaign, metrics, range, today, owner, ...data } = useLoaderData<typeof loader>();
  const { organization, brands } = useAccount().current;
  const canWrite = useMay('campaigns.write');
  const mayAttach = useMay('platform-campaigns.write');
  const [search] = useSearchParams();
  const brand = brands.find(({ id }) => id === campaign.brandId)?.name ?? null;
  return (
    <>
      <CampaignHeader campaign={campaign} metrics={metrics} canWrite={canWrite} />
      <CampaignTabs campaignId={campaign.id} current="overview" />
      <RangeBar
        metrics={metrics}
        range={range}
        today={today}
        metric={search.get('metric')}
        reportingCurrency={organization.reportingCurrency}
      />
      <PageBody>
        {!campaign.isActive && <ArchivedCallout noun="campaign" canRestore={canWrite} />}
        {refused && (
          <Callout tone="danger" title="Not everything was done" isAnswer>
            {refused}
          </Callout>
        )}
        <MetricTotals metrics={metrics} />
        <CampaignFigures
          metrics={metrics}
          range={range}
          metric={search.get('metric')}
          canChange={mayAttach && campaign.isActive}
          about={
            <CampaignAbout
              campaign={campaign}
              owner={owner}
              brand={brand}
              onPlatforms={platformWords(metrics.platformCampaigns)}
            />
          }
          aside={
            <>
              <RelatedTasks data={data.tasks} isActive={campaign.isActive} />
              <FreshnessPanel freshness={metrics.freshness} timeZone={organization.timeZone} now={data.now} />
              <OriginPanel metrics={metrics} />
              <Panel title="Timeline">
                <RecordTimeline timeline={data.timeline} isActive={campaign.isActive} />
              </Panel>
            </>
          }
        />
      </PageBody>
    </>
  );
}
