import type { DealTotals, Forecast } from '../../../server/domain/deals/schema.ts';
import { MonthChart } from '../../charts/month-chart.tsx';
import { formatCount, formatMoney, missing } from '../../lib/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { leftOutInWords, ratesInWords } from './board-totals.tsx';
import { recurringLabels } from './labels.ts';

/** What may be won and what was, month by month. */
export function ForecastView({ forecast, isFiltered }: { forecast: Forecast; isFiltered: boolean }) {
  const { months, earlier, later, undated } = forecast;
  const rows = [...months, earlier, later, undated];
  const isEmpty = rows.every(({ best }) => best.count === 0) && months.every(({ won }) => won.count === 0);
  if (isEmpty) {
    return (
      <EmptyState
        kind={isFiltered ? 'no-result' : 'unused'}
        title={isFiltered ? 'No deals in this range' : 'Nothing to forecast yet'}
        description="Open deals stand here by the month of their expected close, and won ones by the month of their closing."
      />
    );
  }
  return (
    <div className="grid gap-4">
      <Definitions forecast={forecast} />
      <Panel title="By month">
        <div className="grid gap-4">
          <MonthChart
            title="Forecast and won by month"
            currency={forecast.currency}
            months={months.map(({ month }) => monthName(month))}
            series={[
              { id: 'won', label: 'Won', values: months.map(({ won }) => won.converted.amount) },
              { id: 'commit', label: 'Commit', values: months.map(({ commit }) => commit.converted.amount) },
              {
                id: 'weighted',
                label: 'Weighted',
                values: months.map(({ best }) => best.converted.weighted),
              },
              { id: 'best', label: 'Best', values: months.map(({ best }) => best.converted.amount) },
            ]}
          />
          <MonthTable forecast={forecast} />
        </div>
      </Panel>
      <RecurringTable forecast={forecast} />
    </div>
  );
}

function Definitions({ forecast }: { forecast: Forecast }) {
  const { months, undated, earlier, later, currency } = forecast;
  const all = [...months, undated, earlier, later].map(({ best }) => best);
  const notes = [...all, ...months.map(({ won }) => won)];
  const leftOut = notes.map(({ converted }) => leftOutInWords(converted)).find((words) => words !== null);
  const rates = all.map(({ converted }) => ratesInWords(converted)).find((words) => words !== null);
  return (
    <p className="max-w-180 text-muted">
      <strong className="font-medium text-ink">Best</strong> is every open deal that is expected to close in
      the month, <strong className="font-medium text-ink">weighted</strong> the same times its probability,
      and <strong className="font-medium text-ink">commit</strong> those at 75% or more, or in Negotiation.
      All in {currency}: open deals at today’s rates, won ones at those of their closing day. {rates}{' '}
      {leftOut}
    </p>
  );
}

function MonthTable({ forecast }: { forecast: Forecast }) {
  const { months, earlier, later, undated, today } = forecast;
  const present = today.slice(0, 7);
  return (
    <Table label="Forecast by month">
      <thead>
        <tr>
          <th scope="col">Expected close</th>
          {['Open deals', 'Best', 'Weighted', 'Commit', 'Won', 'Won deals', 'Lost deals'].map((name) => (
            <th key={name} scope="col" className="end">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {earlier.best.count > 0 && <Line label="Before, overdue" outlook={earlier} />}
        {months.map(({ month, won, lost, ...outlook }) => (
          <Line
            key={month}
            label={monthName(month)}
            note={
              month < present && outlook.best.count > 0 ? 'overdue' : month === present ? 'this month' : null
            }
            outlook={outlook}
            closed={{ won, lost }}
          />
        ))}
        {later.best.count > 0 && <Line label="Later" outlook={later} />}
        {undated.best.count > 0 && <Line label="Without a date" outlook={undated} />}
      </tbody>
    </Table>
  );
}

interface LineProps {
  label: string;
  note?: string | null;
  outlook: Pick<Forecast['undated'], 'best' | 'commit'>;
  closed?: { won: DealTotals; lost: number };
}

function Line({ label, note, outlook: { best, commit }, closed }: LineProps) {
  return (
    <tr>
      <th scope="row">
        {label}
        {note && <span className="pl-2 text-sm font-normal text-subtle">{note}</span>}
      </th>
      <td className="end">{formatCount(best.count)}</td>
      <td className="end">{amountOf(best)}</td>
      <td className="end">{amountOf(best, 'weighted')}</td>
      <td className="end">{amountOf(commit)}</td>
      <td className="end">{closed ? amountOf(closed.won) : missing}</td>
      <td className="end">{closed ? formatCount(closed.won.count) : missing}</td>
      <td className="end">{closed ? formatCount(closed.lost) : missing}</td>
    </tr>
  );
}

function RecurringTable({ forecast }: { forecast: Forecast }) {
  const shown = forecast.recurring.filter(({ period }) => period.count > 0);
  if (shown.length === 0) return null;
  return (
    <Panel
      title="Open deals by how they repeat"
      description="A repeating deal’s amount is one period’s. Its twelve-month value is twelve months’, four quarters’ or one year’s of it; a deal of once counts once."
    >
      <Table label="Open deals by how they repeat">
        <thead>
          <tr>
            <th scope="col">Repeats</th>
            {['Open deals', 'Per period', 'Twelve months', 'Weighted twelve months'].map((name) => (
              <th key={name} scope="col" className="end">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ recurringType, period, year }) => (
            <tr key={recurringType}>
              <th scope="row">{recurringLabels[recurringType]}</th>
              <td className="end">{formatCount(period.count)}</td>
              <td className="end">{amountOf(period)}</td>
              <td className="end">{amountOf(year)}</td>
              <td className="end">{amountOf(year, 'weighted')}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function amountOf({ converted }: DealTotals, which: 'amount' | 'weighted' = 'amount'): string {
  const amount = converted[which];
  return formatMoney(amount === null ? null : { amount, currency: converted.currency });
}

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Nov 2026". */
export function monthName(month: string): string {
  return `${names[Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`;
}
