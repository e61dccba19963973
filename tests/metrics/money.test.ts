import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCurrency, minorDigits } from '../../server/domain/records/currencies.ts';
import { readAmount, toAmount, toMoney } from '../../server/domain/records/money.ts';
import { refusedFields } from '../support/refusal.ts';

describe('an amount', () => {
  test('has its currency’s minor digits: none for yen, three for dinars', () => {
    expect(['AED', 'USD', 'JPY', 'KWD', 'BHD', 'ISK'].map(minorDigits)).toEqual([2, 2, 0, 3, 3, 0]);
    expect(toMoney('1234.5000', 'AED')).toEqual({ amount: '1234.50', currency: 'AED' });
    expect(toMoney('980.0000', 'JPY')).toEqual({ amount: '980', currency: 'JPY' });
    expect(toMoney('1.5', 'KWD')).toEqual({ amount: '1.500', currency: 'KWD' });
  });

  test('loses no digit beyond them', () => {
    expect(toAmount('0.000001', 'USD')).toBe('0.000001');
    expect(toAmount('980.25', 'JPY')).toBe('980.25');
    expect(toAmount('99999999999999.9999', 'AED')).toBe('99999999999999.9999');
    expect(toAmount('-0.10', 'USD')).toBe('-0.10');
  });

  test('is unknown where either half is', () => {
    expect([toMoney(null, 'AED'), toMoney('1', null)]).toEqual([null, null]);
  });

  test('reads back as the same number, whatever it was', () => {
    const written = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 14n }), fc.integer({ min: 0, max: 9999 }))
      .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`);
    fc.assert(
      fc.property(written, fc.constantFrom('AED', 'JPY', 'KWD'), (amount, currency) => {
        const [whole = '', part = ''] = toAmount(amount, currency).split('.');
        expect(BigInt(whole + part.padEnd(4, '0'))).toBe(BigInt(amount.replace('.', '')));
      }),
    );
  });

  test('of a currency that ISO 4217 does not know is told from one that it does', () => {
    expect(['AED', 'KWD', 'EUR', 'ABC', 'aed', ''].map(isCurrency)).toEqual([
      ...[true, true, true],
      ...[false, false, false],
    ]);
  });
});

describe('an amount that was sent', () => {
  const read = (value: Parameters<typeof readAmount>[0]['value'], currency?: string | null) =>
    readAmount({ field: 'budget', value, currency, fallbackCurrency: () => Promise.resolve('AED') });

  test('becomes its columns, in the currency beside it or else in the fallback', async () => {
    expect(await read({ amount: '5', currency: 'USD' })).toEqual({ amount: '5', currency: 'USD' });
    expect(await read('5', 'EUR')).toEqual({ amount: '5', currency: 'EUR' });
    expect(await read('5')).toEqual({ amount: '5', currency: 'AED' });
    expect(await read(null)).toEqual({ amount: null });
    expect(await read(undefined, 'EUR')).toEqual({ currency: 'EUR' });
    expect(await read(undefined)).toEqual({});
  });

  test('is refused where it names two currencies', async () => {
    expect(await refusedFields(read({ amount: '5', currency: 'USD' }, 'EUR'))).toEqual([
      'invalid',
      'currency',
    ]);
  });
});
