import { z } from 'zod';
import { expectedVersion, id, requiredText } from '../records/schema.ts';

export const organization = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  /** ISO 4217; totals over several currencies are reached in it. */
  reportingCurrency: z.string(),
  /** IANA. */
  timeZone: z.string(),
});
export type Organization = z.infer<typeof organization>;

export const brand = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  /** Members of the agency who are assigned to it. */
  assignedUserIds: z.array(z.string()),
  /** The client's own logins. */
  clientUserIds: z.array(z.string()),
});
export type Brand = z.infer<typeof brand>;

export const slug = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'Use lower-case letters, digits and hyphens, at most 63 characters.',
  );

export const createBrandInput = z.strictObject({ name: requiredText(200), slug: slug.optional() });
export type CreateBrandInput = z.infer<typeof createBrandInput>;

export const updateBrandInput = z.strictObject({
  brandId: id,
  name: requiredText(200).optional(),
  isActive: z.boolean().optional(),
  expectedVersion,
});
export type UpdateBrandInput = z.infer<typeof updateBrandInput>;

export const assignBrandInput = z.strictObject({ brandId: id, userIds: z.array(id).max(1000) });
export type AssignBrandInput = z.infer<typeof assignBrandInput>;
