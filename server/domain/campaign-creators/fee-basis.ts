import type { CreatorCampaignStatus } from '../../../db/types.ts';
import { leaf, node } from '../explanations/rules.ts';
import type { Formula } from '../explanations/schema.ts';
import { sum } from '../records/decimals.ts';

/** Places in a fee's list of sources: see fee-explanations.ts. */
export const TERMS = 0;
export const POSTS = 1;
export const RESULTS = 2;
export const RATES = 3;

/** A confirmed post of the work. */
export interface FeePost {
  /** The agency's day it was published on; where nobody knows, the day it was confirmed on. */
  day: string;
  /** The deliverable that it counts for. */
  deliverableId: string | null;
  /** Null: unknown. */
  views: number | null;
}

/** What the agency's own count says of a day of the work, in one currency. */
export interface FeeResult {
  day: string;
  clicks: number | null;
  conversions: string | null;
  value: string | null;
  /** Of `value`. */
  currency: string | null;
  /** Units of the fee's currency for one of this; null: there is none for that day. */
  rate: string | null;
  publishedOn: string | null;
}

/** All that a fee is computed from beside its terms. */
export interface WorkDone {
  status: CreatorCampaignStatus;
  /** The agency's day; null while it is not completed. */
  completedOn: string | null;
  deliverables: readonly { id: string; label: string; count: number }[];
  posts: readonly FeePost[];
  results: readonly FeeResult[];
}

/** What of the work counts, as trees of stored values; a value of null is unknown. */
export interface FeeBasis {
  /** Null: nothing is owed by the piece. */
  owed: Formula | null;
  /** Confirmed pieces, of each deliverable at most as many as it owes; with nothing owed 1 once completed, else 0. */
  delivered: Formula;
  views: Formula;
  /** Confirmed posts whose views are known. */
  viewedPosts: Formula;
  clicks: Formula;
  conversions: Formula;
  /** In the fee's currency. */
  value: Formula;
}

const count = (label: string, note: string | null = null) => ({ label, unit: 'COUNT' as const, note });

/** What counts until the end of a day, of all days where none is said. `currency`: the fee's. */
export function basisOf(done: WorkDone, currency: string | null, until?: string): FeeBasis {
  const isBy = (day: string) => until === undefined || day <= until;
  const posts = done.posts.filter(({ day }) => isBy(day));
  const results = done.results.filter(({ day }) => isBy(day));
  const known = posts.filter(({ views }) => views !== null);
  const unknown = posts.length - known.length;
  const views = posts.length === 0 ? '0' : sum(known.map((post) => String(post.views)));
  const told = unknown === 0 ? null : `The views of ${countOf(unknown, posts.length)} are unknown.`;
  return {
    owed: owedOf(done),
    delivered: deliveredOf(done, posts, isBy),
    views: leaf(count('Views of confirmed posts', told), views, [POSTS]),
    viewedPosts: leaf(count('Confirmed posts with known views'), String(known.length), [POSTS]),
    clicks: resultLeaf('Clicks', sum(results.map(({ clicks }) => (clicks === null ? null : String(clicks))))),
    conversions: resultLeaf('Conversions', sum(results.map(({ conversions }) => conversions))),
    value: valueOf(results, currency),
  };
}

function countOf(some: number, all: number): string {
  return `${some} of ${all} ${all === 1 ? 'post' : 'posts'}`;
}

function resultLeaf(label: string, value: string | null): Formula {
  const note = value === null ? 'No result of this work tells them.' : null;
  return leaf(count(label, note), value, [RESULTS]);
}

function owedOf({ deliverables }: WorkDone): Formula | null {
  if (deliverables.length === 0) return null;
  const parts = deliverables.map((one) => leaf(count(`${one.label}: owed`), String(one.count), [TERMS]));
  return node(count('Pieces owed'), 'SUM', { parts });
}

function deliveredOf(
  { deliverables, status, completedOn }: WorkDone,
  posts: readonly FeePost[],
  isBy: (day: string) => boolean,
): Formula {
  if (deliverables.length === 0) {
    const isDone = status === 'COMPLETED' && (completedOn === null || isBy(completedOn));
    const note = isDone ? null : 'Nothing is owed by the piece: it is earned once the work is completed.';
    return leaf(count('Work completed', note), isDone ? '1' : '0', [TERMS]);
  }
  const parts = deliverables.map((one) => {
    const confirmed = posts.filter(({ deliverableId }) => deliverableId === one.id).length;
    const came = leaf(count(`${one.label}: confirmed`), String(confirmed), [POSTS]);
    if (confirmed <= one.count) return came;
    const owed = leaf(count(`${one.label}: owed`), String(one.count), [TERMS]);
    return node(count(`${one.label}: at most what is owed`), 'MIN', { parts: [came, owed] });
  });
  return node(count('Pieces delivered'), 'SUM', { parts });
}

/** Values in the fee's own currency in one leaf; others by the rate of their day, or left out and named. */
function valueOf(results: readonly FeeResult[], currency: string | null): Formula {
  const label = 'Value of the results';
  const valued = results.filter(({ value }) => value !== null);
  const own = valued.filter((one) => one.currency === currency);
  const parts: Formula[] = [];
  if (own.length > 0) {
    const total = sum(own.map(({ value }) => value));
    parts.push(
      leaf({ label: `${label} in ${currency ?? 'no currency'}`, unit: 'MONEY', currency }, total, [RESULTS]),
    );
  }
  for (const one of valued) if (one.currency !== currency) parts.push(converted(one, currency));
  if (parts.length === 0) {
    const note = 'No result of this work tells its value.';
    return leaf({ label, unit: 'MONEY', currency, note }, null, [RESULTS]);
  }
  return node({ label, unit: 'MONEY', currency }, 'SUM', { parts });
}

function converted(one: FeeResult, to: string | null): Formula {
  const from = one.currency ?? '';
  const pair = `1 ${from} in ${to ?? 'no currency'}`;
  const told = one.publishedOn === null ? `On ${one.day}` : `On ${one.day}, published on ${one.publishedOn}`;
  const isLeftOut = one.rate === null;
  const note = isLeftOut ? `No rate on ${one.day}: left out.` : null;
  return node({ label: `Value of ${one.day}`, unit: 'MONEY', currency: to, note }, 'PRODUCT', {
    parts: [
      leaf({ label: 'Value', unit: 'MONEY', currency: from }, one.value, [RESULTS]),
      leaf({ label: pair, unit: 'RATIO', note: isLeftOut ? 'No rate' : told }, one.rate, [RATES]),
    ],
  });
}

/** What a reader should know beside figures of views and of values: what is unknown, and what is left out. */
export function notesOf(done: WorkDone, currency: string | null): { views: string[]; values: string[] } {
  const unknown = done.posts.filter(({ views }) => views === null).length;
  const without = new Set(
    done.results.flatMap((one) =>
      one.value !== null && one.currency !== currency && one.rate === null ? (one.currency ?? []) : [],
    ),
  );
  const of = countOf(unknown, done.posts.length);
  return {
    views: unknown === 0 ? [] : [`The views of ${of} are unknown and not counted.`],
    values: [...without]
      .sort()
      .map(
        (code) => `Values in ${code} without a rate into ${currency ?? 'the fee’s currency'} are left out.`,
      ),
  };
}
