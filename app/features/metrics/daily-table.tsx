import type { CampaignMetrics } from '../../../server/domain/metrics/schema.ts';
import { formatDay } from '../../lib/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { figureCells, figureHeads } from './figure-cells.tsx';

/** Every day with delivery, the newest first, and what they come to. */
export function DailyTable({ metrics }: { metrics: CampaignMetrics }) {
  const { currency, totals } = metrics;
  if (metrics.days.length === 0) return null;
  return (
    <Panel title="Days" description={`Amounts in ${currency}`} padded={false}>
      <Table label="Figures by day" height="viewport">
        <thead>
          <tr>
            <th scope="col">Day</th>
            {figureHeads()}
          </tr>
        </thead>
        <tbody>
          {metrics.days.toReversed().map((day) => (
            <tr key={day.date}>
              <th scope="row">
                <time dateTime={day.date}>{formatDay(day.date)}</time>
                {day.isPartial && <span className="pl-2 text-sm font-normal text-subtle">partial</span>}
              </th>
              {figureCells(day, currency)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            {figureCells(totals, currency)}
          </tr>
        </tfoot>
      </Table>
    </Panel>
  );
}
