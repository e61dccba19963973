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
 */
export function ratesInto(currency: string, needed: RawBuilder<unknown>): RawBuilder<RateRow> {
  const to = anchorOf(currency);
  const isBase = to.anchor === BASE;
  // The published day is the target's, except into euro, where it is the source's own.
  const leading = isBase ? sql`n.anchor` : sql`${to.anchor}::bpchar`;
  const dividend = isBase ? sql`1::numeric` : sql`lead.rate`;
  const divisor = isBase ? sql`lead.rate` : sql`coalesce(other.rate, 1)`;
  return sql<RateRow>`
    select n.date, n.currency, published.date as published_on, published.sources,
           case when n.currency = ${currency}::bpchar then 1::numeric
                when n.anchor = ${to.anchor}::bpchar
                  then ${divideSql(sql`${to.factor}`, sql`n.factor`, RATE_DECIMALS)}
                else ${divideSql(
                  sql`published.dividend * ${to.factor}::numeric`,
                  sql`published.divisor * n.factor`,
                  RATE_DECIMALS,
                )} end as rate
      from (select wanted.date, wanted.currency, coalesce(peg.anchor, wanted.currency) as anchor,
                   coalesce(peg.factor, 1) as factor
              from (${needed}) as wanted
              left join (values ${pegRows()}) as peg (currency, anchor, factor) on peg.currency = wanted.currency) as n
      left join lateral (
        select lead.date, array_remove(array[lead.source, other.source], null) as sources,
               ${dividend} as dividend, ${divisor} as divisor
          from fx_rates as lead
          left join fx_rates as other on other.base = ${BASE}::bpchar and other.date = lead.date
           and other.quote = n.anchor and other.quote <> lead.quote
         where lead.base = ${BASE}::bpchar and lead.quote = ${leading}
           and n.anchor <> ${to.anchor}::bpchar
           and lead.date between n.date - ${MAX_RATE_AGE_DAYS}::int and n.date
           and (n.anchor in (lead.quote, ${BASE}::bpchar) or other.rate is not null)
         order by lead.date desc limit 1
      ) as published on true`;
}

function pegRows(): RawBuilder<unknown> {
  return sql.join(
    pegs.map((peg) => sql`(${peg.currency}::bpchar, ${peg.anchor}::bpchar, ${peg.rate}::numeric)`),
  );
}
