import { ChevronDown } from 'lucide-react';
import { useMemo } from 'react';
import type { CampaignMetrics } from '../../../server/domain/metrics/schema.ts';
import type { TimeSeries } from '../../charts/series.ts';
import { TimeSeriesChart } from '../../charts/time-series-chart.tsx';
import { Menu, MenuLink } from '../../ui/menu.tsx';
import { Panel } from '../../ui/panel.tsx';
import { chartFigures, type FigureSpec, measureOf, sums } from './measures.ts';
import { daysOf } from './range.ts';

export interface DailyChartProps {
  metrics: CampaignMetrics;
  /** What is drawn beside spend. */
  figure: FigureSpec;
  /** The page's address with another figure. */
  hrefOf: (figureId: string) => string;
}

/** Spend as bars and one more figure as a line, over a table of the same. */
export function DailyChart({ metrics, figure, hrefOf }: DailyChartProps) {
  const data = useMemo(() => toSeries(metrics, figure), [metrics, figure]);
  return (
    <Panel
      title="By day"
      actions={
        <Menu
          align="end"
          look={{ size: 'small' }}
          label={`Beside spend: ${figure.label}`}
          trigger={
            <>
              Spend and {figure.label}
              <ChevronDown aria-hidden="true" />
            </>
          }
        >
          {chartFigures.map(({ id, label }) => (
            <MenuLink key={id} href={hrefOf(id)} isCurrent={id === figure.id}>
              {label}
              {id === figure.id && (
                <span aria-hidden="true" className="ml-auto size-1.5 rounded-full bg-accent-ink" />
              )}
            </MenuLink>
          ))}
        </Menu>
      }
    >
      <TimeSeriesChart
        title={`Spend and ${figure.label} by day`}
        data={data}
        note="Days are those of each ad account’s own zone. A day without delivery has no bar."
      />
    </Panel>
  );
}

function toSeries(metrics: CampaignMetrics, figure: FigureSpec): TimeSeries {
  const { currency } = metrics;
  const days = daysOf(metrics);
  const byDate = new Map(metrics.days.map((day) => [day.date, day]));
  const valuesOf = (spec: FigureSpec) =>
    days.map((date) => {
      const day = byDate.get(date);
      const value = day && spec.value(day);
      return value === undefined || value === null ? null : String(value);
    });
  const partial = metrics.days.find(({ isPartial }) => isPartial)?.date;
  return {
    days,
    series: [
      {
        id: 'spend',
        label: `Spend, ${currency}`,
        kind: 'bar',
        measure: { kind: 'money', currency },
        values: valuesOf(sums.spend),
      },
      {
        id: figure.id,
        label: figure.label,
        kind: 'line',
        axis: 'right',
        measure: measureOf(figure, currency),
        values: valuesOf(figure),
      },
    ],
    ...(partial !== undefined && { provisionalFrom: partial }),
  };
}
