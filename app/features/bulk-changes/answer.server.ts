import type { AppLoadContext } from '@remix-run/node';
import {
  type BulkNoun,
  bulkNouns,
  type CreateBulkChangeInput,
  lists,
} from '../../../server/domain/bulk-changes/schema.ts';
import type { BulkAct, BulkAnswer, BulkSelection } from './bulk-answer.ts';
import { bulkFields, bulkWords, EMPTIED } from './bulk-fields.ts';
import type { BulkChoices } from './bulk-form.tsx';
import { safeReturnTo } from '../../lib/paths.ts';
import { fromTagText } from '../../lib/tags.ts';
import type { Api } from '../../bridge/api.server.ts';
import { companyChoices } from '../../bridge/choices.server.ts';
import { type FormFailure, readFormData, submit } from '../../bridge/forms.server.ts';

/** The noun that the address names, or null. */
export function readBulkNoun(url: URL): BulkNoun | null {
  return bulkNouns.find((noun) => noun === url.searchParams.get('noun')) ?? null;
}

/** What the form of many records can choose from. */
export async function bulkChoices(caller: Api, noun: BulkNoun): Promise<BulkChoices> {
  const [members, brands, companies] = await Promise.all([
    caller.members.list(),
    caller.brands.list(),
    noun === 'CONTACT' ? companyChoices(caller) : [],
  ]);
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return { members: members.map(named), brands: brands.map(named), companies };
}

/** Answers the forms of many records: choosing what to change, changing, and undoing. */
export async function answerBulkChange(
  { request, context }: { request: Request; context: AppLoadContext },
  caller: Api,
): Promise<{ answer: BulkAnswer; status: number }> {
  const noun = readBulkNoun(new URL(request.url));
  if (!noun) throw new Response('Unknown noun', { status: 400 });
  const form = await readFormData(request);
  const selection = readSelection(noun, form);
  const intent = form.get('intent');
  if (intent === 'choose') return { answer: { kind: 'choose', selection }, status: 200 };
  if (intent === 'undo') {
    const bulkChangeId = form.get('bulkChangeId');
    const input = { bulkChangeId: typeof bulkChangeId === 'string' ? bulkChangeId : '' };
    const done = await submit(context, form, () => caller.bulkChanges.undo(input));
    return 'ok' in done
      ? { answer: { kind: 'undone', selection, result: done.value }, status: 200 }
      : { answer: { kind: 'failure', selection, failure: done.failure }, status: done.status };
  }
  if (intent !== 'edit' && intent !== 'archive' && intent !== 'restore')
    throw new Response('Unknown intent', { status: 400 });
  const done = await submit(context, form, () => caller.bulkChanges.create(toInput(selection, intent, form)));
  return 'ok' in done
    ? { answer: { kind: 'done', selection, act: intent, result: done.value }, status: 200 }
    : {
        answer: { kind: 'failure', selection, failure: atFields(done.failure) },
        status: done.status,
      };
}

function readSelection(noun: BulkNoun, form: FormData): BulkSelection {
  const list = form.get('list');
  const count = form.get('expectedCount');
  return {
    noun,
    recordIds: [...new Set(form.getAll('recordId').map(String))],
    list: typeof list === 'string' ? list : null,
    expectedCount: typeof count === 'string' && /^\d+$/.test(count) ? Number(count) : null,
    isBin: form.get('isBin') === 'true',
    returnTo: safeReturnTo(form.get('returnTo'), bulkWords[noun].listPath),
  };
}

function toInput({ noun, recordIds, list, expectedCount }: BulkSelection, act: BulkAct, form: FormData) {
  const selection =
    list === null
      ? { recordIds: [...recordIds] }
      : { list: toListInput(noun, list), ...(expectedCount !== null && { expectedCount }) };
  const change = act === 'edit' ? toChange(noun, form) : { [act]: true as const };
  return { noun, selection, change } satisfies CreateBulkChangeInput;
}

/** What of the list's address is the list's, without what is of the page alone. An unfit value is refused, not left out. */
function toListInput(noun: BulkNoun, query: string): Record<string, string> {
  const known = new Set(
    Object.keys(lists[noun].shape).filter((name) => !['cursor', 'limit', 'sort'].includes(name)),
  );
  return Object.fromEntries(
    [...new URLSearchParams(query)].filter(([name, value]) => known.has(name) && value !== ''),
  );
}

function toChange(noun: BulkNoun, form: FormData) {
  const set: Record<string, unknown> = {};
  for (const { name, kind } of bulkFields[noun]) {
    const value = form.get(name);
    if (typeof value !== 'string' || value.trim() === '') continue;
    if (value === EMPTIED) set[name] = null;
    else set[name] = kind === 'number' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  }
  const tagsOf = (name: string) => {
    const text = form.get(name);
    return typeof text === 'string' ? fromTagText(text) : [];
  };
  const [addTags, removeTags] = [tagsOf('addTags'), tagsOf('removeTags')];
  return {
    ...(Object.keys(set).length > 0 && { set }),
    ...(addTags.length > 0 && { addTags }),
    ...(removeTags.length > 0 && { removeTags }),
  };
}

/** The form's fields carry the names of what is set. */
function atFields(failure: FormFailure): FormFailure {
  const fields = Object.fromEntries(
    Object.entries(failure.fields).map(([path, message]) => [
      path.replace(/^change\.(set\.)?/, '').replace(/\.\d+$/, ''),
      message,
    ]),
  );
  return { ...failure, fields };
}
