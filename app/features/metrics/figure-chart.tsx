import { ChevronDown } from 'lucide-react';
import { useMemo } from 'react';
import type { Dashboard, DashboardDay, FigureSet } from '../../../server/domain/metrics/dashboard-schema.ts';
import type { ChartSeries, TimeSeries } from '../../charts/series.ts';
import { TimeSeriesChart } from '../../charts/time-series-chart.tsx';
import { addDays, lengthOf } from '../../lib/date-range.ts';
import { formatDateRange } from '../../lib/format.ts';
import { Menu, MenuLink } from '../../ui/menu.tsx';
import { Panel } from '../../ui/panel.tsx';
import type { metricExplainer } from '../explanations/explain-address.ts';
import { chartFigures, type FigureSpec, figureSpecs, measureOf } from './figure-specs.ts';
import { daysOf } from './range.ts';

type Explain = ReturnType<typeof metricExplainer>;

export interface FigureChartProps {
  dashboard: Dashboard;
  explain: Explain;
  /** What is drawn beside spend. */
  figure: FigureSpec;
  /** The page's address with another figure. */
  hrefOf: (figureId: string) => string;
}

/** Spend as bars and one more figure as a line, with the days that they are compared with, over a table of the same. */
export function FigureChart({ dashboard, explain, figure, hrefOf }: FigureChartProps) {
  const data = useMemo(() => toSeries(dashboard, figure, explain), [dashboard, figure, explain]);
  const what = figure.id === 'spend' ? 'Spend' : `Spend and ${figure.label}`;
  const { comparedRange } = dashboard;
  return (
    <Panel
      title="By day"
      actions={
        <Menu
          align="end"
          look={{ size: 'small' }}
          label={`What is drawn: ${what}`}
          trigger={
            <>
              {what}
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
        title={`${what} by day`}
        data={data}
        note={[
          'Days are those of each ad account’s own zone. A day without delivery has no bar.',
          comparedRange &&
            `Before: ${formatDateRange(comparedRange.from, comparedRange.to)}, day by day on the same weekdays.`,
        ]
          .filter(Boolean)
          .join(' ')}
      />
    </Panel>
  );
}

/** The chart of a dashboard: a gap where nothing was delivered or nothing is known, and never a zero. */
export function toSeries(dashboard: Dashboard, figure: FigureSpec, explain: Explain): TimeSeries {
  const { currency, comparedRange } = dashboard;
  const days = daysOf(dashboard.range);
  const byDate = new Map(dashboard.days.map((day) => [day.date, day]));
  const isSpend = figure.id === 'spend';
  const hrefOf = (id: FigureSpec['id'], isCompared: boolean) => (date: string) =>
    explain(id, { row: { by: 'DAY', key: date }, isCompared });
  const series: ChartSeries[] = [
    {
      id: 'spend',
      label: `Spend, ${currency}`,
      kind: 'bar',
      measure: { kind: 'money', currency },
      values: days.map((date) => valueOf(figureSpecs.spend, byDate.get(date))),
      hrefOf: hrefOf('spend', false),
    },
  ];
  const line = { kind: 'line', measure: measureOf(figure, currency) } as const;
  if (!isSpend) {
    const values = days.map((date) => valueOf(figure, byDate.get(date)));
    const ofFigure = { id: figure.id, label: figure.label, hrefOf: hrefOf(figure.id, false) };
    series.push({ ...line, ...ofFigure, axis: 'right', values });
  }
  if (comparedRange) {
    const values = comparedValues(dashboard, figure);
    const other = { id: 'before', label: `${figure.label} before`, hrefOf: hrefOf(figure.id, true) };
    const before = { ...line, ...other, values, isFaint: true };
    series.push(isSpend ? before : { ...before, axis: 'right' });
  }
  const moving = dashboard.days.find(({ state }) => state === 'SETTLING' || state === 'PARTIAL')?.date;
  return { days, series, ...(moving !== undefined && { provisionalFrom: moving }) };
}

function valueOf(spec: FigureSpec, figures: FigureSet | undefined | null): string | null {
  const value = figures && spec.value(figures);
  return value === undefined || value === null ? null : String(value);
}

/** The other range's values, each at the place of the day that it is compared with. */
function comparedValues({ range, days }: Dashboard, figure: FigureSpec): (string | null)[] {
  const byDate = new Map<string, DashboardDay>(days.map((day) => [day.date, day]));
  return Array.from({ length: lengthOf(range) }, (_, index) =>
    valueOf(figure, byDate.get(addDays(range.from, index))?.compared),
  );
}
