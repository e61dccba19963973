import { type FieldSpecs, specsOf } from '../records/field-specs.ts';
import { priorityLabels, recurrenceLabels, sharingLabels } from './labels.ts';

/** A task's fields, as a conflict shows them. Its noun only tells which tags are suggested, which no conflict does. */
export const taskSpecs: FieldSpecs = specsOf('DEAL', [
  { name: 'title', label: 'Title', kind: 'text', isRequired: true },
  { name: 'description', label: 'Description', kind: 'longText' },
  { name: 'dueOn', label: 'Due', kind: 'date' },
  { name: 'dueTime', label: 'Due time', kind: 'text' },
  { name: 'remindOn', label: 'Reminder', kind: 'date' },
  { name: 'remindTime', label: 'Reminder time', kind: 'text' },
  { name: 'recurrence', label: 'Repeats', kind: 'choice', options: recurrenceLabels },
  { name: 'priority', label: 'Priority', kind: 'choice', options: priorityLabels, isRequired: true },
  { name: 'assigneeId', label: 'Assignee', kind: 'member' },
  { name: 'companyId', label: 'Company', kind: 'company' },
  { name: 'contactId', label: 'Contact', kind: 'contact' },
  { name: 'dealId', label: 'Deal', kind: 'deal' },
  { name: 'campaignId', label: 'Campaign', kind: 'text' },
  {
    name: 'audience',
    label: 'Who sees it',
    kind: 'choice',
    options: { AGENCY: sharingLabels.false, EVERYONE: sharingLabels.true },
  },
]);
