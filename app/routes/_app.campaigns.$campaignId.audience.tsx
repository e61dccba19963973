import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { api, load } from '../bridge/api.server.ts';
import { CampaignPart } from '../features/campaigns/campaign-part.tsx';
import { AudienceMembers } from '../features/creators/profile/audience-members.tsx';
import { AudiencePartPanels } from '../features/creators/profile/audience-parts.tsx';
import { formatCount } from '../lib/format.ts';
import { paths } from '../lib/paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageBody } from '../ui/page-header.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Audience of ${data?.campaign.name ?? 'campaign'} · SpokeStack` },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { campaignId = '' } = params;
  const caller = await api(request, context);
  const [campaign, combined] = await load(context, () =>
    Promise.all([
      caller.campaigns.byId({ campaignId }),
      caller.creatorPlatforms.combinedAudience({ campaignId }),
    ]),
  );
  return { campaign, combined };
}

/** Who follows a campaign's creators together, and which accounts are not in it and why. */
export default function CampaignAudience() {
  const { campaign, combined } = useLoaderData<typeof loader>();
  const { included, leftOut, followers } = combined;
  return (
    <CampaignPart campaign={campaign} current="audience">
      <PageBody>
        {included.length === 0 ? (
          <EmptyState
            kind="unused"
            title="No audience is known"
            description={
              leftOut.length === 0
                ? 'No creator with an account works on this campaign yet.'
                : 'No network told who follows the creators of this campaign. Most tell it once a creator connects the account.'
            }
            action={{ label: 'Creators of this campaign', href: paths.campaignCreators(campaign.id) }}
          />
        ) : (
          <>
            <p className="text-muted">
              {formatCount(followers)} followers of {formatCount(included.length)}{' '}
              {included.length === 1 ? 'account' : 'accounts'}, each share weighted by its followers. Who
              follows two of them is counted twice: no network says who that is.
            </p>
            <AudiencePartPanels {...combined} />
          </>
        )}
        <AudienceMembers combined={combined} namesCreators />
      </PageBody>
    </CampaignPart>
  );
}
