import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, dayIn, resolveRange } from '../../server/domain/metrics/range.ts';

const NEWEST = '2026-03-10';

describe('a range of business days', () => {
  test('is completed from what was said', () => {
    expect(resolveRange({}, NEWEST)).toEqual({ from: '2026-02-11', to: NEWEST });
    expect(resolveRange({ to: '2026-03-01' }, NEWEST)).toEqual({ from: '2026-02-02', to: '2026-03-01' });
    expect(resolveRange({ from: '2026-03-01' }, NEWEST)).toEqual({ from: '2026-03-01', to: NEWEST });
  });

  test('that begins after the newest day is that one day', () => {
    expect(resolveRange({ from: '2026-04-01' }, NEWEST)).toEqual({ from: '2026-04-01', to: '2026-04-01' });
  });

  test('counts days across leap years and months of any length', () => {
    expect([addDays('2024-02-28', 1), addDays('2026-01-01', -1)]).toEqual(['2024-02-29', '2025-12-31']);
    expect([addMonths('2026-03-31', -1), addMonths('2024-03-31', -37)]).toEqual(['2026-02-28', '2021-02-28']);
    const offset = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1990-01-01', days));
    fc.assert(
      fc.property(
        offset,
        fc.integer({ min: -999, max: 999 }),
        (day, n) => addDays(addDays(day, n), -n) === day,
      ),
    );
  });

  test('begins from the day that it is in the zone that is asked', () => {
    const instant = new Date('2026-03-09T21:30:00Z');
    expect(dayIn('Asia/Dubai', instant)).toBe('2026-03-10');
    expect(dayIn('America/New_York', instant)).toBe('2026-03-09');
    expect(dayIn('Pacific/Kiritimati', instant)).toBe('2026-03-10');
  });
});
