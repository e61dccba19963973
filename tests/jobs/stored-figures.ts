import { Big } from 'big.js';
import type { TruthDay } from '../support/meta.ts';
import type { World } from '../support/world.ts';

/** How an amount is written, so that both sides of a comparison are alike. */
type Writing = (amount: unknown, currency: string) => string;

/** Without zeros behind, for platforms that count money finer than a currency's minor unit. */
export const plainly: Writing = (amount) => new Big(String(amount)).toFixed();

/**
 * What the database holds of an account, in the sandbox's own words, by day and campaign. Read past the policies. What
 * its platform did not tell is the 0 that the truth knows: `untoldDays` tells the two apart.
 */
export async function storedDays(
  world: World,
  adAccountId: string,
  write: Writing = written,
): Promise<TruthDay[]> {
  const { rows } = await world.ownerDb.pool.query<Record<string, string | number>>(
    `select m.date::text as date, p.native_id, m.currency, m.spend::text, m.impressions::int4, m.clicks::int4,
            coalesce(m.conversions, 0)::text as conversions, coalesce(m.conversion_value, 0)::text as conversion_value, m.video_views_25::int4, m.video_views_50::int4,
            m.video_views_75::int4, m.video_views_100::int4
       from campaign_metrics m join platform_campaigns p on p.id = m.platform_campaign_id
      where m.ad_account_id = $1`,
    [adAccountId],
  );
  const days = rows.map((row) => ({
    date: String(row.date),
    campaignId: String(row.native_id),
    spend: write(row.spend, String(row.currency)),
    impressions: Number(row.impressions),
    clicks: Number(row.clicks),
    conversions: new Big(String(row.conversions)).toFixed(),
    conversionValue: write(row.conversion_value, String(row.currency)),
    videoViews25: Number(row.video_views_25),
    videoViews50: Number(row.video_views_50),
    videoViews75: Number(row.video_views_75),
    videoViews100: Number(row.video_views_100),
  }));
  return inOrder(days);
}

/** How many days of an account are without a conversion value, and of how many of those TikTok itself said nothing. */
export async function untoldDays(world: World, adAccountId: string) {
  const { rows } = await world.ownerDb.pool.query<{ untold: number; unsaid: number }>(
    `select count(*) filter (where conversion_value is null)::int4 as untold,
            count(*) filter (where platform_data -> 'total_complete_payment_rate' = 'null')::int4 as unsaid
       from campaign_metrics where ad_account_id = $1`,
    [adAccountId],
  );
  return { untold: rows[0]?.untold ?? 0, unsaid: rows[0]?.unsaid ?? 0 };
}

/** Two lists of the same days in one order. */
export function inOrder(days: readonly TruthDay[]): TruthDay[] {
  return [...days].sort((left, right) =>
    `${left.date} ${left.campaignId}` < `${right.date} ${right.campaignId}` ? -1 : 1,
  );
}

/** Truth writes money with the platform's own minor digits; nothing finer may have been stored. */
function written(amount: unknown, currency: string): string {
  const exact = new Big(String(amount));
  const digits = currency === 'JPY' ? 0 : 2;
  const text = exact.toFixed(digits);
  if (!new Big(text).eq(exact))
    throw new Error(`${exact.toFixed()} ${currency} is finer than its minor unit.`);
  return text;
}
