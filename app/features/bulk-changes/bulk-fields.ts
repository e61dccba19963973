import type { BulkNoun } from '../../../server/domain/bulk-changes/schema.ts';
import { companySizeLabels, companyTypeLabels } from '../companies/labels.ts';
import { contactStatusLabels, contactTypeLabels } from '../contacts/labels.ts';
import { dealStatusLabels, recurringLabels, stageLabels } from '../deals/labels.ts';

export type BulkFieldKind = 'choice' | 'text' | 'number' | 'day' | 'member' | 'brand' | 'company';

export interface BulkField {
  /** As the noun's own input names it. */
  name: string;
  label: string;
  kind: BulkFieldKind;
  /** Value and label of a choice. */
  options?: readonly (readonly [string, string])[];
  hint?: string;
  /** What the choice that empties the field is called; without one it is not offered. */
  emptyLabel?: string;
}

/** What a form sends to empty a field; nothing leaves it as it is. */
export const EMPTIED = '-';

const owner: BulkField = { name: 'ownerId', label: 'Owner', kind: 'member', emptyLabel: 'Nobody' };
const brand: BulkField = { name: 'brandId', label: 'Brand', kind: 'brand', emptyLabel: 'No brand' };
const choice = (name: string, label: string, labels: Readonly<Record<string, string>>): BulkField => ({
  name,
  label,
  kind: 'choice',
  options: Object.entries(labels),
});
const text = (name: string, label: string): BulkField => ({ name, label, kind: 'text' });

const { WON, LOST } = dealStatusLabels;

/** What many records of a noun can be given at once, in the form's order. */
export const bulkFields: Readonly<Record<BulkNoun, readonly BulkField[]>> = {
  COMPANY: [
    owner,
    brand,
    choice('type', 'Type', companyTypeLabels),
    { ...choice('size', 'Size', companySizeLabels), emptyLabel: 'Unknown' },
    text('industry', 'Industry'),
    text('city', 'City'),
    text('country', 'Country'),
  ],
  CONTACT: [
    owner,
    brand,
    { name: 'companyId', label: 'Company', kind: 'company' },
    choice('type', 'Type', contactTypeLabels),
    choice('status', 'Status', contactStatusLabels),
    text('title', 'Title'),
    text('department', 'Department'),
    text('source', 'Source'),
  ],
  DEAL: [
    owner,
    brand,
    choice('stage', 'Stage', stageLabels),
    { ...choice('status', 'Outcome', { WON, LOST }), hint: 'Of stage Closed' },
    { ...text('reason', 'Reason'), hint: 'Why they were won or lost' },
    { name: 'probability', label: 'Probability', kind: 'number', hint: 'In percent' },
    { name: 'expectedCloseOn', label: 'Expected close', kind: 'day' },
    choice('recurringType', 'Repeats', recurringLabels),
  ],
  TASK: [
    { name: 'assigneeId', label: 'Assignee', kind: 'member', emptyLabel: 'Nobody' },
    brand,
    choice('priority', 'Priority', { LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High', URGENT: 'Urgent' }),
    { name: 'dueOn', label: 'Due', kind: 'day' },
  ],
};

/** One and many, as the bar and the answers say them. */
export const bulkWords: Readonly<Record<BulkNoun, { one: string; many: string; listPath: string }>> = {
  COMPANY: { one: 'company', many: 'companies', listPath: '/companies' },
  CONTACT: { one: 'contact', many: 'contacts', listPath: '/contacts' },
  DEAL: { one: 'deal', many: 'deals', listPath: '/deals?view=list' },
  TASK: { one: 'task', many: 'tasks', listPath: '/tasks' },
};

/** "1 company", "1,240 companies". */
export function countOf(noun: BulkNoun, count: number): string {
  const { one, many } = bulkWords[noun];
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
