import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { type TenantTx, withTenant } from '../../db/tenant.ts';
import { divide, divideSql, plain } from '../../server/domain/records/decimals.ts';
import { type Sums, toFrequency, toRatios } from '../../server/domain/metrics/rules.ts';
import { ratiosSql } from '../../server/domain/metrics/sql.ts';
import { useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();
let db: Database;
beforeAll(() => {
  db = openDatabase({ url: database().appUrl, name: 'test-app', maxConnections: 2 });
});
afterAll(() => db.close());

const nobody = {
  organizationId: '00000000-0000-7000-8000-000000000000',
  userId: null,
  reach: 'all' as const,
  brandIds: [],
};
const inDatabase = <T>(work: (tx: TenantTx) => Promise<T>) => withTenant(db, nobody, 'read', work);

/** An amount as it may be summed: signed, with as many decimals as a converted one has. */
const amount = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 14n }), fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }))
  .chain(([isCredit, whole, part]) =>
    fc
      .constantFrom(0, 2, 6, 18)
      .map(
        (decimals) =>
          `${isCredit ? '-' : ''}${whole}${decimals ? `.${part.toString().padStart(18, '0').slice(0, decimals)}` : ''}`,
      ),
  );
const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1000 }), fc.maxSafeNat());
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 6 });

const sums: fc.Arbitrary<Sums> = fc.record({
  spend: maybe(amount),
  conversionValue: maybe(amount),
  impressions: maybe(count),
  clicks: maybe(count),
  conversions: maybe(fc.oneof(fc.constant('0'), amount)),
  spendOfConversions: maybe(amount),
  spendOfValue: maybe(fc.oneof(fc.constant('0'), amount)),
});

describe('a ratio', () => {
  test('is computed from sums', () => {
    const of = { spend: '10', impressions: 3000, clicks: 7, conversions: '1.5', conversionValue: '45' };
    expect(toRatios({ ...of, spendOfConversions: '10', spendOfValue: '10' })).toEqual({
      cpm: '3.333333',
      cpc: '1.428571',
      ctr: '0.002333',
      cpa: '6.666667',
      roas: '4.5',
    });
    expect(toFrequency(3000, 1200)).toBe('2.5');
  });

  test('of conversions is made of the spend of the rows that tell them', () => {
    const of = { spend: '30', impressions: 1, clicks: 1, conversions: '4', conversionValue: '45' };
    const { cpa, roas, cpc } = toRatios({ ...of, spendOfConversions: '10', spendOfValue: '20' });
    expect({ cpa, roas, cpc }).toEqual({ cpa: '2.5', roas: '2.25', cpc: '30' });
  });

  test('of a zero divisor or an unknown part is null: never 0, NaN or Infinity', () => {
    const zero = {
      ...{ spend: '0', impressions: 0, clicks: 0, conversions: '0.000000', conversionValue: '5' },
      ...{ spendOfConversions: '0', spendOfValue: '0' },
    };
    const none = { cpm: null, cpc: null, ctr: null, cpa: null, roas: null };
    expect(toRatios(zero)).toEqual(none);
    const unknown = {
      spend: null,
      impressions: null,
      clicks: null,
      conversions: null,
      conversionValue: null,
      spendOfConversions: null,
      spendOfValue: null,
    };
    expect(toRatios(unknown)).toEqual(none);
    expect([toFrequency(5, 0), toFrequency(5, null), toFrequency(null, 5)]).toEqual([null, null, null]);
  });

  test('rounds half away from zero, credits alike', () => {
    expect([divide('1', '2000000', 6), divide('-1', '2000000', 6)]).toEqual(['0.000001', '-0.000001']);
    expect(divide('0.000000499999999999', '1', 6)).toBe('0');
  });

  test('is the same in TypeScript and in SQL, to the last digit', async () => {
    await inDatabase((tx) =>
      fc.assert(
        fc.asyncProperty(sums, async (given) => {
          const ratios = ratiosSql({
            spend: sql`${given.spend}::numeric`,
            conversionValue: sql`${given.conversionValue}::numeric`,
            impressions: sql`${given.impressions}::int8`,
            clicks: sql`${given.clicks}::int8`,
            conversions: sql`${given.conversions}::numeric`,
            spendOfConversions: sql`${given.spendOfConversions}::numeric`,
            spendOfValue: sql`${given.spendOfValue}::numeric`,
          });
          const { rows } = await sql<Record<string, string | null>>`
            select ${ratios.cpm} as cpm, ${ratios.cpc} as cpc, ${ratios.ctr} as ctr, ${ratios.cpa} as cpa,
                   ${ratios.roas} as roas`.execute(tx);
          const read = Object.entries(rows[0] ?? {}).map(([name, value]) => [
            name,
            value === null ? null : plain(value),
          ]);
          expect(Object.fromEntries(read)).toEqual(toRatios(given));
        }),
        { numRuns: 500 },
      ),
    );
  });

  test('is the same on the ties that a float would miss', async () => {
    // n/2·10⁻⁶ lies exactly between two answers of six decimals.
    const tie = fc.record({ odd: fc.integer({ min: -1_000_000, max: 1_000_000 }), by: fc.nat(50) });
    await inDatabase((tx) =>
      fc.assert(
        fc.asyncProperty(tie, async ({ odd, by }) => {
          const divisor = String((by + 1) * 2_000_000);
          const dividend = String((odd * 2 + 1) * (by + 1));
          const quotient = divideSql(sql`${dividend}::numeric`, sql`${divisor}::numeric`, 6);
          const { rows } = await sql<{ value: string }>`select ${quotient} as value`.execute(tx);
          expect(plain(rows[0]?.value ?? '')).toBe(divide(dividend, divisor, 6));
        }),
        { numRuns: 200 },
      ),
    );
  });
});
