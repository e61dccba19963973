import type { Contact } from '../../../server/domain/contacts/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { toTagText } from '../../lib/tags.ts';
import { type FormField, shownCustomFields } from '../custom-fields/custom-values.ts';
import type { RecordChoice } from '../records/record-picker.tsx';
import type { Tie } from './associated-company-rows.tsx';

export const who = [
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['title', 'Title'],
  ['department', 'Department'],
] as const;

export const reach = [
  ['mobile', 'Mobile'],
  ['source', 'Source'],
  ['linkedinUrl', 'LinkedIn'],
  ['xHandle', 'X handle'],
] as const;

/** The fields of the form, as its action reads them; rows, tags and custom fields have readers of their own. */
export const contactFields = [
  ...[...who, ...reach].map(([name]) => name),
  'companyId',
  'type',
  'status',
  'ownerId',
  'brandId',
] as const;
export const contactRows = ['emails', 'phones'] as const;

export type ContactField = (typeof contactFields)[number];

export function storedText(contact: Contact | null, name: ContactField): string {
  return contact?.[name] ?? '';
}

/** What the form shows of a contact when it is opened: see EditBase. */
export function shownContact(contact: Contact, customFields: readonly FormField[]) {
  const { associatedCompanies } = contact;
  return {
    ...Object.fromEntries(contactFields.map((name) => [name, storedText(contact, name)])),
    ...Object.fromEntries(contactRows.map((name) => [name, contact[name].length === 0 ? '' : contact[name]])),
    tags: toTagText(contact.tags),
    'associatedCompanies.companyId': ['', ...associatedCompanies.map(({ companyId }) => companyId)],
    'associatedCompanies.title': ['', ...associatedCompanies.map(({ title }) => title ?? '')],
    ...shownCustomFields(customFields, contact.customFields),
  };
}

interface Known {
  /** What a new contact begins with. */
  company?: RecordChoice | null;
  choices: { companies: readonly RecordChoice[] };
  failure: FormFailure | undefined;
}

/** The company that the form shows as chosen: what was typed, else what is stored. */
export function pickedCompany(
  contact: Contact | null,
  { company, choices, failure }: Known,
): RecordChoice | null {
  const stored = contact ? primaryOf(contact) : (company ?? null);
  if (!failure) return stored;
  const typed = failure.values.companyId;
  return typed === stored?.id ? stored : (choices.companies.find(({ id }) => id === typed) ?? null);
}

/** The other companies that the form shows: what was typed, else what is stored. */
export function tiesOf(contact: Contact | null, { choices, failure }: Known): Tie[] {
  const stored = (contact?.associatedCompanies ?? []).map(({ companyId, companyName, title }) => ({
    company: { id: companyId, name: companyName ?? 'Not yours to see' },
    title: title ?? '',
  }));
  if (!failure) return stored;
  const titles = failure.values['associatedCompanies.title']?.split('\n') ?? [];
  const known = [...stored.map(({ company }) => company), ...choices.companies];
  return (failure.values['associatedCompanies.companyId']?.split('\n') ?? []).flatMap((companyId, index) => {
    const company = known.find(({ id }) => id === companyId);
    return company ? [{ company, title: titles[index] ?? '' }] : [];
  });
}

function primaryOf({ companyId, companyName }: Contact): RecordChoice | null {
  return companyId === null ? null : { id: companyId, name: companyName ?? 'Not yours to see' };
}

/** The texts of several inputs of one name, as a refused form gives them back. */
export function linesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split('\n').filter((line) => line !== '');
}
