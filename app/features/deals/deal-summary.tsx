import type { Deal } from '../../../server/domain/deals/schema.ts';
import { formatMoney } from '../../lib/format.ts';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { fact, RecordLink, TagBadges } from '../records/fact.tsx';
import { OwnFields } from '../records/own-fields.tsx';

/** What a deal is, each field written where it stands; its stage moves beside it. Inside RecordEdits. */
export function DealSummary({ deal }: { deal: Deal }) {
  const { amount, companyId, contactId, description, tags } = deal;
  const isClosed = deal.stage === 'CLOSED';
  return (
    <>
      <Panel title="About">
        <DetailList
          details={[
            fact('Name', 'name', deal.name),
            fact(
              'Amount',
              'amount',
              amount,
              amount && <strong className="font-semibold">{formatMoney(amount)}</strong>,
            ),
            fact('Probability', 'probability', deal.probability),
            fact('Repeats', 'recurringType', deal.recurringType),
            fact(
              'Company',
              'companyId',
              companyId,
              companyId && <RecordLink noun="company" id={companyId} />,
            ),
            fact(
              'Contact',
              'contactId',
              contactId,
              contactId && <RecordLink noun="contact" id={contactId} />,
            ),
            fact('Owner', 'ownerId', deal.ownerId),
            fact('Brand', 'brandId', deal.brandId),
            fact('Opened', 'openedOn', deal.openedOn),
            fact('Expected close', 'expectedCloseOn', deal.expectedCloseOn),
            ...(isClosed
              ? [fact('Closed', 'closedOn', deal.closedOn), fact('Reason', 'closeReason', deal.closeReason)]
              : []),
            fact(
              'Description',
              'description',
              description,
              <span className="whitespace-pre-wrap">{description}</span>,
            ),
            fact('Tags', 'tags', tags, tags.length > 0 ? <TagBadges tags={tags} /> : '—'),
            fact('External id', 'externalId', deal.externalId),
          ]}
        />
      </Panel>
      <OwnFields values={deal.customFields} />
    </>
  );
}
