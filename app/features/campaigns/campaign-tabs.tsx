import { paths } from '../../lib/paths.ts';
import { Tabs } from '../../ui/tabs.tsx';

export type CampaignTab = 'overview' | 'creators' | 'content' | 'audience';

/** The parts of a campaign's page, each at an address. */
export function CampaignTabs({ campaignId, current }: { campaignId: string; current: CampaignTab }) {
  return (
    <Tabs
      label="Parts of the campaign"
      currentId={current}
      tabs={[
        { id: 'overview', label: 'Overview', href: paths.campaign(campaignId) },
        { id: 'creators', label: 'Creators', href: paths.campaignCreators(campaignId) },
        { id: 'content', label: 'Content', href: paths.campaignContent(campaignId) },
        { id: 'audience', label: 'Audience', href: paths.campaignAudience(campaignId) },
      ]}
    />
  );
}
