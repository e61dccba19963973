import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { ratesInto } from '../fx/queries.ts';

/** The agency's own count of one campaign on one of its days, in one currency. */
export interface ResultSum {
  campaignId: string;
  date: string;
  /** Of `value`; null where no result of the day tells one. */
  currency: string | null;
  /** Each null where no result tells it. */
  clicks: number | null;
  conversions: string | null;
  value: string | null;
  /** Whose counts they are. */
  origins: string[];
  rows: number;
  /** When the newest of them was entered or changed. */
  enteredAt: string;
}

interface SumInput {
  campaignIds: readonly string[];
  /** Inclusive business days of the agency. */
  from?: string | undefined;
  to?: string | undefined;
}

/**
 * The results of campaigns by day and currency: clicks and conversions of a result without a value stand in the row
 * whose currency is null. Values are in their own currencies; whoever adds them converts each by its day.
 */
export async function sumResults(tx: TenantTx, { campaignIds, from, to }: SumInput): Promise<ResultSum[]> {
  const { rows } = await sql<ResultSum>`
    select r.campaign_id as "campaignId", r.date::text as date,
           case when r.conversion_value is null then null else r.currency end as currency,
           sum(r.clicks)::int8 as clicks, trim_scale(sum(r.conversions))::text as conversions,
           trim_scale(sum(r.conversion_value))::text as value,
           array_agg(distinct r.origin order by r.origin) as origins, count(*)::int4 as rows,
           to_char(max(r.updated_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "enteredAt"
      from campaign_results r
     where r.campaign_id = any (${[...campaignIds]}::uuid[]) and r.is_active
       and (${from ?? null}::date is null or r.date >= ${from ?? null}::date)
       and (${to ?? null}::date is null or r.date <= ${to ?? null}::date)
     group by 1, r.date, 3
     order by r.date, 1, 3 nulls last`.execute(tx);
  return rows;
}

/** What a day of one creator's work brought, with the rate of the day into the currency that was asked for. */
export interface WorkResult {
  campaignCreatorId: string;
  day: string;
  clicks: number | null;
  conversions: string | null;
  value: string | null;
  currency: string | null;
  /** Null where there is none for the day, or nothing to convert. */
  rate: string | null;
  publishedOn: string | null;
  rateSources: string[];
  origins: string[];
  rows: number;
}

/** The results that are some work's, by day and currency. */
export async function listWorkResults(
  tx: TenantTx,
  { campaignCreatorIds, currency }: { campaignCreatorIds: readonly string[]; currency: string },
): Promise<WorkResult[]> {
  if (campaignCreatorIds.length === 0) return [];
  const { rows } = await sql<WorkResult>`
    with facts as materialized (
      select r.campaign_creator_id, r.date,
             case when r.conversion_value is null then null else r.currency end as currency,
             sum(r.clicks)::int8 as clicks, trim_scale(sum(r.conversions)) as conversions,
             trim_scale(sum(r.conversion_value)) as value,
             array_agg(distinct r.origin order by r.origin) as origins, count(*)::int4 as rows
        from campaign_results r
       where r.campaign_creator_id = any (${[...campaignCreatorIds]}::uuid[]) and r.is_active
       group by 1, r.date, 3),
    rates as materialized (${ratesInto(
      currency,
      sql`select distinct date, currency from facts where currency is not null`,
    )})
    select f.campaign_creator_id as "campaignCreatorId", f.date::text as day, f.clicks, f.conversions::text as conversions,
           f.value::text as value, f.currency, x.rate::text as rate, x.published_on::text as "publishedOn",
           coalesce(x.sources, '{}') as "rateSources", f.origins, f.rows
      from facts f left join rates x on x.date = f.date and x.currency = f.currency
     order by f.date, f.currency nulls last`.execute(tx);
  return rows;
}
