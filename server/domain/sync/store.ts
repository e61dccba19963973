import { sql } from 'kysely';
import { type TenantTx, withTenantClient } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { CampaignListing, DayRange } from '../../integrations/ad-platform.ts';
import type { SyncSubject } from './account.ts';
import { upsertPlatformCampaigns } from './campaigns.ts';
import type { FetchedSlice } from './fetch.ts';
import { ingestDailyMetrics, type IngestCounts } from './ingest.ts';
import { type Claim, requireHeld } from './lease.ts';
import { type FetchedReach, replaceReach } from './reach.ts';
import type { SyncServices } from './services.ts';

/** What has been brought in so far, over the slices of one run. */
export interface RunCounts extends IngestCounts {
  read: number;
}

interface StoreRequest {
  claim: Claim;
  subject: SyncSubject;
  listings: readonly CampaignListing[];
  slice: FetchedSlice;
  counts: RunCounts;
  /** With the last slice: what ends the run in the same transaction. */
  ending: { window: DayRange; reaches: readonly FetchedReach[] } | null;
}

/**
 * Replaces one slice in one transaction, fenced by the attempt; with the last slice the run and the account's clocks
 * move in that same transaction. Errors: Fenced, after which nothing of it stands.
 */
export async function storeSlice(services: SyncServices, request: StoreRequest): Promise<RunCounts> {
  const { claim, subject, slice, ending } = request;
  const { organizationId, adAccountId, syncRunId } = claim;
  const { source } = subject;
  const { window, rows, fetchedAt } = slice;
  return withTenantClient(services.jobsDb, jobPrincipal(organizationId), async (tx, client) => {
    await requireHeld(tx, claim);
    const owner = { organizationId, adAccountId };
    const campaignIds = await upsertPlatformCampaigns(tx, { ...owner, listings: request.listings, rows });
    const figures = { window, rows, campaignIds, source, syncRunId, fetchedAt };
    const added = await ingestDailyMetrics(tx, client, { ...owner, ...figures });
    const counts = addCounts(request.counts, { ...added, read: rows.length });
    if (ending) {
      await replaceReach(tx, {
        ...owner,
        reaches: ending.reaches,
        campaignIds,
        source,
        syncRunId,
        fetchedAt,
      });
      await endRun(tx, claim, counts, ending.window);
    }
    return counts;
  });
}

function addCounts(left: RunCounts, right: RunCounts): RunCounts {
  return {
    read: left.read + right.read,
    written: left.written + right.written,
    restated: left.restated + right.restated,
    removed: left.removed + right.removed,
  };
}

async function endRun(tx: TenantTx, claim: Claim, counts: RunCounts, window: DayRange): Promise<void> {
  await tx
    .updateTable('sync_runs')
    .set({
      status: 'SUCCESS',
      finished_at: sql`now()`,
      lease_until: null,
      window_start: window.from,
      window_end: window.to,
      rows_read: counts.read,
      rows_written: counts.written,
      rows_restated: counts.restated,
      rows_removed: counts.removed,
      error: null,
      error_code: null,
      platform_message: null,
    })
    .where('id', '=', claim.syncRunId)
    .execute();
  await tx
    .updateTable('ad_accounts')
    .set({
      sync_status: sql`case when sync_status = 'PAUSED' then sync_status else 'SUCCESS' end`,
      last_synced_at: sql`now()`,
      updated_at: sql`now()`,
      newest_business_date: sql`greatest(newest_business_date, ${window.to}::date)`,
      sync_error: null,
    })
    .where('id', '=', claim.adAccountId)
    .execute();
}
