import { z } from 'zod';
import { flag, id, listInput, pageOf, text } from '../records/schema.ts';

export const duplicateNouns = ['CONTACT', 'COMPANY'] as const;
export type DuplicateNoun = (typeof duplicateNouns)[number];

/** Why two records may be one. OTHER_NAME speaks against it: their names share next to nothing. */
export const duplicateReasons = [
  'SAME_EMAIL',
  'SAME_HANDLE',
  'SAME_DOMAIN',
  'SAME_PHONE',
  'SAME_NAME',
  'SIMILAR_NAME',
  'SAME_COMPANY',
  'OTHER_NAME',
] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

/** A record at a glance: enough to tell it from its double. */
export const recordGlance = z.object({
  id: z.string(),
  name: z.string(),
  /** A person's title and company; a company's domain or place. */
  about: z.string().nullable(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  ownerName: z.string().nullable(),
  createdAt: z.string(),
});
export type RecordGlance = z.infer<typeof recordGlance>;

const likeness = {
  /** How likely the two are one, 0 to 1. */
  score: z.number().min(0).max(1),
  reasons: z.array(z.enum(duplicateReasons)),
};

/** A record that may be the one that is being written. */
export const duplicateCandidate = z.object({ record: recordGlance, ...likeness });
export type DuplicateCandidate = z.infer<typeof duplicateCandidate>;
export const duplicateCandidates = z.array(duplicateCandidate);

const typed = text(2000).nullish();

/** What was typed of a contact so far; nothing of it needs to fit yet. */
export const checkContactInput = z.strictObject({
  firstName: typed,
  lastName: typed,
  emails: z.array(text(2000)).max(50).optional(),
  phones: z.array(text(2000)).max(50).optional(),
  mobile: typed,
  linkedinUrl: typed,
  xHandle: typed,
  companyId: id.nullish(),
  /** The contact that is being changed: it is no double of itself. */
  contactId: id.optional(),
});
export type CheckContactInput = z.infer<typeof checkContactInput>;

/** What was typed of a company so far. */
export const checkCompanyInput = z.strictObject({
  name: typed,
  email: typed,
  phone: typed,
  website: typed,
  domains: z.array(text(2000)).max(50).optional(),
  linkedinUrl: typed,
  xHandle: typed,
  companyId: id.optional(),
});
export type CheckCompanyInput = z.infer<typeof checkCompanyInput>;

/** Two records that may be one, seen from the other of them. */
export const duplicateOf = z.object({ duplicatePairId: z.string(), record: recordGlance, ...likeness });
export type DuplicateOf = z.infer<typeof duplicateOf>;
export const duplicatesOf = z.array(duplicateOf);

/** The eldest of a group and those that may be it, the likeliest first. */
export const duplicateGroup = z.object({
  id: z.string(),
  noun: z.enum(duplicateNouns),
  score: likeness.score,
  record: recordGlance,
  others: duplicatesOf,
});
export type DuplicateGroup = z.infer<typeof duplicateGroup>;
export const duplicateGroupPage = pageOf(duplicateGroup);

export const listDuplicatesInput = z.strictObject({
  noun: z.enum(duplicateNouns).default('CONTACT'),
  minScore: z.coerce.number().min(0).max(1).default(0),
  /** true shows the pairs that somebody said are not one. */
  dismissed: flag.optional(),
  cursor: listInput.cursor,
  limit: listInput.limit.default(25),
});
export type ListDuplicatesInput = z.infer<typeof listDuplicatesInput>;

export const duplicatePairRef = z.strictObject({ duplicatePairId: id });
