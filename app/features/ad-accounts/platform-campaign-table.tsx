import type { PlatformCampaign } from '../../../server/domain/platform-campaigns/schema.ts';
import { formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Table } from '../../ui/table.tsx';
import { datesOf } from '../campaigns/dates.ts';
import { nativeTone, nativeWord } from './labels.ts';

export interface PlatformCampaignTableProps {
  items: readonly PlatformCampaign[];
  /** Whose one is, where rules share an account out; null is no brand. Without it the column is left out. */
  brandOf?: (item: PlatformCampaign) => string | null;
}

/** What the platform calls campaigns, each with the campaign that it is attached to. */
export function PlatformCampaignTable({ items, brandOf }: PlatformCampaignTableProps) {
  return (
    <Table label="Platform campaigns">
      <thead>
        <tr>
          <th scope="col">Platform campaign</th>
          {brandOf && <th scope="col">Brand</th>}
          <th scope="col">Attached to</th>
          <th scope="col">Status there</th>
          <th scope="col" className="end">
            Budget
          </th>
          <th scope="col" className="wide">
            Runs
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <th scope="row" className="clip" title={`${item.name} (${item.nativeId})`}>
              {item.name}
            </th>
            {brandOf && (
              <td className="clip">{brandOf(item) ?? <span className="text-muted">No brand</span>}</td>
            )}
            <td className="clip">
              {item.campaignId ? (
                <a className="link" href={paths.campaign(item.campaignId)}>
                  {item.campaignName ?? 'A campaign'}
                </a>
              ) : (
                <span className="text-muted">Not attached</span>
              )}
            </td>
            <td>
              <StatusDot tone={nativeTone(item.nativeStatus)} title={item.nativeStatus ?? ''}>
                {item.isGone ? 'No longer listed' : nativeWord(item.nativeStatus)}
              </StatusDot>
            </td>
            <td className="end">{budgetOf(item)}</td>
            <td className="quiet wide">{datesOf(item)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** A platform campaign has a daily budget or one for its lifetime, or leaves it to its ad sets. */
function budgetOf({ dailyBudget, lifetimeBudget }: PlatformCampaign): string {
  if (dailyBudget) return `${formatMoney(dailyBudget)} a day`;
  return lifetimeBudget ? `${formatMoney(lifetimeBudget)} in all` : '—';
}
