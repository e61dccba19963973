import { paths } from '../../lib/paths.ts';
import { type FieldSpecs, specsOf } from '../records/field-specs.ts';
import type { RecordNounWords } from '../records/record-noun.ts';
import { companySizeLabels, companyTypeLabels } from './labels.ts';

/** A company's fields, as forms, summaries and histories show them. */
export const companySpecs: FieldSpecs = specsOf('COMPANY', [
  { name: 'name', label: 'Name', kind: 'text', isRequired: true },
  { name: 'legalName', label: 'Legal name', kind: 'text' },
  { name: 'type', label: 'Type', kind: 'choice', options: companyTypeLabels, isRequired: true },
  { name: 'industry', label: 'Industry', kind: 'text' },
  { name: 'size', label: 'Size', kind: 'choice', options: companySizeLabels },
  { name: 'website', label: 'Website', kind: 'url' },
  { name: 'domains', label: 'Domains', kind: 'lines' },
  { name: 'parentId', label: 'Parent company', kind: 'company' },
  { name: 'email', label: 'Email', kind: 'email' },
  { name: 'phone', label: 'Phone', kind: 'phone' },
  { name: 'street', label: 'Street', kind: 'text' },
  { name: 'city', label: 'City', kind: 'text' },
  { name: 'state', label: 'State or region', kind: 'text' },
  { name: 'postalCode', label: 'Postal code', kind: 'text' },
  { name: 'country', label: 'Country', kind: 'text' },
  { name: 'linkedinUrl', label: 'LinkedIn', kind: 'url' },
  { name: 'xHandle', label: 'X handle', kind: 'text' },
  { name: 'logoUrl', label: 'Logo', kind: 'url' },
]);

export const companyNoun: RecordNounWords = {
  one: 'company',
  many: 'Companies',
  permission: 'companies.write',
  specs: companySpecs,
  listHref: paths.companies(),
  hrefOf: paths.company,
  panelHrefOf: paths.companyPanel,
  editHrefOf: paths.editCompany,
  fieldHrefOf: paths.companyField,
};
