import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { MetricSource } from '../../../db/types.ts';
import type { DayRange, PeriodReach } from '../../integrations/ad-platform.ts';

export interface FetchedReach {
  period: DayRange;
  entries: readonly PeriodReach[];
}

interface ReachRequest {
  organizationId: string;
  adAccountId: string;
  reaches: readonly FetchedReach[];
  campaignIds: ReadonlyMap<string, string>;
  source: MetricSource;
  syncRunId: string;
  fetchedAt: Date;
}

/** Rolling periods end on another day with each sync; after this many days nobody asks for them any more. */
const KEPT_DAYS = 40;

/** Replaces the reach of each period that was asked for. Whole calendar months are kept, old rolling periods are not. */
export async function replaceReach(tx: TenantTx, request: ReachRequest): Promise<void> {
  const { organizationId, adAccountId, source, syncRunId, fetchedAt } = request;
  for (const { period, entries } of request.reaches) {
    await tx
      .deleteFrom('reach_periods')
      .where('ad_account_id', '=', adAccountId)
      .where('period_start', '=', period.from)
      .where('period_end', '=', period.to)
      .execute();
    const known = entries.flatMap((entry) => {
      const campaignId =
        entry.nativeCampaignId === null ? null : request.campaignIds.get(entry.nativeCampaignId);
      if (campaignId === undefined) return [];
      return [{ campaign_id: campaignId, reach: entry.reach, frequency: entry.frequency }];
    });
    await sql`
      insert into reach_periods (organization_id, ad_account_id, platform_campaign_id, level, period_start, period_end,
             reach, frequency, source, sync_run_id, fetched_at)
      select ${organizationId}::uuid, ${adAccountId}::uuid, e.campaign_id,
             case when e.campaign_id is null then 'ACCOUNT' else 'CAMPAIGN' end::reach_level,
             ${period.from}::date, ${period.to}::date, e.reach, e.frequency,
             ${source}::metric_source, ${syncRunId}::uuid, ${fetchedAt}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(known)}::jsonb)
          as e (campaign_id uuid, reach bigint, frequency numeric)`.execute(tx);
  }
  await sql`
    delete from reach_periods
     where ad_account_id = ${adAccountId}::uuid and period_end < (${fetchedAt}::timestamptz)::date - ${KEPT_DAYS}::int4
       and not (period_start = date_trunc('month', period_start)
                and period_end = (date_trunc('month', period_start) + interval '1 month' - interval '1 day')::date)`.execute(
    tx,
  );
}
