import { type FieldDefinition, recordFields } from '../records/fields.ts';

/** What a list of campaigns filters and sorts. */
export const campaignFields: readonly FieldDefinition[] = [
  { name: 'name', label: 'Name', type: 'text', isRequired: true, isSortable: true },
  { name: 'description', label: 'Description', type: 'text' },
  {
    name: 'objective',
    label: 'Objective',
    type: 'choice',
    choices: [
      'AWARENESS',
      'REACH',
      'TRAFFIC',
      'ENGAGEMENT',
      'APP_INSTALLS',
      'VIDEO_VIEWS',
      'LEAD_GENERATION',
      'CONVERSIONS',
      'CATALOG_SALES',
      'STORE_TRAFFIC',
    ],
    isSortable: true,
  },
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    choices: ['DRAFT', 'PENDING_APPROVAL', 'APPROVED', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED'],
    isRequired: true,
    isSortable: true,
  },
  { name: 'budget', label: 'Budget', type: 'money', isSortable: true },
  { name: 'currency', label: 'Currency', type: 'text' },
  { name: 'startsOn', label: 'Starts', type: 'date', isSortable: true },
  { name: 'endsOn', label: 'Ends', type: 'date', isSortable: true },
  { name: 'categories', label: 'Categories', type: 'several' },
  { name: 'hashtags', label: 'Hashtags', type: 'several' },
  ...recordFields,
];
