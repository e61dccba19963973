import type { Deal } from '../../../server/domain/deals/schema.ts';
import { formatDate, formatMoney } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { CustomFields, Tags } from '../records/record-facts.tsx';
import { recurringLabels } from './labels.ts';

export interface DealSummaryProps {
  deal: Deal;
  owner: string | null;
  brand: string | null;
}

export function DealSummary({ deal, owner, brand }: DealSummaryProps) {
  return (
    <>
      <Panel title="About">
        <DetailList
          details={[
            {
              term: 'Amount',
              value: deal.amount && <span className="font-semibold">{formatMoney(deal.amount)}</span>,
            },
            { term: 'Probability', value: `${deal.probability}%` },
            { term: 'Repeats', value: recurringLabels[deal.recurringType] },
            {
              term: 'Company',
              value: deal.companyId && deal.companyName && (
                <a className="link" href={paths.company(deal.companyId)}>
                  {deal.companyName}
                </a>
              ),
            },
            {
              term: 'Contact',
              value: deal.contactId && deal.contactName && (
                <a className="link" href={paths.contact(deal.contactId)}>
                  {deal.contactName}
                </a>
              ),
            },
            { term: 'Opened', value: deal.openedOn && formatDate(deal.openedOn) },
            { term: 'Expected close', value: deal.expectedCloseOn && formatDate(deal.expectedCloseOn) },
            { term: 'Closed', value: deal.closedOn && formatDate(deal.closedOn) },
            { term: 'Owner', value: owner },
            { term: 'Brand', value: brand },
            { term: 'External id', value: deal.externalId },
          ]}
        />
        {deal.description && <p className="pt-3 break-words whitespace-pre-wrap">{deal.description}</p>}
        <Tags tags={deal.tags} />
      </Panel>
      <CustomFields fields={deal.customFields} />
    </>
  );
}
