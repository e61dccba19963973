import { Big } from 'big.js';
import { type RawBuilder, sql } from 'kysely';

/**
 * Exact division, once: a TypeScript form and an SQL form that agree to the last digit. Both round half away from zero.
 * Nothing here passes through a float.
 */

const constructors = new Map<number, typeof Big>();

/** `dividend / divisor` rounded to `decimals`, without trailing zeros; null where either is unknown or the divisor is 0. */
export function divide(
  dividend: Big.BigSource | null,
  divisor: Big.BigSource | null,
  decimals: number,
): string | null {
  if (dividend === null || divisor === null) return null;
  const by = new Big(divisor);
  if (by.eq(0)) return null;
  const Quotient = quotientOf(decimals);
  return new Quotient(dividend).div(by).toFixed();
}

/** The SQL twin of `divide`; both operands are numeric expressions. */
export function divideSql(
  dividend: RawBuilder<unknown>,
  divisor: RawBuilder<unknown>,
  decimals: number,
): RawBuilder<string | null> {
  // PostgreSQL rounds a quotient to the larger scale of its operands: 40 digits keep that first rounding from moving
  // the second one for any amounts and rates that the columns can hold.
  return sql<
    string | null
  >`round(round((${dividend})::numeric, 40) / nullif((${divisor})::numeric, 0), ${decimals}::int)`;
}

/** A decimal without trailing zeros and exponents: "12.500000" reads "12.5". */
export function plain(value: Big.BigSource): string {
  return new Big(value).toFixed();
}

function quotientOf(decimals: number): typeof Big {
  let Quotient = constructors.get(decimals);
  if (!Quotient) {
    Quotient = Big();
    Quotient.DP = decimals;
    Quotient.RM = 1; // half up by magnitude, as PostgreSQL's round(numeric)
    constructors.set(decimals, Quotient);
  }
  return Quotient;
}
