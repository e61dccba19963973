import type { SyncDifference } from '../../../server/domain/sync/schema.ts';
import { formatCount, formatDay, formatMoney, formatMoneyExact } from '../../lib/format.ts';
import { Table } from '../../ui/table.tsx';

/** The days on which the platform's total of an account is not the sum of its campaigns, with both. */
export function DifferenceDays({ days }: { days: readonly SyncDifference[] }) {
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
          <th scope="col" className="end wide">
            Impressions, account
          </th>
          <th scope="col" className="end wide">
            Impressions, campaigns
          </th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.date}>
            <th scope="row">{formatDay(day.date)}</th>
            <Spend amount={day.accountSpend} currency={day.currency} />
            <Spend amount={day.campaignSpend} currency={day.currency} />
            <td className="end wide">{formatCount(day.accountImpressions)}</td>
            <td className="end wide">{formatCount(day.campaignImpressions)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Spend(money: { amount: string; currency: string }) {
  return (
    <td className="end" title={formatMoneyExact(money)}>
      {formatMoney(money)}
    </td>
  );
}
