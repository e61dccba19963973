import type { Campaign } from '../../../server/domain/campaigns/schema.ts';
import { formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { campaignStatusLabels, campaignStatusTones } from '../campaigns/labels.ts';

export interface RelatedCampaignsProps {
  campaigns: readonly Campaign[];
  /** Where one is planned from the deal; null for who may not, and for a deal that is lost. */
  planHref: string | null;
}

/** What runs because of a deal, and the way to plan it: the deal's budget, days and contacts go along. */
export function RelatedCampaigns({ campaigns, planHref }: RelatedCampaignsProps) {
  return (
    <Panel
      title="Campaigns"
      actions={
        planHref && (
          <LinkButton size="small" href={planHref}>
            Plan a campaign
          </LinkButton>
        )
      }
    >
      {campaigns.length === 0 && <p className="text-muted">No campaign belongs to this deal.</p>}
      <ul className="grid gap-2.5">
        {campaigns.map(({ id, name, status, budget }) => (
          <li key={id} className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <a className="link block truncate" href={paths.campaign(id)}>
                {name}
              </a>
              <span className="text-sm text-muted">
                <StatusDot tone={campaignStatusTones[status]}>{campaignStatusLabels[status]}</StatusDot>
              </span>
            </div>
            <span className="figures whitespace-nowrap">{formatMoney(budget)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
