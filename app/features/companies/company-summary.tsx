import type { Company } from '../../../server/domain/companies/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { OutsideLink } from '../records/outside-link.tsx';
import { CustomFields, Tags } from '../records/record-facts.tsx';
import { companySizeLabels, companyTypeLabels } from './labels.ts';

export interface CompanySummaryProps {
  company: Company;
  owner: string | null;
  brand: string | null;
}

export function CompanySummary({ company, owner, brand }: CompanySummaryProps) {
  const place = [
    company.street,
    [company.postalCode, company.city].filter(Boolean).join(' '),
    company.state,
    company.country,
  ];
  return (
    <>
      <Panel title="About">
        <DetailList
          details={[
            {
              term: 'Type',
              value: (
                <Badge tone={company.type === 'CLIENT' ? 'success' : 'neutral'}>
                  {companyTypeLabels[company.type]}
                </Badge>
              ),
            },
            { term: 'Legal name', value: company.legalName },
            { term: 'Industry', value: company.industry },
            { term: 'Size', value: company.size && companySizeLabels[company.size] },
            { term: 'Website', value: company.website && <OutsideLink href={company.website} /> },
            {
              term: 'Email',
              value: company.email && (
                <a className="link" href={`mailto:${company.email}`}>
                  {company.email}
                </a>
              ),
            },
            { term: 'Phone', value: company.phone },
            { term: 'Address', value: place.filter(Boolean).join(', ') || null },
            { term: 'LinkedIn', value: company.linkedinUrl && <OutsideLink href={company.linkedinUrl} /> },
            { term: 'X', value: company.xHandle },
            { term: 'Owner', value: owner },
            { term: 'Brand', value: brand },
            { term: 'External id', value: company.externalId },
          ]}
        />
        <Tags tags={company.tags} />
      </Panel>
      <CustomFields fields={company.customFields} />
    </>
  );
}
