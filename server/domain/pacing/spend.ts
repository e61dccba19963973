import { type RawBuilder, sql } from 'kysely';
import { planForSums, planForValues, type TenantTx } from '../../../db/tenant.ts';
import { type RateRow, ratesInto } from '../fx/queries.ts';
import { anchorOf } from '../fx/rules.ts';
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
        {
          currencies,
          own: rates.get(target) ?? [],
          total: rates.get(total) ?? [],
          moving: currencies.filter((code) => moves(code, target) || moves(code, total)),
        },
      ),
    ),
  );
  return answers.flat();
}

/** Whether the rate between two currencies is another one on other days. */
function moves(from: string, to: string): boolean {
  return anchorOf(from).anchor !== anchorOf(to).anchor;
}

/** Rates of each day from the expected currencies into the campaigns' and into the answer's. */
interface TargetRates {
  currencies: readonly string[];
  own: readonly RateRow[];
  total: readonly RateRow[];
  /** Those of the currencies that have a moving rate into either. */
  moving: readonly string[];
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
 * Campaigns and rates go in as lists, since the planner knows how long those are. Money is summed in its own currency
 * first; only what has a moving rate is multiplied row by row. All of it is exact, so the order is free.
 */
async function readOne(
  tx: TenantTx,
  wanted: readonly WantedSpend[],
  rates: TargetRates,
): Promise<SpendRow[]> {
  const places = wanted.flatMap(({ platformCampaignIds, ...one }) =>
    platformCampaignIds.map((id) => ({ ...one, id })),
  );
  const { rows } = await planForSums(tx, () =>
    sql<SpendRow>`
    with wanted as materialized (
      select * from unnest(${places.map(({ id }) => id)}::uuid[], ${places.map(({ campaignId }) => campaignId)}::uuid[],
                           ${places.map(({ through }) => through)}::date[],
                           ${places.map(({ startsOn }) => startsOn ?? '0001-01-01')}::date[],
                           ${places.map(({ endsOn }) => endsOn ?? '9999-12-31')}::date[])
        as w (id, campaign_id, through, first, last)
    ),
    plain as materialized (${plainSql}),
    sums as materialized (${convertedSql(rates)}),
    days as (${recentSql(rates.own)}),
    left_out as (
      select campaign_id, jsonb_object_agg(currency, own) filter (where own is not null) as own,
             jsonb_object_agg(currency, total) filter (where total is not null) as total
        from (select campaign_id, currency, sum(left_out)::text as own, sum(total_left_out)::text as total
                from sums where left_out is not null or total_left_out is not null group by campaign_id, currency) as l
       group by campaign_id
    ),
    counts as (
      select campaign_id, sum(untold_value)::int4 as untold_value, sum(rows)::int4 as rows, bool_or(is_sandbox) as is_sandbox,
             bool_or(currency <> all (${rates.currencies}::bpchar[])) as is_unexpected
        from plain group by campaign_id
    )
    select s.campaign_id, sum(s.spent) as spent, sum(s.spent_after) as spent_after,
           sum(s.spent_outside) as spent_outside, max(d.recent) as recent, (array_agg(l.own))[1] as left_out, sum(s.total_spend) as total_spend, sum(s.total_value) as total_value,
           sum(s.total_spend_of_value) as total_spend_of_value, max(c.untold_value) as untold_value, max(c.rows) as rows,
           (array_agg(l.total))[1] as total_left_out, bool_or(c.is_sandbox) as is_sandbox,
           bool_or(c.is_unexpected) as is_unexpected
      from sums as s
      join counts as c on c.campaign_id = s.campaign_id
      left join days as d on d.campaign_id = s.campaign_id
      left join left_out as l on l.campaign_id = s.campaign_id
     group by s.campaign_id`.execute(tx),
  );
  return rows;
}

/** Where a day `m` is within, of what is wanted `w`. */
const isCovered = sql`m.date <= w.through and m.date between w.first and w.last`;
const isAfter = sql`(m.date > w.through or w.through is null) and m.date between w.first and w.last`;
const isOutside = sql`m.date not between w.first and w.last`;

/** What is summed in its own money, per platform campaign and currency. */
const plainSql = sql`
  select w.id, w.campaign_id, w.through, w.first, w.last, m.currency,
         sum(m.spend) filter (where ${isCovered}) as spent, sum(m.spend) filter (where ${isAfter}) as spent_after,
         sum(m.spend) filter (where ${isOutside}) as spent_outside,
         sum(m.spend) as spend, sum(m.conversion_value) as value,
         sum(m.spend) filter (where m.conversion_value is not null) as spend_of_value,
         count(*) - count(m.conversion_value) as untold_value, count(*) as rows, bool_or(m.source = 'SANDBOX') as is_sandbox
    from wanted as w
    join campaign_metrics as m on m.platform_campaign_id = w.id
   group by w.id, w.campaign_id, w.through, w.first, w.last, m.currency`;

/** The same in the campaign's currency and in that of the answer: by a rate of all days, or day by day. */
function convertedSql({ own, total, moving }: TargetRates): RawBuilder<unknown> {
  const isMoving = sql`w.currency = any (${moving}::bpchar[])`;
  return sql`
    select w.campaign_id, w.currency, w.spent * r.rate as spent, w.spent_after * r.rate as spent_after,
           w.spent_outside * r.rate as spent_outside, null::numeric as left_out, w.spend * t.rate as total_spend,
           w.value * t.rate as total_value, w.spend_of_value * t.rate as total_spend_of_value,
           null::numeric as total_left_out
      from plain as w
      left join ${rateTable(oneEach(own), 'r')} on r.currency = w.currency
      left join ${rateTable(oneEach(total), 't')} on t.currency = w.currency
     where not ${isMoving}
    union all
    select w.campaign_id, w.currency, sum(m.spend * r.rate) filter (where ${isCovered}),
           sum(m.spend * r.rate) filter (where ${isAfter}), sum(m.spend * r.rate) filter (where ${isOutside}),
           sum(m.spend) filter (where r.rate is null and not (${isOutside})), sum(m.spend * t.rate),
           sum(m.conversion_value * t.rate), sum(m.spend * t.rate) filter (where m.conversion_value is not null),
           sum(m.spend) filter (where t.rate is null)
      from plain as w
      join campaign_metrics as m on m.platform_campaign_id = w.id and m.currency = w.currency
      left join ${rateTable(own, 'r')} on r.date = m.date and r.currency = m.currency
      left join ${rateTable(total, 't')} on t.date = m.date and t.currency = m.currency
     where ${isMoving}
     group by w.campaign_id, w.currency`;
}

/** The last days through `through`, in the campaign's currency. */
function recentSql(own: readonly RateRow[]): RawBuilder<unknown> {
  return sql`
    select campaign_id, string_agg(date || ' ' || spent, ',' order by date) as recent
      from (select w.campaign_id, m.date, sum(m.spend * r.rate) as spent
              from wanted as w
              join campaign_metrics as m
                on m.platform_campaign_id = w.id and m.date between w.through - ${SHAPE_DAYS - 1}::int and w.through
              join ${rateTable(own, 'r')} on r.date = m.date and r.currency = m.currency
             where r.rate is not null
             group by w.campaign_id, m.date) as d
     group by campaign_id`;
}

/** One rate of each currency, for those whose rate is the same on all days. */
function oneEach(rates: readonly RateRow[]): RateRow[] {
  return [...new Map(rates.map((rate) => [rate.currency, rate])).values()];
}

function rateTable(rates: readonly RateRow[], name: string): RawBuilder<unknown> {
  return sql`unnest(${rates.map(({ date }) => date)}::date[], ${rates.map(({ currency }) => currency)}::bpchar[],
                    ${rates.map(({ rate }) => rate)}::numeric[]) as ${sql.ref(name)} (date, currency, rate)`;
}
