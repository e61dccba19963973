import { randomUUID } from 'node:crypto';
import type { Agency, World } from '../support/world.ts';

/** What a sync would have brought, written by the owner: the web's role may not write it. */
export interface PlatformData {
  account(given?: Partial<AccountGiven>): Promise<string>;
  platformCampaign(adAccountId: string, given?: { name?: string; campaignId?: string }): Promise<string>;
  day(platformCampaignId: string, given: DayGiven): Promise<void>;
  reach(
    platformCampaignId: string | null,
    adAccountId: string,
    given: { from: string; to: string; reach: number },
  ): Promise<void>;
}

interface AccountGiven {
  name: string;
  currency: string;
  timeZone: string;
  brandId: string | null;
  newest: string | null;
  syncedAt: string | null;
}

interface DayGiven {
  date: string;
  currency?: string;
  spend?: string;
  impressions?: number;
  clicks?: number;
  /** null: not told. */
  conversions?: string | null;
  conversionValue?: string | null;
  videoViews?: number | null;
  reach?: number;
  source?: 'API' | 'SANDBOX';
}

export function platformData(world: World, agency: Agency): PlatformData {
  const org = agency.organizationId;
  const write = async (text: string, values: unknown[]) => {
    const { rows } = await world.ownerDb.pool.query<{ id: string }>(text, values);
    return rows[0]?.id ?? '';
  };
  return {
    account: (given = {}) => {
      const { name = 'Account', currency = 'AED', timeZone = 'Asia/Dubai', brandId = null } = given;
      return write(
        `insert into ad_accounts (organization_id, platform, native_id, name, currency, time_zone, brand_id, newest_business_date, last_synced_at)
         values ($1, 'META', $2, $3, $4, $5, $6, $7, $8) returning id`,
        [org, randomUUID(), name, currency, timeZone, brandId, given.newest ?? null, given.syncedAt ?? null],
      );
    },
    platformCampaign: async (adAccountId, { name = 'Platform campaign', campaignId } = {}) => {
      if (campaignId) {
        await write(
          `insert into campaign_ad_accounts (organization_id, campaign_id, ad_account_id) values ($1, $2, $3) on conflict do nothing`,
          [org, campaignId, adAccountId],
        );
      }
      return write(
        `insert into platform_campaigns (organization_id, ad_account_id, campaign_id, native_id, name)
         values ($1, $2, $3, $4, $5) returning id`,
        [org, adAccountId, campaignId ?? null, randomUUID(), name],
      );
    },
    day: async (platformCampaignId, given) => {
      const { spend = '0', impressions = 0, clicks = 0, conversions = '0', conversionValue = '0' } = given;
      const { currency = 'AED', videoViews = null, reach = null, source = 'API' } = given;
      await write(
        `insert into campaign_metrics (organization_id, ad_account_id, platform_campaign_id, date, currency, spend, impressions,
           clicks, conversions, conversion_value, video_views_25, video_views_50, video_views_75, video_views_100, reach, source, fetched_at)
         select $1, p.ad_account_id, p.id, $3, $4, $5, $6, $7, $8, $9, $10::bigint, $10::bigint, $10::bigint, $10::bigint, $11, $12, now()
           from platform_campaigns p where p.organization_id = $1 and p.id = $2`,
        [
          ...[org, platformCampaignId, given.date, currency, spend, impressions, clicks],
          ...[conversions, conversionValue, videoViews, reach, source],
        ],
      );
    },
    reach: async (platformCampaignId, adAccountId, { from, to, reach }) => {
      await write(
        `insert into reach_periods (organization_id, ad_account_id, platform_campaign_id, level, period_start, period_end, reach, source, fetched_at)
         values ($1, $2, $3::uuid, case when $3::uuid is null then 'ACCOUNT' else 'CAMPAIGN' end::reach_level, $4, $5, $6, 'API', now())`,
        [org, adAccountId, platformCampaignId, from, to, reach],
      );
    },
  };
}

/** Publishes rates of one euro: date → currency → rate. */
export async function publishRates(
  world: World,
  rates: Readonly<Record<string, Readonly<Record<string, string>>>>,
  source = 'European Central Bank',
): Promise<void> {
  const rows = Object.entries(rates).flatMap(([date, quotes]) =>
    Object.entries(quotes).map(([quote, rate]) => ({ date, quote, rate })),
  );
  await world.ownerDb.pool.query(
    `insert into fx_rates (date, base, quote, rate, source)
     select date, 'EUR', quote, rate, $2 from json_to_recordset($1) as r (date date, quote text, rate numeric)`,
    [JSON.stringify(rows), source],
  );
}
