import type { SyncRunDetail } from '../../../server/domain/sync/schema.ts';
import { formatCapped } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { DifferenceDays } from './difference-days.tsx';

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
        <DifferenceDays days={differences} />
      )}
    </Panel>
  );
}
