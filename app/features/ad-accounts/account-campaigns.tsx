import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { PlatformCampaign } from '../../../server/domain/platform-campaigns/schema.ts';
import type { PageLinks } from '../../lib/paging.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pagination } from '../../ui/pagination.tsx';
import { Panel } from '../../ui/panel.tsx';
import { PlatformCampaignTable } from './platform-campaign-table.tsx';

export interface AccountCampaignsProps {
  account: Pick<AdAccount, 'brandId' | 'brandIds'>;
  campaigns: readonly PlatformCampaign[];
  links: PageLinks;
  brands: Readonly<Record<string, string>>;
}

/** What the platform calls campaigns, with whose each is. */
export function AccountCampaigns({ account, campaigns, links, brands }: AccountCampaignsProps) {
  if (campaigns.length === 0)
    return (
      <EmptyState
        kind="unused"
        title="No campaigns yet"
        description="The platform has shown none. They appear here with the next sync, whether they are attached to a campaign of the agency or not."
      />
    );
  const isPaged = links.previousHref !== null || links.nextHref !== null;
  const own = account.brandId === null ? null : (brands[account.brandId] ?? 'Another brand');
  return (
    <Panel
      title="Platform campaigns"
      description="Their status is the platform’s own; SpokeStack changes nothing there."
      padded={false}
    >
      <PlatformCampaignTable
        items={campaigns}
        // Without rules every one is the account's own.
        {...(account.brandIds.length > 0 && {
          brandOf: ({ brandId }: PlatformCampaign) =>
            brandId === null ? own : (brands[brandId] ?? 'Another brand'),
        })}
      />
      {isPaged && <Pagination label="Platform campaigns" {...links} />}
    </Panel>
  );
}
