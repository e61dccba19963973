import { divide, extremes, product, round, subtract, sum } from '../records/decimals.ts';
import { addDays, AMOUNT_DECIMALS, type Calendar, daysBetween, weighDays, weightOn } from './plan.ts';
import type { DaySpend, Weights } from './weekdays.ts';

/** The full days whose spend a projection goes by. */
export const RATE_DAYS = 14;
/** With fewer, nothing is said of how far it may be off. */
const LEAST_DAYS = 3;

/** How fast it spends, for a day that weighs 1; and how far its days scatter around that. */
export interface RunRate {
  /** Full, unpaused days behind it. */
  days: number;
  from: string;
  to: string;
  /** What they came to, at least 0, and what they weigh. */
  spent: string;
  weight: string;
  /** The standard deviation of a day; null with fewer than three days. */
  deviation: number | null;
}

/**
 * The run rate of the last full days through a day, from the first day of spend on. Null where none of them weighs
 * anything: nothing was spent yet, or it rested all the time.
 */
export function runRate(
  days: readonly DaySpend[],
  through: string,
  { calendar, weights }: { calendar: Calendar; weights: Weights },
): RunRate | null {
  const first = days
    .filter(({ amount, date }) => date <= through && subtract(amount, '0') !== '0')
    .map(({ date }) => date)
    .sort()[0];
  if (first === undefined) return null;
  const earliest = addDays(through, 1 - RATE_DAYS);
  const open = { ...calendar, startsOn: null };
  const seen = daysBetween({ from: first > earliest ? first : earliest, to: through }).filter(
    (day) => weightOn(open, weights, day) !== '0',
  );
  const [from, to] = [seen.at(0), seen.at(-1)];
  if (from === undefined || to === undefined) return null;
  const byDay = new Map(days.map(({ date, amount }) => [date, amount]));
  const amounts = seen.map((day) => byDay.get(day) ?? '0');
  const own = seen.map((day) => weightOn(open, weights, day));
  const total = sum(amounts) ?? '0';
  const spent = total.startsWith('-') ? '0' : total;
  const weight = sum(own) ?? '0';
  return { days: seen.length, from, to, spent, weight, deviation: deviationOf(amounts, own) };
}

/** Of the days' spend around the rate times their weights; it needs no exactness. */
function deviationOf(amounts: readonly string[], weights: readonly string[]): number | null {
  if (amounts.length < LEAST_DAYS) return null;
  const total = amounts.reduce((all, amount) => all + Number(amount), 0);
  const weight = weights.reduce((all, one) => all + Number(one), 0);
  const squares = amounts.reduce((all, amount, index) => {
    const residual = Number(amount) - (total / weight) * Number(weights[index] ?? 0);
    return all + residual * residual;
  }, 0);
  return Math.sqrt(squares / (amounts.length - 1));
}

/** What is still to come by the end of a day, after `through`. */
export interface ToCome {
  date: string;
  /** What the days until then weigh, and how many of them spend. */
  weight: string;
  days: number;
  amount: string;
  /** Half the interval's width; null where nothing is said. */
  margin: string | null;
}

/** What is to come from the day after `through` to a day, at a run rate. */
export function toComeBy(
  rate: RunRate,
  { through, to }: { through: string; to: string },
  { calendar, weights }: { calendar: Calendar; weights: Weights },
): ToCome {
  const from = addDays(through, 1);
  const { weight, days } = weighDays({ ...calendar, startsOn: null }, weights, { from, to });
  const amount = divide(product([rate.spent, weight]), rate.weight, AMOUNT_DECIMALS) ?? '0';
  return { date: to, weight, days, amount, margin: marginOf(rate, days, Number(weight)) };
}

/**
 * Half of the width in which four of five outcomes lie: the days to come scatter as the days that were seen did, each for
 * itself, and the rate itself is only known from those. Student's t for as many days as were seen.
 */
function marginOf(rate: RunRate, days: number, weight: number): string | null {
  if (rate.deviation === null) return null;
  const ofRate = rate.days * (weight / Number(rate.weight)) ** 2;
  const width = quantile(rate.days - 1) * rate.deviation * Math.sqrt(days + ofRate);
  return round(width.toFixed(AMOUNT_DECIMALS), 2);
}

/** The 0.9 quantile of Student's t by degrees of freedom, from any table of it; an 80 % interval lies between both. */
const T_90 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356, 1.35];

function quantile(freedom: number): number {
  return T_90[Math.min(freedom, T_90.length) - 1] ?? 1.282;
}

export interface Ends {
  amount: string;
  low: string | null;
  high: string | null;
}

/** What was spent and what is to come, with its interval: never below what is spent already, days that still run with it. */
export function endsAt(spent: string, toCome: ToCome, known: string): Ends {
  const amount = sum([spent, toCome.amount]) ?? spent;
  const { margin } = toCome;
  if (margin === null) return { amount: atLeast(amount, known), low: null, high: null };
  return {
    amount: atLeast(amount, known),
    low: atLeast(subtract(amount, margin), known),
    high: atLeast(sum([amount, margin]) ?? amount, known),
  };
}

export function atLeast(amount: string, floor: string): string {
  return extremes([amount, floor])?.highest ?? amount;
}
