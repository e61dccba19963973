import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceWords } from '../../app/features/budgets/distance-words.ts';
import { emptyLine, readLines, toLineInputs } from '../../app/features/budgets/line-values.ts';
import { planChanges, toDecimal, toUnits } from '../../app/features/budgets/plan-diff.ts';
import { flightMonths, restOf, splitByDays, splitLines } from '../../app/features/budgets/split-lines.ts';
import { nextSteps } from '../../app/features/campaigns/next-steps.ts';
import type { BudgetLine } from '../../server/domain/budgets/schema.ts';

const line = (of: Partial<BudgetLine>): BudgetLine => ({
  id: '1',
  kind: 'MEDIA',
  platform: null,
  adAccountId: null,
  adAccountName: null,
  campaignCreatorId: null,
  creatorId: null,
  creatorName: null,
  month: null,
  amount: '0',
  note: null,
  ...of,
});

describe('an amount split over months', () => {
  it('goes by the days of the flight in each', () => {
    const months = flightMonths('2026-11-16', '2026-12-31');
    expect(months).toEqual([
      { month: '2026-11', days: 15 },
      { month: '2026-12', days: 31 },
    ]);
    expect(splitByDays('4600', months)).toEqual(['1500', '3100']);
  });

  it('comes to the whole, to the last digit', () => {
    const months = fc.array(
      fc.record({ month: fc.constant('2026-01'), days: fc.integer({ min: 1, max: 31 }) }),
      { minLength: 1, maxLength: 24 },
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), months, (units, parts) => {
        const split = splitByDays(toDecimal(units), parts);
        expect(split.reduce((sum, part) => sum + toUnits(part), 0n)).toBe(units);
        expect(split.every((part) => !part.startsWith('-'))).toBe(true);
      }),
    );
  });

  it('leaves lines alone that name a month, or that hold nothing', () => {
    const lines = [
      { ...emptyLine, month: '2026-11', amount: '100' },
      { ...emptyLine, note: 'later' },
      { ...emptyLine, platform: 'META', amount: '1,000' },
    ];
    const months = flightMonths('2026-11-01', '2026-12-31');
    expect(splitLines(lines, months).map(({ month, amount }) => [month, amount])).toEqual([
      ['2026-11', '100'],
      ['', ''],
      ['2026-11', '491.8'],
      ['2026-12', '508.2'],
    ]);
  });

  it('is not split over a flight of one month', () => {
    const lines = [{ ...emptyLine, amount: '100' }];
    expect(splitLines(lines, flightMonths('2026-11-01', '2026-11-30'))).toEqual(lines);
  });
});

describe('what is left of a total', () => {
  it('is exact, and below zero where the lines are over it', () => {
    expect(restOf('0.3', ['0.1', '0.2'])).toBe('0');
    expect(restOf('1,000', ['400.25', ''])).toBe('599.75');
    expect(restOf('10', ['10.0001'])).toBe('-0.0001');
  });
});

describe('the editor’s lines', () => {
  const form = new FormData();
  const send = (values: Partial<typeof emptyLine>) => {
    for (const [name, value] of Object.entries({ ...emptyLine, ...values }))
      form.append(`lines.${name}`, value);
  };
  send({ kind: 'MEDIA', platform: 'META', campaignCreatorId: 'c', amount: '1,200.50' });
  send({});
  send({ kind: 'CREATOR', platform: 'META', campaignCreatorId: 'c', amount: '300' });
  send({ kind: 'BOOST', platform: 'META', adAccountId: 'a', campaignCreatorId: 'c', amount: '1' });

  it('without an amount and a note are none', () => {
    expect(readLines(form)).toHaveLength(3);
  });

  it('hold what fits their kind alone, and an account without its platform', () => {
    expect(toLineInputs(readLines(form))).toEqual([
      {
        kind: 'MEDIA',
        platform: 'META',
        adAccountId: null,
        campaignCreatorId: null,
        month: null,
        amount: '1200.50',
        note: null,
      },
      {
        kind: 'CREATOR',
        platform: null,
        adAccountId: null,
        campaignCreatorId: 'c',
        month: null,
        amount: '300',
        note: null,
      },
      {
        kind: 'BOOST',
        platform: null,
        adAccountId: 'a',
        campaignCreatorId: 'c',
        month: null,
        amount: '1',
        note: null,
      },
    ]);
  });
});

describe('what a version changes of another', () => {
  it('is each part by what it is of, whatever the order', () => {
    const before = {
      lines: [line({ platform: 'META', amount: '100' }), line({ month: '2026-11', amount: '50' })],
    };
    const after = {
      lines: [
        line({ month: '2026-11', amount: '50.00' }),
        line({ platform: 'META', amount: '60' }),
        line({ platform: 'META', amount: '70' }),
        line({ kind: 'OTHER', amount: '5' }),
      ],
    };
    expect(planChanges(before, after).map(({ key: _key, ...change }) => change)).toEqual([
      { name: 'Media, Meta', before: '100', after: '130' },
      { name: 'Other costs', before: null, after: '5' },
    ]);
    expect(planChanges(after, before).at(-1)).toMatchObject({
      name: 'Other costs',
      before: '5',
      after: null,
    });
    expect(planChanges(after, after)).toEqual([]);
  });
});

describe('a pace in words', () => {
  it('says how far it is from the plan', () => {
    expect(distanceWords('1.07')).toBe('7% over plan');
    expect(distanceWords('0.88')).toBe('12% under plan');
    expect(distanceWords('1.001')).toBe('as planned');
    expect(distanceWords(null)).toBeNull();
  });
});

describe('the steps of a plan', () => {
  it('are done by what is there, and by nothing that is stored', () => {
    const campaign = {
      id: 'c',
      status: 'DRAFT',
      startsOn: '2026-12-01',
      endsOn: null,
      budget: null,
    } as const;
    const none = { hasPlatformCampaigns: false, hasCreators: false, hasBudgetLines: false };
    expect(nextSteps(campaign, none).filter(({ isDone }) => isDone)).toEqual([]);
    const whole = {
      ...campaign,
      status: 'APPROVED',
      endsOn: '2026-12-31',
      budget: { amount: '1', currency: 'AED' },
    } as const;
    const all = { hasPlatformCampaigns: true, hasCreators: true, hasBudgetLines: true };
    expect(nextSteps(whole, all).every(({ isDone }) => isDone)).toBe(true);
  });
});
