import type { Measure } from '../lib/format.ts';

export interface ChartSeries {
  id: string;
  label: string;
  kind: 'line' | 'bar';
  /** Left is the default. At most two axes: series that share one must share its measure. */
  axis?: 'left' | 'right';
  measure: Measure;
  /** One value a day, in the days' order: a decimal string where it must stay exact. Null is a gap, never a zero. */
  values: readonly (string | number | null)[];
  /** Where a day's value leads in the table: to what it is made of. */
  hrefOf?: (day: string) => string;
  /** What another is compared with: a thin line, and never dashed, since its days no longer move. */
  isFaint?: boolean;
}

export interface TimeSeries {
  /** Business days, YYYY-MM-DD, in order, one for each value. */
  days: readonly string[];
  series: readonly ChartSeries[];
  /** From this day on the figures still move (today, or the platform's restating days): drawn dashed, marked in the table. */
  provisionalFrom?: string;
  /** Where the left axis begins: at zero, or near the smallest value, where what matters is how a large figure moves. */
  leftAxis?: 'zero' | 'near';
}

/** A value without one before and after it: a line alone would not show it. */
export function isAlone(values: ChartSeries['values'], index: number): boolean {
  const isThere = (at: number) => values[at] !== null && values[at] !== undefined;
  return isThere(index) && !isThere(index - 1) && !isThere(index + 1);
}

export function isProvisional(day: string, { provisionalFrom }: TimeSeries): boolean {
  return provisionalFrom !== undefined && day >= provisionalFrom;
}
