import { divide, product, subtract, sum } from '../records/decimals.ts';
import { type Weights, weekdayOf } from './weekdays.ts';

/** When a campaign spends; inclusive days, null is open. From pausesOn until the day before resumesOn it rests. */
export interface Calendar {
  startsOn: string | null;
  endsOn: string | null;
  pausesOn: string | null;
  resumesOn: string | null;
}

/** A closed flight. */
export type Flight = Calendar & { startsOn: string; endsOn: string };

/** Decimals of an amount that is reckoned here, as of every converted one. */
export const AMOUNT_DECIMALS = 6;

/** The days of a chart and of what is reckoned day by day. */
export const MOST_DAYS = 1200;

export function isPausedOn({ pausesOn, resumesOn }: Calendar, day: string): boolean {
  return pausesOn !== null && day >= pausesOn && (resumesOn === null || day < resumesOn);
}

/** Whether a day is before the first or after the last: what was spent then is not of this plan. */
export function isOutside({ startsOn, endsOn }: Pick<Calendar, 'startsOn' | 'endsOn'>, day: string): boolean {
  return (startsOn !== null && day < startsOn) || (endsOn !== null && day > endsOn);
}

/** What a day weighs: its weekday's weight; 0 outside of the flight and while it rests. */
export function weightOn(calendar: Calendar, weights: Weights, day: string): string {
  return isOutside(calendar, day) || isPausedOn(calendar, day) ? '0' : (weights[weekdayOf(day)] ?? '0');
}

/** How many days of each weekday count, Monday first, and what they weigh together. */
export interface WeighedDays {
  weight: string;
  /** Days that weigh something. */
  days: number;
}

/** What the days from one to another weigh together; 0 where there is none. Reckoned and not walked. */
export function weighDays(calendar: Calendar, weights: Weights, { from, to }: Span): WeighedDays {
  const { startsOn, endsOn, pausesOn, resumesOn } = calendar;
  const first = startsOn !== null && from < startsOn ? startsOn : from;
  const last = endsOn !== null && to > endsOn ? endsOn : to;
  const counts = weekdayCounts({ from: first, to: last });
  if (pausesOn !== null) {
    const restsTo = resumesOn === null ? last : addDays(resumesOn, -1);
    const rest = weekdayCounts({
      from: pausesOn > first ? pausesOn : first,
      to: restsTo < last ? restsTo : last,
    });
    rest.forEach((count, weekday) => (counts[weekday] = (counts[weekday] ?? 0) - count));
  }
  const parts = counts.map((count, weekday) => product([String(count), weights[weekday] ?? '0']));
  const days = counts.reduce((all, count, weekday) => all + (isWeightless(weights[weekday]) ? 0 : count), 0);
  return { weight: sum(parts) ?? '0', days };
}

function isWeightless(weight: string | undefined): boolean {
  return weight === undefined || Number(weight) === 0;
}

/** How many Mondays, Tuesdays … lie between two days, both with them. */
function weekdayCounts({ from, to }: Span): number[] {
  const days = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1);
  const first = weekdayOf(from);
  return [0, 1, 2, 3, 4, 5, 6].map(
    (weekday) => Math.floor(days / 7) + ((weekday - first + 7) % 7 < days % 7 ? 1 : 0),
  );
}

/** Inclusive business days. */
export interface Span {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;

/** `count` days after a day; before it where negative. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The days from one to another, both with them. */
export function daysBetween({ from, to }: Span): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The first and last day of a month, YYYY-MM. */
export function spanOf(month: string): Span {
  const from = `${month}-01`;
  const next = new Date(`${from}T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return { from, to: addDays(next.toISOString().slice(0, 10), -1) };
}

/** A part of the budget with the days that it is for. */
export interface PlannedPart {
  /** Null: for the flight as a whole. */
  month: string | null;
  amount: string;
  from: string;
  to: string;
  /** What its days weigh together. */
  weight: string;
}

/**
 * The parts of a budget for platforms: one for each month that has lines of its own and days on which it spends, and the
 * rest for the flight as a whole.
 */
export function partsOf(
  budget: string,
  monthLines: readonly { month: string; amount: string }[],
  { flight, weights }: { flight: Flight; weights: Weights },
): PlannedPart[] {
  const months = new Map<string, string[]>();
  for (const { month, amount } of monthLines) months.set(month, [...(months.get(month) ?? []), amount]);
  const ofMonths = [...months].flatMap(([month, amounts]) => {
    const days = within(spanOf(month), flight);
    const weight = days ? weighDays(flight, weights, days).weight : '0';
    return days && weight !== '0' ? [{ month, amount: sum(amounts) ?? '0', ...days, weight }] : [];
  });
  const rest = subtract(budget, sum(ofMonths.map(({ amount }) => amount)) ?? '0');
  const days = { from: flight.startsOn, to: flight.endsOn };
  const whole = { month: null, amount: rest, ...days, weight: weighDays(flight, weights, days).weight };
  return rest === '0' && ofMonths.length > 0 ? ofMonths : [...ofMonths, whole];
}

/** The days of a span that lie in the flight; null where there is none. */
export function within(span: Span, flight: Flight): Span | null {
  const from = span.from < flight.startsOn ? flight.startsOn : span.from;
  const to = span.to > flight.endsOn ? flight.endsOn : span.to;
  return from <= to ? { from, to } : null;
}

/**
 * What of a part is expected to be spent by the end of a day: the part times what its days until then weigh of all its
 * days. Null where none of its days weighs anything.
 */
export function expectedOf(
  part: PlannedPart,
  { flight, weights }: { flight: Flight; weights: Weights },
  day: string,
): string | null {
  if (day < part.from) return part.weight === '0' ? null : '0';
  const to = day < part.to ? day : part.to;
  const until = weighDays(flight, weights, { from: part.from, to }).weight;
  return divide(product([part.amount, until]), part.weight, AMOUNT_DECIMALS);
}
