import { sql } from 'kysely';
import type { TenantTx } from '../../../../db/tenant.ts';
import type { DailyMetric } from '../../../integrations/ad-platform.ts';
import { matchCampaigns } from './campaigns.ts';
import type { AdChange } from './schema.ts';

export interface CompareRequest {
  /** null where it is not made yet: then everything is new. */
  adAccountId: string | null;
  window: { from: string; to: string };
  rows: readonly DailyMetric[];
  holdsAllCampaigns: boolean;
}

/** What bringing these rows in would change of what stands, without changing it. */
export async function compareWithStanding(tx: TenantTx, request: CompareRequest): Promise<AdChange> {
  const { adAccountId, rows } = request;
  if (adAccountId === null)
    return { created: rows.length, restated: 0, same: 0, removed: 0, removedCampaigns: [] };
  const campaigns = await matchCampaigns(tx, adAccountId, rows);
  const told = rows.map((row) => ({
    ...row,
    id: campaigns.get(row.nativeCampaignId)?.id ?? null,
    platformData: undefined,
  }));
  const scope = standing(
    request,
    [...campaigns.values()].flatMap((campaign) => campaign?.id ?? []),
  );
  const { rows: found } = await sql<Omit<AdChange, 'removedCampaigns'>>`
    with f as (select * from ${toldRows(told)}), m as (select * from campaign_metrics m where ${scope})
    select count(*) filter (where f.date is not null and m.date is null)::int4 as created,
           count(*) filter (where f.date is not null and m.date is not null and ${isDifferent})::int4 as restated,
           count(*) filter (where f.date is not null and m.date is not null and not ${isDifferent})::int4 as same,
           count(*) filter (where f.date is null)::int4 as removed
      from f full join m on m.platform_campaign_id = f.id and m.date = f.date`.execute(tx);
  const counts = found[0] ?? { created: 0, restated: 0, same: 0, removed: 0 };
  return { ...counts, removedCampaigns: await losers(tx, scope, campaigns) };
}

function standing({ adAccountId, window, holdsAllCampaigns }: CompareRequest, named: readonly string[]) {
  const only = holdsAllCampaigns ? sql`` : sql`and m.platform_campaign_id = any (${named}::uuid[])`;
  return sql`m.organization_id = (select app.organization_id()) and m.ad_account_id = ${adAccountId}::uuid
    and m.date between ${window.from}::date and ${window.to}::date ${only}`;
}

function toldRows(told: readonly object[]) {
  return sql`jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as f (
    id uuid, date date, currency char(3), spend numeric(18,6), impressions bigint, clicks bigint,
    conversions numeric(18,6), "conversionValue" numeric(18,6), "videoViews25" bigint, "videoViews50" bigint,
    "videoViews75" bigint, "videoViews100" bigint, "videoStarts" bigint, reach bigint, frequency numeric(12,6),
    "attributionSetting" text)`;
}

const isDifferent = sql<boolean>`(
  (f.currency, f.spend, f.impressions, f.clicks, f.conversions, f."conversionValue", f."videoViews25", f."videoViews50",
   f."videoViews75", f."videoViews100", f."videoStarts", f.reach, f.frequency, f."attributionSetting", null::jsonb)
  is distinct from
  (m.currency, m.spend, m.impressions, m.clicks, m.conversions, m.conversion_value, m.video_views_25, m.video_views_50,
   m.video_views_75, m.video_views_100, m.video_starts, m.reach, m.frequency, m.attribution_setting, m.platform_data))`;

/** Campaigns with figures of these days that the file does not name. */
async function losers(
  tx: TenantTx,
  scope: ReturnType<typeof standing>,
  campaigns: ReadonlyMap<string, { id: string } | null>,
): Promise<string[]> {
  const named = [...campaigns.values()].flatMap((campaign) => campaign?.id ?? []);
  const { rows } = await sql<{ name: string }>`
    select distinct p.name from campaign_metrics m
      join platform_campaigns p on p.organization_id = m.organization_id and p.id = m.platform_campaign_id
     where ${scope} and not m.platform_campaign_id = any (${named}::uuid[])
     order by p.name limit 10`.execute(tx);
  return rows.map(({ name }) => name);
}
