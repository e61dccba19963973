import { paths } from '../../lib/paths.ts';
import { type FieldSpecs, specsOf } from '../records/field-specs.ts';
import type { RecordNounWords } from '../records/record-noun.ts';
import { dealStatusLabels, recurringLabels, stageLabels } from './labels.ts';

/** A deal's fields, as forms, summaries and histories show them. Stage and status move on the board alone. */
export const dealSpecs: FieldSpecs = specsOf('DEAL', [
  { name: 'name', label: 'Name', kind: 'text', isRequired: true },
  { name: 'amount', label: 'Amount', kind: 'money' },
  { name: 'currency', label: 'Currency', kind: 'currency' },
  { name: 'probability', label: 'Probability', kind: 'percent', isRequired: true },
  { name: 'recurringType', label: 'Repeats', kind: 'choice', options: recurringLabels, isRequired: true },
  { name: 'companyId', label: 'Company', kind: 'company' },
  { name: 'contactId', label: 'Contact', kind: 'contact' },
  { name: 'openedOn', label: 'Opened', kind: 'date' },
  { name: 'expectedCloseOn', label: 'Expected close', kind: 'date' },
  { name: 'closedOn', label: 'Closed', kind: 'date', isRequired: true },
  { name: 'closeReason', label: 'Reason', kind: 'longText' },
  { name: 'description', label: 'Description', kind: 'longText' },
  { name: 'stage', label: 'Stage', kind: 'choice', options: stageLabels, isFixed: true },
  { name: 'status', label: 'Status', kind: 'choice', options: dealStatusLabels, isFixed: true },
]);

export const dealNoun: RecordNounWords = {
  one: 'deal',
  many: 'Deals',
  permission: 'deals.write',
  specs: dealSpecs,
  listHref: paths.deals(),
  hrefOf: paths.deal,
  panelHrefOf: paths.dealPanel,
  editHrefOf: paths.editDeal,
  fieldHrefOf: paths.dealField,
};
