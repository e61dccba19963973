import type { Task } from '../../../server/domain/tasks/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { toTagText } from '../../lib/tags.ts';

/** The fields of the form that are one text each, as its action reads them. */
export const taskFields = [
  'title',
  'dueOn',
  'dueTime',
  'remindOn',
  'remindTime',
  'recurrence',
  'assigneeId',
  'priority',
  'companyId',
  'contactId',
  'dealId',
  'campaignId',
  'brandId',
  'isShared',
  'description',
] as const;

export type TaskFieldName = (typeof taskFields)[number] | 'tags';

/** What each field of the form shows of a task. */
export function shownOf(task: Task): Record<TaskFieldName, string> {
  const texts = Object.fromEntries(taskFields.map((name) => [name, String(task[name] ?? '')]));
  return { ...texts, tags: toTagText(task.tags) } as Record<TaskFieldName, string>;
}

/** The records that a task hangs on, as far as the reader sees their names. */
export function pickedOf(task: Task) {
  return {
    companyId: choiceOf(task.companyId, task.companyName),
    contactId: choiceOf(task.contactId, task.contactName),
    dealId: choiceOf(task.dealId, task.dealName),
    campaignId: choiceOf(task.campaignId, task.campaignName),
  };
}

function choiceOf(id: string | null, name: string | null) {
  return id === null ? null : { id, name: name ?? 'Not yours to see' };
}

/** The records that stood in a form which was refused. */
export function pickedAgain({ values, names = {} }: FormFailure) {
  const choice = (id: string | undefined) =>
    choiceOf(id ?? null, id === undefined ? null : (names[id] ?? null));
  return {
    companyId: choice(values.companyId),
    contactId: choice(values.contactId),
    dealId: choice(values.dealId),
    campaignId: choice(values.campaignId),
  };
}
