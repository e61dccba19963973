import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { answerArchive } from '../bridge/archive.server.ts';
import { readNotice } from '../bridge/notice.server.ts';
import { readDeal, readDealPlace, readHistoryTab } from '../bridge/record-panel.server.ts';
import { readRelatedTasks } from '../features/tasks/tasks.server.ts';
import { readTimeline } from '../bridge/timeline.server.ts';
import { RecordTimeline } from '../features/activities/record-timeline.tsx';
import { dealNoun } from '../features/deals/deal-fields.ts';
import { DealSummary } from '../features/deals/deal-summary.tsx';
import { DealStages } from '../features/deals/deal-stages.tsx';
import { RelatedCampaigns } from '../features/deals/related-campaigns.tsx';
import { FollowButton } from '../features/records/follow-button.tsx';
import { RecordPage } from '../features/records/record-page.tsx';
import { useAccount, useMay } from '../features/shell/use-account.ts';
import { RelatedTasks } from '../features/tasks/related-tasks.tsx';
import { readList } from '../lib/list-address.ts';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.deal.name ?? 'Deal'} · SpokeStack` },
];

const RELATED = 20;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { dealId = '' } = params;
  const url = pageUrl(request);
  const list = readList(url);
  const caller = await api(request, context);
  const [facts, place, timeline, history, tasks, campaigns, stages, reasons, followers] = await load(
    context,
    () =>
      Promise.all([
        readDeal(caller, dealId),
        readDealPlace(caller, dealId, list),
        readTimeline({ caller, of: { dealId }, url }),
        readHistoryTab({ caller, url }, (page) => caller.deals.history({ dealId, ...page })),
        readRelatedTasks(caller, { dealId }),
        caller.campaigns.list({ dealId, limit: RELATED }),
        caller.deals.stageHistory({ dealId }),
        caller.dealStages.closeReasons(),
        caller.recordFollowers.list({ dealId }),
      ]),
  );
  const { now } = timeline;
  const page = { list, place, history, refused: readNotice(request), address: url.href, now };
  return { ...facts, ...page, timeline, tasks, campaigns, stages, reasons, followers };
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
  const { deal, timeline, tasks, campaigns, stages, reasons, followers, ...data } =
    useLoaderData<typeof loader>();
  const { timeZone } = useAccount().current.organization;
  const canWrite = useMay('deals.write');
  const mayPlan = useMay('campaigns.write') && deal.isActive;
  return (
    <RecordPage
      noun={dealNoun}
      record={deal}
      data={data}
      actions={<FollowButton record={{ dealId: deal.id }} followers={followers} />}
      summary={<DealSummary deal={deal} />}
      middle={
        <DealStages
          deal={deal}
          canMove={canWrite && deal.isActive}
          history={stages}
          reasons={reasons}
          timeZone={timeZone}
        />
      }
      timeline={<RecordTimeline timeline={timeline} isActive={deal.isActive} />}
      related={
        <>
          <RelatedTasks data={tasks} isActive={deal.isActive} />
          <RelatedCampaigns
            campaigns={campaigns.items}
            planHref={mayPlan && deal.status !== 'LOST' ? paths.newCampaign({ dealId: deal.id }) : null}
          />
        </>
      }
    />
  );
}
