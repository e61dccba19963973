import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  flightRange,
  isDay,
  lengthOf,
  presetRange,
  rangePresets,
  readDateRange,
} from '../../app/lib/date-range.ts';

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
    expect(lengthOf(presetRange('last_30_days', '2026-03-15'))).toBe(30);
  });

  it('begins a week on Monday, also seen from a Sunday', () => {
    expect(presetRange('this_week', '2026-11-22')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
    expect(presetRange('this_week', '2026-11-23')).toEqual({ from: '2026-11-23', to: '2026-11-23' });
    expect(presetRange('last_week', '2026-11-22')).toEqual({ from: '2026-11-09', to: '2026-11-15' });
  });

  it('knows quarters over the turn of a year', () => {
    expect(presetRange('this_quarter', '2026-11-22')).toEqual({ from: '2026-10-01', to: '2026-11-22' });
    expect(presetRange('last_quarter', '2026-02-10')).toEqual({ from: '2025-10-01', to: '2025-12-31' });
    expect(presetRange('year_to_date', '2026-02-10')).toEqual({ from: '2026-01-01', to: '2026-02-10' });
  });
});

describe('the flight of a campaign', () => {
  it('ends today while it runs, and with its last day afterwards', () => {
    const flight = { startsOn: '2026-11-01', endsOn: '2026-11-30' };
    expect(flightRange(flight, '2026-11-22')).toEqual({ from: '2026-11-01', to: '2026-11-22' });
    expect(flightRange(flight, '2026-12-22')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
    expect(flightRange({ ...flight, endsOn: null }, '2026-11-22')?.to).toBe('2026-11-22');
  });

  it('is whole before it begins, and none without a first day', () => {
    const flight = { startsOn: '2026-11-01', endsOn: '2026-11-30' };
    expect(flightRange(flight, '2026-10-01')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
    expect(flightRange({ startsOn: null, endsOn: '2026-11-30' }, '2026-10-01')).toBeNull();
  });

  it('is asked for where there is one, and falls back where there is none', () => {
    const flight = { from: '2026-11-01', to: '2026-11-20' };
    const search = new URLSearchParams('range=flight');
    expect(readDateRange(search, '2026-11-22', { flight })).toEqual({ ...flight, preset: 'flight' });
    expect(readDateRange(search, '2026-11-22').preset).toBe('last_28_days');
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
