import { describePair, pegsBetween } from '../fx/rules.ts';
import { extremes, plain } from '../records/decimals.ts';
import { amountWords } from '../records/money.ts';
import type { RateOfDay, SumsRow } from './facts.ts';
import { groupBy, toOwnFigures } from './figures.ts';
import type { FxUse, LeftOut } from './schema.ts';

/** Sums of one currency on one day, with the day's rate. */
export type DayRow = SumsRow & RateOfDay & { date: string };

type RatedRow = Pick<DayRow, 'date' | 'currency' | 'rate' | 'published_on' | 'sources'>;

/** Which rates a converted total took, by currency. The rows are in the order of their days. Pure. */
export function toFxUses(rows: readonly RatedRow[], quote: string): FxUse[] {
  const converted = rows.filter((row): row is RatedRow & { rate: string } => row.rate !== null);
  return [...groupBy(converted, (row) => row.currency)].flatMap(([base, own]) => {
    const [first, last] = [own.at(0), own.at(-1)];
    if (!first || !last) return [];
    const rates = extremes(own.map((row) => row.rate));
    const published = own.flatMap((row) => (row.published_on === null ? [] : [row.published_on])).sort();
    return {
      base,
      quote,
      firstDate: first.date,
      lastDate: last.date,
      minRate: rates?.lowest ?? plain(first.rate),
      maxRate: rates?.highest ?? plain(first.rate),
      firstPublishedOn: published.at(0) ?? null,
      lastPublishedOn: published.at(-1) ?? null,
      sources: [...new Set(own.flatMap((row) => row.sources ?? []))].sort(),
      pegs: pegsBetween(base, quote).map(({ currency, anchor, rate }) => ({ currency, anchor, rate })),
      note: describePair(base, quote),
    };
  });
}

/** What had no rate, by currency, in its own money. The rows are in the order of their days. Pure. */
export function toLeftOut(rows: readonly DayRow[], currency: string): LeftOut[] {
  const without = rows.filter((row) => row.rate === null);
  return [...groupBy(without, (row) => row.currency)].flatMap(([base, own]) => {
    const [first, last] = [own.at(0), own.at(-1)];
    const { spend, conversionValue } = toOwnFigures(own, base);
    if (!first || !last || !spend) return [];
    return {
      currency: base,
      firstDate: first.date,
      lastDate: last.date,
      days: own.length,
      spend,
      conversionValue,
      note: `No rate from ${base} to ${currency} was published within seven days before ${
        own.length === 1 ? 'this day' : 'these days'
      }: ${amountWords(spend.amount, base)} of spend is left out of the total.`,
    };
  });
}
