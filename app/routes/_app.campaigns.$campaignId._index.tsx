import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useMemo } from 'react';
import { type Api, api, load } from '../bridge/api.server.ts';
import { answerArchive } from '../bridge/archive.server.ts';
import { readNotice } from '../bridge/notice.server.ts';
import { readTimeline } from '../bridge/timeline.server.ts';
import { RecordTimeline } from '../features/activities/record-timeline.tsx';
import { CampaignAbout } from '../features/campaigns/campaign-about.tsx';
import { CampaignPart } from '../features/campaigns/campaign-part.tsx';
import { CampaignFigures } from '../features/campaigns/campaign-figures.tsx';
import { MoneyStrip } from '../features/campaigns/money-strip.tsx';
import { NextStepsPanel } from '../features/campaigns/next-steps-panel.tsx';
import { readNextSteps } from '../features/campaigns/next-steps.server.ts';
import { platformWords } from '../features/campaigns/platform-words.ts';
import { readFigures } from '../features/metrics/figures.server.ts';
import { revalidatesFigures } from '../features/metrics/revalidates.ts';
import { ArchivedCallout, RecordActions } from '../features/records/archive-actions.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { RelatedTasks } from '../features/tasks/related-tasks.tsx';
import { readRelatedTasks } from '../features/tasks/tasks.server.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { Callout } from '../ui/callout.tsx';
import { Panel } from '../ui/panel.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.campaign.name ?? 'Campaign'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const url = pageUrl(request);
  const caller = await api(request, context);
  return load(context, async () => {
    const campaign = await caller.campaigns.byId({ campaignId });
    const now = new Date();
    const [figures, platforms, money, steps, timeline, tasks, members] = await Promise.all([
      readFigures(caller, {
        ...{ url, now, campaignId, by: 'PLATFORM_CAMPAIGN' as const, flightOf: campaign },
        currency: campaign.budget?.currency,
      }),
      caller.campaigns.platformStatus({ campaignId }),
      readMoney(caller, campaignId),
      readNextSteps(caller, campaign),
      readTimeline({ caller, of: { campaignId }, url }),
      readRelatedTasks(caller, { campaignId }),
      caller.members.list(),
    ]);
    const owner = members.find(({ id }) => id === campaign.ownerId)?.name ?? null;
    return {
      campaign,
      figures,
      platforms,
      money,
      steps,
      timeline,
      tasks,
      owner,
      refused: readNotice(request),
    };
  });
}

/** The agency's money: null for who may not read it. */
async function readMoney(caller: Api, campaignId: string) {
  const { current } = await caller.account.me();
  const may = (permission: string) => current?.permissions.includes(permission) ?? false;
  if (!may('budgets.read') || !may('costs.read')) return null;
  const [pacing, costs] = await Promise.all([
    caller.pacing.campaign({ campaignId }),
    caller.costs.stack({ campaignIds: [campaignId] }),
  ]);
  return { pacing, costs };
}

export const shouldRevalidate = revalidatesFigures;

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
  const { campaign, figures, platforms, money, steps, ...data } = useLoaderData<typeof loader>();
  const { brands } = useAccount().current;
  const canWrite = useMay('campaigns.write');
  const url = useMemo(() => new URL(figures.address), [figures.address]);
  const brand = brands.find(({ id }) => id === campaign.brandId)?.name ?? null;
  return (
    <CampaignPart
      campaign={campaign}
      current="overview"
      platforms={platforms}
      isSandbox={figures.dashboard.isSandbox}
      actions={
        <RecordActions record={campaign} editHref={paths.editCampaign(campaign.id)} canWrite={canWrite} />
      }
    >
      <CampaignFigures
        url={url}
        data={figures}
        campaign={campaign}
        isAttached={platforms.platformCampaigns.length > 0}
        top={
          <>
            {!campaign.isActive && <ArchivedCallout noun="campaign" canRestore={canWrite} />}
            {data.refused && (
              <Callout tone="danger" title="Not everything was done" isAnswer>
                {data.refused}
              </Callout>
            )}
            <NextStepsPanel steps={steps} />
            {/* Pace and cost are of now: beside figures of a past moment they would mislead. */}
            {money && figures.dashboard.asOf === null && <MoneyStrip {...money} />}
          </>
        }
        about={
          <CampaignAbout
            campaign={campaign}
            owner={data.owner}
            brand={brand}
            onPlatforms={platformWords(platforms.platformCampaigns)}
          />
        }
        aside={
          <>
            <RelatedTasks data={data.tasks} isActive={campaign.isActive} />
            <Panel title="Timeline">
              <RecordTimeline timeline={data.timeline} isActive={campaign.isActive} />
            </Panel>
          </>
        }
      />
    </CampaignPart>
  );
}
