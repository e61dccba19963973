import { type FieldDefinition, recordFields } from '../records/fields.ts';

/** What a list of deals and the board filter, and what the list sorts and shows. */
export const dealFields: readonly FieldDefinition[] = [
  { name: 'name', label: 'Name', type: 'text', isRequired: true, isSortable: true },
  { name: 'companyId', label: 'Company', type: 'reference', reference: 'company', isSortable: true },
  { name: 'contactId', label: 'Contact', type: 'reference', reference: 'contact', isSortable: true },
  {
    name: 'stage',
    label: 'Stage',
    type: 'choice',
    choices: ['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSED'],
    isRequired: true,
    isSortable: true,
  },
  {
    name: 'status',
    label: 'Status',
    type: 'choice',
    choices: ['OPEN', 'WON', 'LOST'],
    isRequired: true,
    isSortable: true,
  },
  { name: 'amount', label: 'Amount', type: 'money', isSortable: true },
  { name: 'currency', label: 'Currency', type: 'text' },
  { name: 'probability', label: 'Probability', type: 'number', isRequired: true, isSortable: true },
  {
    name: 'recurringType',
    label: 'Recurring',
    type: 'choice',
    choices: ['ONE_TIME', 'MONTHLY', 'QUARTERLY', 'ANNUAL'],
    isRequired: true,
    isSortable: true,
  },
  { name: 'expectedCloseOn', label: 'Expected close', type: 'date', isSortable: true },
  { name: 'openedOn', label: 'Opened', type: 'date', isSortable: true },
  { name: 'closedOn', label: 'Closed', type: 'date', isSortable: true },
  { name: 'stageChangedAt', label: 'In stage since', type: 'instant', isRequired: true, isSortable: true },
  { name: 'closeReason', label: 'Close reason', type: 'text' },
  { name: 'description', label: 'Description', type: 'text' },
  ...recordFields,
];
