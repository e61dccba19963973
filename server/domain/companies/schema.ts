import { z } from 'zod';
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
  sortable,
  text,
  webAddress,
} from '../records/schema.ts';

export const companySizes = ['SOLO', 'SMALL', 'MEDIUM', 'LARGE', 'ENTERPRISE'] as const;
export const companyTypes = ['PROSPECT', 'CLIENT', 'PARTNER', 'VENDOR', 'COMPETITOR'] as const;

const domainName = z
  .string()
  .max(253)
  .regex(/^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/i, 'Write the domain alone, for example example.com.');

const fields = {
  ...recordInput,
  legalName: text(500).nullish(),
  industry: text(200).nullish(),
  website: webAddress.nullish(),
  domains: z.array(domainName).max(50).optional(),
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
  sort: z.enum(sortable).default('name'),
  type: z.enum(companyTypes).optional(),
  brandId: id.optional(),
  ownerId: id.optional(),
});
export type ListCompaniesInput = z.infer<typeof listCompaniesInput>;

/** The list as it was asked for; its page does not matter. */
export const companyNeighboursInput = z.strictObject({
  companyId: id,
  list: listCompaniesInput.prefault({}),
});
export const companyHistoryInput = z.strictObject({ companyId: id, ...historyInput });

export const company = z.object({
  ...recordOutput,
  name: z.string(),
  legalName: z.string().nullable(),
  industry: z.string().nullable(),
  website: z.string().nullable(),
  domains: z.array(z.string()),
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
