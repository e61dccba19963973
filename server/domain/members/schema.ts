import { z } from 'zod';

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
