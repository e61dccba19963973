import type { LineValues } from './line-values.ts';
import { toDecimal, toUnits } from './plan-diff.ts';

/** A month of the flight with its days in it. */
export interface FlightMonth {
  month: string;
  days: number;
}

const DAY_MS = 86_400_000;

/** The months of a flight, YYYY-MM, each with how many of the flight's days it has. */
export function flightMonths(startsOn: string, endsOn: string): FlightMonth[] {
  const months = new Map<string, number>();
  for (let at = Date.parse(`${startsOn}T00:00:00Z`); at <= Date.parse(`${endsOn}T00:00:00Z`); at += DAY_MS) {
    const month = new Date(at).toISOString().slice(0, 7);
    months.set(month, (months.get(month) ?? 0) + 1);
  }
  return [...months].map(([month, days]) => ({ month, days }));
}

/** A hundredth, in the ten thousandths that amounts are counted in: parts are of whole cents where the amount is. */
const CENT = 100n;

/**
 * An amount over months by their days of the flight, to the cent; the last takes what rounding leaves, so that the parts
 * come to the whole exactly.
 */
export function splitByDays(amount: string, months: readonly FlightMonth[]): string[] {
  const whole = toUnits(amount);
  const all = months.reduce((sum, { days }) => sum + BigInt(days), 0n);
  if (all === 0n) return [];
  let left = whole;
  return months.map(({ days }, at) => {
    const part = at === months.length - 1 ? left : ((whole * BigInt(days)) / all / CENT) * CENT;
    left -= part;
    return toDecimal(part);
  });
}

/** Every line that names no month, as a line for each month of the flight; the others stay as they are. */
export function splitLines(lines: readonly LineValues[], months: readonly FlightMonth[]): LineValues[] {
  if (months.length < 2) return [...lines];
  return lines.flatMap((line) => {
    if (line.month !== '' || toUnits(line.amount.replaceAll(',', '')) === 0n) return [line];
    const parts = splitByDays(line.amount.replaceAll(',', ''), months);
    return months.map(({ month }, at) => ({ ...line, month, amount: parts[at] ?? '0' }));
  });
}

/** What of the total is in no line yet; below zero where the lines are over it. */
export function restOf(total: string, amounts: readonly string[]): string {
  const taken = amounts.reduce((sum, amount) => sum + toUnits(amount.replaceAll(',', '')), 0n);
  return toDecimal(toUnits(total.replaceAll(',', '')) - taken);
}
