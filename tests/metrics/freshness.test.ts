import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayStates, reasonOf, worstOf, type AccountReads } from '../../server/domain/metrics/freshness.ts';
import { dayState } from '../../server/domain/sync/rules.ts';
import { plusDays } from '../../server/kernel/time-zones.ts';

const TODAY = '2026-03-10';
const RANGE = { from: '2026-01-10', to: '2026-03-14' };
const DAYS = 64;

const reads: AccountReads = {
  timeZone: 'Asia/Dubai',
  platformName: 'Meta',
  today: TODAY,
  isFile: false,
  isPaused: false,
  newestBusinessDate: '2026-03-09',
  failure: null,
  settled: [],
  fresh: [],
  restatementDays: 28,
};

/** A window of days that was read whole on some day, by how many days before today. */
const window = fc
  .record({
    first: fc.integer({ min: 0, max: DAYS + 10 }),
    length: fc.integer({ min: 0, max: 40 }),
    on: fc.integer({ min: 0, max: 60 }),
  })
  .map(({ first, length, on }) => ({
    from: plusDays(TODAY, -first),
    to: plusDays(TODAY, -Math.max(0, first - length)),
    readOn: plusDays(TODAY, -on),
  }));

const earlier = (a: string, b: string) => (a < b ? a : b);

test('a day’s state is that of the account’s own page, whatever was read when', () => {
  fc.assert(
    fc.property(
      fc.array(window, { maxLength: 12 }),
      fc.integer({ min: 0, max: 40 }),
      (windows, restatementDays) => {
        // As freshness-read.ts has the database sum it up.
        const settled = windows
          .map(({ from, to, readOn }) => ({
            from,
            to: earlier(to, plusDays(readOn, -Math.max(1, restatementDays))),
          }))
          .filter(({ from, to }) => from <= to);
        const fresh = windows
          .filter(({ readOn }) => readOn >= plusDays(TODAY, -1))
          .map(({ from, to, readOn }) => ({ from, to: earlier(to, plusDays(readOn, -1)) }))
          .filter(({ from, to }) => from <= to);
        const states = dayStates({ ...reads, settled, fresh, restatementDays }, RANGE);
        for (let index = 0; index < DAYS; index += 1) {
          const date = plusDays(RANGE.from, index);
          const readOn = windows
            .filter(({ from, to }) => from <= date && date <= to)
            .map((read) => read.readOn)
            .sort()
            .at(-1);
          const expected = dayState(date, { today: TODAY, readOn: readOn ?? null, restatementDays });
          expect([date, states[index]]).toEqual([date, expected.toUpperCase()]);
        }
      },
    ),
  );
});

const YESTERDAY = { from: '2026-03-08', to: '2026-03-09' };
const settling = { ...reads, fresh: [{ from: '2026-02-10', to: '2026-03-09' }] };

test('a failed sync makes a day doubtful that may still change, and no day that is final', () => {
  const failed = {
    ...settling,
    failure: 'Meta did not answer',
    settled: [{ from: '2026-01-01', to: '2026-03-08' }],
  };
  const states = dayStates(failed, YESTERDAY);
  expect(states).toEqual(['FINAL', 'FAILED']);
  expect(worstOf(states)).toBe('FAILED');
  expect(reasonOf(failed, YESTERDAY, states)).toBe(
    'The last sync failed: Meta did not answer. Days are days in Asia/Dubai.',
  );
});

test.each([
  [
    settling,
    YESTERDAY,
    'SETTLING',
    'Meta may still change what it says of a day until the day is 28 days old. Days are days in Asia/Dubai.',
  ],
  [settling, { from: '2026-03-08', to: TODAY }, 'PARTIAL', '10 March 2026 still runs in Asia/Dubai.'],
  [
    reads,
    YESTERDAY,
    'STALE',
    'The days from 8 March 2026 to 9 March 2026 should have been read again and were not. Days are days in Asia/Dubai.',
  ],
  [
    { ...reads, newestBusinessDate: null },
    YESTERDAY,
    'NONE',
    'Nothing was ever fetched. Days are days in Asia/Dubai.',
  ],
  [
    { ...reads, isFile: true, restatementDays: 0, settled: [YESTERDAY] },
    YESTERDAY,
    'FINAL',
    'From files, which are as they are. Days are days in Asia/Dubai.',
  ],
  [
    { ...reads, isFile: true, restatementDays: 0, settled: [{ from: '2026-03-08', to: '2026-03-08' }] },
    YESTERDAY,
    'STALE',
    'No file holds 9 March 2026. Days are days in Asia/Dubai.',
  ],
] as const)('an account says in a sentence why it is what it is', (of, range, state, reason) => {
  const states = dayStates(of, range);
  expect(worstOf(states)).toBe(state);
  expect(reasonOf(of, range, states)).toBe(reason);
});
