import type { Database } from '../../../db/client.ts';
import type { DailyMetric, DayRange } from '../../../server/integrations/ad-platform.ts';
import { NEWEST_DAY } from '../seed-figures.ts';

/** An ad account of the measured agency whose figures one way of writing has for itself. */
export interface Account {
  adAccountId: string;
  campaignIds: ReadonlyMap<string, string>;
  window: DayRange;
  rowCount: number;
  /** A row for each campaign and day of the window, with this spend. */
  rows(spend: string): DailyMetric[];
  /** Takes its figures away; nothing of it is timed. */
  clear(): Promise<void>;
  remove(): Promise<void>;
}

export async function makeAccount(
  ownerDb: Database,
  organizationId: string,
  { name, campaigns, days }: { name: string; campaigns: number; days: number },
): Promise<Account> {
  const { pool } = ownerDb;
  const own = [organizationId, name];
  // What a killed run left is in the way.
  await pool.query('delete from ad_accounts where organization_id = $1 and native_id = $2', own);
  const made = await pool.query<{ id: string }>(
    `insert into ad_accounts (organization_id, platform, native_id, name, currency, time_zone)
     values ($1, 'META', $2, $2, 'USD', 'UTC') returning id`,
    own,
  );
  const adAccountId = made.rows[0]?.id ?? '';
  const attached = await pool.query<{ native_id: string; id: string }>(
    `insert into platform_campaigns (organization_id, ad_account_id, native_id, name)
     select $1, $2, 'native-' || n, 'Campaign ' || n from generate_series(1, $3::int) as n returning native_id, id`,
    [organizationId, adAccountId, campaigns],
  );
  const dates = lastDays(days);
  const nativeIds = attached.rows.map((row) => row.native_id);
  return {
    adAccountId,
    campaignIds: new Map(attached.rows.map((row) => [row.native_id, row.id])),
    window: { from: dates.at(0) ?? NEWEST_DAY, to: dates.at(-1) ?? NEWEST_DAY },
    rowCount: campaigns * days,
    rows: (spend) => nativeIds.flatMap((id, index) => dates.map((date) => rowOf(id, date, { spend, index }))),
    clear: async () => {
      for (const table of ['campaign_metrics', 'campaign_metric_revisions'])
        await pool.query(`delete from ${table} where organization_id = $1 and ad_account_id = $2`, [
          organizationId,
          adAccountId,
        ]);
      await pool.query('vacuum campaign_metrics');
    },
    remove: async () => {
      await pool.query('delete from ad_accounts where organization_id = $1 and id = $2', [
        organizationId,
        adAccountId,
      ]);
    },
  };
}

function rowOf(nativeCampaignId: string, date: string, of: { spend: string; index: number }): DailyMetric {
  return {
    nativeCampaignId,
    campaignName: nativeCampaignId,
    date,
    currency: 'USD',
    spend: of.spend,
    impressions: 12_345 + of.index,
    clicks: 321,
    conversions: '12',
    conversionValue: '480.00',
    videoViews25: 900,
    videoViews50: 700,
    videoViews75: 500,
    videoViews100: 300,
    videoStarts: 1200,
    reach: 9876,
    frequency: '1.25',
    attributionSetting: '7d_click',
    platformData: { actions: [{ type: 'link_click', value: '321' }] },
  };
}

function lastDays(days: number): string[] {
  const newest = Date.parse(`${NEWEST_DAY}T00:00:00Z`);
  return Array.from({ length: days }, (_, index) =>
    new Date(newest - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10),
  );
}
