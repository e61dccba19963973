import { Big } from 'big.js';
import { type RawBuilder, sql } from 'kysely';

/**
 * Exact sums, division and rounding, once: division has an SQL form too, and the two agree to the last digit. All round
 * half away from zero. Nothing here passes through a float; the digits are a bigint, since a year of days asks for
 * thousands of quotients and big.js takes ten times as long.
 */

/** `units` times ten to the power of minus `scale`. */
interface Decimal {
  units: bigint;
  scale: number;
}

/** `dividend / divisor` rounded to `decimals`, without trailing zeros; null where either is unknown or the divisor is 0. */
export function divide(
  dividend: Big.BigSource | null,
  divisor: Big.BigSource | null,
  decimals: number,
): string | null {
  if (dividend === null || divisor === null) return null;
  const by = read(divisor);
  if (by.units === 0n) return null;
  const of = read(dividend);
  const units = quotient(of.units * tenTo(by.scale + decimals), by.units * tenTo(of.scale));
  return write({ units, scale: decimals });
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

/** The exact sum of what is known, without trailing zeros; null where nothing is. */
export function sum(values: Iterable<string | null>): string | null {
  let total: Decimal | null = null;
  for (const value of values) {
    if (value === null) continue;
    const next = read(value);
    total = total === null ? next : add(total, next);
  }
  return total === null ? null : write(total);
}

/** The exact difference, without trailing zeros. */
export function subtract(from: Big.BigSource, value: Big.BigSource): string {
  const { units, scale } = read(value);
  return write(add(read(from), { units: -units, scale }));
}

/** The exact product, without trailing zeros. */
export function product(values: readonly Big.BigSource[]): string {
  return write(
    values.map(read).reduce((a, b) => ({ units: a.units * b.units, scale: a.scale + b.scale }), {
      units: 1n,
      scale: 0,
    }),
  );
}

/** A decimal rounded to at most this many places, without trailing zeros. */
export function round(value: Big.BigSource, decimals: number): string {
  const { units, scale } = read(value);
  if (scale <= decimals) return write({ units, scale });
  return write({ units: quotient(units, tenTo(scale - decimals)), scale: decimals });
}

/** The value times ten to the power of `places`. */
export function shift(value: Big.BigSource, places: number): string {
  const { units, scale } = read(value);
  return write({ units: units * tenTo(places), scale });
}

/** The smallest and the largest of these; null where there is none. */
export function extremes(values: readonly string[]): { lowest: string; highest: string } | null {
  let range: { lowest: Decimal; highest: Decimal } | null = null;
  for (const value of values) {
    const next = read(value);
    range = {
      lowest: range && isLess(range.lowest, next) ? range.lowest : next,
      highest: range && isLess(next, range.highest) ? range.highest : next,
    };
  }
  return range && { lowest: write(range.lowest), highest: write(range.highest) };
}

/** Below 0 where the first is smaller, above 0 where it is larger. */
export function compareDecimals(a: Big.BigSource, b: Big.BigSource): number {
  const [left, right] = [read(a), read(b)];
  return isLess(left, right) ? -1 : isLess(right, left) ? 1 : 0;
}

/** A decimal without trailing zeros and exponents: "12.500000" reads "12.5". */
export function plain(value: Big.BigSource): string {
  return write(read(value));
}

const WRITTEN = /^-?\d+(\.\d+)?$/;

function read(source: Big.BigSource): Decimal {
  const given = String(source);
  const text = WRITTEN.test(given) ? given : new Big(source).toFixed();
  const point = text.indexOf('.');
  if (point < 0) return { units: BigInt(text), scale: 0 };
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

function write({ units, scale }: Decimal): string {
  if (scale === 0) return units.toString();
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  let end = digits.length;
  const point = digits.length - scale;
  while (end > point && digits.charCodeAt(end - 1) === 48) end -= 1;
  const whole = digits.slice(0, point);
  return `${units < 0n ? '-' : ''}${whole}${end > point ? `.${digits.slice(point, end)}` : ''}`;
}

function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: a.units * tenTo(scale - a.scale) + b.units * tenTo(scale - b.scale), scale };
}

function isLess(a: Decimal, b: Decimal): boolean {
  return a.units * tenTo(b.scale) < b.units * tenTo(a.scale);
}

/** Half away from zero. */
function quotient(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n !== divisor < 0n;
  const of = dividend < 0n ? -dividend : dividend;
  const by = divisor < 0n ? -divisor : divisor;
  const size = (of * 2n + by) / (by * 2n);
  return isNegative ? -size : size;
}

const powers: bigint[] = [];

function tenTo(exponent: number): bigint {
  return (powers[exponent] ??= 10n ** BigInt(exponent));
}
