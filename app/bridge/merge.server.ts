import { type AppLoadContext, json, redirect } from '@remix-run/node';
import type { DuplicateNoun } from '../../server/domain/duplicates/schema.ts';
import { type MergeChoice, mergeChoices } from '../../server/domain/merges/schema.ts';
import { paths, withQuery } from '../lib/paths.ts';
import { pageUrl } from '../lib/paging.ts';
import { type Api, api, load, requireRight } from './api.server.ts';
import { companyChoices } from './choices.server.ts';
import { readFormData, submit } from './forms.server.ts';

/** The record whose page this is: what is merged goes into it. */
export interface MergePage {
  request: Request;
  context: AppLoadContext;
  noun: DuplicateNoun;
  recordId: string;
}

const CHOICES = 200;

/** What a merge page shows: whom to merge, the two side by side, or what was done. */
export async function readMergePage({ request, context, noun, recordId }: MergePage) {
  const caller = await api(request, context);
  await requireRight(caller, 'merges.write');
  const calls = callsOf(caller, noun, recordId);
  const query = pageUrl(request).searchParams;
  const mergeId = query.get('mergeId');
  return load(context, async () => {
    const record = await calls.record();
    if (record.mergedIntoId) throw redirect(calls.path(record.mergedIntoId));
    const [preview, last, similar, choices, customFields] = await Promise.all([
      mergeId ? calls.preview(mergeId) : null,
      calls.last(),
      calls.similar(),
      mergeId ? [] : calls.choices(),
      caller.customFields.list({ noun }),
    ]);
    return {
      noun,
      record: { id: record.id, name: record.name },
      preview,
      // What was done just now, or the merge that can be undone.
      done: query.has('done') ? last : null,
      similar,
      choices: choices.filter(({ id }) => id !== record.id),
      customFields: customFields.items,
    };
  });
}

/** Answers the forms of a merge page: the merge itself, and undoing the last one. */
export async function answerMergePage({ request, context, noun, recordId }: MergePage) {
  const form = await readFormData(request);
  const caller = await api(request, context);
  const calls = callsOf(caller, noun, recordId);
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  if (text('intent') === 'undo') {
    const undone = await submit(context, form, () => caller.merges.undo({ mergeId: text('mergeId') }));
    if ('failure' in undone) return json(undone.failure, { status: undone.status });
    return redirect(calls.path(undone.value.mergedId));
  }
  const result = await submit<unknown>(context, form, () =>
    calls.merge(text('mergeId'), {
      choices: readChoices(form),
      expectedVersion: Number(text('keptVersion')) || undefined,
      expectedMergedVersion: Number(text('mergedVersion')) || undefined,
    }),
  );
  if ('failure' in result) return json(result.failure, { status: result.status });
  return redirect(withQuery(calls.mergePath, { done: 'yes' }));
}

function readChoices(form: FormData): Record<string, MergeChoice> {
  const known: readonly string[] = mergeChoices;
  return Object.fromEntries(
    [...form].flatMap(([name, value]) =>
      name.startsWith('choice.') && typeof value === 'string' && known.includes(value)
        ? [[name.slice('choice.'.length), value as MergeChoice]]
        : [],
    ),
  );
}

interface MergeOptions {
  choices: Record<string, MergeChoice>;
  expectedVersion: number | undefined;
  expectedMergedVersion: number | undefined;
}

/** The same questions of either noun. */
function callsOf(caller: Api, noun: DuplicateNoun, recordId: string) {
  return noun === 'CONTACT' ? contactCalls(caller, recordId) : companyCalls(caller, recordId);
}

function contactCalls({ contacts, duplicates, merges }: Api, contactId: string) {
  return {
    path: (id: string) => paths.contact(id),
    mergePath: paths.mergeContact(contactId),
    record: () => contacts.byId({ contactId }),
    preview: (mergedContactId: string) => merges.previewContact({ contactId, mergedContactId }),
    last: () => merges.lastOfContact({ contactId }),
    similar: () => duplicates.ofContact({ contactId }),
    choices: async () => {
      const { items } = await contacts.list({ limit: CHOICES, sort: 'name' });
      return items.map(({ id, name }) => ({ id, name }));
    },
    merge: (mergedContactId: string, options: MergeOptions) =>
      merges.mergeContact({ contactId, mergedContactId, ...options }),
  };
}

function companyCalls(caller: Api, companyId: string) {
  const { companies, duplicates, merges } = caller;
  return {
    path: (id: string) => paths.company(id),
    mergePath: paths.mergeCompany(companyId),
    record: () => companies.byId({ companyId }),
    preview: (mergedCompanyId: string) => merges.previewCompany({ companyId, mergedCompanyId }),
    last: () => merges.lastOfCompany({ companyId }),
    similar: () => duplicates.ofCompany({ companyId }),
    choices: () => companyChoices(caller),
    merge: (mergedCompanyId: string, options: MergeOptions) =>
      merges.mergeCompany({ companyId, mergedCompanyId, ...options }),
  };
}
