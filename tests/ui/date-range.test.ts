import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isDay, presetRange, rangePresets, readDateRange } from '../../app/lib/date-range.ts';

const anyDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a range preset', () => {
  it('gives real days in order, none after today, whatever today is', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...rangePresets.map(({ id }) => id)), (today, preset) => {
        const { from, to } = presetRange(preset, today);
        expect(isDay(from) && isDay(to) && from <= to && to <= today).toBe(true);
      }),
    );
  });

  it('counts whole days and leaves the partial one out', () => {
    expect(presetRange('last_28_days', '2026-11-22')).toEqual({ from: '2026-10-25', to: '2026-11-21' });
    expect(presetRange('last_month', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(presetRange('this_month', '2026-11-01')).toEqual({ from: '2026-11-01', to: '2026-11-01' });
  });
});

describe('the address’s range', () => {
  const read = (search: string) => readDateRange(new URLSearchParams(search), '2026-11-22');

  it('is what was typed, in order', () => {
    expect(read('from=2026-11-05&to=2026-11-01&range=today')).toEqual({
      from: '2026-11-01',
      to: '2026-11-05',
      preset: null,
    });
  });

  it('falls back on what cannot be read', () => {
    const fallback = { from: '2026-10-25', to: '2026-11-21', preset: 'last_28_days' };
    for (const search of ['', 'range=ever', 'from=2026-02-30&to=2026-03-01', 'from=2026-11-01'])
      expect(read(search)).toEqual(fallback);
  });
});

it('days pass over leap days and summer time alike', () => {
  expect([addDays('2028-02-28', 1), addDays('2026-03-29', 1), addDays('2026-01-01', -1)]).toEqual([
    '2028-02-29',
    '2026-03-30',
    '2025-12-31',
  ]);
});
