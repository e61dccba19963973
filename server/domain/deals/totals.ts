import { Big } from 'big.js';
import { type RawBuilder, sql } from 'kysely';
import { planForValues, type TenantTx } from '../../../db/tenant.ts';
import { ratesInto } from '../fx/queries.ts';
import { round } from '../records/decimals.ts';
import { toAmount } from '../records/money.ts';
import { agencyToday } from './commands.ts';
import type { matchingDeals } from './queries.ts';
import type { CurrencySum, DealTotals } from './schema.ts';

/** Decimals of a converted or weighted amount: it is rounded once, when it is answered. */
const DECIMALS = 6;

/** The sums of some deals of one group and one currency; the converted ones are null where there is no rate. */
export interface TotalsRow {
  currency: string | null;
  count: number;
  /** How many of them have an amount. */
  priced: number;
  amount: string | null;
  /** Each amount times its deal's probability. */
  weighted: string | null;
  converted: string | null;
  converted_weighted: string | null;
  /** What had no rate. */
  unrated: string | null;
  unrated_count: number;
  /** The first and the last day of publication of the rates. */
  rates_from: string | null;
  rates_to: string | null;
}

export interface TotalsRequest {
  matching: ReturnType<typeof matchingDeals>;
  /** What the sums are told apart by: an expression over deals for each name. */
  keys: Readonly<Record<string, RawBuilder<unknown>>>;
  /** What the sums are converted into. */
  currency: string;
  /** What each deal counts with; its amount unless said. */
  amount?: RawBuilder<unknown>;
}

/**
 * The sums of the deals that match, by group and currency. An open deal is converted at the rate of the agency's today,
 * a closed one at that of its closing day. Everything is exact; a currency without a rate is never taken for another.
 */
export async function readTotals<Keys extends Record<string, unknown>>(
  tx: TenantTx,
  request: TotalsRequest,
): Promise<(TotalsRow & Keys)[]> {
  const { currency } = request;
  const names = sql.join(Object.keys(request.keys).map((name) => sql.ref(`g.${name}`)));
  const factor = sql`case when g.currency = ${currency}::bpchar then 1 else r.rate end`;
  const [, { rows }] = await Promise.all([
    planForValues(tx),
    sql<TotalsRow & Keys>`
    with today as materialized (select ${agencyToday} as day),
    grouped as materialized (${groupsOf(request)}),
    rates as materialized (${ratesInto(
      currency,
      sql`select distinct rate_on as date, currency from grouped
        where rate_on is not null and currency is not null and currency <> ${currency}::bpchar`,
    )})
    select ${names}, g.currency, sum(g.count)::int4 as count, sum(g.priced)::int4 as priced,
           sum(g.amount) as amount, sum(g.weighted) as weighted,
           sum(g.amount * ${factor}) as converted, sum(g.weighted * ${factor}) as converted_weighted,
           sum(g.amount) filter (where ${factor} is null) as unrated,
           coalesce(sum(g.priced) filter (where ${factor} is null), 0)::int4 as unrated_count,
           min(r.published_on)::text as rates_from, max(r.published_on)::text as rates_to
      from grouped as g
      left join rates as r on r.date = g.rate_on and r.currency = g.currency
     group by ${names}, g.currency`.execute(tx),
  ]);
  return rows;
}

function groupsOf({ matching, keys, amount = sql`deals.amount` }: TotalsRequest) {
  const rateOn = sql`case when deals.stage = 'CLOSED' then deals.closed_on else (select day from today) end`;
  // By the names of the answer: as an expression, what holds a sub-select would not be known again.
  const groups = [...Object.keys(keys), 'currency', 'rate_on'];
  return matching
    .select(Object.entries(keys).map(([name, key]) => key.as(name)))
    .select(['deals.currency', rateOn.as('rate_on')])
    .select(sql<number>`count(*)`.as('count'))
    .select(sql<number>`count(deals.amount)`.as('priced'))
    .select(sql<string | null>`sum(${amount})`.as('amount'))
    .select(sql<string | null>`sum(${amount} * deals.probability) * 0.01`.as('weighted'))
    .groupBy(groups.map((name) => sql`${sql.ref(name)}`));
}

/** The count of some groups and their sums, one a currency. */
export function totalsOf(groups: readonly Pick<TotalsRow, 'currency' | 'count' | 'priced' | 'amount'>[]): {
  count: number;
  sums: CurrencySum[];
} {
  return {
    count: groups.reduce((count, group) => count + group.count, 0),
    sums: sumsOf(groups.map(({ currency, amount, priced }) => ({ currency, amount, count: priced }))),
  };
}

/** The same, and what they come to in one currency. */
export function dealTotalsOf(groups: readonly TotalsRow[], currency: string): DealTotals {
  const days = groups
    .flatMap((group) => [group.rates_from, group.rates_to].filter((day) => day !== null))
    .sort();
  const [from, to] = [days[0], days.at(-1)];
  return {
    ...totalsOf(groups),
    converted: {
      currency,
      amount: addedUp(
        groups.map((group) => group.converted),
        currency,
      ),
      weighted: addedUp(
        groups.map((group) => group.converted_weighted),
        currency,
      ),
      leftOut: sumsOf(
        groups.map((group) => ({
          currency: group.currency,
          amount: group.unrated,
          count: group.unrated_count,
        })),
      ),
      rates: from !== undefined && to !== undefined ? { from, to } : null,
    },
  };
}

function addedUp(amounts: readonly (string | null)[], currency: string): string | null {
  const known = amounts.filter((amount) => amount !== null);
  if (known.length === 0) return null;
  const sum = known.reduce((total, amount) => total.plus(amount), new Big(0));
  return toAmount(round(sum.toFixed(), DECIMALS), currency);
}

interface Part {
  currency: string | null;
  amount: string | null;
  count: number;
}

function sumsOf(parts: readonly Part[]): CurrencySum[] {
  const sums = new Map<string, { amount: Big; count: number }>();
  for (const { currency, amount, count } of parts) {
    if (currency === null || amount === null) continue;
    const sum = sums.get(currency) ?? { amount: new Big(0), count: 0 };
    sums.set(currency, { amount: sum.amount.plus(amount), count: sum.count + count });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({
      amount: toAmount(sum.amount.toFixed(), currency),
      currency,
      count: sum.count,
    }));
}
