import type { CurrencySum } from '../../../server/domain/deals/schema.ts';
import { formatMoney, formatMoneyCompact } from '../../lib/format.ts';

/** Sums side by side, one a currency: amounts of different currencies are never added. */
export function Sums({ sums }: { sums: readonly CurrencySum[] }) {
  if (sums.length === 0) return <>No amounts</>;
  return (
    <>
      {sums.map((sum, index) => (
        <span key={sum.currency}>
          {index > 0 && ' · '}
          <span className="figures whitespace-nowrap" title={formatMoney(sum, 'code')}>
            {formatMoneyCompact(sum)}
          </span>
        </span>
      ))}
    </>
  );
}
