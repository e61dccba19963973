import { TZDate } from '@date-fns/tz';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daysBetween,
  dueMoment,
  mayChange,
  nextOccurrence,
  remindMoment,
} from '../../server/domain/tasks/rules.ts';
import { dayIn, plusDays } from '../../server/kernel/time-zones.ts';

const ZONES = [
  ...['Asia/Dubai', 'UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Cairo'],
  ...['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Havana', 'Asia/Beirut', 'America/St_Johns'],
];
const zone = fc.constantFrom(...ZONES);
const day = fc.integer({ min: 0, max: 365 * 12 }).map((days) => plusDays('2020-01-01', days));
const recurrence = fc.constantFrom('DAILY', 'WEEKDAYS', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'YEARLY');
const series = fc.record({ recurrence, startOn: day });

const weekday = (of: string) => new Date(`${of}T00:00:00Z`).getUTCDay();
const daysInMonth = (of: string) =>
  new Date(Date.UTC(Number(of.slice(0, 4)), Number(of.slice(5, 7)), 0)).getUTCDate();

describe('the next day of a series', () => {
  it('comes after the last one, and is neither past nor before the series', () => {
    fc.assert(
      fc.property(series, day, day, (of, after, today) => {
        const next = nextOccurrence(of, after, today);
        expect(next > after && next >= today && next >= of.startOn).toBe(true);
      }),
    );
  });

  it('is the first that fits: none is left out', () => {
    const longest = { DAILY: 1, WEEKDAYS: 3, WEEKLY: 7, MONTHLY: 31, QUARTERLY: 92, YEARLY: 366 } as const;
    fc.assert(
      fc.property(series, day, (of, today) => {
        const from = today > of.startOn ? today : of.startOn;
        const next = nextOccurrence(of, plusDays(from, -1), from);
        expect(daysBetween(from, next)).toBeLessThanOrEqual(longest[of.recurrence]);
        // From the day before it, it is itself.
        expect(
          nextOccurrence(of, plusDays(next, -1), plusDays(next, -1) > from ? plusDays(next, -1) : from),
        ).toBe(next);
      }),
    );
  });

  it('does not depend on how often it is asked for in between', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 8 }), (of, turns) => {
        let last = of.startOn;
        for (let turn = 0; turn < turns; turn += 1) last = nextOccurrence(of, last, of.startOn);
        expect(nextOccurrence(of, plusDays(last, -1), of.startOn)).toBe(last);
      }),
    );
  });

  it('keeps the weekday of a week and the day of a month, as far as the month has it', () => {
    fc.assert(
      fc.property(series, day, (of, after) => {
        const next = nextOccurrence(of, after, of.startOn);
        if (of.recurrence === 'WEEKDAYS') expect([1, 2, 3, 4, 5]).toContain(weekday(next));
        if (of.recurrence === 'WEEKLY') expect(weekday(next)).toBe(weekday(of.startOn));
        if (['MONTHLY', 'QUARTERLY', 'YEARLY'].includes(of.recurrence)) {
          const wanted = Math.min(Number(of.startOn.slice(8)), daysInMonth(next));
          expect(Number(next.slice(8))).toBe(wanted);
        }
      }),
    );
  });

  it.each([
    ['MONTHLY', '2026-01-31', '2026-01-31', '2026-02-28'],
    ['MONTHLY', '2026-01-31', '2026-02-28', '2026-03-31'],
    ['MONTHLY', '2024-01-31', '2024-01-31', '2024-02-29'],
    ['QUARTERLY', '2025-11-30', '2025-11-30', '2026-02-28'],
    ['YEARLY', '2024-02-29', '2024-02-29', '2025-02-28'],
    ['YEARLY', '2024-02-29', '2027-02-28', '2028-02-29'],
    ['WEEKDAYS', '2026-05-22', '2026-05-22', '2026-05-25'],
    ['WEEKLY', '2026-05-18', '2026-05-20', '2026-05-25'],
    ['DAILY', '2026-12-31', '2026-12-31', '2027-01-01'],
  ] as const)('%s from %s: after %s comes %s', (of, startOn, after, next) => {
    expect(nextOccurrence({ recurrence: of, startOn }, after, startOn)).toBe(next);
  });

  it('of a series that nobody looked at for years is the next, and not a pile of missed ones', () => {
    const of = { recurrence: 'WEEKLY', startOn: '2020-01-06' } as const;
    expect(nextOccurrence(of, '2020-01-06', '2026-05-20')).toBe('2026-05-25');
    expect(nextOccurrence(of, '2020-01-06', '2026-05-25')).toBe('2026-05-25');
  });
});

describe('the moment of a due day', () => {
  it('is the first at which its zone shows the day after', () => {
    fc.assert(
      fc.property(day, zone, (on, timeZone) => {
        const at = dueMoment({ day: on, time: null }, timeZone);
        expect(dayIn(timeZone, at) > on).toBe(true);
        expect(dayIn(timeZone, new Date(at.getTime() - 1000)) <= on).toBe(true);
      }),
    );
  });

  it('with a time is the first at which clocks show it or have passed it', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 24 * 60 - 1 }), zone, (on, minutes, timeZone) => {
        const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        const at = dueMoment({ day: on, time: `${time}:00` }, timeZone);
        const shown = (moment: Date) => {
          const local = new TZDate(moment, timeZone);
          return `${dayIn(timeZone, moment)} ${String(local.getHours()).padStart(2, '0')}:${String(local.getMinutes()).padStart(2, '0')}`;
        };
        expect(shown(at) >= `${on} ${time}`).toBe(true);
        expect(shown(new Date(at.getTime() - 60_000)) < `${on} ${time}`).toBe(true);
      }),
    );
  });

  it.each([
    [
      'in a skipped hour is the gap’s end',
      '2026-03-08',
      '02:30',
      'America/New_York',
      '2026-03-08T07:00:00.000Z',
    ],
    [
      'in a doubled hour is its first pass',
      '2026-11-01',
      '01:30',
      'America/New_York',
      '2026-11-01T05:30:00.000Z',
    ],
    ['goes by its zone', '2026-05-20', '14:00', 'Asia/Dubai', '2026-05-20T10:00:00.000Z'],
    ['without a time is the day’s end', '2026-05-20', null, 'Asia/Dubai', '2026-05-20T20:00:00.000Z'],
    ['on a day of 23 hours is its end', '2026-03-08', null, 'America/New_York', '2026-03-09T04:00:00.000Z'],
    ['on a day of 25 hours is its end', '2026-11-01', null, 'America/New_York', '2026-11-02T05:00:00.000Z'],
  ] as const)('%s', (_what, on, time, timeZone, moment) => {
    expect(dueMoment({ day: on, time }, timeZone).toISOString()).toBe(moment);
  });

  it('of a reminder without a time is nine in the morning', () => {
    const at = remindMoment({ day: '2026-05-20', time: null }, 'America/New_York');
    expect(at.toISOString()).toBe('2026-05-20T13:00:00.000Z');
  });
});

describe('who may change a task', () => {
  const nobodys = { brand_id: null, owner_id: null, created_by_id: null, assignee_id: null };

  it('is who sees all, the brand’s people, and for the agency’s people its owner, author and assignee', () => {
    const member = { reach: 'assigned', userId: 'me', brandIds: ['b1'] } as const;
    const client = { reach: 'brand', userId: 'me', brandIds: ['b1'] } as const;
    expect(mayChange({ reach: 'all', userId: null, brandIds: [] }, nobodys)).toBe(true);
    for (const mine of ['owner_id', 'created_by_id', 'assignee_id']) {
      expect(mayChange(member, { ...nobodys, [mine]: 'me' })).toBe(true);
      expect(mayChange(client, { ...nobodys, [mine]: 'me' })).toBe(false);
    }
    for (const who of [member, client]) {
      expect(mayChange(who, { ...nobodys, brand_id: 'b1' })).toBe(true);
      expect(mayChange(who, { ...nobodys, brand_id: 'b2' })).toBe(false);
      expect(mayChange(who, nobodys)).toBe(false);
    }
  });
});
