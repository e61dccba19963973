import type { Figure } from './format.ts';

interface Scaled {
  digits: bigint;
  decimals: number;
}

const pattern = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** A decimal number as whole digits and how many of them stand behind the point. */
function toScaled(value: string | number | bigint): Scaled {
  const match = pattern.exec(String(value));
  if (!match) throw new RangeError(`Not a decimal number: ${JSON.stringify(String(value))}`);
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, decimals: fraction.length };
}

/**
 * How much a figure grew, as a share of what it was: "0.124" is 12.4 % more. Exact, and rounded once to three decimals,
 * half away from zero. Null where either is unknown, and where it was 0: nothing is a share of nothing.
 */
export function shareGrown(now: Figure, before: Figure): string | null {
  if (now === null || now === undefined || before === null || before === undefined) return null;
  const [is, was] = [toScaled(now), toScaled(before)];
  const decimals = Math.max(is.decimals, was.decimals);
  const [present, past] = [is, was].map((of) => of.digits * 10n ** BigInt(decimals - of.decimals)) as [
    bigint,
    bigint,
  ];
  if (past === 0n) return null;
  const thousandths = divide((present - past) * 1000n, past < 0n ? -past : past);
  const size = thousandths < 0n ? -thousandths : thousandths;
  const share = `${size / 1000n}.${String(size % 1000n).padStart(3, '0')}`;
  return thousandths < 0n ? `-${share}` : share;
}

/** Rounds half away from zero; the divisor is positive. */
function divide(dividend: bigint, divisor: bigint): bigint {
  const size = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}
