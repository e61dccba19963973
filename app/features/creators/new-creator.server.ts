import { type AppLoadContext, redirect } from '@remix-run/node';
import type { CreateContactInput } from '../../../server/domain/contacts/schema.ts';
import type { CreateCreatorInput } from '../../../server/domain/creators/schema.ts';
import { creatorFormFields } from './creator-form-values.ts';
import { handleField, readHandles } from './handle-fields.tsx';
import { mendHref, type RefusedAccount } from './mend-address.ts';
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

/** A form that is shown again, with what is wrong with it. */
export interface Refused {
  failure: FormFailure;
  status: number;
}

/** Categories from their line of text, in lower case, each once; nothing where the form has no such field. */
export function readCategories(form: FormData): { categories?: string[] } {
  const text = form.get('categories');
  if (typeof text !== 'string') return {};
  return { categories: [...new Set(fromTagText(text).map((word) => word.toLowerCase()))] };
}

/** Writes the person down as a contact, and leads on. A likely double is shown first. */
export async function makeContact(sent: Sent): Promise<Refused> {
  const { context, caller, form } = sent;
  const stopped = await stopDoubleContact(sent);
  if (stopped) return { failure: stopped, status: 409 };
  const input = {
    ...readTexts(form, ['firstName', 'lastName', 'mobile']),
    ...readRows(form, ['emails']),
    type: 'CREATOR',
  } as unknown as CreateContactInput;
  const result = await submit(context, form, () => caller.contacts.create(input));
  if ('failure' in result) return result;
  throw redirect(paths.newCreator(result.value.id));
}

/** Makes the contact a creator and adds the accounts that were named. Leads to the creator where all went well. */
export async function makeCreator(sent: Sent, contactId: string): Promise<Refused> {
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
  if ('failure' in result) return result;
  const { id } = result.value;
  const refused = await tryAccounts(sent, id);
  // The person is a creator by now: what is left to mend has an address of its own.
  throw redirect(refused.length === 0 ? paths.creator(id) : mendHref(id, refused));
}

/** Adds accounts by handle or link to a creator. Those that are refused are asked for once more; the others stand. */
export async function addAccounts(sent: Sent, creatorId: string): Promise<Refused> {
  const refused = await tryAccounts(sent, creatorId);
  if (refused.length === 0) throw redirect(paths.creator(creatorId));
  const fields = Object.fromEntries(
    refused.map(({ platform, message }) => [handleField(platform), message] as const),
  );
  return { failure: { ok: false, message: '', fields, values: typedValues(sent.form) }, status: 422 };
}

async function tryAccounts({ context, caller, form }: Sent, creatorId: string) {
  const refused: (RefusedAccount & { message: string })[] = [];
  for (const { platform, handle } of readHandles(form)) {
    const added = await submit(context, form, () =>
      caller.creatorPlatforms.create({ creatorId, platform, handle }),
    );
    if (!('failure' in added)) continue;
    const { fields, message } = added.failure;
    const isTaken = added.status === 409;
    refused.push({ platform, handle, isTaken, message: fields.handle ?? message });
  }
  return refused;
}
