import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import pg from 'pg';

const FILE = new URL('data/fx/ecb-eurofxref-2024-on.csv', import.meta.url);
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const CURRENCY = /^[A-Z]{3}$/;

/** As the ECB's own feed is named where it is fetched; see LICENSE.txt beside the file. */
const SOURCE = 'ECB';

interface Rates {
  dates: string[];
  quotes: string[];
  rates: string[];
}

/**
 * Puts the published euro reference rates that the product ships with into a database, as its owner. A rate that is
 * there already stays as it is, so it may run at every start. Returns how many were new.
 */
export async function seedRates(ownerUrl: string): Promise<number> {
  const { dates, quotes, rates } = readRates(await readFile(FILE, 'utf8'));
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'spokestack-seed' });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `insert into fx_rates (date, base, quote, rate, source)
       select date, 'EUR', quote, rate, $4
         from unnest($1::date[], $2::text[], $3::numeric[]) as published (date, quote, rate)
       on conflict (base, quote, date) do nothing`,
      [dates, quotes, rates, SOURCE],
    );
    return rowCount ?? 0;
  } finally {
    await client.end();
  }
}

/** One line a day and one column a currency; N/A where none was published. */
function readRates(file: string): Rates {
  const [header = [], ...lines] = parse(file);
  const columns = header.flatMap((currency, index) => (CURRENCY.test(currency) ? [{ currency, index }] : []));
  const result: Rates = { dates: [], quotes: [], rates: [] };
  for (const line of lines) {
    const date = line[0] ?? '';
    if (!DATE.test(date)) throw new Error(`The seeded rates hold a line without a date: ${date}`);
    for (const { currency, index } of columns) {
      const rate = line[index] ?? '';
      if (!/^\d+(\.\d+)?$/.test(rate)) continue;
      result.dates.push(date);
      result.quotes.push(currency);
      result.rates.push(rate);
    }
  }
  return result;
}
