import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { getSyncRun } from './queries.ts';
import type { Restatement, SyncRestatements } from './schema.ts';

const SHOWN = 100;

/**
 * What a run changed of what stood: the figures before and after, the largest change of spend first. At most a hundred;
 * `total` counts all that the reader may see. Errors: `not_found`.
 */
export async function listRestatements(tx: TenantTx, syncRunId: string): Promise<SyncRestatements> {
  const run = await getSyncRun(tx, syncRunId);
  if (run.rowsRestated + run.rowsRemoved === 0 || run.windowStart === null || run.windowEnd === null)
    return { items: [], total: 0 };
  // By campaign and day, as the revisions' index leads: one by run would cost each sync a third of its speed.
  const { rows } = await sql<Row>`
    with revised as (
      select v.*, p.name from platform_campaigns p
        join campaign_metric_revisions v
          on v.organization_id = p.organization_id and v.platform_campaign_id = p.id
         and v.date between ${run.windowStart}::date and ${run.windowEnd}::date
       where p.ad_account_id = ${run.adAccountId}::uuid and v.replaced_by_run_id = ${syncRunId}::uuid)
    select r.platform_campaign_id, r.name, r.date, r.currency, r.was_removed,
           r.spend, r.impressions, r.clicks, r.conversions, r.conversion_value,
           a.spend as spend_after, a.impressions as impressions_after, a.clicks as clicks_after,
           a.conversions as conversions_after, a.conversion_value as conversion_value_after,
           count(*) over ()::int4 as total
      from revised r
      left join lateral (
        select n.* from (
          select spend, impressions, clicks, conversions, conversion_value, replaced_at
            from campaign_metric_revisions
           where organization_id = r.organization_id and platform_campaign_id = r.platform_campaign_id
             and date = r.date and replaced_at > r.replaced_at
          union all
          select spend, impressions, clicks, conversions, conversion_value, 'infinity'
            from campaign_metrics
           where organization_id = r.organization_id and platform_campaign_id = r.platform_campaign_id
             and date = r.date) n
         where not r.was_removed order by n.replaced_at limit 1) a on true
     order by abs(coalesce(a.spend, 0) - r.spend) desc, r.date desc, r.name limit ${SHOWN}`.execute(tx);
  return { items: rows.map(toRestatement), total: rows[0]?.total ?? 0 };
}

interface Row {
  platform_campaign_id: string;
  name: string;
  date: string;
  currency: string;
  was_removed: boolean;
  spend: string;
  impressions: number;
  clicks: number;
  conversions: string | null;
  conversion_value: string | null;
  spend_after: string | null;
  impressions_after: number | null;
  clicks_after: number | null;
  conversions_after: string | null;
  conversion_value_after: string | null;
  total: number;
}

function toRestatement(row: Row): Restatement {
  const { spend_after: spend, impressions_after: impressions, clicks_after: clicks } = row;
  // Conversions may be unknown in a row that stands; spend never is.
  const hasAfter = spend !== null && impressions !== null && clicks !== null;
  return {
    platformCampaignId: row.platform_campaign_id,
    campaignName: row.name,
    date: row.date,
    currency: row.currency,
    before: {
      spend: row.spend,
      impressions: row.impressions,
      clicks: row.clicks,
      conversions: row.conversions,
      conversionValue: row.conversion_value,
    },
    after: hasAfter
      ? {
          spend,
          impressions,
          clicks,
          conversions: row.conversions_after,
          conversionValue: row.conversion_value_after,
        }
      : null,
  };
}
