import { type ActionFunctionArgs, json, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { readFormData } from '../bridge/forms.server.ts';
import { CampaignPart } from '../features/campaigns/campaign-part.tsx';
import { CampaignTotals, CreatorShares } from '../features/creator-contents/campaign-totals.tsx';
import { ContentList } from '../features/creator-contents/content-list.tsx';
import { isFiltered } from '../features/creator-contents/content-query.ts';
import { ContentToolbar } from '../features/creator-contents/content-toolbar.tsx';
import { decideMany, readContents } from '../features/creator-contents/contents.server.ts';
import { DecidedCallout } from '../features/creator-contents/decided-callout.tsx';
import { pageUrl } from '../lib/paging.ts';
import { paths } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Content of ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const caller = await api(request, context);
  const [campaign, figures, list] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      caller.creatorContents.figuresOfCampaign({ campaignId }),
      readContents(caller, pageUrl(request), campaignId),
    ]),
  );
  return { campaign, figures, list };
}

/** Confirms or rejects those that were chosen. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  return json(await load(context, () => decideMany(caller, context, form)));
}

export default function CampaignContent() {
  const { campaign, figures, list } = useLoaderData<typeof loader>();
  const decided = useActionData<typeof action>();
  const url = new URL(list.address);
  return (
    <CampaignPart campaign={campaign} current="content">
      <PageBody>
        <CampaignTotals figures={figures} />
        <CreatorShares figures={figures} />
      </PageBody>
      <ContentToolbar url={url} campaigns={null} />
      {decided && <DecidedCallout decided={decided} />}
      {list.contents.length === 0 ? (
        <NoContent isNarrowed={isFiltered(url)} campaignId={campaign.id} />
      ) : (
        <ContentList {...list} campaignId={campaign.id} />
      )}
    </CampaignPart>
  );
}

function NoContent({ isNarrowed, campaignId }: { isNarrowed: boolean; campaignId: string }) {
  if (isNarrowed)
    return (
      <EmptyState
        kind="no-result"
        title="Nothing found"
        description="No post of this campaign fits this search and these filters."
        action={{ label: 'Clear filters', href: paths.campaignContent(campaignId) }}
      />
    );
  return (
    <EmptyState
      kind="unused"
      title="No posts of this campaign yet"
      description="Posts of its creators come here by themselves when they bear its hashtag, mention or link within its days. Say which in the campaign’s form."
      action={{ label: 'Edit the campaign', href: paths.editCampaign(campaignId) }}
    />
  );
}
