import type { Contact } from '../../../server/domain/contacts/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { OutsideLink } from '../records/outside-link.tsx';
import { CustomFields, Tags } from '../records/record-facts.tsx';
import { contactStatusLabels, contactStatusTones, contactTypeLabels } from './labels.ts';

export interface ContactSummaryProps {
  contact: Contact;
  owner: string | null;
  brand: string | null;
  /** The agency's zone. */
  timeZone: string;
}

export function ContactSummary({ contact, owner, brand, timeZone }: ContactSummaryProps) {
  const { status, companyId, companyName, linkedinUrl, lastContactedAt } = contact;
  return (
    <>
      <Panel title="About">
        <DetailList
          details={[
            {
              term: 'Status',
              value: <Badge tone={contactStatusTones[status]}>{contactStatusLabels[status]}</Badge>,
            },
            { term: 'Type', value: contactTypeLabels[contact.type] },
            {
              term: 'Company',
              value: companyId && companyName && (
                <a className="link" href={paths.company(companyId)}>
                  {companyName}
                </a>
              ),
            },
            { term: 'Title', value: contact.title },
            { term: 'Department', value: contact.department },
            { term: 'Email', value: <Lines values={contact.emails} scheme="mailto" /> },
            { term: 'Phone', value: <Lines values={contact.phones} scheme="tel" /> },
            { term: 'Mobile', value: contact.mobile && <Lines values={[contact.mobile]} scheme="tel" /> },
            { term: 'LinkedIn', value: linkedinUrl && <OutsideLink href={linkedinUrl} /> },
            { term: 'X', value: contact.xHandle },
            { term: 'Source', value: contact.source },
            {
              term: 'Last contacted',
              value: lastContactedAt && formatDateTime(lastContactedAt, timeZone),
            },
            { term: 'Owner', value: owner },
            { term: 'Brand', value: brand },
            { term: 'External id', value: contact.externalId },
          ]}
        />
        <Tags tags={contact.tags} />
      </Panel>
      <CustomFields fields={contact.customFields} />
    </>
  );
}

function Lines({ values, scheme }: { values: readonly string[]; scheme: 'mailto' | 'tel' }) {
  if (values.length === 0) return <>—</>;
  return (
    <ul>
      {values.map((value) => (
        <li key={value} className="break-all">
          <a
            className="link"
            href={`${scheme}:${scheme === 'tel' ? value.replaceAll(/[^+\d]/g, '') : value}`}
          >
            {value}
          </a>
        </li>
      ))}
    </ul>
  );
}
