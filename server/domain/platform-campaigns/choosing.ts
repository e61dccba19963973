import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { RecentSpend } from './schema.ts';

const RECENT_DAYS = 28;

/**
 * What platform campaigns spent on the last 28 days of their accounts' own zones, so that people know what they pick:
 * in the account's currency, exact. Null where no day came in. Whom the reader does not see is left out.
 */
export async function readRecentSpend(
  tx: TenantTx,
  platformCampaignIds: readonly string[],
  now: Date,
): Promise<RecentSpend[]> {
  const { rows } = await sql<{
    id: string;
    from: string;
    to: string;
    currency: string;
    spend: string | null;
  }>`
    select p.id, to_char(d.today - ${RECENT_DAYS - 1}::int, 'YYYY-MM-DD') as "from",
           to_char(d.today, 'YYYY-MM-DD') as "to", a.currency, (
             select sum(m.spend)::text from campaign_metrics m
              where m.ad_account_id = a.id and m.platform_campaign_id = p.id and m.currency = a.currency
                and m.date between d.today - ${RECENT_DAYS - 1}::int and d.today) as spend
      from platform_campaigns p
      join ad_accounts a on a.organization_id = p.organization_id and a.id = p.ad_account_id
     cross join lateral (select (${now}::timestamptz at time zone a.time_zone)::date as today) d
     where p.id = any (${[...new Set(platformCampaignIds)]}::uuid[])
     order by p.id`.execute(tx);
  return rows.map(({ id, from, to, currency, spend }) => ({
    platformCampaignId: id,
    from,
    to,
    spend: spend === null ? null : { amount: spend, currency },
  }));
}

/** The labels of platform campaigns that the reader sees, the most frequent first; at most 200. */
export async function listLabels(
  tx: TenantTx,
  adAccountId: string | undefined,
): Promise<{ label: string; count: number }[]> {
  const { rows } = await sql<{ label: string; count: number }>`
    select min(l) as label, count(distinct p.id)::int4 as count
      from platform_campaigns p cross join lateral unnest(p.labels) l
     where ${adAccountId ?? null}::uuid is null or p.ad_account_id = ${adAccountId ?? null}::uuid
     group by lower(l) order by count desc, label limit 200`.execute(tx);
  return rows;
}
