import { fixedDay, isoDay } from '../world/calendar.ts';
import { unit } from '../world/random.ts';
import { isBusinessDay } from './business-days.ts';
import lastReal from './last-real-rates.json' with { type: 'json' };

export interface DayRates {
  date: string;
  /** Units of a currency for one euro, with the decimals that the ECB gives it. */
  rates: readonly { currency: string; rate: string }[];
}

/** Constant: rates are published facts, and another seed must not rewrite those already stored. */
const WALK_SALT = 0x0ecb;
const LARGEST_STEP = 0.004;
/** How strongly a day pulls back towards the last real rate, so that years of walking stay plausible. */
const PULL = 0.02;

/** Tied currencies walk together or hardly at all: HKD keeps to the dollar, DKK to the euro. */
const WALKS_WITH: Readonly<Record<string, string>> = { HKD: 'USD' };
const TIED_TO_EURO = new Set(['DKK']);
const TIED_STEP = 0.00005;

interface Walker {
  /** Which draws it follows. */
  lane: number;
  largestStep: number;
  currency: string;
  start: number;
  decimals: number;
  value: number;
}

function walkers(): Walker[] {
  const currencies = Object.keys(lastReal.rates);
  return Object.entries(lastReal.rates).map(([currency, text]) => {
    const start = Number(text);
    const lane = currencies.indexOf(WALKS_WITH[currency] ?? currency);
    const largestStep = TIED_TO_EURO.has(currency) ? TIED_STEP : LARGEST_STEP;
    return { lane, largestStep, currency, start, value: start, decimals: text.split('.')[1]?.length ?? 0 };
  });
}

function step(walker: Walker, day: number): void {
  const chance = (unit(WALK_SALT, day, walker.lane) - 0.5) * 2 * walker.largestStep;
  const pull = ((walker.start - walker.value) / walker.start) * PULL;
  walker.value *= 1 + chance + pull;
}

/**
 * Invented rates that go on from the last real ones: one set for each business day after them up to `today`, newest
 * first. A day's rates are the same whenever they are asked for.
 */
export function continuedRates(today: number): DayRates[] {
  const currencies = walkers();
  const days: DayRates[] = [];
  for (let day = fixedDay(lastReal.date) + 1; day <= today; day += 1) {
    if (!isBusinessDay(day)) continue;
    for (const walker of currencies) step(walker, day);
    const rates = currencies.map(({ currency, value, decimals }) => {
      return { currency, rate: value.toFixed(decimals) };
    });
    days.push({ date: isoDay(day), rates });
  }
  return days.reverse();
}
