import { type FieldDefinition, recordFields } from '../records/fields.ts';

/** What a list of companies filters, sorts and shows. */
export const companyFields: readonly FieldDefinition[] = [
  { name: 'name', label: 'Name', type: 'text', isRequired: true, isSortable: true },
  {
    name: 'type',
    label: 'Type',
    type: 'choice',
    choices: ['PROSPECT', 'CLIENT', 'PARTNER', 'VENDOR', 'COMPETITOR'],
    isRequired: true,
    isSortable: true,
  },
  { name: 'industry', label: 'Industry', type: 'text', isSortable: true },
  {
    name: 'size',
    label: 'Size',
    type: 'choice',
    choices: ['SOLO', 'SMALL', 'MEDIUM', 'LARGE', 'ENTERPRISE'],
    isSortable: true,
  },
  { name: 'country', label: 'Country', type: 'text', isSortable: true },
  { name: 'city', label: 'City', type: 'text', isSortable: true },
  { name: 'state', label: 'State', type: 'text' },
  { name: 'street', label: 'Street', type: 'text' },
  { name: 'postalCode', label: 'Postal code', type: 'text' },
  { name: 'legalName', label: 'Legal name', type: 'text', isSortable: true },
  { name: 'parentId', label: 'Parent company', type: 'reference', reference: 'company' },
  { name: 'website', label: 'Website', type: 'text' },
  { name: 'domains', label: 'Domains', type: 'several' },
  { name: 'email', label: 'Email', type: 'text' },
  { name: 'phone', label: 'Phone', type: 'text' },
  { name: 'linkedinUrl', label: 'LinkedIn', type: 'text' },
  { name: 'xHandle', label: 'X handle', type: 'text' },
  ...recordFields,
];
