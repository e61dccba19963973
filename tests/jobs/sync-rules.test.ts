import { TZDate } from '@date-fns/tz';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../server/domain/sync/meanings.ts';
import {
  dayState,
  dueSlot,
  isLate,
  nextFirstSlot,
  nextSlot,
  retryDelayMs,
} from '../../server/domain/sync/rules.ts';
import {
  coveredFrom,
  daysOf,
  reachPeriods,
  sliceRange,
  syncWindow,
  type WindowFacts,
  windowOf,
} from '../../server/domain/sync/windows.ts';
import { dayIn, plusDays } from '../../server/kernel/time-zones.ts';

const ZONES = [
  ...['Asia/Dubai', 'Asia/Kolkata', 'Asia/Tokyo', 'UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'],
  ...['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Havana'],
  ...['America/Santiago', 'Asia/Beirut', 'America/St_Johns', 'Africa/Casablanca', 'Asia/Gaza'],
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2027-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const HOUR_MS = 3_600_000;

/** The local wall clock of an instant, as minutes since its day began. */
function localMinutes(at: Date, timeZone: string): number {
  const local = new TZDate(at, timeZone);
  return local.getHours() * 60 + local.getMinutes();
}

describe('the due slot', () => {
  it('has passed, and is not older than the longest distance of two slots', () => {
    fc.assert(
      fc.property(instant, zone, (now, timeZone) => {
        const slot = dueSlot(now, timeZone);
        expect(slot.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(now.getTime() - slot.getTime()).toBeLessThan(7 * HOUR_MS + 1);
      }),
    );
  });

  it('stays the same until the next, whoever looks and however often', () => {
    fc.assert(
      fc.property(instant, zone, fc.nat(6 * HOUR_MS), (now, timeZone, later) => {
        const slot = dueSlot(now, timeZone);
        const next = dueSlot(new Date(now.getTime() + later), timeZone);
        expect(next.getTime()).toBeGreaterThanOrEqual(slot.getTime());
        expect(dueSlot(slot, timeZone)).toEqual(slot);
      }),
    );
  });

  it('is a quarter past midnight, six, noon or six in the account’s own time, or right after a gap', () => {
    fc.assert(
      fc.property(instant, zone, (now, timeZone) => {
        const slot = dueSlot(now, timeZone);
        const minutes = localMinutes(slot, timeZone);
        if ([15, 375, 735, 1095].includes(minutes)) return;
        const justBefore = localMinutes(new Date(slot.getTime() - 1000), timeZone);
        expect((minutes - justBefore + 1440) % 1440).toBeGreaterThan(1);
      }),
    );
  });

  it('runs four times on every day, on the days of 23, 25 and 24.5 hours too', () => {
    fc.assert(
      fc.property(instant, zone, (now, timeZone) => {
        const day = dayIn(timeZone, now);
        const slots = new Set<number>();
        const from = Date.parse(`${day}T00:00:00Z`) - 15 * HOUR_MS;
        for (let at = from; at < from + 54 * HOUR_MS; at += 5 * 60_000) {
          const slot = dueSlot(new Date(at), timeZone);
          if (dayIn(timeZone, slot) === day) slots.add(slot.getTime());
        }
        expect(slots.size).toBe(4);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    // Clocks in Cairo go from 00:00 to 01:00 on 2026-04-24: 00:15 does not exist.
    ['Africa/Cairo', '2026-04-23T22:30:00Z', '2026-04-23T22:00:00.000Z'],
    // Havana's go back from 01:00 to 00:00 on 2026-11-01: 00:15 comes twice and runs at its first.
    ['America/Havana', '2026-11-01T05:20:00Z', '2026-11-01T04:15:00.000Z'],
    ['Asia/Dubai', '2026-05-20T20:15:00Z', '2026-05-20T20:15:00.000Z'],
    ['Asia/Dubai', '2026-05-20T20:14:59Z', '2026-05-20T14:15:00.000Z'],
  ])('in %s at %s is %s', (timeZone, now, slot) => {
    expect(dueSlot(new Date(now), timeZone).toISOString()).toBe(slot);
  });

  it('refuses a zone that is not known', () => {
    expect(() => dueSlot(new Date(), 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('the window', () => {
  const facts = { restatementDays: 28 };

  it('ends today in the account’s own zone and begins with the day that is about to settle', () => {
    expect(dayIn('Pacific/Kiritimati', new Date('2026-05-20T10:30:00Z'))).toBe('2026-05-21');
    expect(dayIn('Pacific/Pago_Pago', new Date('2026-05-20T10:30:00Z'))).toBe('2026-05-19');
    expect(syncWindow(facts, '2026-05-20', null)).toEqual({ from: '2026-04-22', to: '2026-05-20' });
  });

  it('reaches back to what could still change when it was last read', () => {
    expect(syncWindow(facts, '2026-05-20', '2026-02-01').from).toBe('2026-01-04');
    expect(syncWindow(facts, '2026-05-20', '2026-05-20').from).toBe('2026-04-22');
    expect(syncWindow(facts, '2026-05-20', '2026-05-21').from).toBe('2026-04-22');
  });

  it('is cut into slices that meet and do not overlap', () => {
    const day = fc.nat(1500).map((days) => plusDays('2023-06-01', days));
    fc.assert(
      fc.property(day, fc.nat(400), fc.integer({ min: 1, max: 92 }), (from, length, days) => {
        const to = plusDays(from, length);
        const slices = sliceRange({ from, to }, days);
        expect(slices[0]?.to).toBe(to);
        expect(slices.at(-1)?.from).toBe(from);
        slices.slice(1).forEach((slice, index) => {
          expect(slice.to).toBe(plusDays(slices[index]?.from ?? '', -1));
        });
      }),
    );
  });

  it('asks for the reach of no period twice', () => {
    fc.assert(
      fc.property(fc.nat(1500), (days) => {
        const periods = reachPeriods(plusDays('2023-01-01', days)).map(({ from, to }) => `${from} ${to}`);
        expect(new Set(periods).size).toBe(periods.length);
      }),
    );
    expect(reachPeriods('2026-02-28')).toHaveLength(5);
  });

  it('asks for the reach of whole months and of the last days', () => {
    expect(reachPeriods('2026-03-31')).toEqual([
      { from: '2026-03-25', to: '2026-03-31' },
      { from: '2026-03-04', to: '2026-03-31' },
      { from: '2026-03-24', to: '2026-03-30' },
      { from: '2026-03-03', to: '2026-03-30' },
      { from: '2026-03-01', to: '2026-03-31' },
      { from: '2026-02-01', to: '2026-02-28' },
    ]);
  });
});

describe('the wait before another try', () => {
  it('is at least what the platform asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.integer({ min: 1, max: 86_400_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, asked, random) => {
          expect(retryDelayMs(n, asked, random)).toBeGreaterThanOrEqual(asked);
        },
      ),
    );
  });

  it('doubles up to half an hour', () => {
    expect(retryDelayMs(0, null, 1)).toBe(30_000);
    expect(retryDelayMs(3, null, 1)).toBe(240_000);
    expect(retryDelayMs(20, null, 1)).toBe(1_800_000);
  });
});

describe('the next slot', () => {
  it('is the one that is due as soon as its time has come, in every zone', () => {
    fc.assert(
      fc.property(instant, zone, (now, timeZone) => {
        const { at } = nextSlot(now, timeZone);
        expect(at.getTime()).toBeGreaterThan(now.getTime());
        expect(dueSlot(at, timeZone)).toEqual(at);
        expect(dueSlot(new Date(at.getTime() - 1), timeZone).getTime()).toBeLessThan(at.getTime());
      }),
    );
  });

  it('that is the first of its day is never before the next one', () => {
    fc.assert(
      fc.property(instant, zone, (now, timeZone) => {
        const first = nextFirstSlot(now, timeZone);
        expect(first.getTime()).toBeGreaterThanOrEqual(nextSlot(now, timeZone).at.getTime());
        expect(localMinutes(first, timeZone)).toBeLessThan(120);
      }),
    );
  });
});

describe('the days that a run asks for', () => {
  const facts: WindowFacts = {
    platform: { restatementDays: 28, maxHistoryMonths: 37 },
    restatementDays: null,
    backfillMonths: 37,
    timeZone: 'Asia/Dubai',
    now: new Date('2026-05-20T10:30:00Z'),
    readUntil: null,
    covered: [],
    asked: null,
  };

  it.each([
    ['DAILY', {}, { from: '2026-04-22', to: '2026-05-20' }],
    ['DAILY', { restatementDays: 90 }, { from: '2026-02-19', to: '2026-05-20' }],
    ['INTRADAY', {}, { from: '2026-05-20', to: '2026-05-20' }],
    // Ten past two in the morning in Dubai: the evening before is still coming in.
    ['INTRADAY', { now: new Date('2026-05-19T22:10:00Z') }, { from: '2026-05-19', to: '2026-05-20' }],
    ['INTRADAY', { now: new Date('2026-05-19T23:10:00Z') }, { from: '2026-05-20', to: '2026-05-20' }],
    ['RANGE', { asked: { from: '2026-01-01', to: '2026-01-31' } }, { from: '2026-01-01', to: '2026-01-31' }],
    ['RANGE', { asked: { from: '2020-01-01', to: '2099-01-01' } }, { from: '2023-04-21', to: '2026-05-20' }],
    ['RANGE', { asked: { from: '2015-01-01', to: '2015-02-01' } }, null],
    ['BACKFILL', {}, { from: '2023-04-21', to: '2026-05-19' }],
    ['BACKFILL', { backfillMonths: 2 }, { from: '2026-03-21', to: '2026-05-19' }],
    [
      'BACKFILL',
      { covered: [{ from: '2026-04-22', to: '2026-05-20' }] },
      { from: '2023-04-21', to: '2026-04-21' },
    ],
    ['BACKFILL', { covered: [{ from: '2023-01-01', to: '2026-05-20' }] }, null],
  ] as const)('as %s of %o are %o', (work, change, window) => {
    expect(windowOf(work, { ...facts, ...change })).toEqual(window);
  });

  it('of the past end where the newest days that are there without a gap begin', () => {
    const day = fc.nat(400).map((days) => plusDays('2025-01-01', days));
    const range = fc.tuple(day, fc.nat(60)).map(([from, length]) => ({ from, to: plusDays(from, length) }));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), (covered) => {
        const has = (date: string) => covered.some(({ from, to }) => from <= date && date <= to);
        const newest = covered
          .map(({ to }) => to)
          .sort()
          .at(-1);
        let first = newest ?? null;
        while (first !== null && has(plusDays(first, -1))) first = plusDays(first, -1);
        expect(coveredFrom(covered)).toBe(first);
      }),
    );
  });

  it('are counted with both ends', () => {
    expect(daysOf({ from: '2026-03-28', to: '2026-03-30' })).toBe(3);
    expect(daysOf({ from: '2026-03-28', to: '2026-03-28' })).toBe(1);
  });
});

describe('a day’s figures', () => {
  const today = '2026-05-20';
  it.each([
    ['2026-05-20', '2026-05-20', 'partial'],
    ['2026-05-19', '2026-05-20', 'settling'],
    ['2026-05-19', '2026-05-19', 'stale'],
    ['2026-05-19', null, 'stale'],
    ['2026-04-23', '2026-05-20', 'settling'],
    ['2026-04-22', '2026-05-20', 'final'],
    ['2026-04-22', '2026-05-19', 'settling'],
    ['2026-04-21', '2026-05-18', 'stale'],
    ['2026-05-10', '2026-05-18', 'stale'],
    ['2025-01-01', '2025-03-01', 'final'],
    ['2025-01-01', '2025-01-20', 'stale'],
  ] as const)('of %s that were read on %s are %s', (date, readOn, state) => {
    expect(dayState(date, { today, readOn, restatementDays: 28 })).toBe(state);
  });

  it.each([
    ['2026-05-19', '2026-05-20T05:00:00Z', false],
    ['2026-05-18', '2026-05-20T05:00:00Z', true],
    ['2026-05-18', '2026-05-20T04:59:00Z', false],
    ['2026-05-17', '2026-05-20T04:59:00Z', true],
    [null, '2026-05-20T00:00:00Z', true],
  ])('up to %s are late in Dubai at %s: %s', (newest, now, late) => {
    expect(isLate(newest, 'Asia/Dubai', new Date(now))).toBe(late);
  });
});

describe('what an error’s code means', () => {
  it.each([
    ['META', '190/463', /no longer valid/],
    ['META', '80004', /limits how often/],
    ['META', '2/1504038', /so many figures/],
    ['META', '100/33', /may not read/],
    ['GOOGLE', 'quotaError.RESOURCE_EXHAUSTED', /limits how often/],
    ['GOOGLE', 'invalid_grant', /no longer valid/],
    ['GOOGLE', 'authorizationError.CUSTOMER_NOT_ENABLED', /cancelled/],
    ['TIKTOK', '40105', /no longer valid/],
    ['TIKTOK', '40100', /limits how often/],
    ['SNAPCHAT', 'timeout', /failed on its own side/],
    ['META', 'http 503', /failed on its own side/],
    ['META', 'http 429', /limits how often/],
  ] as const)('of %s %s is said in plain words', (platform, code, what) => {
    expect(meaningOf(platform, code)?.what).toMatch(what);
  });

  it('is left to the error itself where nothing is known of it', () => {
    expect(meaningOf('SNAPCHAT', 'E1001')).toBeNull();
    expect(meaningOf('META', 'something')).toBeNull();
  });
});
