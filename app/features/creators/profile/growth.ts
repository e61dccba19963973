import type { CreatorMetrics } from '../../../../server/domain/creator-platforms/schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import type { TimeSeries } from '../../../charts/series.ts';
import { addDays, isDay } from '../../../lib/date-range.ts';
import type { Measure } from '../../../lib/format.ts';

/** What a growth chart can show. Rates and means are those of the day's own snapshot. */
export const growthFigures = {
  followers: { label: 'Followers', kind: 'count' },
  posts: { label: 'Posts', kind: 'count' },
  meanViews: { label: 'Mean views', kind: 'count' },
  meanLikes: { label: 'Mean likes', kind: 'count' },
  meanComments: { label: 'Mean comments', kind: 'count' },
  engagementRate: { label: 'Engagement rate, of followers', kind: 'percent' },
} as const satisfies Record<string, { label: string; kind: Measure['kind'] }>;
export type GrowthFigure = keyof typeof growthFigures;

/** A followers' count stands whole on any day, so that these end today and not yesterday. */
export const growthPresets = [30, 90, 180, 365] as const;
const USUAL = 90;
const MOST = 730;

export interface GrowthRange {
  from: string;
  to: string;
  /** The days of a preset; null for a range typed by hand. */
  days: number | null;
}

/** The days that an address asks for, in UTC as snapshots are. Anything unreadable shows the usual ones. */
export function readGrowthRange(search: URLSearchParams, today: string): GrowthRange {
  const [first, last] = [search.get('from'), search.get('to')];
  if (isDay(first) && isDay(last)) {
    const [from, to] = first <= last ? [first, last] : [last, first];
    return { from: from < addDays(to, -MOST) ? addDays(to, -MOST) : from, to, days: null };
  }
  const days = growthPresets.find((preset) => String(preset) === search.get('days')) ?? USUAL;
  return { from: addDays(today, 1 - days), to: today, days };
}

export function readGrowthFigure(value: string | null): GrowthFigure {
  const ids = Object.keys(growthFigures) as GrowthFigure[];
  return ids.find((id) => id === value) ?? 'followers';
}

export type GrowthAccount = CreatorMetrics['platforms'][number];

/** Networks differ by orders of magnitude: one account is drawn at a time, the one that is asked for or the largest. */
export function chosenAccount(
  accounts: readonly GrowthAccount[],
  asked: string | null,
): GrowthAccount | undefined {
  return accounts.find(({ id }) => id === asked) ?? accounts[0];
}

/** A day each from the first to the last; one without a snapshot is a gap. */
export function growthSeries(
  account: GrowthAccount,
  figure: GrowthFigure,
  { from, to }: Pick<GrowthRange, 'from' | 'to'>,
): TimeSeries {
  const byDay = new Map(account.snapshots.map((snapshot) => [snapshot.date, snapshot]));
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  const { label, kind } = growthFigures[figure];
  return {
    days,
    leftAxis: 'near',
    series: [
      {
        id: figure,
        label: `${label}, ${platformLabels[account.platform]} @${account.handle}`,
        kind: 'line',
        measure: { kind },
        values: days.map((day) => byDay.get(day)?.[figure] ?? null),
      },
    ],
  };
}

export interface GrowthChange {
  from: { date: string; value: number };
  to: { date: string; value: number };
  difference: number;
}

/** How the followers of an account moved between the first and the last day that tell them; null with fewer than two. */
export function followersChange({ snapshots }: Pick<GrowthAccount, 'snapshots'>): GrowthChange | null {
  const told = snapshots.flatMap(({ date, followers }) =>
    followers === null ? [] : [{ date, value: followers }],
  );
  const [from, to] = [told[0], told.at(-1)];
  if (!from || !to || from.date === to.date) return null;
  return { from, to, difference: to.value - from.value };
}
