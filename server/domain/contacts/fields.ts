import { type FieldDefinition, recordFields } from '../records/fields.ts';

/** What a list of contacts filters, sorts and shows. */
export const contactFields: readonly FieldDefinition[] = [
  { name: 'name', label: 'Name', type: 'text', isRequired: true, isSortable: true },
  { name: 'firstName', label: 'First name', type: 'text', isRequired: true, isSortable: true },
  { name: 'lastName', label: 'Last name', type: 'text', isRequired: true, isSortable: true },
  { name: 'companyId', label: 'Company', type: 'reference', reference: 'company', isSortable: true },
  { name: 'title', label: 'Title', type: 'text', isSortable: true },
  { name: 'department', label: 'Department', type: 'text', isSortable: true },
  { name: 'emails', label: 'Email', type: 'several' },
  { name: 'phones', label: 'Phone', type: 'several' },
  { name: 'mobile', label: 'Mobile', type: 'text' },
  {
    name: 'type',
    label: 'Type',
    type: 'choice',
    choices: ['LEAD', 'PROSPECT', 'CLIENT', 'PARTNER', 'CREATOR', 'VENDOR', 'OTHER'],
    isRequired: true,
    isSortable: true,
  },
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    choices: ['ACTIVE', 'INACTIVE', 'CHURNED', 'DO_NOT_CONTACT'],
    isRequired: true,
    isSortable: true,
  },
  { name: 'source', label: 'Source', type: 'text', isSortable: true },
  { name: 'lastContactedAt', label: 'Last contacted', type: 'instant', isSortable: true },
  { name: 'linkedinUrl', label: 'LinkedIn', type: 'text' },
  { name: 'xHandle', label: 'X handle', type: 'text' },
  ...recordFields,
];
