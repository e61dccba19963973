import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../server/domain/explanations/rules.ts';
import type { Formula } from '../../server/domain/explanations/schema.ts';
import { sum } from '../../server/domain/records/decimals.ts';
import {
  basisOf,
  type FeePost,
  type FeeResult,
  notesOf,
  type WorkDone,
} from '../../server/domain/campaign-creators/fee-basis.ts';
import { earnedByDay, earnedWithin } from '../../server/domain/campaign-creators/fee-days.ts';
import { feeFigures, type FeeTerms } from '../../server/domain/campaign-creators/fees.ts';

const none: FeeTerms = {
  feeType: 'FLAT',
  amount: null,
  currency: 'AED',
  percent: null,
  variableType: null,
  variableAmount: null,
  cap: null,
};
const terms = (given: Partial<FeeTerms>): FeeTerms => ({ ...none, ...given });
const reel = { id: 'reel', label: 'Instagram reel', count: 3 };

const work = (given: Partial<WorkDone> = {}): WorkDone => ({
  status: 'IN_PROGRESS',
  completedOn: null,
  deliverables: [],
  posts: [],
  results: [],
  ...given,
});
const post = (day: string, views: number | null = 1000): FeePost => ({ day, deliverableId: 'reel', views });
const result = (day: string, given: Partial<FeeResult>): FeeResult => ({
  ...{ day, clicks: null, conversions: null, value: null, currency: null, rate: null, publishedOn: null },
  ...given,
});

/** [committed, earned, expected], each recomputed from its leaves. */
function figures(of: FeeTerms, done: WorkDone) {
  const { committed, earned, expected } = feeFigures(of, basisOf(done, of.currency), done.status);
  for (const one of [committed, earned, expected]) expect(evaluate(one)).toBe(one.value);
  return [committed.value, earned.value, expected.value];
}

describe('a flat fee', () => {
  const flat = terms({ amount: '1000' });

  it('is earned by the confirmed part of the pieces that are owed', () => {
    const posts = [post('2026-11-01')];
    expect(figures(flat, work({ deliverables: [reel], posts }))).toEqual(['1000', '333.33', '1000']);
  });

  it('is earned once at most, and pieces beyond one deliverable do not stand for another', () => {
    const story = { id: 'story', label: 'Instagram story', count: 1 };
    const posts = Array.from({ length: 5 }, () => post('2026-11-01'));
    expect(figures(flat, work({ deliverables: [reel], posts }))[1]).toBe('1000');
    expect(figures(flat, work({ deliverables: [reel, story], posts }))[1]).toBe('750');
  });

  it('with nothing owed by the piece is earned as a whole once the work is completed', () => {
    expect(figures(flat, work())).toEqual(['1000', '0', '1000']);
    const done = work({ status: 'COMPLETED', completedOn: '2026-11-20' });
    expect(figures(flat, done)).toEqual(['1000', '1000', '1000']);
  });

  it('of work that was cancelled or declined is what was earned before', () => {
    const done = { deliverables: [{ ...reel, count: 4 }], posts: [post('2026-11-01')] };
    expect(figures(flat, work({ ...done, status: 'CANCELLED' }))).toEqual(['250', '250', '250']);
    expect(figures(flat, work({ status: 'DECLINED' }))).toEqual(['0', '0', '0']);
  });

  it('that was not agreed is unknown, not nothing', () => {
    expect(figures(terms({}), work({ deliverables: [reel] }))).toEqual([null, null, null]);
  });
});

describe('a fee per thousand views', () => {
  const cpm = terms({ feeType: 'CPM', amount: '20' });

  it('counts the known views of confirmed posts, and expects their mean of those to come', () => {
    const posts = [post('2026-11-01', 10_000), post('2026-11-02', 30_000)];
    expect(figures(cpm, work({ deliverables: [reel], posts }))).toEqual(['800', '800', '1200']);
  });

  it('leaves unknown views out and says so', () => {
    const posts = [post('2026-11-01', 10_000), post('2026-11-02', null)];
    const done = work({ posts });
    expect(figures(cpm, done)).toEqual(['200', '200', null]);
    expect(notesOf(done, 'AED').views).toEqual(['The views of 1 of 2 posts are unknown and not counted.']);
  });

  it('is unknown where no view of any post is known, and nothing where no post is confirmed', () => {
    expect(figures(cpm, work({ posts: [post('2026-11-01', null)] }))[1]).toBeNull();
    expect(figures(cpm, work())[1]).toBe('0');
  });
});

describe('a fee by results', () => {
  const results = [
    result('2026-11-01', { clicks: 10, conversions: '2.5', value: '400', currency: 'AED' }),
    result('2026-11-02', { clicks: 5, conversions: '1', value: '100', currency: 'USD', rate: '3.6725' }),
    result('2026-11-03', { value: '9', currency: 'KWD' }),
  ];

  it('counts clicks and conversions', () => {
    expect(figures(terms({ feeType: 'CPC', amount: '0.5' }), work({ results }))).toEqual([
      '7.5',
      '7.5',
      null,
    ]);
    expect(figures(terms({ feeType: 'CPA', amount: '12' }), work({ results }))[1]).toBe('42');
  });

  it('is unknown before a result is entered', () => {
    expect(figures(terms({ feeType: 'CPA', amount: '12' }), work())).toEqual([null, null, null]);
  });

  it('takes its share of each day’s value by the rate of that day, and names what has none', () => {
    const share = terms({ feeType: 'REVENUE_SHARE', percent: '10' });
    expect(figures(share, work({ results }))[1]).toBe('76.73');
    expect(notesOf(work({ results }), 'AED').values).toEqual([
      'Values in KWD without a rate into AED are left out.',
    ]);
  });

  it('of two parts is the sum of both, and never more than its cap', () => {
    const both = { feeType: 'HYBRID', amount: '300', variableType: 'CPC', variableAmount: '10' } as const;
    const done = work({ deliverables: [reel], posts: [post('2026-11-01')], results });
    expect(figures(terms(both), done)).toEqual(['450', '250', null]);
    expect(figures(terms({ ...both, cap: '400' }), done)).toEqual(['400', '250', null]);
  });
});

describe('a fee within days', () => {
  const posts = [post('2026-10-30', 4000), post('2026-11-02', 6000), post('2026-11-09', 9000)];
  const cpm = terms({ feeType: 'CPM', amount: '100', cap: '1500' });

  it('is what was earned by the last of them less what was earned before the first', () => {
    const earned = earnedWithin(cpm, work({ posts }), { from: '2026-11-01', to: '2026-11-30' });
    expect([earned.value, evaluate(earned)]).toEqual(['1100', '1100']);
    expect(earnedWithin(cpm, work({ posts }), { to: '2026-10-31' }).value).toBe('400');
  });

  it('is the sum of its days, the cap held over all of them', () => {
    expect(earnedByDay(cpm, work({ posts }), { from: '2026-11-01' })).toEqual([
      { date: '2026-11-02', amount: '600' },
      { date: '2026-11-09', amount: '500' },
    ]);
  });

  it('by days comes to the whole for any work', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);
    const given = fc.record({
      amount: fc.integer({ min: 0, max: 99_999 }).map((n) => String(n / 100)),
      cap: fc.option(fc.integer({ min: 0, max: 5000 }).map(String)),
      posts: fc.array(fc.record({ day, views: fc.option(fc.nat(100_000)) }), { maxLength: 8 }),
      clicks: fc.array(fc.record({ day, clicks: fc.option(fc.nat(500)) }), { maxLength: 8 }),
      type: fc.constantFrom('FLAT', 'CPM', 'CPC', 'HYBRID'),
    });
    fc.assert(
      fc.property(given, ({ amount, cap, posts: some, clicks, type }) => {
        const fee = terms({ feeType: type, amount, cap, variableType: 'CPC', variableAmount: '0.07' });
        const done = work({
          deliverables: [reel],
          posts: some.map((one) => ({ ...one, deliverableId: 'reel' })),
          results: clicks.map((one) => result(one.day, { clicks: one.clicks })),
        });
        const whole: Formula = feeFigures(fee, basisOf(done, 'AED'), done.status).earned;
        expect(evaluate(whole)).toBe(whole.value);
        expect(sum(earnedByDay(fee, done, {}).map((one) => one.amount)) ?? '0').toBe(whole.value ?? '0');
      }),
    );
  });
});
