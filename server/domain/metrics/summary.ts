import { type RawBuilder, sql } from 'kysely';
import { planForValues, type TenantTx } from '../../../db/tenant.ts';
import { ratesInto } from '../fx/queries.ts';
import { plain } from '../records/decimals.ts';
import { rounded, untoldRows } from './figures.ts';
import { addDays, DEFAULT_DAYS } from './range.ts';
import { type CampaignSummary, untoldFigures } from './schema.ts';
import { ratiosSql } from './sql.ts';

interface SummaryRow {
  campaign_id: string;
  newest: string;
  spend: string | null;
  conversion_value: string | null;
  impressions: number;
  clicks: number;
  conversions: string | null;
  untold_conversions: number;
  untold_value: number;
  cpm: string | null;
  cpc: string | null;
  ctr: string | null;
  cpa: string | null;
  roas: string | null;
  left_out: string[] | null;
  is_sandbox: boolean;
}

/**
 * The last 28 days of each campaign, ending at the newest day that its own accounts cover, in one query. A campaign
 * without a figure has no item.
 */
export async function summarizeCampaigns(
  tx: TenantTx,
  campaignIds: readonly string[],
  currency: string,
): Promise<CampaignSummary[]> {
  const none = sql`null`;
  // A cost and its divisor speak of the rows that had a rate; a rate of clicks needs none and speaks of all.
  const { cpm, cpc, cpa, roas } = ratiosSql({
    spend: sql`s.spend`,
    conversionValue: sql`s.conversion_value`,
    impressions: sql`s.converted_impressions`,
    clicks: sql`s.converted_clicks`,
    conversions: sql`s.converted_conversions`,
    spendOfConversions: sql`s.spend_of_conversions`,
    spendOfValue: sql`s.spend_of_value`,
  });
  const { ctr } = ratiosSql({
    ...{
      spend: none,
      conversionValue: none,
      conversions: none,
      spendOfConversions: none,
      spendOfValue: none,
    },
    ...{ impressions: sql`s.impressions`, clicks: sql`s.clicks` },
  });
  const [, { rows }] = await Promise.all([
    planForValues(tx),
    sql<SummaryRow>`
    with facts as (${latestFacts(campaignIds)}),
    rates as materialized (${ratesInto(currency, sql`select distinct date, currency from facts`)}),
    sums as (
      select f.campaign_id, f.newest, sum(f.spend * r.rate) as spend, sum(f.conversion_value * r.rate) as conversion_value,
             sum(f.impressions)::int8 as impressions, sum(f.clicks)::int8 as clicks, sum(f.conversions) as conversions,
             sum(f.impressions) filter (where r.rate is not null) as converted_impressions,
             sum(f.clicks) filter (where r.rate is not null) as converted_clicks,
             sum(f.conversions) filter (where r.rate is not null) as converted_conversions,
             sum(f.spend * r.rate) filter (where f.conversions is not null) as spend_of_conversions,
             sum(f.spend * r.rate) filter (where f.conversion_value is not null) as spend_of_value,
             (count(*) - count(f.conversions))::int4 as untold_conversions,
             (count(*) - count(f.conversion_value))::int4 as untold_value,
             array_agg(distinct f.currency::text) filter (where r.rate is null) as left_out,
             bool_or(f.source = 'SANDBOX') as is_sandbox
        from facts as f
        join rates as r on r.date = f.date and r.currency = f.currency
       group by f.campaign_id, f.newest
    )
    select s.campaign_id, s.newest, s.spend, s.conversion_value, s.impressions, s.clicks, s.conversions, s.left_out,
           s.is_sandbox, s.untold_conversions, s.untold_value,
           ${cpm} as cpm, ${cpc} as cpc, ${ctr} as ctr, ${cpa} as cpa, ${roas} as roas
      from sums as s`.execute(tx),
  ]);
  return rows.map((row) => toSummary(row, currency));
}

function latestFacts(campaignIds: readonly string[]): RawBuilder<unknown> {
  return sql`
    select p.campaign_id, w.newest, m.date, m.currency, m.source, m.spend, m.conversion_value, m.conversions,
           m.impressions, m.clicks
      from (select p.campaign_id, max(a.newest_business_date) as newest
              from platform_campaigns as p
              join ad_accounts as a on a.organization_id = p.organization_id and a.id = p.ad_account_id
             where p.campaign_id = any (${campaignIds}::uuid[])
             group by p.campaign_id) as w
      join platform_campaigns as p on p.campaign_id = w.campaign_id
      join campaign_metrics as m on m.organization_id = p.organization_id and m.platform_campaign_id = p.id
     where m.date between w.newest - ${DEFAULT_DAYS - 1}::int and w.newest`;
}

function toSummary(row: SummaryRow, currency: string): CampaignSummary {
  const text = (value: string | null) => (value === null ? null : plain(value));
  return {
    campaignId: row.campaign_id,
    from: addDays(row.newest, 1 - DEFAULT_DAYS),
    to: row.newest,
    spend: rounded(row.spend, currency),
    conversionValue: rounded(row.conversion_value, currency),
    impressions: row.impressions,
    clicks: row.clicks,
    conversions: text(row.conversions),
    cpm: text(row.cpm),
    cpc: text(row.cpc),
    ctr: text(row.ctr),
    cpa: text(row.cpa),
    roas: text(row.roas),
    untold: untoldFigures.filter((figure) => untoldRows(row, figure) > 0),
    leftOut: row.left_out ?? [],
    isSandbox: row.is_sandbox,
  };
}
