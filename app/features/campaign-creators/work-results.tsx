import type { CampaignResult } from '../../../server/domain/campaign-results/schema.ts';
import { formatCount, formatDate, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';

export interface WorkResultsProps {
  campaignId: string;
  results: readonly CampaignResult[];
}

/** The newest results that are this work's. */
export function WorkResults({ campaignId, results }: WorkResultsProps) {
  return (
    <Panel
      title="Results"
      description="The agency’s own count: fees by click, conversion and revenue follow it."
      actions={
        <LinkButton size="small" href={paths.campaignResults(campaignId)}>
          All results
        </LinkButton>
      }
    >
      {results.length === 0 ? (
        <p className="text-muted">No result of this creator is entered yet.</p>
      ) : (
        <ul className="grid gap-1">
          {results.map(({ id, date, origin, clicks, conversions, value }) => (
            <li key={id}>
              {formatDate(date)}, {origin}:{' '}
              {[
                clicks === null ? null : `${formatCount(clicks)} clicks`,
                conversions === null ? null : `${formatCount(conversions)} conversions`,
                value && formatMoney(value, 'code'),
              ]
                .filter(Boolean)
                .join(', ')}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
