import type { CurrencySum } from '../../../server/domain/deals/schema.ts';
import { formatCount, formatMoney, formatMoneyCompact } from '../../lib/format.ts';

/** Sums side by side, one a currency: amounts of different currencies are never added. */
export function Sums({ sums }: { sums: readonly CurrencySum[] }) {
  if (sums.length === 0) return <span className="text-subtle">No amounts</span>;
  return (
    <>
      {sums.map((sum, index) => (
        <span key={sum.currency} className="figures whitespace-nowrap" title={formatMoney(sum, 'code')}>
          {index > 0 && ' · '}
          {formatMoneyCompact(sum)}
        </span>
      ))}
    </>
  );
}

/** "1,589 · $3.1M": over every deal that matches, whatever is loaded. */
export function CountAndSums({ count, sums }: { count: number; sums: readonly CurrencySum[] }) {
  return (
    <span className="text-sm text-muted">
      <span className="figures">{formatCount(count)}</span> · <Sums sums={sums} />
    </span>
  );
}
