import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  daysBetween,
  expectedOf,
  type Flight,
  partsOf,
  weighDays,
  weightOn,
} from '../../server/domain/pacing/plan.ts';
import { endsAt, runRate, toComeBy } from '../../server/domain/pacing/project.ts';
import { bandOf } from '../../server/domain/pacing/rules.ts';
import { seenWeeks, shapeOf, weekdayOf } from '../../server/domain/pacing/weekdays.ts';
import { sum } from '../../server/domain/records/decimals.ts';

const FIRST = '2026-01-01';
const someDay = fc.integer({ min: 0, max: 400 }).map((offset) => addDays(FIRST, offset));
const weights = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: 7, maxLength: 7 })
  .filter((all) => all.some((one) => one > 0))
  .map((all) => all.map((one) => String(one / 1000)));
const flights = fc
  .tuple(someDay, fc.integer({ min: 0, max: 200 }), fc.option(someDay), fc.option(someDay))
  .map(([startsOn, length, pausesOn, resumes]): Flight => ({
    ...{ startsOn, endsOn: addDays(startsOn, length), pausesOn },
    resumesOn: pausesOn !== null && resumes !== null && resumes > pausesOn ? resumes : null,
  }));

describe('what days weigh', () => {
  test('reckoned is what it is walked, day by day', () => {
    fc.assert(
      fc.property(
        flights,
        weights,
        someDay,
        fc.integer({ min: 0, max: 120 }),
        (flight, own, from, length) => {
          const span = { from, to: addDays(from, length) };
          const walked = daysBetween(span).map((day) => weightOn(flight, own, day));
          const { weight, days } = weighDays(flight, own, span);
          expect(Number(weight)).toBeCloseTo(Number(sum(walked)), 9);
          expect(days).toBe(walked.filter((one) => Number(one) !== 0).length);
        },
      ),
    );
  });

  test('a Monday is 0 and a Sunday 6', () => {
    expect([weekdayOf('2026-03-16'), weekdayOf('2026-03-22')]).toEqual([0, 6]);
  });
});

describe('what is expected', () => {
  test('never falls, and comes to the budget on the last day that spends', () => {
    fc.assert(
      fc.property(flights, weights, fc.integer({ min: 1, max: 10_000_000 }), (flight, own, cents) => {
        const budget = (cents / 100).toFixed(2);
        const parts = partsOf(budget, [], { flight, weights: own });
        let before = 0;
        for (const day of daysBetween({ from: flight.startsOn, to: flight.endsOn })) {
          const now = sum(parts.map((part) => expectedOf(part, { flight, weights: own }, day)));
          if (now === null) return;
          expect(Number(now)).toBeGreaterThanOrEqual(before);
          before = Number(now);
        }
        expect(before).toBeCloseTo(Number(budget), 5);
      }),
    );
  });

  test('of months with lines of their own comes to the same budget', () => {
    const flight: Flight = { startsOn: '2026-03-10', endsOn: '2026-05-09', pausesOn: null, resumesOn: null };
    const even = Array.from({ length: 7 }, () => '1');
    const months = [
      { month: '2026-03', amount: '100' },
      { month: '2026-07', amount: '50' },
    ];
    const parts = partsOf('400', months, { flight, weights: even });
    expect(parts.map(({ month, amount }) => [month, amount])).toEqual([
      ['2026-03', '100'],
      [null, '300'],
    ]);
    const by = (day: string) => sum(parts.map((part) => expectedOf(part, { flight, weights: even }, day)));
    expect(by('2026-05-09')).toBe('400');
    // 22 days of March: its own line whole, and 22 of 61 days of the rest.
    expect(by('2026-03-31')).toBe('208.196721');
  });

  test('is unknown where it rests all the time', () => {
    const flight: Flight = {
      startsOn: '2026-03-01',
      endsOn: '2026-03-05',
      pausesOn: '2026-03-01',
      resumesOn: null,
    };
    const even = Array.from({ length: 7 }, () => '1');
    const [part] = partsOf('10', [], { flight, weights: even });
    expect(part && expectedOf(part, { flight, weights: even }, '2026-03-04')).toBeNull();
  });
});

describe('the weekdays’ shape', () => {
  const week = (monday: string, amounts: readonly number[]) =>
    amounts.map((amount, index) => ({ date: addDays(monday, index), amount: String(amount) }));

  test('is drawn towards even days the fewer the weeks', () => {
    const days = week('2026-03-02', [70, 0, 0, 0, 0, 0, 0]);
    const seen = seenWeeks(days, '2026-03-08');
    expect(seen).toEqual({ weeks: 1, totals: ['70', '0', '0', '0', '0', '0', '0'] });
    const { weights: one } = shapeOf([{ basis: 'CAMPAIGN', seen }]);
    expect(one[0]).toBe('0.428571');
    expect(one[1]).toBe('0.095238');
  });

  test('takes wider weeks where the campaign has too few, and even ones where nobody has any', () => {
    const few = seenWeeks(week('2026-03-02', [1, 1, 1, 1, 1, 1, 1]), '2026-03-08');
    const many = seenWeeks(
      [0, 7, 14, 21].flatMap((back) => week(addDays('2026-03-02', -back), [1, 2, 1, 1, 1, 1, 1])),
      '2026-03-08',
    );
    expect(many.weeks).toBe(4);
    expect(
      shapeOf([
        { basis: 'CAMPAIGN', seen: few },
        { basis: 'BRAND', seen: many },
      ]).basis,
    ).toBe('BRAND');
    expect(shapeOf([{ basis: 'CAMPAIGN', seen: few }]).basis).toBe('CAMPAIGN');
    expect(shapeOf([]).basis).toBe('EVEN');
  });

  test('passes over weeks that are not whole, that spent nothing and that rested', () => {
    const days = week('2026-02-25', [5, 5, 5, 5, 5, 5, 5]).concat(week('2026-03-04', [5, 5, 5, 5, 5, 5, 5]));
    expect(seenWeeks(days, '2026-03-10').weeks).toBe(1);
    expect(seenWeeks(days, '2026-03-10', (day) => day === '2026-03-05').weeks).toBe(0);
    expect(seenWeeks([], '2026-03-10').weeks).toBe(0);
  });
});

describe('a projection', () => {
  const calendar = { startsOn: null, endsOn: null, pausesOn: null, resumesOn: null };
  const even = Array.from({ length: 7 }, () => '0.142857');

  test('goes on as the last 14 days did, and of even days is certain', () => {
    const days = daysBetween({ from: '2026-02-01', to: '2026-03-10' }).map((date) => ({
      date,
      amount: '10',
    }));
    const rate = runRate(days, '2026-03-10', { calendar, weights: even });
    expect(rate).toMatchObject({ days: 14, from: '2026-02-25', to: '2026-03-10', spent: '140' });
    if (!rate) throw new Error('There is spend to go by.');
    const toCome = toComeBy(rate, { through: '2026-03-10', to: '2026-03-20' }, { calendar, weights: even });
    expect(toCome).toMatchObject({ days: 10, amount: '100', margin: '0' });
  });

  test('is never below what is spent, and its interval holds it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100, max: 1000 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 10_000 }),
        (amounts, ahead, known) => {
          const days = amounts.map((amount, index) => ({
            date: addDays(FIRST, index),
            amount: String(amount),
          }));
          const through = addDays(FIRST, amounts.length - 1);
          const rate = runRate(days, through, { calendar, weights: even });
          if (!rate) return;
          const toCome = toComeBy(
            rate,
            { through, to: addDays(through, ahead) },
            { calendar, weights: even },
          );
          const { amount, low, high } = endsAt('0', toCome, String(known));
          expect(Number(amount)).toBeGreaterThanOrEqual(known);
          if (low === null || high === null) return;
          expect(Number(low)).toBeGreaterThanOrEqual(known);
          expect(Number(low)).toBeLessThanOrEqual(Number(amount));
          expect(Number(high)).toBeGreaterThanOrEqual(Number(amount));
        },
      ),
    );
  });

  test('goes by nothing where nothing was spent', () => {
    expect(runRate([], '2026-03-10', { calendar, weights: even })).toBeNull();
  });
});

describe('the band', () => {
  test('is on pace at the tolerance itself and off beyond it', () => {
    expect(['0.9', '1', '1.1'].map((ratio) => bandOf(ratio, '0.1'))).toEqual([
      'ON_PACE',
      'ON_PACE',
      'ON_PACE',
    ]);
    expect([bandOf('0.899999', '0.1'), bandOf('1.100001', '0.1')]).toEqual(['UNDER', 'OVER']);
  });
});
