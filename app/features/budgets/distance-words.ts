import { formatPercent } from '../../lib/format.ts';

/** "7% over plan", "12% under plan", "as planned"; null where there is no ratio. */
export function distanceWords(ratio: string | null): string | null {
  if (ratio === null) return null;
  const distance = Number(ratio) - 1;
  const size = formatPercent(Math.abs(distance), 0);
  if (size === formatPercent(0, 0)) return 'as planned';
  return `${size} ${distance > 0 ? 'over' : 'under'} plan`;
}
