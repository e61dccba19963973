import { useMemo } from 'react';
import type { Pacing, PacingDay } from '../../../server/domain/pacing/schema.ts';
import type { ChartSeries, TimeSeries } from '../../charts/series.ts';
import { TimeSeriesChart } from '../../charts/time-series-chart.tsx';
import { formatDate } from '../../lib/format.ts';
import { Panel } from '../../ui/panel.tsx';

/** What the plan expects, what was spent, and where it goes: from the flight's first day, over a table of the same. */
export function PacingChart({ pacing }: { pacing: Pacing }) {
  const { days, currency } = pacing;
  const data = useMemo(() => toSeries(days, currency), [days, currency]);
  if (days.length === 0) return null;
  return (
    <Panel title="Against the plan">
      <TimeSeriesChart title={`Spend to date, ${currency}`} data={data} note={noteOf(pacing)} />
    </Panel>
  );
}

function noteOf({ days, through, flightEnd }: Pacing): string {
  const known = through ? `Spent through ${formatDate(through)}, the last day that all accounts cover.` : '';
  const between = flightEnd?.low ? ' Four of five times it ends between Low and High.' : '';
  const pauses = days.some(({ isPaused }) => isPaused) ? ' On paused days nothing is expected.' : '';
  return `${known}${between}${pauses}`.trim();
}

type Amount = Exclude<keyof PacingDay, 'date' | 'isPaused'>;

const lines: readonly (readonly [Amount, string])[] = [
  ['expected', 'Expected'],
  ['spent', 'Spent'],
  ['projected', 'Projected'],
  ['low', 'Low'],
  ['high', 'High'],
];

/** The lines of which a day is known; amounts in `currency`. */
export function toSeries(days: readonly PacingDay[], currency: string): TimeSeries {
  const series = lines.flatMap(([id, label]): ChartSeries[] => {
    const values = days.map((day) => day[id]);
    if (values.every((value) => value === null)) return [];
    return [{ id, label, kind: 'line', measure: { kind: 'money', currency }, values }];
  });
  return { days: days.map(({ date }) => date), series };
}
