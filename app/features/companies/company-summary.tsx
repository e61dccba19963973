import type { Company } from '../../../server/domain/companies/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { fact, ReachLines, RecordLink, TagBadges } from '../records/fact.tsx';
import { OutsideLink } from '../records/outside-link.tsx';
import { OwnFields } from '../records/own-fields.tsx';
import { companyTypeLabels } from './labels.ts';

/** What a company is, each field written where it stands. Inside RecordEdits. */
export function CompanySummary({ company }: { company: Company }) {
  const { type, website, email, phone, linkedinUrl, parentId, domains, tags } = company;
  return (
    <>
      <Panel title="About">
        <DetailList
          details={[
            fact('Name', 'name', company.name),
            fact(
              'Type',
              'type',
              type,
              <Badge tone={type === 'CLIENT' ? 'success' : 'neutral'}>{companyTypeLabels[type]}</Badge>,
            ),
            fact('Owner', 'ownerId', company.ownerId),
            fact('Brand', 'brandId', company.brandId),
            fact('Industry', 'industry', company.industry),
            fact('Size', 'size', company.size),
            fact('Legal name', 'legalName', company.legalName),
            fact('Parent', 'parentId', parentId, parentId && <RecordLink noun="company" id={parentId} />),
            fact('Website', 'website', website, website && <OutsideLink href={website} />),
            fact('Domains', 'domains', domains, domains.length > 0 ? domains.join(', ') : '—'),
            fact('Email', 'email', email, email && <ReachLines values={[email]} scheme="mailto" />),
            fact('Phone', 'phone', phone, phone && <ReachLines values={[phone]} scheme="tel" />),
            fact('LinkedIn', 'linkedinUrl', linkedinUrl, linkedinUrl && <OutsideLink href={linkedinUrl} />),
            fact('X', 'xHandle', company.xHandle),
            fact('Tags', 'tags', tags, tags.length > 0 ? <TagBadges tags={tags} /> : '—'),
            fact('External id', 'externalId', company.externalId),
          ]}
        />
      </Panel>
      <Panel title="Address">
        <DetailList
          details={[
            fact('Street', 'street', company.street),
            fact('Postal code', 'postalCode', company.postalCode),
            fact('City', 'city', company.city),
            fact('State', 'state', company.state),
            fact('Country', 'country', company.country),
          ]}
        />
      </Panel>
      <OwnFields values={company.customFields} />
    </>
  );
}
