import { useEffect, useId, useRef, type RefObject } from 'react';
import { classNames } from '../ui/class-names.ts';
import { onThemeChange } from './chart-colors.ts';
import type { TimeSeries } from './series.ts';
import { TimeSeriesTable } from './time-series-table.tsx';

export interface TimeSeriesChartProps {
  /** What the figures are: "Spend and clicks by day". The figure's name for screen readers. */
  title: string;
  /** Keep it stable between renders: a new object draws the chart again. */
  data: TimeSeries;
  /** The table under the chart: folded into a disclosure, or in sight. */
  table?: 'folded' | 'visible';
  /** Days without rows, the time zone, what is left out: one line under the legend. */
  note?: string;
}

// Whole names, so that the stylesheet's scanner finds them.
const swatches = [
  'bg-series-1',
  'bg-series-2',
  'bg-series-3',
  'bg-series-4',
  'bg-series-5',
  'bg-series-6',
] as const;

/**
 * Figures over days. The table is the document's own; the canvas is drawn over it once the script has come, and is
 * silent to screen readers, which have the table.
 */
export function TimeSeriesChart({ title, data, table = 'folded', note }: TimeSeriesChartProps) {
  const titleId = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  useChart(canvas, data);
  return (
    <figure aria-labelledby={titleId}>
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-3">
        <span id={titleId} className="font-medium">
          {title}
        </span>
        <Legend data={data} />
      </figcaption>
      <div className="chart-plot">
        <canvas ref={canvas} aria-hidden="true" />
      </div>
      {note && <p className="pt-2 text-sm text-muted">{note}</p>}
      <ChartTable title={title} data={data} isFolded={table === 'folded'} />
    </figure>
  );
}

function Legend({ data }: { data: TimeSeries }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
      {data.series.map(({ id, label, kind, axis }, index) => (
        <li key={id} className="flex items-center gap-1.5">
          <span
            aria-hidden="true"
            className={classNames(
              kind === 'line' ? 'h-0.5 w-3 rounded-full' : 'size-2.5 rounded-sm',
              swatches[index % swatches.length],
            )}
          />
          {label}
          {axis === 'right' && <span className="text-subtle">(right)</span>}
        </li>
      ))}
    </ul>
  );
}

function ChartTable({ title, data, isFolded }: { title: string; data: TimeSeries; isFolded: boolean }) {
  if (!isFolded) return <TimeSeriesTable title={title} data={data} />;
  return (
    <details className="pt-2">
      <summary className="inline-flex min-h-6 items-center rounded-sm text-sm text-link">
        Figures as a table
      </summary>
      <div className="mt-2 overflow-clip rounded-lg border border-line">
        <TimeSeriesTable title={title} data={data} />
      </div>
    </details>
  );
}

/** Chart.js is fetched when a chart is on the page, and drawn again when the theme turns. */
function useChart(canvas: RefObject<HTMLCanvasElement | null>, data: TimeSeries): void {
  useEffect(() => {
    let isGone = false;
    let chart: { destroy: () => void } | undefined;
    let stopListening: (() => void) | undefined;
    const start = async () => {
      const { drawTimeSeries } = await import('./draw-time-series.ts');
      const draw = () => {
        chart?.destroy();
        chart = canvas.current ? drawTimeSeries(canvas.current, data) : undefined;
      };
      if (isGone) return;
      draw();
      stopListening = onThemeChange(draw);
    };
    start().catch((error: unknown) => {
      // The table stands already; the failure belongs in the console and in error reporting.
      reportError(error);
    });
    return () => {
      isGone = true;
      stopListening?.();
      chart?.destroy();
    };
  }, [canvas, data]);
}
