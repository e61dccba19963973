import { monthsOf } from '../budgets/rules.ts';
import { RATIO_DECIMALS } from '../metrics/rules.ts';
import { divide, round, subtract, sum } from '../records/decimals.ts';
import { amountWords } from '../records/money.ts';
import type { CampaignRow, SpendDayRow } from './facts.ts';
import {
  addDays,
  AMOUNT_DECIMALS,
  daysBetween,
  isPausedOn,
  MOST_DAYS,
  type Span,
  spanOf,
  weighDays,
  within,
} from './plan.ts';
import { endsAt, type ToCome, toComeBy } from './project.ts';
import {
  bandOf,
  dayWords,
  expectedBy,
  isNothing,
  type Pace,
  type PacedAccount,
  type PacedCampaign,
  type PacedSpend,
  silentOnes,
  toProjection,
} from './rules.ts';
import type { Pacing, PacingDay, PacingMonth, Projection, WeekdayShape } from './schema.ts';
import type { Shape } from './weekdays.ts';

/** A campaign's pace with its spend day by day. */
export interface PacedDays {
  row: CampaignRow;
  campaign: PacedCampaign;
  accounts: readonly PacedAccount[];
  spend: PacedSpend;
  shape: Shape;
  pace: Pace;
  /** Of the flight. */
  days: readonly SpendDayRow[];
  /** Before it and after it. */
  outside: readonly SpendDayRow[];
}

/** The answer. Pure. */
export function toPacing(found: PacedDays): Pacing {
  const { row, campaign, accounts, spend, shape, pace, days } = found;
  const { flight } = pace;
  const needed = neededPerDay(found);
  return {
    campaignId: row.id,
    currency: campaign.currency,
    band: pace.band,
    reason: pace.reason,
    tolerance: round(campaign.tolerance, 4),
    flight: flight && { from: flight.startsOn, to: flight.endsOn },
    through: spend.through,
    budget: campaign.budget,
    spent: pace.spent,
    spentAfter: spend.spentAfter === null ? null : round(spend.spentAfter, AMOUNT_DECIMALS),
    expected: pace.expected,
    ratio: pace.ratio,
    monthEnd: monthEndOf(found)?.projection ?? null,
    flightEnd: pace.flightEnd,
    neededPerDay: needed.amount,
    averagePerDay: pace.rate && divide(pace.rate.spent, String(pace.rate.days), AMOUNT_DECIMALS),
    daysLeft: needed.days,
    shape: toShape(shape),
    months: toMonths(found),
    days: toDays(found),
    silentAccounts: silentOnes(accounts).map(({ adAccountId, name, state, newestBusinessDate, reason }) => ({
      ...{ adAccountId, name, state, newestBusinessDate, reason },
    })),
    leftOut: spend.leftOut.map(({ amount, currency }) => ({
      ...{ amount: round(amount, AMOUNT_DECIMALS), currency },
      note: `${amountWords(amount, currency)} has no exchange rate into ${campaign.currency} and is left out.`,
    })),
    notes: notesOf(found),
    isSandbox: days.some(({ is_sandbox: isSandbox }) => isSandbox),
  };
}

/** What it would have to spend a day, on the days left, to end on budget. */
export function neededPerDay({ campaign, spend, shape, pace }: PacedDays): {
  amount: string | null;
  days: number | null;
} {
  const { flight, spent } = pace;
  if (!flight || spend.through === null) return { amount: null, days: null };
  const from = addDays(spend.through, 1);
  const { days } = weighDays(flight, shape.weights, { from, to: flight.endsOn });
  if (campaign.budget === null || spent === null || days === 0) return { amount: null, days };
  const left = subtract(campaign.budget, spent);
  return { amount: divide(left.startsWith('-') ? '0' : left, String(days), AMOUNT_DECIMALS), days };
}

/** The end of the month that the first day after `through` lies in, and what this month came to until then. */
export function monthEndOf(
  found: PacedDays,
): { projection: Projection; span: Span; spent: string; toCome: ToCome } | null {
  const { campaign, spend, shape, pace, days } = found;
  const { rate, flight, parts } = pace;
  if (!rate || spend.through === null) return null;
  const { through } = spend;
  const next = addDays(through, 1);
  const month = spanOf(next.slice(0, 7));
  const span = flight ? within(month, flight) : month;
  if (!span || span.to < next) return null;
  const plan = { calendar: campaign.calendar, weights: shape.weights };
  const spent = spentIn(days, { from: span.from, to: through }) ?? '0';
  const known = spentIn(days, span) ?? '0';
  const budget = flight && parts.length > 0 ? plannedIn({ flight, parts, shape }, span) : null;
  const toCome = toComeBy(rate, { through, to: span.to }, plan);
  return { projection: toProjection(spent, toCome, { known, budget, rate }), span, spent, toCome };
}

type Planned = { flight: NonNullable<Pace['flight']>; parts: Pace['parts']; shape: Shape };

/** What the plan is for some days: what it expects by the last of them less what it expected before the first. */
function plannedIn({ flight, parts, shape }: Planned, { from, to }: Span): string {
  const plan = { flight, weights: shape.weights };
  const by = (day: string) => expectedBy(parts, plan, day) ?? '0';
  return subtract(by(to), by(addDays(from, -1)));
}

/** Converted spend of some days; null where there is none. */
function spentIn(days: readonly SpendDayRow[], { from, to }: Span): string | null {
  const own = days.filter(({ date }) => date >= from && date <= to);
  const whole = sum(own.map(({ converted }) => converted));
  return whole === null ? null : round(whole, AMOUNT_DECIMALS);
}

function toMonths(found: PacedDays): PacingMonth[] {
  const { campaign, shape, pace } = found;
  const { flight, parts } = pace;
  if (!flight || parts.length === 0) return [];
  const ofLines = new Set(parts.flatMap(({ month }) => (month === null ? [] : [month])));
  return monthsOf(flight.startsOn, flight.endsOn).flatMap((month) => {
    const span = within(spanOf(month), flight);
    if (!span) return [];
    const budget = plannedIn({ flight, parts, shape }, span);
    return [{ month, budget, isOfLines: ofLines.has(month), ...paceOfMonth(found, span) }].map((one) => ({
      ...one,
      band: bandOfMonth(one.ratio, {
        pace,
        span,
        through: found.spend.through,
        tolerance: campaign.tolerance,
      }),
    }));
  });
}

function paceOfMonth(
  { spend, shape, pace, days }: PacedDays,
  span: Span,
): Pick<PacingMonth, 'spent' | 'expected' | 'ratio'> {
  const { through } = spend;
  const { flight, parts } = pace;
  if (!flight || through === null || through < span.from) return { spent: null, expected: null, ratio: null };
  const to = through < span.to ? through : span.to;
  const spent = spentIn(days, { from: span.from, to }) ?? '0';
  const expected = plannedIn({ flight, parts, shape }, { from: span.from, to });
  return { spent, expected, ratio: divide(spent, expected, RATIO_DECIMALS) };
}

function bandOfMonth(
  ratio: string | null,
  { pace, span, through, tolerance }: { pace: Pace; span: Span; through: string | null; tolerance: string },
): PacingMonth['band'] {
  if (through === null || through < span.from) return 'NOT_STARTED';
  if (through >= span.to) return 'ENDED';
  const isJudged = pace.band === 'ON_PACE' || pace.band === 'OVER' || pace.band === 'UNDER';
  return isJudged && ratio !== null ? bandOf(ratio, tolerance) : pace.band;
}

/** The chart: every day of the flight, each with what it has come to by its end. */
function toDays({ campaign, spend, shape, pace, days }: PacedDays): PacingDay[] {
  const { flight, parts, rate, spent } = pace;
  if (!flight) return [];
  const { through } = spend;
  const plan = { flight, weights: shape.weights };
  const open = { calendar: campaign.calendar, weights: shape.weights };
  const known = sum([spent, spend.spentAfter]) ?? '0';
  const byDay = groupByDay(days);
  let running = '0';
  return daysBetween({ from: flight.startsOn, to: flight.endsOn })
    .slice(0, MOST_DAYS)
    .map((date) => {
      running = sum([running, ...(byDay.get(date) ?? [])]) ?? running;
      const isOver = through !== null && date <= through;
      const toCome = !isOver && rate && through !== null ? toComeBy(rate, { through, to: date }, open) : null;
      const ends = toCome && spent !== null ? endsAt(spent, toCome, known) : null;
      return {
        date,
        expected: expectedBy(parts, plan, date),
        spent: isOver ? round(running, AMOUNT_DECIMALS) : null,
        projected: ends?.amount ?? null,
        low: ends?.low ?? null,
        high: ends?.high ?? null,
        isPaused: isPausedOn(flight, date),
      };
    });
}

function groupByDay(days: readonly SpendDayRow[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { date, converted } of days)
    if (converted !== null) groups.set(date, [...(groups.get(date) ?? []), converted]);
  return groups;
}

export function toShape({ basis, weeks, weights }: Shape): WeekdayShape {
  const count = `${weeks} full ${weeks === 1 ? 'week' : 'weeks'}`;
  const of = { CAMPAIGN: 'the campaign’s', BRAND: 'its brand’s', AGENCY: 'the agency’s', EVEN: '' }[basis];
  const note =
    basis === 'EVEN'
      ? 'Nobody has spent for a full week yet: every weekday weighs alike.'
      : `Weekdays weigh as in ${of} last ${count} of spend, drawn towards even days the fewer the weeks.`;
  return { basis, weeks, weights: [...weights], note };
}

/** Attached platform campaigns may have spent before the flight began, and on after it: that is no part of its pace. */
function outsideNotes({ campaign: { calendar, currency }, outside }: PacedDays): string[] {
  const { startsOn, endsOn } = calendar;
  const noteOf = (days: readonly SpendDayRow[], when: string) => {
    const whole = sum(days.map(({ converted }) => converted));
    return whole === null || isNothing(whole)
      ? []
      : [`${amountWords(round(whole, 2), currency)} was spent ${when} and is in no figure of this pace.`];
  };
  return [
    ...(startsOn === null
      ? []
      : noteOf(
          outside.filter(({ date }) => date < startsOn),
          `before the flight began on ${dayWords(startsOn)}`,
        )),
    ...(endsOn === null
      ? []
      : noteOf(
          outside.filter(({ date }) => date > endsOn),
          `after the flight ended on ${dayWords(endsOn)}`,
        )),
  ];
}

export function notesOf(found: PacedDays): string[] {
  const { campaign, accounts, spend, pace } = found;
  const { through, spentAfter } = spend;
  const { rate } = pace;
  const running = accounts.some(({ today, newestBusinessDate }) => newestBusinessDate === today);
  const after = spentAfter !== null && !isNothing(spentAfter) && through !== null;
  const paused =
    campaign.status === 'PAUSED' && campaign.calendar.pausesOn === null
      ? [
          'It is paused by hand: the plan goes on without it, and the projection says what would come if it went on too.',
        ]
      : [];
  return [
    ...(through === null
      ? []
      : [`Through ${dayWords(through)}, the last day that all its accounts cover whole.`]),
    ...(after
      ? [
          `${amountWords(round(spentAfter, 2), campaign.currency)} came after that${running ? ', on days that still run,' : ''} and is not counted.`,
        ]
      : []),
    ...outsideNotes(found),
    ...(rate === null
      ? []
      : [
          `The projections go by the last ${rate.days} full ${rate.days === 1 ? 'day' : 'days'} of spend, each by its weekday.`,
          rate.deviation === null
            ? 'Fewer than three days do not tell how far they may be off.'
            : 'Between low and high it ends four times out of five, if the days to come scatter as those days did, each for itself.',
        ]),
    ...paused,
  ];
}
