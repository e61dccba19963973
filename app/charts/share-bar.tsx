export interface ShareBarProps {
  /** Of a hundred, a decimal string. */
  percent: string;
  /** The largest share of the chart: its bar is as wide as there is room. */
  largest: number;
  /** Which way the bar grows. */
  from?: 'left' | 'right';
  series?: 1 | 2;
}

const fills = { 1: 'fill-series-1', 2: 'fill-series-2' } as const;

/** One bar of a share. Its width is an attribute of the drawing, since the page's policy allows no inline style. */
export function ShareBar({ percent, largest, from = 'left', series = 1 }: ShareBarProps) {
  const width = largest > 0 ? Math.min(100, (Number(percent) / largest) * 100) : 0;
  return (
    <svg className="share-bar" aria-hidden="true" focusable="false">
      <rect
        className={fills[series]}
        x={`${from === 'left' ? 0 : round(100 - width)}%`}
        width={`${round(width)}%`}
        height="100%"
        rx="2"
      />
    </svg>
  );
}

const round = (value: number) => Math.round(value * 100) / 100;
