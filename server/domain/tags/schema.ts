import { z } from 'zod';
import { text } from '../records/schema.ts';

/** The nouns whose records carry tags. */
export const taggedNouns = ['COMPANY', 'CONTACT', 'DEAL', 'CREATOR', 'CAMPAIGN'] as const;

export const listTagsInput = z.strictObject({
  noun: z.enum(taggedNouns),
  /** A text in the tag. */
  q: text(100).optional(),
  limit: z.coerce.number().int().min(1, 'At least 1.').max(200, 'At most 200 at a time.').default(50),
});
export type ListTagsInput = z.infer<typeof listTagsInput>;

export const tagCount = z.object({
  tag: z.string(),
  /** How many active records that the reader sees carry it. */
  count: z.number().int(),
});
export type TagCount = z.infer<typeof tagCount>;
