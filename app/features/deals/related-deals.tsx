import type { Deal } from '../../../server/domain/deals/schema.ts';
import { formatMoney } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useMay } from '../shell/use-account.ts';
import { dealStatusLabels, dealStatusTones, stageLabels } from './labels.ts';

export interface RelatedDealsProps {
  deals: readonly Deal[];
  hasMore: boolean;
  /** Whose deals these are; a new one begins with both. */
  of: { companyId: string | null; contactId?: string };
}

/** The newest deals of a company or a contact. */
export function RelatedDeals({ deals, hasMore, of }: RelatedDealsProps) {
  const canCreate = useMay('deals.write');
  const create = canCreate && (
    <LinkButton size="small" href={paths.newDeal(of.companyId, of.contactId)}>
      New deal
    </LinkButton>
  );
  return (
    <Panel title="Deals" actions={create}>
      {deals.length === 0 && <p className="text-muted">No deals yet.</p>}
      <ul className="grid gap-2.5">
        {deals.map((deal) => (
          <li key={deal.id} className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <a className="link block truncate" href={paths.deal(deal.id)}>
                {deal.name}
              </a>
              <span className="text-sm text-muted">
                {deal.status === 'OPEN' ? (
                  stageLabels[deal.stage]
                ) : (
                  <StatusDot tone={dealStatusTones[deal.status]}>{dealStatusLabels[deal.status]}</StatusDot>
                )}
              </span>
            </div>
            <span className="figures whitespace-nowrap">{formatMoney(deal.amount)}</span>
          </li>
        ))}
      </ul>
      {hasMore && (
        <p className="pt-3">
          <a
            className="link"
            href={withQuery(paths.dealList(), of.contactId ? { contactId: of.contactId } : of)}
          >
            All deals
          </a>
        </p>
      )}
    </Panel>
  );
}
