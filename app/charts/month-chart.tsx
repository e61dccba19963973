import { useEffect, useId, useMemo, useRef } from 'react';
import { onThemeChange } from './chart-colors.ts';

export interface MonthSeries {
  id: string;
  label: string;
  /** Decimal strings, one a month; null is a gap. */
  values: readonly (string | null)[];
}

export interface MonthChartProps {
  /** What the figures are; the table beside the chart says the same to screen readers. */
  title: string;
  /** ISO 4217. */
  currency: string;
  /** Their names, in order. */
  months: readonly string[];
  series: readonly MonthSeries[];
}

// Whole names, so that the stylesheet's scanner finds them.
const swatches = ['bg-series-1', 'bg-series-2', 'bg-series-3', 'bg-series-4'] as const;

/** Amounts by month as bars side by side. Put the table of the same figures beside it: a canvas says nothing by itself. */
export function MonthChart({ title, currency, months, series }: MonthChartProps) {
  const titleId = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  // A revalidation gives new arrays of the same figures: they are not drawn again.
  const key = JSON.stringify({ currency, months, series });
  const data = useMemo(() => JSON.parse(key) as Omit<MonthChartProps, 'title'>, [key]);
  useEffect(() => {
    let isGone = false;
    let chart: { destroy: () => void } | undefined;
    let stopListening: (() => void) | undefined;
    const start = async () => {
      const { drawMonths } = await import('./draw-months.ts');
      const draw = () => {
        chart?.destroy();
        chart = canvas.current ? drawMonths(canvas.current, data) : undefined;
      };
      if (isGone) return;
      draw();
      stopListening = onThemeChange(draw);
    };
    // The table stands already; the failure belongs in the console and in error reporting.
    start().catch(reportError);
    return () => {
      isGone = true;
      stopListening?.();
      chart?.destroy();
    };
  }, [data]);
  return (
    <figure aria-labelledby={titleId}>
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-3">
        <span id={titleId} className="font-medium">
          {title}
        </span>
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
          {series.map(({ id, label }, index) => (
            <li key={id} className="flex items-center gap-1.5">
              <span
                aria-hidden="true"
                className={`size-2.5 rounded-sm ${swatches[index % swatches.length] ?? ''}`}
              />
              {label}
            </li>
          ))}
        </ul>
      </figcaption>
      <div className="chart-plot">
        <canvas ref={canvas} aria-hidden="true" />
      </div>
    </figure>
  );
}
