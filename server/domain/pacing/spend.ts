import { type RawBuilder, sql } from 'kysely';
import { planForValues, type TenantTx } from '../../../db/tenant.ts';
import { type RateRow, ratesInto } from '../fx/queries.ts';
import { SHAPE_DAYS } from './weekdays.ts';

/** A campaign whose spend is asked for: in its currency, and through which day it is told apart from what came after. */
export interface WantedSpend {
  campaignId: string;
  currency: string;
  /** Null: no day is covered whole by all accounts. */
  through: string | null;
  /** The flight's first and last day; null: open. */
  startsOn: string | null;
  endsOn: string | null;
  platformCampaignIds: readonly string[];
}

/** What is asked for of many campaigns at once. */
export interface SpendRequest {
  wanted: readonly WantedSpend[];
  /** The currency of the sums over all of them. */
  total: string;
  /** Of the accounts: what the figures are in, as a rule. */
  currencies: readonly string[];
}

export interface SpendRow {
  campaign_id: string;
  /** Of the flight, in the campaign's currency; null where there is none that has a rate. */
  spent: string | null;
  spent_after: string | null;
  /** Before the flight and after it. */
  spent_outside: string | null;
  /** The last days through `through` as "date amount" pairs, a comma between; null where there is none. */
  recent: string | null;
  /** The flight's own amounts without a rate into the campaign's currency, by currency. */
  left_out: Record<string, string> | null;
  /** In the currency of the whole answer, to date. */
  total_spend: string | null;
  total_value: string | null;
  /** The spend of the rows that tell what their conversions are worth. */
  total_spend_of_value: string | null;
  untold_value: number;
  rows: number;
  total_left_out: Record<string, string> | null;
  is_sandbox: boolean;
  /** Some row is in a currency that nobody expected. */
  is_unexpected: boolean;
}

/**
 * What campaigns spent to date, boosts with it: one scan for each currency that their budgets are in, however many they
 * are. Nothing is rounded before the sum.
 */
export async function readSpend(tx: TenantTx, request: SpendRequest): Promise<SpendRow[]> {
  const wanted = request.wanted.filter(({ platformCampaignIds }) => platformCampaignIds.length > 0);
  if (wanted.length === 0) return [];
  const ids = wanted.flatMap(({ platformCampaignIds }) => platformCampaignIds);
  const range = await readRange(tx, ids);
  if (range === null) return [];
  const rows = await readEach(tx, { ...request, wanted }, range);
  if (!rows.some(({ is_unexpected: isUnexpected }) => isUnexpected)) return rows;
  // A file may hold another currency than its account has: then each row is asked.
  return readEach(tx, { ...request, wanted, currencies: await readCurrencies(tx, ids) }, range);
}

interface Range {
  first: string;
  last: string;
}

async function readEach(tx: TenantTx, request: SpendRequest, range: Range): Promise<SpendRow[]> {
  const { wanted, total, currencies } = request;
  const targets = [...new Set(wanted.map(({ currency }) => currency))];
  const rates = new Map(
    await Promise.all(
      [...new Set([total, ...targets])].map(
        async (target) => [target, await readRates(tx, target, { currencies, range })] as const,
      ),
    ),
  );
  const answers = await Promise.all(
    targets.map((target) =>
      readOne(
        tx,
        wanted.filter(({ currency }) => currency === target),
        { own: rates.get(target) ?? [], total: target === total ? null : (rates.get(total) ?? []) },
      ),
    ),
  );
  return answers.flat();
}

/** The days of all their figures, by two looks into an index for each. */
async function readRange(tx: TenantTx, ids: readonly string[]): Promise<Range | null> {
  const end = (direction: RawBuilder<unknown>) => sql`
    (select m.date from campaign_metrics as m where m.platform_campaign_id = w.id order by m.date ${direction} limit 1)`;
  const { rows } = await sql<{ first: string | null; last: string | null }>`
    select min(first) as first, max(last) as last
      from (select ${end(sql`asc`)} as first, ${end(sql`desc`)} as last from unnest(${ids}::uuid[]) as w (id)) as d`.execute(
    tx,
  );
  const [row] = rows;
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}

async function readCurrencies(tx: TenantTx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('campaign_metrics')
    .select('currency')
    .distinct()
    .where('platform_campaign_id', 'in', [...ids])
    .execute();
  return rows.map(({ currency }) => currency);
}

async function readRates(
  tx: TenantTx,
  target: string,
  { currencies, range }: { currencies: readonly string[]; range: Range },
): Promise<RateRow[]> {
  const needed = sql`select day::date as date, c.currency
      from unnest(${[...currencies]}::bpchar[]) as c (currency), generate_series(${range.first}::date, ${range.last}::date, '1 day') as day`;
  const [, { rows }] = await Promise.all([planForValues(tx), ratesInto(target, needed).execute(tx)]);
  return rows;
}

/**
 * Campaigns and rates go in as lists, since the planner knows how long those are; behind the policies it expects a handful
 * of figures where half a million come, and would loop over what it should hash.
 */
async function readOne(
  tx: TenantTx,
  wanted: readonly WantedSpend[],
  rates: { own: readonly RateRow[]; total: readonly RateRow[] | null },
): Promise<SpendRow[]> {
  const places = wanted.flatMap(({ platformCampaignIds, ...one }) =>
    platformCampaignIds.map((id) => ({ ...one, id })),
  );
  const isInFlight = sql`m.date between w.first and w.last`;
  const t = rates.total === null ? sql.ref('r') : sql.ref('t');
  const totalRates =
    rates.total === null
      ? sql``
      : sql`left join ${rateTable(rates.total, 't')} on t.date = m.date and t.currency = m.currency`;
  const [, { rows }] = await Promise.all([
    hashing(tx, true),
    sql<SpendRow>`
    with sums as materialized (
      select w.campaign_id, case when m.date between w.through - ${SHAPE_DAYS - 1}::int and w.through then m.date end as recent,
             m.currency,
             sum(m.spend * r.rate) filter (where m.date <= w.through and ${isInFlight}) as spent,
             sum(m.spend * r.rate) filter (where (m.date > w.through or w.through is null) and ${isInFlight}) as spent_after,
             sum(m.spend * r.rate) filter (where not ${isInFlight}) as spent_outside, sum(m.spend * r.rate) as converted,
             sum(m.spend) filter (where r.rate is null and ${isInFlight}) as left_out,
             sum(m.spend * ${t}.rate) as total_spend, sum(m.conversion_value * ${t}.rate) as total_value,
             sum(m.spend * ${t}.rate) filter (where m.conversion_value is not null) as total_spend_of_value,
             sum(m.spend) filter (where ${t}.rate is null) as total_left_out,
             count(*) - count(m.conversion_value) as untold_value, count(*) as rows,
             bool_or(m.source = 'SANDBOX') as is_sandbox, bool_or(r.date is null) as is_unexpected
        from unnest(${places.map(({ id }) => id)}::uuid[], ${places.map(({ campaignId }) => campaignId)}::uuid[],
                    ${places.map(({ through }) => through)}::date[], ${places.map(({ startsOn }) => startsOn ?? '0001-01-01')}::date[],
                    ${places.map(({ endsOn }) => endsOn ?? '9999-12-31')}::date[]) as w (id, campaign_id, through, first, last)
        join campaign_metrics as m on m.platform_campaign_id = w.id
        left join ${rateTable(rates.own, 'r')} on r.date = m.date and r.currency = m.currency
        ${totalRates}
       group by 1, 2, 3
    ),
    days as (
      select campaign_id, string_agg(recent || ' ' || converted, ',' order by recent) as recent
        from (select campaign_id, recent, sum(converted) as converted from sums where recent is not null and converted is not null
               group by campaign_id, recent) as d
       group by campaign_id
    ),
    left_out as (
      select campaign_id, jsonb_object_agg(currency, own) filter (where own is not null) as own,
             jsonb_object_agg(currency, total) filter (where total is not null) as total
        from (select campaign_id, currency, sum(left_out)::text as own, sum(total_left_out)::text as total
                from sums where left_out is not null or total_left_out is not null group by campaign_id, currency) as l
       group by campaign_id
    )
    select s.campaign_id, sum(s.spent) as spent, sum(s.spent_after) as spent_after,
           sum(s.spent_outside) as spent_outside, max(d.recent) as recent,
           (array_agg(l.own))[1] as left_out, sum(s.total_spend) as total_spend, sum(s.total_value) as total_value,
           sum(s.total_spend_of_value) as total_spend_of_value, sum(s.untold_value)::int4 as untold_value,
           sum(s.rows)::int4 as rows, (array_agg(l.total))[1] as total_left_out, bool_or(s.is_sandbox) as is_sandbox,
           bool_or(s.is_unexpected) as is_unexpected
      from sums as s
      left join days as d on d.campaign_id = s.campaign_id
      left join left_out as l on l.campaign_id = s.campaign_id
     group by s.campaign_id`.execute(tx),
    hashing(tx, false),
  ]);
  return rows;
}

function rateTable(rates: readonly RateRow[], name: string): RawBuilder<unknown> {
  return sql`unnest(${rates.map(({ date }) => date)}::date[], ${rates.map(({ currency }) => currency)}::bpchar[],
                    ${rates.map(({ rate }) => rate)}::numeric[]) as ${sql.ref(name)} (date, currency, rate)`;
}

/** Has rows grouped by hashes in memory and not sorted on disk, until it is taken back. */
async function hashing(tx: TenantTx, isOn: boolean): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true),
                   set_config('work_mem', ${isOn ? '64MB' : '4MB'}, true),
                   set_config('enable_sort', ${isOn ? 'off' : 'on'}, true)`.execute(tx);
}
