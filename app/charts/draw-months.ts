import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js';
import { formatMeasure, formatMeasureCompact } from '../lib/format.ts';
import { readChartColors, seriesColor } from './chart-colors.ts';
import type { MonthChartProps } from './month-chart.tsx';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

/** Draws bars by month; the caller destroys the chart. Pixels need a float; what is written keeps the exact string. */
export function drawMonths(
  canvas: HTMLCanvasElement,
  { currency, months, series }: Omit<MonthChartProps, 'title'>,
): Chart<'bar', (number | null)[]> {
  const host = canvas.parentElement ?? document.body;
  const colors = readChartColors(host);
  Chart.defaults.font = { family: getComputedStyle(host).fontFamily, size: 11 };
  const measure = { kind: 'money', currency } as const;
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: [...months],
      datasets: series.map(({ label, values }, index) => ({
        label,
        data: values.map((value) => (value === null ? null : Number(value))),
        backgroundColor: seriesColor(colors, index),
        borderRadius: 2,
        maxBarThickness: 18,
      })),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: isCalm ? false : { duration: 240 },
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: {
          grid: { display: false },
          border: { color: colors.line },
          ticks: { color: colors.muted, maxRotation: 0 },
        },
        y: {
          beginAtZero: true,
          border: { display: false },
          grid: { color: colors.line, drawTicks: false },
          ticks: {
            color: colors.muted,
            padding: 8,
            maxTicksLimit: 5,
            callback: (value) => formatMeasureCompact(Number(value), measure),
          },
        },
      },
      plugins: {
        tooltip: {
          backgroundColor: colors.surface,
          borderColor: colors.line,
          borderWidth: 1,
          titleColor: colors.ink,
          bodyColor: colors.ink,
          padding: 10,
          cornerRadius: 8,
          boxPadding: 6,
          callbacks: {
            label: ({ datasetIndex, dataIndex }) => {
              const item = series[datasetIndex];
              return item ? `${item.label}  ${formatMeasure(item.values[dataIndex], measure)}` : '';
            },
          },
        },
      },
    },
  });
}
