import { z } from 'zod';
import { organization } from '../organizations/schema.ts';
import { id, text } from '../records/schema.ts';

export const member = z.object({
  /** The user's id: what ownerId refers to. */
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(['OWNER', 'ADMIN', 'MEMBER', 'VIEWER']),
  /** Set for a client's own login. */
  brandId: z.string().nullable(),
});
export type Member = z.infer<typeof member>;

const role = member.shape.role;

/** The signed-in person, their agencies, and what they are in the one that they work in now. */
export const account = z.object({
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  /** Their own zone (IANA); null: that of the agency they work in. */
  timeZone: z.string().nullable(),
  memberships: z.array(z.object({ organizationId: z.string(), name: z.string(), slug: z.string(), role })),
  /** null for one without an active membership. */
  current: z
    .object({
      organization,
      role,
      /** Set for a client's own login. */
      brandId: z.string().nullable(),
      /** The active brands that they see. */
      brands: z.array(z.object({ id: z.string(), name: z.string() })),
      /** What the pages offer them; the procedures check again. */
      permissions: z.array(z.string()),
    })
    .nullable(),
});
export type Account = z.infer<typeof account>;

export const accountSession = z.object({
  isCurrent: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
});
export type AccountSession = z.infer<typeof accountSession>;

/** A zone that this machine's own calendar knows; null: that of the agency. */
export const setTimeZoneInput = z.strictObject({
  timeZone: text(100).refine(isTimeZone, 'There is no such time zone.').nullable(),
});

export const switchOrganizationInput = z.strictObject({ organizationId: id });

/** Pages read this file too, so it asks the platform's own calendar. Offsets are no zones: they know no summer. */
function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return !/^[+-]/.test(timeZone);
  } catch {
    return false;
  }
}
