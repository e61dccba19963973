import type pg from 'pg';
import type { Seeded } from './seed.ts';

/** The last day of all figures; exchange rates ship up to here. */
export const NEWEST_DAY = '2026-03-31';

export const LONG_CAMPAIGN = 'Long campaign';
export const YEAR_DAYS = 365;
/** 37 months: as far back as Meta answers. */
export const LONG_DAYS = 1125;

const YEAR_CAMPAIGNS = 500;
const LONG_PLATFORM_CAMPAIGNS = 39;
const OTHERS_PLATFORM_CAMPAIGNS = 29;

/** Ad accounts on three platforms in three currencies, campaigns over all of them, and a row per campaign and day. */
export async function seedFigures(client: pg.Client, of: Seeded): Promise<void> {
  await addRates(client);
  await addAccounts(client, of.agency);
  await addCampaigns(client, of);
  await addRows(client);
}

/** The published rates begin in 2024; a year before them lets every day of the long campaign be converted. */
async function addRates(client: pg.Client): Promise<void> {
  await client.query(
    `insert into fx_rates (date, base, quote, rate, source)
     select day, 'EUR', 'USD', 1.08 + 0.0001 * (row_number() over () % 100), 'BENCH'
       from generate_series('2023-01-01'::date, '2023-12-31', '1 day') as day where extract(isodow from day) < 6
     on conflict do nothing`,
  );
}

async function addAccounts(client: pg.Client, agency: string): Promise<void> {
  await client.query(
    `insert into ad_accounts (organization_id, platform, native_id, name, currency, time_zone, sync_status,
                              newest_business_date)
     select o.id, p.platform::ad_platform, 'act_' || p.platform, initcap(p.platform), p.currency, 'Asia/Dubai', 'SUCCESS',
            $2::date
       from organizations o
       join (values ('META', 'USD'), ('GOOGLE', 'EUR'), ('TIKTOK', 'AED')) as p (platform, currency)
         on o.id = $1 or p.platform = 'META'
      where o.type = 'AGENCY'`,
    [agency, NEWEST_DAY],
  );
}

async function addCampaigns(client: pg.Client, { agency, scale }: Seeded): Promise<void> {
  const long = Math.max(3, Math.round(LONG_PLATFORM_CAMPAIGNS * scale));
  await client.query(
    `insert into campaigns (organization_id, name, status, budget, currency)
     select $1::uuid, 'Campaign ' || n, 'ACTIVE'::campaign_status, 1000, 'AED' from generate_series(1, $2::int) as n
     union all select $1, $3, 'ACTIVE', 1000, 'AED'`,
    [agency, Math.ceil(YEAR_CAMPAIGNS * scale), LONG_CAMPAIGN],
  );
  await client.query(
    `insert into campaign_ad_accounts (organization_id, campaign_id, ad_account_id)
     select c.organization_id, c.id, a.id from campaigns c join ad_accounts a on a.organization_id = c.organization_id`,
  );
  // One on each platform for most campaigns, many for the long one.
  await client.query(
    `insert into platform_campaigns (organization_id, ad_account_id, campaign_id, native_id, name, starts_on)
     select a.organization_id, a.id, c.id, c.id || '-' || n, c.name || ' ' || a.platform || ' ' || n,
            $2::date - (case when c.name = $3 then ${LONG_DAYS - 1} else ${YEAR_DAYS - 1} end)
       from campaigns c join ad_accounts a on a.organization_id = c.organization_id,
            generate_series(1, case when c.name = $3 then $4::int / 3 else 1 end) as n
      where c.organization_id = $1`,
    [agency, NEWEST_DAY, LONG_CAMPAIGN, long],
  );
  await client.query(
    `insert into platform_campaigns (organization_id, ad_account_id, native_id, name, starts_on)
     select a.organization_id, a.id, 'native-' || n, 'Campaign ' || n, $2::date - ${YEAR_DAYS - 1}
       from ad_accounts a, generate_series(1, ${OTHERS_PLATFORM_CAMPAIGNS}) as n where a.organization_id <> $1`,
    [agency, NEWEST_DAY],
  );
}

async function addRows(client: pg.Client): Promise<void> {
  await client.query(
    `insert into campaign_metrics (organization_id, ad_account_id, platform_campaign_id, date, currency, spend, impressions,
                                   clicks, conversions, conversion_value, video_views_25, video_views_50, video_views_75,
                                   video_views_100, source, fetched_at)
     select p.organization_id, p.ad_account_id, p.id, day, a.currency, 20 + (n * 7919 % 10000) / 100.0,
            1000 + n * 31 % 5000, 10 + n % 200, n % 17, n % 17 * 12.5, n % 900, n % 700, n % 500, n % 300, 'API', now()
       from platform_campaigns p
       join ad_accounts a on a.organization_id = p.organization_id and a.id = p.ad_account_id,
            generate_series(p.starts_on, $1::date, '1 day') with ordinality as d (day, n)`,
    [NEWEST_DAY],
  );
}
