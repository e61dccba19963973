import { z } from 'zod';
import { id } from '../records/schema.ts';

/** The record that is followed: one of them. */
export const followedRef = z
  .strictObject({
    companyId: id.optional(),
    contactId: id.optional(),
    dealId: id.optional(),
    campaignId: id.optional(),
  })
  .refine(
    (ref) => Object.values(ref).filter((value) => value !== undefined).length === 1,
    'Name one record: companyId, contactId, dealId or campaignId.',
  );
export type FollowedRef = z.infer<typeof followedRef>;

export const followers = z.object({
  isFollowing: z.boolean(),
  /** By name, as far as the reader sees these people. */
  followers: z.array(z.object({ userId: z.string(), name: z.string() })),
});
export type Followers = z.infer<typeof followers>;
