import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { seedRates } from '../../db/seed/fx-rates.ts';
import { useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();

async function select(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database().ownerUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('the seeded rates are every published number of the file, once', async () => {
  const file = await readFile(
    new URL('../../db/seed/data/fx/ecb-eurofxref-2024-on.csv', import.meta.url),
    'utf8',
  );
  const numbers =
    file
      .split('\n')
      .slice(1)
      .join(',')
      .match(/(?<=,)\d+(\.\d+)?(?=,)/g) ?? [];
  expect(await seedRates(database().ownerUrl)).toBe(numbers.length);
  expect(await seedRates(database().ownerUrl)).toBe(0);
  expect(
    await select(`select min(date)::text, max(date)::text, count(distinct source)::int as sources,
                         count(distinct base)::int as bases from fx_rates`),
  ).toEqual([{ min: '2024-01-02', max: '2026-04-13', sources: 1, bases: 1 }]);
});

test('a seeded rate keeps every digit, and what was not published is no row', async () => {
  expect(await select(`select rate::text from fx_rates where quote = 'USD' and date = '2026-04-13'`)).toEqual(
    [{ rate: '1.1684000000' }],
  );
  expect(
    await select(`select count(*)::int from fx_rates where quote in ('AED', 'SAR', 'KWD', 'HRK')`),
  ).toEqual([{ count: 0 }]);
});

test('a rate that is there already stays as it is', async () => {
  await select(`update fx_rates set rate = 9, source = 'other' where quote = 'USD' and date = '2026-04-13'`);
  await seedRates(database().ownerUrl);
  expect(
    await select(`select rate::float, source from fx_rates where quote = 'USD' and date = '2026-04-13'`),
  ).toEqual([{ rate: 9, source: 'other' }]);
});
