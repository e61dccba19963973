import type { ReactNode } from 'react';
import type { PlatformCampaign } from '../../../server/domain/platform-campaigns/schema.ts';
import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import type { PageLinks } from '../../lib/paging.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Pagination } from '../../ui/pagination.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SyncRunTable } from '../sync/sync-run-table.tsx';
import { PlatformCampaignTable } from './platform-campaign-table.tsx';

export interface AccountSideProps {
  adAccountId: string;
  runs: readonly SyncRun[];
  /** Says whether a run is under way. */
  live: ReactNode;
  platformCampaigns: readonly PlatformCampaign[];
  links: PageLinks;
  now: string;
}

/** What runs in the account, and what its syncs brought. */
export function AccountSide({ adAccountId, runs, live, platformCampaigns, links, now }: AccountSideProps) {
  const isPaged = links.previousHref !== null || links.nextHref !== null;
  const allRuns = (
    <>
      {live}
      <a className="link" href={withQuery(paths.syncRuns(), { adAccountId })}>
        All runs
      </a>
    </>
  );
  return (
    <div className="grid gap-4">
      <Panel title="Syncs" padded={false} actions={allRuns}>
        {runs.length === 0 ? (
          <p className="p-4 text-muted">Nothing was synced yet.</p>
        ) : (
          <SyncRunTable runs={runs} now={now} of="account" />
        )}
      </Panel>
      <Panel title="Platform campaigns" padded={false}>
        {platformCampaigns.length === 0 ? (
          <p className="p-4 text-muted">The platform has shown none yet.</p>
        ) : (
          <PlatformCampaignTable items={platformCampaigns} />
        )}
        {isPaged && <Pagination label="Platform campaigns" {...links} />}
      </Panel>
    </div>
  );
}
