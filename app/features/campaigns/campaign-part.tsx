import type { ReactNode } from 'react';
import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { type CampaignTab, CampaignTabs } from './campaign-tabs.tsx';
import { campaignStatusLabels, campaignStatusTones } from './labels.ts';

export interface CampaignPartProps {
  campaign: Campaign;
  current: CampaignTab;
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a campaign's page below its name and its tabs. */
export function CampaignPart({ campaign, current, actions, children }: CampaignPartProps) {
  const { id, name, status } = campaign;
  return (
    <>
      <PageHeader
        title={name}
        crumbs={[{ label: 'Campaigns', href: paths.campaigns() }]}
        meta={<Badge tone={campaignStatusTones[status]}>{campaignStatusLabels[status]}</Badge>}
        actions={actions}
      />
      <CampaignTabs campaignId={id} current={current} />
      {children}
    </>
  );
}
