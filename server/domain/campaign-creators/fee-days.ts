import { leaf, node } from '../explanations/rules.ts';
import type { Formula } from '../explanations/schema.ts';
import { product, subtract, sum } from '../records/decimals.ts';
import { basisOf, type FeeBasis, type FeePost, type FeeResult, type WorkDone } from './fee-basis.ts';
import { earnedFee, type FeeTerms } from './fees.ts';

/** Inclusive business days of the agency; an open end is left out. */
export interface DayRange {
  from?: string | undefined;
  to?: string | undefined;
}

/**
 * What was earned within days: what was earned by the last of them, less what was earned before the first. So a cap and
 * what is owed hold over the whole of the work and not anew for each range.
 */
export function earnedWithin(terms: FeeTerms, done: WorkDone, { from, to }: DayRange): Formula {
  const until = earnedFee(terms, basisOf(done, terms.currency, to));
  if (from === undefined) return until;
  const before = earnedFee(terms, basisOf(done, terms.currency, dayBefore(from)));
  if (before.value === null || before.value === '0') return until;
  const parts = [
    { ...until, label: 'Earned by the last day' },
    { ...before, label: 'Earned before the first day' },
  ];
  return node({ label: 'Fee earned in these days', unit: 'MONEY', currency: terms.currency }, 'SUBTRACT', {
    parts,
  });
}

export interface EarnedDay {
  date: string;
  /** In the fee's currency; never 0. */
  amount: string;
}

/**
 * What each day added to the fee, the days that added nothing left out: their sum is the earned fee of the range, and
 * each can be converted at the rate of its own day.
 */
export function earnedByDay(terms: FeeTerms, done: WorkDone, range: DayRange): EarnedDay[] {
  const days = eventDays(done).filter((day) => range.to === undefined || day <= range.to);
  const running = new RunningBasis(done, terms.currency);
  const earned: EarnedDay[] = [];
  let before = '0';
  for (const day of days) {
    running.add(day);
    const after = earnedFee(terms, running.basis()).value ?? before;
    const amount = subtract(after, before);
    if (amount !== '0' && (range.from === undefined || day >= range.from)) earned.push({ date: day, amount });
    before = after;
  }
  return earned;
}

function eventDays({ posts, results, completedOn }: WorkDone): string[] {
  const days = new Set([...posts.map(({ day }) => day), ...results.map(({ day }) => day)]);
  if (completedOn !== null) days.add(completedOn);
  return [...days].sort();
}

/** The totals of a basis day after day: a year of days must not be summed anew for each of them. */
class RunningBasis {
  private readonly done: WorkDone;
  private readonly currency: string | null;
  private readonly posts: Map<string, FeePost[]>;
  private readonly results: Map<string, FeeResult[]>;
  private readonly confirmed = new Map<string, number>();
  private totals: Record<'views' | 'clicks' | 'conversions' | 'value', string | null> = {
    views: null,
    clicks: null,
    conversions: null,
    value: null,
  };
  private postCount = 0;
  private isCompleted = false;

  constructor(done: WorkDone, currency: string | null) {
    this.done = done;
    this.currency = currency;
    this.posts = groupByDay(done.posts);
    this.results = groupByDay(done.results);
  }

  add(day: string): void {
    for (const { views, deliverableId } of this.posts.get(day) ?? []) {
      this.postCount += 1;
      this.count('views', views === null ? null : String(views));
      if (deliverableId !== null)
        this.confirmed.set(deliverableId, (this.confirmed.get(deliverableId) ?? 0) + 1);
    }
    for (const result of this.results.get(day) ?? []) {
      this.count('clicks', result.clicks === null ? null : String(result.clicks));
      this.count('conversions', result.conversions);
      this.count('value', valueIn(result, this.currency));
    }
    this.isCompleted ||= this.done.status === 'COMPLETED' && this.done.completedOn === day;
  }

  basis(): FeeBasis {
    const { deliverables } = this.done;
    const counted = (value: string | null) => leaf({ label: 'Total', unit: 'COUNT' }, value);
    const delivered = deliverables.map(({ id, count }) => Math.min(this.confirmed.get(id) ?? 0, count));
    const owed = deliverables.reduce((total, { count }) => total + count, 0);
    const isWhole = deliverables.length === 0;
    const pieces = isWhole ? Number(this.isCompleted) : delivered.reduce((total, one) => total + one, 0);
    return {
      owed: isWhole ? null : counted(String(owed)),
      delivered: counted(String(pieces)),
      views: counted(this.postCount === 0 ? '0' : this.totals.views),
      viewedPosts: counted(null),
      clicks: counted(this.totals.clicks),
      conversions: counted(this.totals.conversions),
      value: counted(this.totals.value),
    };
  }

  private count(what: keyof RunningBasis['totals'], value: string | null): void {
    this.totals[what] = sum([this.totals[what], value]);
  }
}

function valueIn({ value, currency, rate }: FeeResult, to: string | null): string | null {
  if (value === null || currency === to) return value;
  return rate === null ? null : product([value, rate]);
}

function groupByDay<T extends { day: string }>(items: readonly T[]): Map<string, T[]> {
  const days = new Map<string, T[]>();
  for (const item of items) {
    const list = days.get(item.day);
    if (list) list.push(item);
    else days.set(item.day, [item]);
  }
  return days;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
