import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { type TenantTx, withTenant } from '../../db/tenant.ts';
import { type RateRow, ratesInto } from '../../server/domain/fx/queries.ts';
import { describePair, type PublishedRate, rateOn } from '../../server/domain/fx/rules.ts';
import { plain } from '../../server/domain/records/decimals.ts';
import { useTestDatabase } from '../support/database.ts';

const published = (date: string, quotes: Record<string, string>): PublishedRate[] =>
  Object.entries(quotes).map(([quote, rate]) => ({ date, quote, rate, source: `bank of ${quote}` }));

// Thursday 5 and Friday 6 March 2026, and a Tuesday; the zloty is missing once.
const rates: PublishedRate[] = [
  ...published('2026-03-05', { USD: '1.10', JPY: '160', GBP: '0.8', PLN: '4.25', IDR: '20082.05' }),
  ...published('2026-03-06', { USD: '1.12', JPY: '161.5', GBP: '0.85' }),
  ...published('2026-03-17', { USD: '1.13', JPY: '163', GBP: '0.87', PLN: '4.3', IDR: '20100' }),
];

const rate = (from: string, to: string, on: string) => rateOn({ from, to }, on, rates)?.rate ?? null;

describe('a rate', () => {
  test('between one currency and itself is exactly 1 on any day', () => {
    expect(rateOn({ from: 'KWD', to: 'KWD' }, '1999-01-01', [])).toEqual({
      rate: '1',
      publishedOn: null,
      sources: [],
    });
    expect(describePair('KWD', 'KWD')).toBe('The same currency: exactly 1.');
  });

  test('to a pegged currency is the peg, on any day, and says so', () => {
    expect(rate('USD', 'AED', '2020-01-01')).toBe('3.6725');
    expect(rate('AED', 'USD', '2020-01-01')).toBe('0.272294077603812117');
    expect(rate('SAR', 'AED', '2020-01-01')).toBe('0.979333333333333333');
    expect(describePair('SAR', 'AED')).toBe(
      'The UAE dirham is pegged at 3.6725 AED for 1 USD, and the Saudi riyal is pegged at 3.75 SAR for 1 USD.',
    );
  });

  test('goes through the euro, and through the dollar where there is a peg', () => {
    expect(rate('EUR', 'USD', '2026-03-05')).toBe('1.1');
    expect(rate('USD', 'EUR', '2026-03-06')).toBe('0.892857142857142857');
    expect(rate('GBP', 'USD', '2026-03-05')).toBe('1.375');
    expect(rate('EUR', 'AED', '2026-03-05')).toBe('4.03975');
    expect(rate('GBP', 'AED', '2026-03-05')).toBe('5.0496875');
    expect(describePair('EUR', 'AED')).toBe(
      'Published rates of the day; the UAE dirham is pegged at 3.6725 AED for 1 USD.',
    );
  });

  test('at the weekend is Friday’s', () => {
    expect(rateOn({ from: 'GBP', to: 'USD' }, '2026-03-08', rates)).toEqual({
      rate: '1.317647058823529412',
      publishedOn: '2026-03-06',
      sources: ['bank of GBP', 'bank of USD'],
    });
  });

  test('is seven days old at most; after that there is none, and never a silent 1', () => {
    expect(rate('EUR', 'USD', '2026-03-13')).toBe('1.12');
    expect(rate('EUR', 'USD', '2026-03-14')).toBeNull();
    expect(rate('EUR', 'USD', '2026-03-04')).toBeNull();
  });

  test('of a currency that nobody publishes does not exist', () => {
    expect(['AED', 'USD', 'EUR'].map((to) => rate('KWD', to, '2026-03-05'))).toEqual([null, null, null]);
  });

  test('takes both sides from one day', () => {
    expect(rateOn({ from: 'PLN', to: 'USD' }, '2026-03-06', rates)).toMatchObject({
      publishedOn: '2026-03-05',
    });
    expect(rateOn({ from: 'USD', to: 'PLN' }, '2026-03-06', rates)).toMatchObject({
      publishedOn: '2026-03-05',
    });
  });
});

describe('the query for many days', () => {
  const database = useTestDatabase();
  let db: Database;
  beforeAll(async () => {
    db = openDatabase({ url: database().appUrl, name: 'test-app', maxConnections: 2 });
    const owner = openDatabase({ url: database().ownerUrl, name: 'test-owner', maxConnections: 1 });
    await owner.pool.query(
      `insert into fx_rates (date, base, quote, rate, source)
       select date, 'EUR', quote, rate, source from json_to_recordset($1) as r (date date, quote text, rate numeric, source text)`,
      [JSON.stringify(rates)],
    );
    await owner.close();
  });
  afterAll(() => db.close());

  const inDatabase = <T>(work: (tx: TenantTx) => Promise<T>) =>
    withTenant(
      db,
      { organizationId: '00000000-0000-7000-8000-000000000000', userId: null, reach: 'all', brandIds: [] },
      'read',
      work,
    );

  const currency = fc.constantFrom('EUR', 'USD', 'AED', 'SAR', 'BHD', 'JPY', 'GBP', 'PLN', 'IDR', 'KWD');
  const day = fc
    .integer({ min: 0, max: 30 })
    .map((offset) => new Date(Date.UTC(2026, 2, 1 + offset)).toISOString().slice(0, 10));

  test('gives each day and currency the rate that the rules give', async () => {
    const needed = fc.uniqueArray(fc.record({ date: day, currency }), {
      minLength: 1,
      maxLength: 40,
      selector: (item) => item.date + item.currency,
    });
    await inDatabase((tx) =>
      fc.assert(
        fc.asyncProperty(needed, currency, async (wanted, to) => {
          const list = sql`select date, currency from json_to_recordset(${JSON.stringify(wanted)}::json)
                             as w (date date, currency char(3))`;
          const { rows } = await ratesInto(to, list).execute(tx);
          const read = new Map(rows.map((row) => [row.date + row.currency, fromRow(row)]));
          expect(rows.length).toBe(wanted.length);
          for (const item of wanted) {
            expect(read.get(item.date + item.currency)).toEqual(
              rateOn({ from: item.currency, to }, item.date, rates),
            );
          }
        }),
        { numRuns: 150 },
      ),
    );
  });
});

function fromRow(row: RateRow) {
  if (row.rate === null) return null;
  const sources = [...new Set(row.sources ?? [])].sort();
  return { rate: plain(row.rate), publishedOn: row.published_on, sources };
}
