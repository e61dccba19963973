import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import type { CampaignMetrics } from '../../../server/domain/metrics/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SandboxBadge } from '../ad-accounts/sandbox-badge.tsx';
import { RecordActions } from '../records/archive-actions.tsx';
import { campaignStatusLabels, campaignStatusTones } from './labels.ts';
import { platformWords } from './platform-words.ts';

export interface CampaignHeaderProps {
  campaign: Campaign;
  metrics: CampaignMetrics;
  canWrite: boolean;
}

/** The name with both statuses: the agency's own, and what the platforms say. */
export function CampaignHeader({ campaign, metrics, canWrite }: CampaignHeaderProps) {
  const { status } = campaign;
  const onPlatforms = platformWords(metrics.platformCampaigns);
  return (
    <PageHeader
      title={campaign.name}
      crumbs={[{ label: 'Campaigns', href: paths.campaigns() }]}
      meta={
        <>
          <Badge tone={campaignStatusTones[status]} title="Your agency’s own status">
            {campaignStatusLabels[status]}
          </Badge>
          {metrics.isSandbox && <SandboxBadge />}
          {onPlatforms && <span className="text-sm text-muted">On the platforms: {onPlatforms}</span>}
        </>
      }
      actions={
        <RecordActions record={campaign} editHref={paths.editCampaign(campaign.id)} canWrite={canWrite} />
      }
    />
  );
}
