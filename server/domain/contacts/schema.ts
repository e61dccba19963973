import { z } from 'zod';
import { filterInput } from '../records/filter.ts';
import {
  baseOf,
  email,
  expectedVersion,
  historyInput,
  id,
  instant,
  listInput,
  pageOf,
  recordInput,
  recordOutput,
  requiredText,
  text,
  webAddress,
} from '../records/schema.ts';
import { sortInput } from '../records/sort-input.ts';
import { contactFields } from './fields.ts';

export const contactTypes = ['LEAD', 'PROSPECT', 'CLIENT', 'PARTNER', 'CREATOR', 'VENDOR', 'OTHER'] as const;
export const contactStatuses = ['ACTIVE', 'INACTIVE', 'CHURNED', 'DO_NOT_CONTACT'] as const;

const associatedCompanyInput = z.strictObject({
  companyId: id,
  /** What the person is there. */
  title: text(200).nullish(),
});
export type AssociatedCompanyInput = z.infer<typeof associatedCompanyInput>;

const fields = {
  ...recordInput,
  /** Where the person works first of all. */
  companyId: id.nullish(),
  /** Where else the person works, all of them: those that are not named are taken away. */
  associatedCompanies: z.array(associatedCompanyInput).max(50).optional(),
  /** The first is the one to write to; so with the phones. */
  emails: z.array(email).max(50).optional(),
  phones: z.array(requiredText(100)).max(50).optional(),
  mobile: text(100).nullish(),
  avatarUrl: webAddress.nullish(),
  title: text(200).nullish(),
  department: text(200).nullish(),
  type: z.enum(contactTypes).optional(),
  status: z.enum(contactStatuses).optional(),
  source: text(200).nullish(),
  linkedinUrl: webAddress.nullish(),
  xHandle: text(100).nullish(),
  lastContactedAt: instant.nullish(),
};

export const createContactInput = z.strictObject({
  firstName: requiredText(),
  lastName: requiredText(),
  ...fields,
});
export type CreateContactInput = z.infer<typeof createContactInput>;

export const updateContactInput = z.strictObject({
  contactId: id,
  firstName: requiredText().optional(),
  lastName: requiredText().optional(),
  ...fields,
  expectedVersion,
  base: baseOf({ firstName: requiredText(), lastName: requiredText(), ...fields }),
});
export type UpdateContactInput = z.infer<typeof updateContactInput>;

export const contactRef = z.strictObject({ contactId: id });
export const contactChange = z.strictObject({ contactId: id, expectedVersion });

export const listContactsInput = z.strictObject({
  ...listInput,
  filter: filterInput,
  sort: sortInput(contactFields, 'name'),
  /** The people who work there, first of all or beside another. */
  companyId: id.optional(),
  type: z.enum(contactTypes).optional(),
  status: z.enum(contactStatuses).optional(),
  brandId: id.optional(),
  ownerId: id.optional(),
});
export type ListContactsInput = z.infer<typeof listContactsInput>;

/** The list as it was asked for; its page does not matter. */
export const contactNeighboursInput = z.strictObject({ contactId: id, list: listContactsInput.prefault({}) });
export const contactHistoryInput = z.strictObject({ contactId: id, ...historyInput });

const associatedCompany = z.object({
  companyId: z.string(),
  companyName: z.string().nullable(),
  title: z.string().nullable(),
});
export type AssociatedCompany = z.infer<typeof associatedCompany>;

export const contact = z.object({
  ...recordOutput,
  /** The contact that this one became a part of; its address leads there. */
  mergedIntoId: z.string().nullable(),
  firstName: z.string(),
  lastName: z.string(),
  /** Both names as one. */
  name: z.string(),
  companyId: z.string().nullable(),
  /** Null also where the company is not the reader's to see. */
  companyName: z.string().nullable(),
  associatedCompanies: z.array(associatedCompany),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  mobile: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  type: z.enum(contactTypes),
  status: z.enum(contactStatuses),
  source: z.string().nullable(),
  linkedinUrl: z.string().nullable(),
  xHandle: z.string().nullable(),
  lastContactedAt: z.string().nullable(),
});
export type Contact = z.infer<typeof contact>;

export const contactPage = pageOf(contact);
