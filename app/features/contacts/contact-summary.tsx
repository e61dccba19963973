import type { Contact } from '../../../server/domain/contacts/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { fact, ReachLines, RecordLink, TagBadges } from '../records/fact.tsx';
import { OutsideLink } from '../records/outside-link.tsx';
import { OwnFields } from '../records/own-fields.tsx';
import { OtherCompanies } from './other-companies.tsx';
import { contactStatusLabels, contactStatusTones } from './labels.ts';

/** Who a contact is and how to reach them, each field written where it stands. Inside RecordEdits. */
export function ContactSummary({ contact }: { contact: Contact }) {
  const { status, companyId, linkedinUrl, emails, phones, mobile, tags } = contact;
  return (
    <>
      <Panel title="About">
        <DetailList
          details={[
            fact('First name', 'firstName', contact.firstName),
            fact('Last name', 'lastName', contact.lastName),
            fact(
              'Status',
              'status',
              status,
              <Badge tone={contactStatusTones[status]}>{contactStatusLabels[status]}</Badge>,
            ),
            fact('Type', 'type', contact.type),
            fact(
              'Company',
              'companyId',
              companyId,
              companyId && <RecordLink noun="company" id={companyId} />,
            ),
            fact('Title', 'title', contact.title),
            fact('Department', 'department', contact.department),
            fact(
              'Email',
              'emails',
              emails,
              emails.length > 0 ? <ReachLines values={emails} scheme="mailto" /> : '—',
            ),
            fact(
              'Phone',
              'phones',
              phones,
              phones.length > 0 ? <ReachLines values={phones} scheme="tel" /> : '—',
            ),
            fact('Mobile', 'mobile', mobile, mobile && <ReachLines values={[mobile]} scheme="tel" />),
            fact('LinkedIn', 'linkedinUrl', linkedinUrl, linkedinUrl && <OutsideLink href={linkedinUrl} />),
            fact('X', 'xHandle', contact.xHandle),
            fact('Owner', 'ownerId', contact.ownerId),
            fact('Brand', 'brandId', contact.brandId),
            fact('Source', 'source', contact.source),
            fact('Last contacted', 'lastContactedAt', contact.lastContactedAt),
            fact('Tags', 'tags', tags, tags.length > 0 ? <TagBadges tags={tags} /> : '—'),
            fact('External id', 'externalId', contact.externalId),
          ]}
        />
      </Panel>
      <OtherCompanies ties={contact.associatedCompanies} />
      <OwnFields values={contact.customFields} />
    </>
  );
}
