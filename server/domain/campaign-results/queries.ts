import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import { notFound } from '../../kernel/errors.ts';
import { ratesInto } from '../fx/queries.ts';
import { plain } from '../records/decimals.ts';
import { toAmount, toMoney } from '../records/money.ts';
import type { CampaignResult, ListResultsInput, ResultTotals } from './schema.ts';

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

function selectResults(tx: TenantTx) {
  return tx
    .selectFrom('campaign_results as r')
    .leftJoin('campaign_creators as l', (join) =>
      join.onRef('l.organization_id', '=', 'r.organization_id').onRef('l.id', '=', 'r.campaign_creator_id'),
    )
    .leftJoin('creators as c', (join) =>
      join.onRef('c.organization_id', '=', 'l.organization_id').onRef('c.id', '=', 'l.creator_id'),
    )
    .leftJoin('users as u', 'u.id', 'r.created_by_id')
    .selectAll('r')
    .select(['l.creator_id', 'c.name as creator_name', 'u.name as created_by_name']);
}

/** The results of a campaign one by one, the newest day first. Errors: `not_found`. */
export async function listResults(tx: TenantTx, input: ListResultsInput): Promise<Page<CampaignResult>> {
  let query = selectResults(tx)
    .where('r.campaign_id', '=', input.campaignId)
    .where('r.is_active', '=', !input.deleted);
  if (input.campaignCreatorId) query = query.where('r.campaign_creator_id', '=', input.campaignCreatorId);
  if (input.origin !== undefined) query = query.where(sql<boolean>`lower(r.origin) = lower(${input.origin})`);
  const [page] = await Promise.all([
    keysetPage(query, {
      sortName: '-date',
      key: { expression: sql`r.date`, type: 'date', direction: 'desc' },
      id: sql<string>`r.id`,
      cursor: input.cursor,
      limit: input.limit,
    }),
    requireCampaign(tx, input.campaignId),
  ]);
  return { items: page.items.map(toResult), nextCursor: page.nextCursor };
}

/** One result. Errors: `not_found`. */
export async function getResult(tx: TenantTx, campaignResultId: string): Promise<CampaignResult> {
  const row = await selectResults(tx).where('r.id', '=', campaignResultId).executeTakeFirst();
  if (!row) throw notFound('result');
  return toResult(row);
}

async function requireCampaign(tx: TenantTx, campaignId: string): Promise<void> {
  const row = await tx.selectFrom('campaigns').select('id').where('id', '=', campaignId).executeTakeFirst();
  if (!row) throw notFound('campaign');
}

type ResultRow = Awaited<ReturnType<ReturnType<typeof selectResults>['executeTakeFirstOrThrow']>>;

function toResult(row: ResultRow): CampaignResult {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    campaignCreatorId: row.campaign_creator_id,
    creatorId: row.creator_id,
    creatorName: row.creator_name,
    date: row.date,
    origin: row.origin,
    clicks: row.clicks,
    conversions: row.conversions === null ? null : plain(row.conversions),
    value: toMoney(row.conversion_value, row.currency),
    note: row.note,
    createdById: row.created_by_id,
    createdByName: row.created_by_name,
    isActive: row.is_active,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

interface TotalRow {
  origin: string | null;
  campaignCreatorId: string | null;
  creatorId: string | null;
  creatorName: string | null;
  clicks: number | null;
  conversions: string | null;
  values: { amount: string; currency: string }[];
  days: number;
  firstDate: string;
  lastDate: string;
  enteredAt: string;
}

/** What a campaign's results come to, by whose count and by creator; values by currency. Errors: `not_found`. */
export async function totalResults(tx: TenantTx, campaignId: string): Promise<ResultTotals> {
  const [byOrigin, byCreator] = await Promise.all([
    totalsBy(tx, campaignId, 'ORIGIN'),
    totalsBy(tx, campaignId, 'CREATOR'),
    requireCampaign(tx, campaignId),
  ]);
  return {
    byOrigin: byOrigin.map(
      ({ origin, campaignCreatorId: _w, creatorId: _i, creatorName: _n, ...totals }) => ({
        origin: origin ?? '',
        ...totals,
      }),
    ),
    byCreator: byCreator.map(({ origin: _o, ...totals }) => totals),
  };
}

async function totalsBy(tx: TenantTx, campaignId: string, by: 'ORIGIN' | 'CREATOR'): Promise<TotalRow[]> {
  // The unique key of results tells origins apart by more than their case.
  const key = by === 'ORIGIN' ? sql`lower(r.origin)` : sql`coalesce(r.campaign_creator_id::text, '')`;
  const { rows } = await sql<TotalRow>`
    with mine as materialized (
      select ${key} as key, r.* from campaign_results r where r.campaign_id = ${campaignId}::uuid and r.is_active),
    money as (
      select key, jsonb_agg(jsonb_build_object('amount', value, 'currency', currency) order by currency) as values
        from (select key, currency, sum(conversion_value)::text as value from mine
               where conversion_value is not null group by key, currency) as sums
       group by key),
    totals as (
      select key, min(origin) as origin, (array_agg(campaign_creator_id))[1] as work_id, sum(clicks)::int8 as clicks,
             sum(conversions) as conversions, count(distinct date)::int4 as days, min(date)::text as first_date,
             max(date)::text as last_date, max(updated_at) as entered_at
        from mine group by key)
    select t.origin, t.work_id as "campaignCreatorId", l.creator_id as "creatorId", c.name as "creatorName", t.clicks,
           trim_scale(t.conversions)::text as conversions, coalesce(m.values, '[]') as values, t.days,
           t.first_date as "firstDate", t.last_date as "lastDate",
           to_char(t.entered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "enteredAt"
      from totals t
      left join money m using (key)
      left join campaign_creators l on l.id = t.work_id
      left join creators c on c.organization_id = l.organization_id and c.id = l.creator_id
     order by t.conversions desc nulls last, t.key`.execute(tx);
  return rows.map((row) => ({
    ...row,
    values: row.values.map(({ amount, currency }) => ({ amount: toAmount(amount, currency), currency })),
  }));
}
