import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatDay,
  formatMeasure,
  formatMoney,
  formatMoneyCompact,
  formatMoneyExact,
  formatPercent,
  formatRatio,
  formatRelative,
} from '../../app/lib/format.ts';

/** Reads a printed figure back: grouping, currency and spaces go, digits stay. */
const digitsOf = (text: string): string => text.replace(/[^\d.-]/g, '');

/** Decimal strings far beyond what a float can hold. */
const decimals = (places: number) =>
  fc
    .tuple(
      fc.boolean(),
      fc.bigInt({ min: 0n, max: 10n ** 30n }),
      fc.bigInt({ min: 0n, max: 10n ** BigInt(places) - 1n }),
    )
    .map(
      ([isNegative, whole, part]) => `${isNegative ? '-' : ''}${whole}.${String(part).padStart(places, '0')}`,
    );

describe('money', () => {
  it('keeps every digit that its currency has, however many there are', () => {
    fc.assert(
      fc.property(decimals(2), (amount) => {
        expect(new Big(digitsOf(formatMoney({ amount, currency: 'AED' }))).eq(amount)).toBe(true);
      }),
    );
  });

  it('rounds half away from zero, as numeric does', () => {
    fc.assert(
      fc.property(decimals(6), (amount) => {
        const expected = new Big(amount).round(2, Big.roundHalfUp);
        expect(new Big(digitsOf(formatMoney({ amount, currency: 'USD' }))).eq(expected)).toBe(true);
      }),
    );
  });

  it('shows all stored digits when asked for the exact figure', () => {
    fc.assert(
      fc.property(decimals(6), (amount) => {
        expect(new Big(digitsOf(formatMoneyExact({ amount, currency: 'USD' }))).eq(amount)).toBe(true);
      }),
    );
  });

  it('uses the minor digits of its currency', () => {
    expect(formatMoney({ amount: '1234.5', currency: 'USD' })).toBe('$1,234.50');
    expect(formatMoney({ amount: '1234.5', currency: 'JPY' })).toBe('¥1,235');
    expect(formatMoney({ amount: '1234.5', currency: 'KWD' })).toBe('KWD\u00a01,234.500');
    expect(formatMoney({ amount: '10005534.00', currency: 'USD' }, 'code')).toBe('USD\u00a010,005,534.00');
  });

  it('is short where room is short', () => {
    expect(formatMoneyCompact({ amount: '10005534.00', currency: 'USD' })).toBe('$10M');
    expect(formatMoneyCompact({ amount: '1249', currency: 'AED' })).toBe('AED\u00a01.2K');
  });

  it('refuses what is no decimal instead of printing NaN', () => {
    for (const amount of ['', 'abc', '1,234.50', '1e3', 'Infinity', ' 1', '0x10'])
      expect(() => formatMoney({ amount, currency: 'USD' })).toThrow(RangeError);
  });
});

describe('what is unknown', () => {
  it('is an em dash, never a zero', () => {
    const shown = [
      formatMoney(null),
      formatMoneyExact(undefined),
      formatCount(null),
      formatRatio(null),
      formatPercent(undefined),
      formatDate(null),
      formatDateTime(null, 'UTC'),
      formatRelative(null, '2026-11-22T12:00:00Z'),
      formatMeasure(null, { kind: 'money', currency: 'USD' }),
    ];
    expect(new Set(shown)).toEqual(new Set(['—']));
  });

  it('includes what a float division may leave', () => {
    expect([formatRatio(Number.NaN), formatPercent(Number.POSITIVE_INFINITY)]).toEqual(['—', '—']);
  });

  it('is told apart from zero', () => {
    expect([formatCount(0), formatRatio('0'), formatPercent('0')]).toEqual(['0', '0.00', '0.00%']);
  });
});

describe('counts and shares', () => {
  it('keep the digits of counts beyond the safe integers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 40n }), (count) => {
        expect(digitsOf(formatCount(String(count)))).toBe(String(count));
        expect(formatCount(count)).toBe(formatCount(String(count)));
      }),
    );
  });

  it('read as people write them', () => {
    expect(formatCount('1.5')).toBe('1.5');
    expect(formatPercent('0.01528')).toBe('1.53%');
    expect(formatRatio('3.2145')).toBe('3.21');
    expect([formatBytes(999), formatBytes(12_400), formatBytes(50_000_000)]).toEqual([
      '999 B',
      '12.4 kB',
      '50 MB',
    ]);
  });
});

describe('days and moments', () => {
  it('show a business day as it is labelled', () => {
    expect(formatDate('2026-01-09')).toBe('9 Jan 2026');
    expect(formatDay('2026-11-22')).toBe('Sun 22 Nov');
  });

  it('show a text that is no day as it is stored: an old entry never brings a page down', () => {
    for (const day of ['2026-02-30', '2026-13-01', '2026-1-1', '22.11.2026']) {
      expect(formatDate(day)).toBe(day);
      expect(formatDay(day)).toBe(day);
    }
    expect(formatDateRange('soon', '2026-11-28')).toBe('soon – 2026-11-28');
  });

  it('know the years before 100', () => {
    expect(formatDate('0026-12-01')).toBe('1 Dec 26');
    expect(formatDay('0001-01-01')).toBe('Mon 1 Jan');
  });

  it('shorten a range by what its ends share', () => {
    expect(formatDateRange('2026-11-01', '2026-11-28')).toBe('1–28 Nov 2026');
    expect(formatDateRange('2026-10-25', '2026-11-21')).toBe('25 Oct – 21 Nov 2026');
    expect(formatDateRange('2025-12-01', '2026-01-03')).toBe('1 Dec 2025 – 3 Jan 2026');
    expect(formatDateRange('2026-11-22', '2026-11-22')).toBe('22 Nov 2026');
  });

  it('show a moment on the zone’s own clock, over midnight too', () => {
    expect(formatDateTime('2026-11-22T21:30:00Z', 'Asia/Dubai')).toBe('23 Nov 2026, 01:30');
    expect(formatDateTime('2026-11-22T20:00:00Z', 'Asia/Dubai')).toBe('23 Nov 2026, 00:00');
    expect(formatDateTime('2026-07-01T12:00:00Z', 'America/New_York')).toBe('1 Jul 2026, 08:00');
  });

  it('say how long ago, and give the date beyond a month', () => {
    const now = '2026-11-22T12:00:00Z';
    const ago = (iso: string) => formatRelative(iso, now);
    expect(ago('2026-11-22T11:59:30Z')).toBe('just now');
    expect(ago('2026-11-22T11:57:00Z')).toBe('3 min ago');
    expect(ago('2026-11-22T14:30:00Z')).toBe('in 2 h');
    expect(ago('2026-11-20T12:00:00Z')).toBe('2 d ago');
    expect(ago('2026-09-01T12:00:00Z')).toBe('1 Sep 2026');
    expect(() => ago('yesterday')).toThrow(RangeError);
  });
});
