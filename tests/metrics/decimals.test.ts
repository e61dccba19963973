import { Big } from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divide, extremes, plain, round, shift, sum } from '../../server/domain/records/decimals.ts';

/** Decimals as numeric columns write them: trailing zeros and signs included. */
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 22n), max: 10n ** 22n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, scale]) => {
    const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
    const whole = digits.slice(0, digits.length - scale);
    return `${units < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
  });

/** big.js keeps the sign of a zero; PostgreSQL and the product know none. */
const written = (value: Big) => (value.eq(0) ? '0' : value.toFixed());

describe('exact decimals', () => {
  it('divide as big.js does, to any number of places', () => {
    fc.assert(
      fc.property(decimal, decimal, fc.integer({ min: 0, max: 10 }), (dividend, divisor, places) => {
        const Quotient = Big();
        Quotient.DP = places;
        Quotient.RM = Big.roundHalfUp;
        const expected = new Big(divisor).eq(0) ? null : written(new Quotient(dividend).div(divisor));
        expect(divide(dividend, divisor, places)).toBe(expected);
      }),
    );
  });

  it('add up as big.js does, without what is unknown', () => {
    fc.assert(
      fc.property(fc.array(fc.option(decimal)), (values) => {
        const known = values.filter((value) => value !== null);
        const expected = known.reduce((total, value) => total.plus(value), new Big(0));
        expect(sum(values)).toBe(known.length === 0 ? null : written(expected));
      }),
    );
  });

  it('round, shift and read as big.js does', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 8 }), (value, places) => {
        expect(round(value, places)).toBe(written(new Big(value).round(places, Big.roundHalfUp)));
        expect(shift(value, places)).toBe(written(new Big(value).times(new Big(10).pow(places))));
        expect(plain(value)).toBe(written(new Big(value)));
      }),
    );
    expect(plain(12.5)).toBe('12.5');
    expect(plain('1e-7')).toBe('0.0000001');
    expect(plain(1e21)).toBe('1000000000000000000000');
  });

  it('find the smallest and the largest by value, not by text', () => {
    expect(extremes(['10.5', '9.75', '9.8'])).toEqual({ lowest: '9.75', highest: '10.5' });
    expect(extremes([])).toBeNull();
  });
});
