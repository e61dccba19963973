import type { BudgetPerformance, BudgetPerformanceRow } from '../../../server/domain/budgets/schema.ts';
import { formatMoney, formatPercent } from '../../lib/format.ts';
import { Callout } from '../../ui/callout.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { BudgetBar, largestOf } from './budget-bar.tsx';
import { partName } from './labels.ts';
import { moneyIn } from './pacing-panel.tsx';

const parts = [
  ['kinds', 'By kind'],
  ['platforms', 'By platform'],
  ['adAccounts', 'By ad account'],
  ['creators', 'By creator'],
  ['months', 'By month'],
] as const;

/** Allocated against spent against forecast, along each way that the budget may be split. */
export function PerformanceTables({ performance }: { performance: BudgetPerformance }) {
  const { leftOut, total, currency } = performance;
  return (
    <>
      {leftOut.length > 0 && (
        <Callout tone="warning" title="Not everything is in these amounts">
          <ul className="grid gap-1">
            {leftOut.map((item) => (
              <li key={`${item.currency} ${item.note}`}>
                {formatMoney(item, 'code')}: {item.note}
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {parts.map(([part, title]) => {
        const rows = performance[part];
        // One line of what is not split so says nothing beside the whole.
        if (rows.every(({ key }) => key === null)) return null;
        return (
          <Panel key={part} title={title} description={`Amounts in ${currency}`} padded={false}>
            <PerformanceTable
              title={title}
              rows={rows.map((row) => ({ ...row, name: partName(part, row) }))}
              total={part === 'kinds' ? total : null}
              currency={currency}
            />
          </Panel>
        );
      })}
    </>
  );
}

interface PerformanceTableProps {
  title: string;
  rows: readonly BudgetPerformanceRow[];
  total: BudgetPerformanceRow | null;
  currency: string;
}

function PerformanceTable({ title, rows, total, currency }: PerformanceTableProps) {
  const largest = largestOf(rows);
  return (
    <Table label={`${title}: allocated, spent and forecast`}>
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">
            <span className="sr-only">Drawn</span>
          </th>
          <th scope="col" className="end">
            Allocated
          </th>
          <th scope="col" className="end">
            Spent
          </th>
          <th scope="col" className="end">
            Of it
          </th>
          <th scope="col" className="end">
            Forecast
          </th>
          <th scope="col" className="end">
            Left
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key ?? ''}>
            <th scope="row" title={row.note ?? undefined}>
              {row.name}
              {row.note && <span className="sr-only">: {row.note}</span>}
            </th>
            <td className="budget-bar-cell">
              <BudgetBar {...row} largest={largest} />
            </td>
            <Amounts row={row} currency={currency} />
          </tr>
        ))}
      </tbody>
      {total && (
        <tfoot>
          <tr>
            <th scope="row">{total.name}</th>
            <td />
            <Amounts row={total} currency={currency} />
          </tr>
        </tfoot>
      )}
    </Table>
  );
}

function Amounts({ row, currency }: { row: BudgetPerformanceRow; currency: string }) {
  const money = moneyIn(currency);
  return (
    <>
      <td className="end">{money(row.allocated)}</td>
      <td className="end">{money(row.spent)}</td>
      <td className="end quiet">{formatPercent(row.share, 0)}</td>
      <td className="end">{money(row.forecast)}</td>
      <td className="end">{money(row.remaining)}</td>
    </>
  );
}
