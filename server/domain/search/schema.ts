import { z } from 'zod';
import { pageOf, text } from '../records/schema.ts';

export const searchTypes = ['company', 'contact', 'deal', 'creator', 'campaign', 'adAccount'] as const;
export type SearchType = (typeof searchTypes)[number];

export const searchInput = z.strictObject({
  /** Words of a name, a mail address, a handle, a phone, an id. It may begin with a type: "company: acme". */
  q: text(200).refine((q) => q.trim() !== '', 'Write what to search for.'),
  type: z.enum(searchTypes).optional(),
  limit: z.coerce.number().int().min(1, 'At least 1.').max(50, 'At most 50 at a time.').default(20),
});
export type SearchInput = z.infer<typeof searchInput>;

export const searchResult = z.object({
  type: z.enum(searchTypes),
  id: z.string(),
  title: z.string(),
  /** What tells it from its namesakes: a company, a stage, a native id. */
  subtitle: z.string().nullable(),
});
export type SearchResult = z.infer<typeof searchResult>;

/** One page alone, the best first: whoever wants more writes more of the name. */
export const searchPage = pageOf(searchResult);
