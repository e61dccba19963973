import { z } from 'zod';
import { expectedVersion, flag, id, requiredText } from '../records/schema.ts';

export const leadSources = ['META', 'GOOGLE'] as const;

/** A Facebook page with its forms, or what one key of Google's lead forms stands for. */
export const leadForm = z.object({
  id: z.string(),
  source: z.enum(leadSources),
  name: z.string(),
  brandId: z.string().nullable(),
  brandName: z.string().nullable(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  /** Meta's number of the page. */
  pageId: z.string().nullable(),
  keyMadeAt: z.string().nullable(),
  /** Until when the key of before is taken too; null once it is not. */
  previousKeyUntil: z.string().nullable(),
  isActive: z.boolean(),
  /** When Meta was last asked for leads that no webhook told of. */
  polledAt: z.string().nullable(),
  pollError: z.string().nullable(),
  leadCount: z.number().int(),
  lastLeadAt: z.string().nullable(),
  version: z.number().int(),
  createdAt: z.string(),
});
export type LeadForm = z.infer<typeof leadForm>;
export const leadForms = z.array(leadForm);

/** A form whose key was just made: it is in this answer and nowhere else. */
export const keyedLeadForm = leadForm.extend({ key: z.string(), address: z.string() });
export type KeyedLeadForm = z.infer<typeof keyedLeadForm>;

const name = requiredText(200).refine((value) => value.trim() !== '', 'This is required.');
const fields = { brandId: id.nullish(), ownerId: id.nullish() };

export const createGoogleFormInput = z.strictObject({ name, ...fields });
export type CreateGoogleFormInput = z.infer<typeof createGoogleFormInput>;

export const createFacebookPageInput = z.strictObject({
  name,
  pageId: z
    .string()
    .trim()
    .regex(/^\d{1,20}$/, 'Write the page’s number, as the page’s own settings show it.'),
  ...fields,
});
export type CreateFacebookPageInput = z.infer<typeof createFacebookPageInput>;

export const updateLeadFormInput = z.strictObject({
  leadFormId: id,
  name: name.optional(),
  ...fields,
  isActive: flag.optional(),
  expectedVersion,
});
export type UpdateLeadFormInput = z.infer<typeof updateLeadFormInput>;

export const rotateKeyInput = z.strictObject({
  leadFormId: id,
  expectedVersion,
  /** Whether the key of before counts for two days more, until the new one stands at Google. */
  keepsOldKey: flag.default(true),
});
export type RotateKeyInput = z.infer<typeof rotateKeyInput>;

/** What is entered at the senders, and what this installation still lacks for it. */
export const leadAddresses = z.object({
  google: z.object({ isOn: z.boolean(), address: z.string() }),
  meta: z.object({
    isOn: z.boolean(),
    address: z.string(),
    /** Whether META_WEBHOOK_VERIFY_TOKEN is set, without which Meta's handshake fails. */
    hasVerifyToken: z.boolean(),
    /** Whether a connection of this agency may read leads. */
    canReadLeads: z.boolean(),
  }),
});
export type LeadAddresses = z.infer<typeof leadAddresses>;
