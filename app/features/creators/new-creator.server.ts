import { type AppLoadContext, redirect } from '@remix-run/node';
import type { CreateContactInput } from '../../../server/domain/contacts/schema.ts';
import type { CreateCreatorInput } from '../../../server/domain/creators/schema.ts';
import { creatorFormFields } from './creator-form-values.ts';
import { handleField, readHandles } from './handle-fields.tsx';
import { paths } from '../../lib/paths.ts';
import { fromTagText } from '../../lib/tags.ts';
import { type Api, load } from '../../bridge/api.server.ts';
import { stopDoubleContact } from '../../bridge/duplicates.server.ts';
import { type FormFailure, submit, typedValues } from '../../bridge/forms.server.ts';
import { readNewCustomFields, readRows, readTags, readTexts } from '../../bridge/record-forms.server.ts';

interface Sent {
  context: AppLoadContext;
  caller: Api;
  form: FormData;
}

/** How a form of a new creator ended where it did not lead on. */
export interface NewCreatorFailure {
  failure: FormFailure;
  status: number;
  /** The creator who was made, where accounts alone are left to mend. */
  made: { id: string; name: string } | null;
}

/** Categories from their line of text, in lower case, each once; nothing where the form has no such field. */
export function readCategories(form: FormData): { categories?: string[] } {
  const text = form.get('categories');
  if (typeof text !== 'string') return {};
  return { categories: [...new Set(fromTagText(text).map((word) => word.toLowerCase()))] };
}

/** Writes the person down as a contact, and leads on. A likely double is shown first. */
export async function makeContact(sent: Sent): Promise<NewCreatorFailure> {
  const { context, caller, form } = sent;
  const stopped = await stopDoubleContact(sent);
  if (stopped) return { failure: stopped, status: 409, made: null };
  const input = {
    ...readTexts(form, ['firstName', 'lastName', 'mobile']),
    ...readRows(form, ['emails']),
    type: 'CREATOR',
  } as unknown as CreateContactInput;
  const result = await submit(context, form, () => caller.contacts.create(input));
  if ('failure' in result) return { ...result, made: null };
  throw redirect(paths.newCreator(result.value.id));
}

/** Makes the contact a creator and adds the accounts that were named. Leads to the creator where all went well. */
export async function makeCreator(sent: Sent, contactId: string): Promise<NewCreatorFailure> {
  const { context, caller, form } = sent;
  const { items } = await load(context, () => caller.customFields.list({ noun: 'CREATOR' }));
  const brandId = form.get('brandId');
  const input = {
    contactId,
    ...readTexts(form, creatorFormFields),
    // Left empty it is no brand; only what a form does not ask is the contact's.
    ...(brandId === '' && { brandId: null }),
    ...readCategories(form),
    ...readTags(form),
    ...readNewCustomFields(form, items),
  } as unknown as CreateCreatorInput;
  const result = await submit(context, form, () => caller.creators.create(input));
  if ('failure' in result) return { ...result, made: null };
  return addAccounts(sent, { id: result.value.id, name: result.value.name });
}

/** Adds accounts by handle or link. Those that are refused are asked for once more; the others stand. */
export async function addAccounts(
  { context, caller, form }: Sent,
  creator: { id: string; name: string },
): Promise<NewCreatorFailure> {
  const fields: Record<string, string> = {};
  for (const { platform, handle } of readHandles(form)) {
    const added = await submit(context, form, () =>
      caller.creatorPlatforms.create({ creatorId: creator.id, platform, handle }),
    );
    if ('failure' in added)
      fields[handleField(platform)] = added.failure.fields.handle ?? added.failure.message;
  }
  if (Object.keys(fields).length === 0) throw redirect(paths.creator(creator.id));
  return {
    failure: { ok: false, message: '', fields, values: typedValues(form) },
    status: 422,
    made: creator,
  };
}
