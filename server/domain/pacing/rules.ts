import { format } from 'date-fns';
import type { CampaignStatus } from '../../../db/types.ts';
import { fromUtcDay } from '../../kernel/time-zones.ts';
import type { FreshnessState } from '../metrics/dashboard-schema.ts';
import { RATIO_DECIMALS } from '../metrics/rules.ts';
import { divide, product, round, subtract, sum } from '../records/decimals.ts';
import { amountWords } from '../records/money.ts';
import {
  addDays,
  type Calendar,
  expectedOf,
  type Flight,
  isOutside,
  type PlannedPart,
  partsOf,
} from './plan.ts';
import { endsAt, type RunRate, runRate, type ToCome, toComeBy } from './project.ts';
import type { PacingBand, Projection } from './schema.ts';
import type { DaySpend, Shape } from './weekdays.ts';

export { addDays } from './plan.ts';

/** What an account says of the days that its figures cover. */
export interface PacedAccount {
  adAccountId: string;
  name: string;
  state: FreshnessState;
  newestBusinessDate: string | null;
  /** The account's own day now. */
  today: string;
  /** All that is attached of it ended, and its figures cover the end. */
  isDone: boolean;
  /** In a sentence. */
  reason: string;
}

/** A campaign as pacing judges it; amounts in its currency. */
export interface PacedCampaign {
  status: CampaignStatus;
  calendar: Calendar;
  currency: string;
  /** For platforms: see mediaBudget. */
  budget: string | null;
  monthLines: readonly { month: string; amount: string }[];
  tolerance: string;
  /** The agency's day. */
  today: string;
}

export interface PacedSpend {
  /** The last day that all accounts cover whole. */
  through: string | null;
  /** Of the flight, as is `spentAfter`. */
  spent: string | null;
  spentAfter: string | null;
  /** Before the flight's first day and after its last. */
  spentOutside: string | null;
  /** Day by day through `through`, the last SHAPE_DAYS of them, those before the flight with them: weekdays are alike. */
  recent: readonly DaySpend[];
  /** Own amounts of the flight that have no rate into the currency. */
  leftOut: readonly { amount: string; currency: string }[];
}

/** What pacing says of one campaign; the parts that it is made of stay with it. */
export interface Pace {
  band: PacingBand;
  reason: string;
  spent: string | null;
  expected: string | null;
  ratio: string | null;
  flightEnd: Projection | null;
  toFlightEnd: ToCome | null;
  rate: RunRate | null;
  parts: readonly PlannedPart[];
  flight: Flight | null;
}

/** What a plan leaves to platforms: its total less what its lines set aside for creators and other costs. */
export function mediaBudget(
  total: string | null,
  lines: readonly { kind: string; amount: string }[],
): string | null {
  if (total === null) return null;
  const aside = lines.filter(({ kind }) => kind === 'CREATOR' || kind === 'OTHER');
  return subtract(total, sum(aside.map(({ amount }) => amount)) ?? '0');
}

/**
 * The last day that every account covers whole: a day that still runs is none. Accounts that nothing more comes from do
 * not hold it back. Null where an account has no figures at all, or none is attached.
 */
export function coveredThrough(accounts: readonly PacedAccount[]): string | null {
  const covered = accounts.map(({ newestBusinessDate, today, isDone }) => {
    const yesterday = addDays(today, -1);
    if (isDone) return yesterday;
    if (newestBusinessDate === null) return null;
    return newestBusinessDate < yesterday ? newestBusinessDate : yesterday;
  });
  return covered.includes(null) ? null : (covered.filter((day) => day !== null).sort()[0] ?? null);
}

/** Accounts whose figures are late, failed or missing: while there is one, nothing is judged. */
export function silentOnes(accounts: readonly PacedAccount[]): PacedAccount[] {
  return accounts.filter(
    ({ state, isDone }) => !isDone && (state === 'STALE' || state === 'FAILED' || state === 'NONE'),
  );
}

/** What is said of a campaign from its plan, its shape and its spend. Pure. */
export function toPace(
  campaign: PacedCampaign,
  accounts: readonly PacedAccount[],
  { spend, shape }: { spend: PacedSpend; shape: Shape },
): Pace {
  const { calendar, budget } = campaign;
  const { weights } = shape;
  const { through } = spend;
  const flight = flightOf(calendar);
  const parts = flight && budget !== null ? partsOf(budget, campaign.monthLines, { flight, weights }) : [];
  const expected = flight && through !== null ? expectedBy(parts, { flight, weights }, through) : null;
  const spent = through === null ? null : round(spend.spent ?? '0', 6);
  const ratio = divide(spent, expected, RATIO_DECIMALS);
  const rate =
    through === null || isOver(campaign)
      ? null
      : runRate(
          spend.recent.filter(({ date }) => !isOutside(calendar, date)),
          through,
          { calendar, weights },
        );
  const toFlightEnd =
    flight && rate && through !== null && through < flight.endsOn
      ? toComeBy(rate, { through, to: flight.endsOn }, { calendar, weights })
      : null;
  const known = sum([spent, spend.spentAfter]) ?? '0';
  const judged = judge(campaign, accounts, { spend, expected, ratio, spent });
  return {
    ...judged,
    ...{ spent, expected, ratio, toFlightEnd, rate, parts, flight },
    flightEnd:
      toFlightEnd && spent !== null ? toProjection(spent, toFlightEnd, { known, budget, rate }) : null,
  };
}

/** A projection as it is answered. */
export function toProjection(
  spent: string,
  toCome: ToCome,
  { known, budget, rate }: { known: string; budget: string | null; rate: RunRate | null },
): Projection {
  const ends = endsAt(spent, toCome, known);
  return {
    date: toCome.date,
    ...ends,
    budget,
    ratio: divide(ends.amount, budget, RATIO_DECIMALS),
    basedOnDays: rate?.days ?? 0,
  };
}

export function flightOf(calendar: Calendar): Flight | null {
  const { startsOn, endsOn } = calendar;
  return startsOn === null || endsOn === null ? null : { ...calendar, startsOn, endsOn };
}

/** The sum of what its parts are expected to have spent; null where no day of it weighs anything. */
export function expectedBy(
  parts: readonly PlannedPart[],
  plan: { flight: Flight; weights: readonly string[] },
  day: string,
): string | null {
  return sum(parts.map((part) => expectedOf(part, plan, day)));
}

/** Nobody expects it to spend any more. */
function isOver({ status }: PacedCampaign): boolean {
  return status === 'COMPLETED' || status === 'CANCELLED';
}

interface Known {
  spend: PacedSpend;
  spent: string | null;
  expected: string | null;
  ratio: string | null;
}

function judge(
  campaign: PacedCampaign,
  accounts: readonly PacedAccount[],
  { spend, spent, expected, ratio }: Known,
): { band: PacingBand; reason: string } {
  const { calendar, budget, currency, today, tolerance } = campaign;
  const { startsOn, endsOn } = calendar;
  if (budget === null || isNothing(budget))
    return { band: 'NO_BUDGET', reason: 'It has no budget for platforms.' };
  if (startsOn === null || endsOn === null)
    return { band: 'NO_DATES', reason: 'It has not both a first and a last day.' };
  if (isOver(campaign)) return { band: 'ENDED', reason: `It was ${campaign.status.toLowerCase()}.` };
  if (today < startsOn) return { band: 'NOT_STARTED', reason: `It starts on ${dayWords(startsOn)}.` };
  if (accounts.length === 0)
    return { band: 'NOTHING_ATTACHED', reason: 'Nothing of a platform is attached to it.' };
  const { through } = spend;
  const isCovered = through !== null && through >= endsOn;
  const [silent] = silentOnes(accounts);
  if (silent && !isCovered) return { band: 'SILENT', reason: `${silent.name}: ${silent.reason}` };
  const [left] = spend.leftOut;
  if (left)
    return {
      band: 'SILENT',
      reason: `${amountWords(left.amount, left.currency)} of its spend has no exchange rate into ${currency}.`,
    };
  if (isCovered) return { band: 'ENDED', reason: `It ended on ${dayWords(endsOn)}.` };
  if (through === null || spent === null || expected === null || ratio === null)
    return { band: 'NOT_STARTED', reason: 'No day on which it was to spend is over and covered yet.' };
  const band = bandOf(ratio, tolerance);
  const words = `Spent ${amountWords(spent, currency)} of the ${amountWords(expected, currency)} expected by ${dayWords(through)}`;
  return { band, reason: `${words}: ${distance(ratio)}.` };
}

/** The band of a ratio; the tolerance itself is on pace still. */
export function bandOf(ratio: string, tolerance: string): 'OVER' | 'UNDER' | 'ON_PACE' {
  const off = subtract(ratio, '1');
  if (off.startsWith('-')) return subtract(off, `-${tolerance}`).startsWith('-') ? 'UNDER' : 'ON_PACE';
  return subtract(tolerance, off).startsWith('-') ? 'OVER' : 'ON_PACE';
}

/** "12.5 % over", "on plan". */
function distance(ratio: string): string {
  const percent = round(product([subtract(ratio, '1'), '100']), 1);
  if (percent === '0') return 'as planned';
  return percent.startsWith('-') ? `${percent.slice(1)} % under` : `${percent} % over`;
}

/** "9 March 2026". */
export function dayWords(day: string): string {
  return format(fromUtcDay(day), 'd MMMM yyyy');
}

export function isNothing(amount: string): boolean {
  return subtract(amount, '0') === '0';
}
