import { z } from 'zod';
import { flag, id, listInput, pageOf } from '../records/schema.ts';

export const listPlatformCampaignsInput = z.strictObject({
  q: listInput.q,
  cursor: listInput.cursor,
  limit: listInput.limit,
  sort: z.enum(['name', '-name']).default('name'),
  /** Attached to this campaign. */
  campaignId: id.optional(),
  adAccountId: id.optional(),
  /** false: those that wait for a campaign; true: those that have one. */
  isAttached: flag.optional(),
});
export type ListPlatformCampaignsInput = z.infer<typeof listPlatformCampaignsInput>;

export const attachInput = z.strictObject({
  campaignId: id,
  platformCampaignIds: z.array(id).min(1, 'Choose at least one.').max(200, 'At most 200 at a time.'),
});
export type AttachInput = z.infer<typeof attachInput>;

/** The platform's own budgets may be finer than an amount that people send. */
const amount = z.object({ amount: z.string(), currency: z.string() });

export const platformCampaign = z.object({
  id: z.string(),
  adAccountId: z.string(),
  adAccountName: z.string(),
  platform: z.string(),
  nativeId: z.string(),
  name: z.string(),
  objective: z.string().nullable(),
  nativeObjective: z.string().nullable(),
  /** In the platform's own words. */
  nativeStatus: z.string().nullable(),
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  dailyBudget: amount.nullable(),
  lifetimeBudget: amount.nullable(),
  /** No longer listed by the platform; its figures stay. */
  isGone: z.boolean(),
  isSandbox: z.boolean(),
  /** The brand that a rule of its ad account gives it; null: the account's own. */
  brandId: z.string().nullable(),
  campaignId: z.string().nullable(),
  campaignName: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type PlatformCampaign = z.infer<typeof platformCampaign>;

export const platformCampaignPage = pageOf(platformCampaign);
export const platformCampaignList = z.object({ items: z.array(platformCampaign) });
