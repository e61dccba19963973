import { z } from 'zod';
import { id, requiredText } from '../records/schema.ts';

export const disclosureTerm = z.object({
  id: z.string(),
  /** In lower case; with # it is a hashtag, else words that stand by themselves. */
  term: z.string(),
  createdById: z.string().nullable(),
  createdAt: z.string(),
});
export type DisclosureTerm = z.infer<typeof disclosureTerm>;

export const disclosureTerms = z.object({ items: z.array(disclosureTerm) });

export const listDisclosureTermsInput = z.strictObject({});

export const addDisclosureTermInput = z.strictObject({
  term: requiredText(100).regex(/[\p{L}\p{N}]/u, 'Write a word or a hashtag, for example #إعلان.'),
});

export const disclosureTermRef = z.strictObject({ disclosureTermId: id });
