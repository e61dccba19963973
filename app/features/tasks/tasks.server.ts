import { type AppLoadContext, json, redirect } from '@remix-run/node';
import type { CreateTaskInput } from '../../../server/domain/tasks/schema.ts';
import type { AddAnswer } from './quick-add.tsx';
import { toTaskLine } from './groups.ts';
import type { RelatedTasksData } from './related-tasks.tsx';
import { taskFields } from './task-values.ts';
import { paths, safeReturnTo } from '../../lib/paths.ts';
import { fromTagText } from '../../lib/tags.ts';
import { type Api, load } from '../../bridge/api.server.ts';
import { namesIn } from '../../bridge/edits.server.ts';
import { type FormFailure, readChanges, readForm, submit } from '../../bridge/forms.server.ts';

interface TaskRequest {
  context: AppLoadContext;
  caller: Api;
  form: FormData;
}

/** Answers the forms of a list of tasks: the quick line, and the boxes of a page without a script. */
export async function answerTaskList({ context, caller, form }: TaskRequest) {
  const intent = form.get('intent');
  const returnTo = safeReturnTo(form.get('returnTo'), paths.tasks());
  if (intent === 'add') return answerAdd({ context, caller, form }, returnTo);
  if (intent !== 'complete' && intent !== 'reopen') throw new Response('Unknown intent', { status: 400 });
  const { taskId = '' } = readForm(form);
  await load(context, () => caller.tasks[intent]({ taskId }));
  return redirect(returnTo);
}

async function answerAdd({ context, caller, form }: TaskRequest, returnTo: string) {
  const { intent: _intent, returnTo: _returnTo, answer, assigneeId, ...sent } = readForm(form);
  // Nobody is chosen by the empty choice; a line without the choice leaves the task to its author.
  const assignee = form.has('assigneeId') ? { assigneeId: assigneeId ?? null } : {};
  const input = { ...sent, ...assignee } as unknown as CreateTaskInput;
  const result = await submit(context, form, () => caller.tasks.create(input));
  if ('failure' in result) return json<AddAnswer>(result.failure, { status: result.status });
  if (answer !== 'data') return redirect(returnTo);
  return json<AddAnswer>({ ok: true, title: result.value.title });
}

/** The fields of a task's form as its procedures take them. */
export function readTaskFields(form: FormData) {
  const tags = form.get('tags');
  return {
    ...readChanges(form, taskFields),
    ...(typeof tags === 'string' && { tags: fromTagText(tags) }),
  };
}

/** A refused form with the names of the records that stood in it. */
export async function withPickedNames(caller: Api, failure: FormFailure): Promise<FormFailure> {
  const names = await namesIn(caller, Object.values(failure.values));
  return { ...failure, names: { ...names, ...failure.names } };
}

const RELATED = 8;

/** A record's open tasks, for its page: `of` is one entry, `{ dealId }`. */
export async function readRelatedTasks(
  caller: Api,
  of: { companyId: string } | { contactId: string } | { dealId: string } | { campaignId: string },
): Promise<RelatedTasksData> {
  const { items, nextCursor } = await caller.tasks.list({ ...of, completed: false, limit: RELATED });
  return { of, tasks: items.map(toTaskLine), hasMore: nextCursor !== null, now: new Date().toISOString() };
}
