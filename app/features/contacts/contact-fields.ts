import { paths } from '../../lib/paths.ts';
import { type FieldSpecs, specsOf } from '../records/field-specs.ts';
import type { RecordNounWords } from '../records/record-noun.ts';
import { contactStatusLabels, contactTypeLabels } from './labels.ts';

/** A contact's fields, as forms, summaries and histories show them. */
export const contactSpecs: FieldSpecs = specsOf('CONTACT', [
  { name: 'firstName', label: 'First name', kind: 'text', isRequired: true },
  { name: 'lastName', label: 'Last name', kind: 'text', isRequired: true },
  { name: 'status', label: 'Status', kind: 'choice', options: contactStatusLabels, isRequired: true },
  { name: 'type', label: 'Type', kind: 'choice', options: contactTypeLabels, isRequired: true },
  { name: 'companyId', label: 'Company', kind: 'company' },
  { name: 'title', label: 'Title', kind: 'text' },
  { name: 'department', label: 'Department', kind: 'text' },
  { name: 'emails', label: 'Email', kind: 'lines' },
  { name: 'phones', label: 'Phone', kind: 'lines' },
  { name: 'mobile', label: 'Mobile', kind: 'phone' },
  { name: 'linkedinUrl', label: 'LinkedIn', kind: 'url' },
  { name: 'xHandle', label: 'X handle', kind: 'text' },
  { name: 'source', label: 'Source', kind: 'text' },
  { name: 'avatarUrl', label: 'Picture', kind: 'url' },
  { name: 'lastContactedAt', label: 'Last contacted', kind: 'instant', isFixed: true },
]);

export const contactNoun: RecordNounWords = {
  one: 'contact',
  many: 'Contacts',
  permission: 'contacts.write',
  specs: contactSpecs,
  listHref: paths.contacts(),
  hrefOf: paths.contact,
  panelHrefOf: paths.contactPanel,
  editHrefOf: paths.editContact,
  fieldHrefOf: paths.contactField,
};
