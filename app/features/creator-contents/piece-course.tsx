import { useMemo } from 'react';
import type { ContentSnapshot } from '../../../server/domain/creator-contents/schema.ts';
import type { ChartSeries, TimeSeries } from '../../charts/series.ts';
import { TimeSeriesChart } from '../../charts/time-series-chart.tsx';
import { Panel } from '../../ui/panel.tsx';
import { daysOf } from '../metrics/range.ts';

const lines = [
  ['views', 'Views', 'left'],
  ['likes', 'Likes', 'right'],
  ['comments', 'Comments', 'right'],
] as const;

/** The figures day by day, as far as they were read; null where there is nothing to draw. */
export function courseOf(snapshots: readonly ContentSnapshot[]): TimeSeries | null {
  const byDay = new Map(snapshots.map((snapshot) => [snapshot.takenAt.slice(0, 10), snapshot]));
  const read = [...byDay.keys()].sort();
  const [from, to] = [read[0], read.at(-1)];
  if (from === undefined || to === undefined) return null;
  const days = daysOf({ from, to });
  const series = lines
    .map(([id, label, axis]): ChartSeries => ({
      id,
      label,
      kind: 'line',
      axis,
      measure: { kind: 'count' },
      values: days.map((day) => byDay.get(day)?.[id] ?? null),
    }))
    .filter(({ values }) => values.some((value) => value !== null));
  return series.length === 0 ? null : { days, series };
}

/** How a piece went on, over the table of the same figures. */
export function PieceCourse({ snapshots }: { snapshots: readonly ContentSnapshot[] }) {
  const data = useMemo(() => courseOf(snapshots), [snapshots]);
  return (
    <Panel title="Day by day">
      {data ? (
        <TimeSeriesChart
          title="Views, likes and comments by day"
          data={data}
          note="Days are in UTC. A gap is a day on which nobody read the figures."
        />
      ) : (
        <p className="text-muted">No figure of this post was read yet.</p>
      )}
    </Panel>
  );
}
