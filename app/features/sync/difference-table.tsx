import type { SyncRunDetail } from '../../../server/domain/sync/schema.ts';
import { formatCapped, formatCount, formatDay, formatMoney, formatMoneyExact } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';

/** Whether the platform's own total of each day is the sum of its campaigns. */
export function DifferenceTable({ run }: { run: SyncRunDetail }) {
  const { daysChecked, daysDiffering, differences } = run;
  if (daysChecked === 0 && differences.length === 0) return null;
  const days = formatCapped(daysChecked, 'day was', 'days were', Infinity);
  return (
    <Panel
      title="Held against the account’s total"
      description={`${days} held against what the platform says of the whole account.`}
      actions={
        daysDiffering === 0 ? (
          <Badge tone="success">All agree</Badge>
        ) : (
          <Badge tone="warning">{formatCapped(daysDiffering, 'day differs', 'days differ', Infinity)}</Badge>
        )
      }
      padded={false}
    >
      {differences.length === 0 ? (
        <p className="p-4 text-muted">
          {daysDiffering === 0
            ? 'The campaigns add up to the account’s total on every day.'
            : 'A later sync read those days again, and now they agree.'}
        </p>
      ) : (
        <Differences run={run} />
      )}
    </Panel>
  );
}

function Differences({ run }: { run: SyncRunDetail }) {
  return (
    <Table label="Days that differ">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col" className="end">
            Spend, account
          </th>
          <th scope="col" className="end">
            Spend, campaigns
          </th>
          <th scope="col" className="end">
            Impressions, account
          </th>
          <th scope="col" className="end">
            Impressions, campaigns
          </th>
        </tr>
      </thead>
      <tbody>
        {run.differences.map((day) => (
          <tr key={day.date}>
            <th scope="row">{formatDay(day.date)}</th>
            {[day.accountSpend, day.campaignSpend].map((amount, at) => {
              const money = { amount, currency: day.currency };
              return (
                <td key={String(at)} className="end" title={formatMoneyExact(money)}>
                  {formatMoney(money)}
                </td>
              );
            })}
            <td className="end">{formatCount(day.accountImpressions)}</td>
            <td className="end">{formatCount(day.campaignImpressions)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
