import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../server/domain/imports/sizes.ts';
import { parseDay, parseDecimal, parseInteger, parseNumber } from '../../server/domain/imports/values.ts';

const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => {
    const iso = date.toISOString().slice(0, 10);
    const [year = '', month = '', ofMonth = ''] = iso.split('-');
    return { iso, year, month, ofMonth };
  });
const separator = fc.constantFrom('/', '-', '.', ' ');
const unpadded = (text: string) => String(Number(text));

describe('a date', () => {
  it('reads the same however its order and separator write it', () => {
    fc.assert(
      fc.property(day, separator, fc.boolean(), ({ iso, year, month, ofMonth }, mark, isPadded) => {
        const m = isPadded ? month : unpadded(month);
        const d = isPadded ? ofMonth : unpadded(ofMonth);
        expect(parseDay([m, d, year].join(mark), 'M/D/Y')).toEqual({ value: iso });
        expect(parseDay([d, m, year].join(mark), 'D/M/Y')).toEqual({ value: iso });
        expect(parseDay([year, m, d].join(mark), 'Y-M-D')).toEqual({ value: iso });
      }),
    );
  });

  it('that begins with its year is the same day under every order', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('M/D/Y', 'D/M/Y', 'Y-M-D'), ({ iso }, order) => {
        expect(parseDay(iso, order)).toEqual({ value: iso });
      }),
    );
  });

  it('is a day of the calendar or refused, whatever the text', () => {
    const numbers = fc.tuple(
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 0, max: 9999 }),
    );
    fc.assert(
      fc.property(numbers, fc.constantFrom('M/D/Y', 'D/M/Y'), ([first, second, year], order) => {
        const parsed = parseDay(`${first}/${second}/${String(year).padStart(4, '0')}`, order);
        const [month, ofMonth] = order === 'M/D/Y' ? [first, second] : [second, first];
        const date = new Date(Date.UTC(2000, month - 1, ofMonth));
        date.setUTCFullYear(year, month - 1, ofMonth);
        const isReal = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === ofMonth;
        expect('value' in parsed).toBe(isReal);
      }),
    );
  });

  it('is never guessed from arbitrary text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const parsed = parseDay(text, 'D/M/Y');
        if ('value' in parsed) expect(text).toMatch(/^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}$/);
      }),
    );
  });

  it.each([
    ['31/02/2017', 'D/M/Y', 'not a day of the calendar'],
    ['13/13/2017', 'M/D/Y', 'not a day of the calendar'],
    ['29/02/2023', 'D/M/Y', 'not a day of the calendar'],
    ['3/1/17', 'M/D/Y', 'a year of four digits'],
    ['10/20/2016', 'Y-M-D', 'a year of four digits'],
    ['2016-10-20T00:00:00Z', 'M/D/Y', 'is not a date written as M/D/Y'],
    ['3/1-2017', 'M/D/Y', 'is not a date written as M/D/Y'],
    ['42795', 'M/D/Y', 'is not a date written as M/D/Y'],
    ['0000-01-01', 'Y-M-D', 'not a day of the calendar'],
  ] as const)('%s in the order %s is refused', (text, order, problem) => {
    const parsed = parseDay(text, order);
    expect('problem' in parsed && parsed.problem).toContain(problem);
  });
});

describe('an amount', () => {
  it('keeps every digit, however it is grouped', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
        fc.constantFrom('', '0', '5', '1234'),
        (whole, fraction) => {
          const digits = String(whole);
          const grouped = (mark: string) => digits.replace(/\B(?=(\d{3})+$)/g, mark);
          const value = fraction === '' ? digits : `${digits}.${fraction}`;
          const tail = (mark: string) => (fraction === '' ? '' : `${mark}${fraction}`);
          expect(parseDecimal(`${grouped(',')}${tail('.')}`, '.')).toEqual({ value });
          expect(parseDecimal(`${grouped('.')}${tail(',')}`, ',')).toEqual({ value });
          expect(parseDecimal(`${grouped('\u202f')}${tail(',')}`, ',')).toEqual({ value });
          expect(parseDecimal(`${grouped("'")}${tail('.')}`, '.')).toEqual({ value });
        },
      ),
    );
  });

  it.each(['1,2', '1.234.5', '12,34', '$5', '1e3', '', '-', '١٢', '0x10', '1 2'])('%j is refused', (text) => {
    expect(parseDecimal(text, '.')).toHaveProperty('problem');
  });

  it('with the other decimal sign is refused rather than read a thousand times too large', () => {
    expect(parseDecimal('1,50', '.')).toHaveProperty('problem');
    expect(parseDecimal('1.50', ',')).toHaveProperty('problem');
  });
});

describe('a number', () => {
  it('with more digits than it could keep is refused', () => {
    expect(parseNumber('0.1', '.')).toEqual({ value: 0.1 });
    expect(parseNumber('1234567890123456', '.')).toHaveProperty('problem');
    expect(parseInteger('2.5', '.')).toHaveProperty('problem');
  });
});

describe('a company with that many people', () => {
  it.each([
    [1, 'SOLO'],
    [2, 'SMALL'],
    [10, 'SMALL'],
    [11, 'MEDIUM'],
    [50, 'MEDIUM'],
    [51, 'LARGE'],
    [200, 'LARGE'],
    [201, 'ENTERPRISE'],
  ])('%i is %s', (people, size) => {
    expect(sizeOf(people)).toEqual({ value: size });
  });

  it('is none where there is nobody', () => {
    expect(sizeOf(0)).toHaveProperty('problem');
  });
});
