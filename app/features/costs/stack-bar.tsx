import type { CostKind, CostLine } from '../../../server/domain/costs/schema.ts';

const stacked = ['MEDIA', 'BOOST', 'CREATOR', 'OTHER', 'MARGIN'] as const satisfies readonly CostKind[];

// Whole names, so that the stylesheet's scanner finds them.
const fills = ['fill-series-1', 'fill-series-2', 'fill-series-3', 'fill-series-4', 'fill-series-5'] as const;
const swatches = ['bg-series-1', 'bg-series-2', 'bg-series-3', 'bg-series-4', 'bg-series-5'] as const;

/** The colour that a line has in the bar and before its name; null of what is a sum of others. */
export function swatchOf(kind: CostKind): string | null {
  const at = stacked.findIndex((one) => one === kind);
  return swatches[at] ?? null;
}

/**
 * What the client pays as one bar of its parts. The table under it says the same, so the drawing is silent; its widths
 * are attributes, since the page's policy allows no inline style. A credit takes no room.
 */
export function StackBar({ lines }: { lines: readonly CostLine[] }) {
  const amounts = stacked.map((kind) => {
    const amount = lines.find((line) => line.kind === kind)?.amount;
    return amount ? Math.max(0, Number(amount.amount)) : 0;
  });
  const whole = amounts.reduce((sum, amount) => sum + amount, 0);
  if (whole === 0) return null;
  const percent = (amount: number) => `${Math.round((amount / whole) * 10_000) / 100}%`;
  const before = (at: number) => amounts.slice(0, at).reduce((sum, amount) => sum + amount, 0);
  return (
    <svg className="stack-bar" aria-hidden="true" focusable="false">
      {amounts.map((amount, at) => (
        <rect
          key={stacked[at]}
          className={fills[at]}
          x={percent(before(at))}
          width={percent(amount)}
          height="100%"
        />
      ))}
    </svg>
  );
}
