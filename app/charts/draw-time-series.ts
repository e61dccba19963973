import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
  type ScaleOptionsByType,
  type TooltipItem,
} from 'chart.js';
import { formatDate, formatDay, formatMeasure, formatMeasureCompact } from '../lib/format.ts';
import { readChartColors, seriesColor, type ChartColors } from './chart-colors.ts';
import { isAlone, isProvisional, type ChartSeries, type TimeSeries } from './series.ts';

// Only what is drawn is registered, so that the rest of the library stays out of the bundle.
Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

type Kind = 'line' | 'bar';
type Dataset = ChartDataset<Kind, (number | null)[]>;

/** Draws on the canvas and returns the chart; the caller destroys it. Colours are read from the canvas's own theme. */
export function drawTimeSeries(canvas: HTMLCanvasElement, data: TimeSeries): Chart<Kind, (number | null)[]> {
  const host = canvas.parentElement ?? document.body;
  const colors = readChartColors(host);
  Chart.defaults.font = { family: getComputedStyle(host).fontFamily, size: 11 };
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const config: ChartConfiguration<Kind, (number | null)[]> = {
    type: 'line',
    data: {
      labels: [...data.days],
      datasets: data.series.map((series, index) => dataset(series, index, { data, colors })),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: isCalm ? false : { duration: 240 },
      interaction: { mode: 'index', intersect: false },
      scales: scales(data, colors),
      plugins: { tooltip: tooltip(data, colors) },
    },
  };
  return new Chart(canvas, config);
}

/** Pixels need a float; the exact string stays beside it for the tooltip and the table. */
function toPixels(value: string | number | null): number | null {
  return value === null ? null : Number(value);
}

function dataset(
  series: ChartSeries,
  index: number,
  { data, colors }: { data: TimeSeries; colors: ChartColors },
): Dataset {
  const color = seriesColor(colors, index);
  const base = {
    label: series.label,
    data: series.values.map(toPixels),
    yAxisID: series.axis ?? 'left',
    borderColor: color,
  };
  const settles = (dayIndex: number) => isProvisional(data.days[dayIndex] ?? '', data);
  if (series.kind === 'bar') {
    return {
      ...base,
      type: 'bar',
      order: 2,
      borderRadius: 2,
      maxBarThickness: 28,
      borderWidth: 0,
      backgroundColor: ({ dataIndex }) => fade(color, settles(dataIndex) ? 0.45 : 0.9),
    };
  }
  return {
    ...base,
    type: 'line',
    order: 1,
    borderWidth: series.isFaint ? 1.5 : 2,
    backgroundColor: color,
    pointRadius: ({ dataIndex }) => (isAlone(series.values, dataIndex) ? 3 : 0),
    pointHoverRadius: 4,
    tension: 0,
    spanGaps: false,
    segment: {
      borderDash: ({ p1DataIndex }) => (!series.isFaint && settles(p1DataIndex) ? [4, 4] : undefined),
    },
  };
}

function fade(color: string, share: number): string {
  return `color-mix(in oklab, ${color} ${share * 100}%, transparent)`;
}

type LinearScaleOptions = ScaleOptionsByType<'linear'>;

function scales(data: TimeSeries, colors: ChartColors) {
  const x = {
    grid: { display: false },
    border: { color: colors.line },
    ticks: {
      color: colors.muted,
      maxRotation: 0,
      autoSkipPadding: 18,
      callback: (_: string | number, index: number) => formatDay(data.days[index]).replace(/^\S+ /, ''),
    },
  };
  const right = data.series.some(({ axis }) => axis === 'right');
  return {
    x,
    left: valueAxis('left', data, colors),
    ...(right && { right: valueAxis('right', data, colors) }),
  };
}

function valueAxis(position: 'left' | 'right', data: TimeSeries, colors: ChartColors) {
  const measure = data.series.find(({ axis = 'left' }) => axis === position)?.measure ?? {
    kind: 'count' as const,
  };
  return {
    position,
    beginAtZero: position === 'right' || data.leftAxis !== 'near',
    border: { display: false },
    grid: { color: colors.line, drawOnChartArea: position === 'left', drawTicks: false },
    ticks: {
      color: colors.muted,
      padding: 8,
      maxTicksLimit: 5,
      callback: (value: string | number, _index: number, ticks: readonly { value: number }[]) => {
        const short = ticks.map((tick) => formatMeasureCompact(tick.value, measure));
        // Two ticks that read the same in short are written out: 1,210,000 and 1,215,000 are both 1.2M.
        const isClear = new Set(short).size === short.length;
        return isClear ? formatMeasureCompact(Number(value), measure) : formatMeasure(Number(value), measure);
      },
    },
  } satisfies DeepPartial<LinearScaleOptions>;
}

type DeepPartial<T> = { [Key in keyof T]?: T[Key] extends object ? DeepPartial<T[Key]> : T[Key] };

function tooltip(data: TimeSeries, colors: ChartColors) {
  return {
    backgroundColor: colors.surface,
    borderColor: colors.line,
    borderWidth: 1,
    titleColor: colors.ink,
    bodyColor: colors.ink,
    padding: 10,
    cornerRadius: 8,
    boxWidth: 8,
    boxHeight: 8,
    boxPadding: 6,
    usePointStyle: true,
    callbacks: {
      title: ([item]: TooltipItem<Kind>[]) => {
        const day = item ? data.days[item.dataIndex] : undefined;
        const suffix = day !== undefined && isProvisional(day, data) ? ' · settling' : '';
        return `${formatDate(day)}${suffix}`;
      },
      label: ({ datasetIndex, dataIndex }: TooltipItem<Kind>) => {
        const series = data.series[datasetIndex];
        return series ? `${series.label}  ${formatMeasure(series.values[dataIndex], series.measure)}` : '';
      },
    },
  };
}
