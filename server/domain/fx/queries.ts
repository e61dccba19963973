import { type RawBuilder, sql } from 'kysely';
import { divideSql } from '../records/decimals.ts';
import { anchorOf, BASE, MAX_RATE_AGE_DAYS, pegs, RATE_DECIMALS } from './rules.ts';

/** One row of `ratesInto`. */
export interface RateRow {
  date: string;
  currency: string;
  /** Units of the target for one unit of the currency; null: there is none for that day. */
  rate: string | null;
  published_on: string | null;
  sources: string[] | null;
}

/**
 * A query that gives each (date, currency) of `needed` its rate into one currency: date, currency, rate, published_on,
 * sources. Every needed pair has exactly one row. The twin of `rateOn` in rules.ts.
 *
 * Each publication is laid out over the days that it is good for, so that days and rates meet by equality: a look-up
 * per day leaves the plan to guesses, and a wrong one costs a scan of the rates for every day.
 */
export function ratesInto(currency: string, needed: RawBuilder<unknown>): RawBuilder<RateRow> {
  const to = anchorOf(currency);
  return sql<RateRow>`
    with wanted as (
      select n.date, n.currency, coalesce(peg.anchor, n.currency) as anchor, coalesce(peg.factor, 1) as factor
        from (${needed}) as n
        left join (values ${pegRows()}) as peg (currency, anchor, factor) on peg.currency = n.currency
    ),
    legs as (
      select f.date, f.quote, f.rate, f.source
        from fx_rates as f
       where f.base = ${BASE}::bpchar
         and f.quote = any (array(select distinct anchor from wanted) || ${to.anchor}::bpchar)
         and f.date between (select min(date) from wanted) - ${MAX_RATE_AGE_DAYS}::int and (select max(date) from wanted)
    ),
    crossed as (${crossed(to.anchor)}),
    daily as (
      select c.*, c.published_on + age as day
        from (select *, lead(published_on) over (partition by anchor order by published_on) as next_on from crossed) as c,
             generate_series(0, least(${MAX_RATE_AGE_DAYS}::int, c.next_on - c.published_on - 1)) as age
    )
    select w.date, w.currency, d.published_on, d.sources,
           case when w.currency = ${currency}::bpchar then 1::numeric
                when w.anchor = ${to.anchor}::bpchar then ${rate(sql`${to.factor}`, sql`w.factor`)}
                else ${rate(sql`d.dividend * ${to.factor}::numeric`, sql`d.divisor * w.factor`)} end as rate
      from wanted as w
      left join daily as d on d.anchor = w.anchor and d.day = w.date and w.anchor <> ${to.anchor}::bpchar`;
}

/** What one unit of each anchor costs in the target, as a fraction, on each day on which both sides were published. */
function crossed(target: string): RawBuilder<unknown> {
  if (target === BASE) {
    return sql`
      select date as published_on, quote as anchor, 1::numeric as dividend, rate as divisor, array[source] as sources
        from legs`;
  }
  return sql`
    select t.date as published_on, s.quote as anchor, t.rate as dividend, s.rate as divisor,
           array[t.source, s.source] as sources
      from legs as t
      join legs as s on s.date = t.date and s.quote <> t.quote
     where t.quote = ${target}::bpchar
    union all
    select t.date, ${BASE}::bpchar, t.rate, 1::numeric, array[t.source]
      from legs as t
     where t.quote = ${target}::bpchar`;
}

function rate(dividend: RawBuilder<unknown>, divisor: RawBuilder<unknown>): RawBuilder<string | null> {
  return divideSql(dividend, divisor, RATE_DECIMALS);
}

function pegRows(): RawBuilder<unknown> {
  return sql.join(
    pegs.map((peg) => sql`(${peg.currency}::bpchar, ${peg.anchor}::bpchar, ${peg.rate}::numeric)`),
  );
}
