import { classNames } from '../../ui/class-names.ts';

export interface BudgetBarProps {
  /** Decimal strings of one currency; null is unknown. */
  allocated: string | null;
  spent: string | null;
  forecast: string | null;
  /** The largest amount of the table: bars of one table are of one measure. */
  largest: number;
}

/** The largest of a table's amounts. */
export function largestOf(rows: readonly Omit<BudgetBarProps, 'largest'>[]): number {
  return Math.max(0, ...rows.flatMap((row) => [row.allocated, row.spent, row.forecast].map(Number)));
}

/**
 * What is spent within what is allocated, and a mark where it is going. The row's own figures say the same in words, so
 * the drawing is silent. Its widths are attributes, since the page's policy allows no inline style.
 */
export function BudgetBar({ allocated, spent, forecast, largest }: BudgetBarProps) {
  const width = (amount: string | null) =>
    largest > 0 ? `${Math.round((Math.max(0, Number(amount)) / largest) * 10_000) / 100}%` : '0%';
  const isOver = allocated !== null && spent !== null && Number(spent) > Number(allocated);
  return (
    <svg className="budget-bar" aria-hidden="true" focusable="false">
      <rect className="budget-bar-allocated" width={width(allocated)} height="100%" rx="2" />
      <rect
        className={classNames('budget-bar-spent', isOver && 'budget-bar-over')}
        y="25%"
        width={width(spent)}
        height="50%"
        rx="1"
      />
      {forecast !== null && (
        <rect className="budget-bar-forecast" x={width(forecast)} width="2" height="100%" />
      )}
    </svg>
  );
}
