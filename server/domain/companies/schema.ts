import { z } from 'zod';
import { filterInput } from '../records/filter.ts';
import {
  baseOf,
  email,
  expectedVersion,
  historyInput,
  id,
  listInput,
  pageOf,
  recordInput,
  recordOutput,
  requiredText,
  text,
  webAddress,
} from '../records/schema.ts';
import { sortInput } from '../records/sort-input.ts';
import { companyFields } from './fields.ts';

export const companySizes = ['SOLO', 'SMALL', 'MEDIUM', 'LARGE', 'ENTERPRISE'] as const;
export const companyTypes = ['PROSPECT', 'CLIENT', 'PARTNER', 'VENDOR', 'COMPETITOR'] as const;

const domainName = z
  .string()
  .max(253)
  .toLowerCase()
  .regex(/^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/i, 'Write the domain alone, for example example.com.');

const fields = {
  ...recordInput,
  legalName: text(500).nullish(),
  industry: text(200).nullish(),
  website: webAddress.nullish(),
  /** Lower-cased, each once. */
  domains: z
    .array(domainName)
    .max(50)
    .overwrite((names) => [...new Set(names)])
    .optional(),
  /** The company that it belongs to: a holding, a group. */
  parentId: id.nullish(),
  logoUrl: webAddress.nullish(),
  size: z.enum(companySizes).nullish(),
  type: z.enum(companyTypes).optional(),
  email: email.nullish(),
  phone: text(100).nullish(),
  street: text(500).nullish(),
  city: text(200).nullish(),
  state: text(200).nullish(),
  country: text(200).nullish(),
  postalCode: text(50).nullish(),
  linkedinUrl: webAddress.nullish(),
  xHandle: text(100).nullish(),
};

export const createCompanyInput = z.strictObject({ name: requiredText(), ...fields });
export type CreateCompanyInput = z.infer<typeof createCompanyInput>;

export const updateCompanyInput = z.strictObject({
  companyId: id,
  name: requiredText().optional(),
  ...fields,
  expectedVersion,
  base: baseOf({ name: requiredText(), ...fields }),
});
export type UpdateCompanyInput = z.infer<typeof updateCompanyInput>;

export const companyRef = z.strictObject({ companyId: id });
export const companyChange = z.strictObject({ companyId: id, expectedVersion });

export const listCompaniesInput = z.strictObject({
  ...listInput,
  filter: filterInput,
  sort: sortInput(companyFields, 'name'),
  type: z.enum(companyTypes).optional(),
  parentId: id.optional(),
  brandId: id.optional(),
  ownerId: id.optional(),
});
export type ListCompaniesInput = z.infer<typeof listCompaniesInput>;

export const companiesByDomainInput = z.strictObject({
  /** A mail address, or a domain. */
  address: text(320),
});
/** The companies whose mail this is; several where they share a domain. */
export const companiesByDomain = z.array(z.object({ id: z.string(), name: z.string(), domain: z.string() }));
export type CompanyOfDomain = z.infer<typeof companiesByDomain>[number];

/** The list as it was asked for; its page does not matter. */
export const companyNeighboursInput = z.strictObject({
  companyId: id,
  list: listCompaniesInput.prefault({}),
});
export const companyHistoryInput = z.strictObject({ companyId: id, ...historyInput });

export const company = z.object({
  ...recordOutput,
  /** The company that this one became a part of; its address leads there. */
  mergedIntoId: z.string().nullable(),
  name: z.string(),
  legalName: z.string().nullable(),
  industry: z.string().nullable(),
  website: z.string().nullable(),
  domains: z.array(z.string()),
  parentId: z.string().nullable(),
  /** Null also where the parent is not the reader's to see. */
  parentName: z.string().nullable(),
  logoUrl: z.string().nullable(),
  size: z.enum(companySizes).nullable(),
  type: z.enum(companyTypes),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  street: z.string().nullable(),
  city: z.string().nullable(),
  state: z.string().nullable(),
  country: z.string().nullable(),
  postalCode: z.string().nullable(),
  linkedinUrl: z.string().nullable(),
  xHandle: z.string().nullable(),
});
export type Company = z.infer<typeof company>;

export const companyPage = pageOf(company);
