import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Campaign, PlatformStatus } from '../../../server/domain/campaigns/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Menu, MenuLink } from '../../ui/menu.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SandboxBadge } from '../ad-accounts/sandbox-badge.tsx';
import { useMay } from '../shell/use-account.ts';
import { type CampaignTab, CampaignTabs } from './campaign-tabs.tsx';
import { campaignStatusLabels, campaignStatusTones } from './labels.ts';
import { platformWords } from './platform-words.ts';
import { StatusBar } from './status-bar.tsx';

export interface CampaignPartProps {
  campaign: Campaign;
  current: CampaignTab;
  /** What the platforms say of theirs, where the page asked (campaigns.platformStatus). */
  platforms?: PlatformStatus | null;
  isSandbox?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a campaign's page: its name with both statuses, what can be done with them, its tabs, and the part itself. */
export function CampaignPart({
  campaign,
  current,
  platforms,
  isSandbox,
  actions,
  children,
}: CampaignPartProps) {
  const { id, name, status } = campaign;
  const onPlatforms = platforms && platformWords(platforms.platformCampaigns);
  return (
    <>
      <PageHeader
        title={name}
        crumbs={[{ label: 'Campaigns', href: paths.campaigns() }]}
        meta={
          <>
            <Badge tone={campaignStatusTones[status]} title="Your agency’s own status">
              {campaignStatusLabels[status]}
            </Badge>
            {isSandbox && <SandboxBadge />}
            {onPlatforms && <span className="text-sm text-muted">On the platforms: {onPlatforms}</span>}
          </>
        }
        actions={
          <>
            <CampaignMore campaignId={id} />
            {actions}
          </>
        }
      />
      <StatusBar campaign={campaign} platforms={platforms} />
      <CampaignTabs campaignId={id} current={current} />
      {children}
    </>
  );
}

/** What a campaign is the beginning of. */
function CampaignMore({ campaignId }: { campaignId: string }) {
  const canCreate = useMay('campaigns.write');
  const canKeep = useMay('campaign-templates.write');
  if (!canCreate && !canKeep) return null;
  return (
    <Menu
      align="end"
      label="More of this campaign"
      trigger={<Ellipsis aria-hidden="true" />}
      look={{ iconOnly: true, variant: 'quiet' }}
    >
      {canCreate && <MenuLink href={paths.newCampaign({ copyOf: campaignId })}>Make a copy</MenuLink>}
      {canKeep && <MenuLink href={paths.newCampaignTemplate(campaignId)}>Keep as a template</MenuLink>}
    </Menu>
  );
}
