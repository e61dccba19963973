import { paths } from '../../lib/paths.ts';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { useAccount } from '../shell/use-account.ts';

interface CampaignTabSpec {
  label: string;
  hrefOf: (campaignId: string) => string;
  /** What the reader must be permitted; a client's own login reads none of the agency's money. */
  needs?: string;
}

const specs = {
  overview: { label: 'Overview', hrefOf: paths.campaign },
  'platform-campaigns': { label: 'Platform campaigns', hrefOf: paths.attachToCampaign },
  budget: { label: 'Budget', hrefOf: paths.campaignBudget, needs: 'budgets.read' },
  costs: { label: 'Costs', hrefOf: paths.campaignCosts, needs: 'costs.read' },
  creators: { label: 'Creators', hrefOf: paths.campaignCreators },
  content: { label: 'Content', hrefOf: paths.campaignContent },
  audience: { label: 'Audience', hrefOf: paths.campaignAudience },
  results: { label: 'Results', hrefOf: paths.campaignResults, needs: 'campaign-results.read' },
} as const satisfies Record<string, CampaignTabSpec>;

export type CampaignTab = keyof typeof specs;

/** The parts of a campaign's page that these permissions lead to, each at an address. */
export function campaignTabs(campaignId: string, permissions: readonly string[]): Tab[] {
  const entries: [string, CampaignTabSpec][] = Object.entries(specs);
  return entries
    .filter(([, { needs }]) => needs === undefined || permissions.includes(needs))
    .map(([id, { label, hrefOf }]) => ({ id, label, href: hrefOf(campaignId) }));
}

/** The parts of a campaign's page, as far as the reader may open them. */
export function CampaignTabs({ campaignId, current }: { campaignId: string; current: CampaignTab }) {
  const { permissions } = useAccount().current;
  return (
    <Tabs label="Parts of the campaign" currentId={current} tabs={campaignTabs(campaignId, permissions)} />
  );
}
