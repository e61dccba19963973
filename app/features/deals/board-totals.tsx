import type { ConvertedTotal, CurrencySum, DealTotals } from '../../../server/domain/deals/schema.ts';
import {
  formatCount,
  formatDate,
  formatDateRange,
  formatMoney,
  formatMoneyCompact,
} from '../../lib/format.ts';

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

/** Whether the sums say it all: nothing was converted. */
function isPlain({ sums, converted }: DealTotals): boolean {
  return sums.every(({ currency }) => currency === converted.currency);
}

/**
 * What some deals come to: in the agency's currency, beside it what no rate is known for, and below what each currency
 * brought. Where nothing was converted, the sum alone.
 */
export function TotalLines({ totals, isOpen }: { totals: DealTotals; isOpen: boolean }) {
  const { converted, sums } = totals;
  if (sums.length === 0) return <p>No amounts</p>;
  if (isPlain(totals) || converted.amount === null) {
    return (
      <>
        <p>
          <Sums sums={sums} />
        </p>
        {isOpen && <Weighted converted={converted} />}
      </>
    );
  }
  const inIt = sums.filter(({ currency }) => !converted.leftOut.some((sum) => sum.currency === currency));
  return (
    <>
      <p>
        <Converted converted={converted} amount={converted.amount} />
        {converted.leftOut.length > 0 && (
          <>
            {' + '}
            <Sums sums={converted.leftOut} />
          </>
        )}
      </p>
      {isOpen && <Weighted converted={converted} />}
      <p className="text-subtle">
        from <Sums sums={inIt} />
      </p>
    </>
  );
}

function Weighted({ converted }: { converted: ConvertedTotal }) {
  if (converted.weighted === null) return null;
  return (
    <p>
      Weighted <Converted converted={converted} amount={converted.weighted} />
    </p>
  );
}

function Converted({ converted, amount }: { converted: ConvertedTotal; amount: string }) {
  const money = { amount, currency: converted.currency };
  const exact = formatMoney(money, 'code');
  const rates = ratesInWords(converted);
  return (
    <span className="figures whitespace-nowrap text-ink" title={rates ? `${exact}. ${rates}` : exact}>
      {formatMoneyCompact(money)}
    </span>
  );
}

/** Of which day the rates are: "Converted at the rates of 20 Nov 2026." */
export function ratesInWords({ rates }: ConvertedTotal): string | null {
  if (!rates) return null;
  const days = rates.from === rates.to ? formatDate(rates.to) : formatDateRange(rates.from, rates.to);
  return `Converted at the rates of ${days}.`;
}

/** "KWD 7.000 of 1 deal has no rate and is left out." */
export function leftOutInWords({ leftOut }: ConvertedTotal): string | null {
  if (leftOut.length === 0) return null;
  const parts = leftOut.map(
    (sum) => `${formatMoney(sum, 'code')} (${formatCount(sum.count)} ${sum.count === 1 ? 'deal' : 'deals'})`,
  );
  return `Without a rate and left out: ${parts.join(', ')}.`;
}

/** The open deals of the whole board in one line, and how their amounts came together. */
export function BoardSummary({ open }: { open: DealTotals }) {
  const { count, converted } = open;
  const notes = [
    isPlain(open) ? null : (ratesInWords(converted) ?? 'Converted at fixed parities.'),
    leftOutInWords(converted),
  ].filter((note) => note !== null);
  return (
    <div className="board-summary">
      <dl className="flex flex-wrap gap-x-5 gap-y-0.5">
        <Figure term="Open deals" value={formatCount(count)} />
        {converted.amount !== null && (
          <Figure
            term="Total"
            value={formatMoney({ amount: converted.amount, currency: converted.currency })}
          />
        )}
        {converted.weighted !== null && (
          <Figure
            term="Weighted by probability"
            value={formatMoney({ amount: converted.weighted, currency: converted.currency })}
          />
        )}
      </dl>
      {notes.length > 0 && <p className="text-sm text-muted">{notes.join(' ')}</p>}
    </div>
  );
}

function Figure({ term, value }: { term: string; value: string }) {
  return (
    <div className="flex items-baseline gap-1.5">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="figures m-0 font-semibold">{value}</dd>
    </div>
  );
}
