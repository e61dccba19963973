import { z } from 'zod';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import { flag, id, listInput, pageOf, requiredText } from '../records/schema.ts';

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
  /** Has this label, whatever its case. */
  label: requiredText(200).optional(),
  platform: z.enum(adPlatforms).optional(),
  isBoost: flag.optional(),
});
export type ListPlatformCampaignsInput = z.infer<typeof listPlatformCampaignsInput>;

export const attachInput = z.strictObject({
  campaignId: id,
  platformCampaignIds: z.array(id).min(1, 'Choose at least one.').max(200, 'At most 200 at a time.'),
});
export type AttachInput = z.infer<typeof attachInput>;

const platformCampaignIds = attachInput.shape.platformCampaignIds;

/** `campaignCreatorId` is the work whose posts they boost, where that is known; without a boost it is null. */
export const setBoostInput = z
  .strictObject({
    platformCampaignIds,
    isBoost: z.boolean(),
    campaignCreatorId: id.nullable().default(null),
  })
  .refine(({ isBoost, campaignCreatorId }) => isBoost || campaignCreatorId === null, {
    path: ['campaignCreatorId'],
    message: 'Only a boost is for a creator’s posts.',
  });
export type SetBoostInput = z.infer<typeof setBoostInput>;

export const recentSpendInput = z.strictObject({ platformCampaignIds });
export type RecentSpendInput = z.infer<typeof recentSpendInput>;

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
  /** As the platform names them; empty where it has none. */
  labels: z.array(z.string()),
  /** null while it waits for a campaign, and of what was attached before this was kept. */
  attachedBy: z.enum(['PICKED', 'RULE']).nullable(),
  attachedAt: z.string().nullable(),
  /** It pays for the reach of creators' posts: its spend is boost and not media. */
  isBoost: z.boolean(),
  /** The work whose posts it boosts. */
  campaignCreatorId: z.string().nullable(),
  /** null also where the creator is not the reader's to see. */
  creatorName: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type PlatformCampaign = z.infer<typeof platformCampaign>;

export const platformCampaignPage = pageOf(platformCampaign);
export const platformCampaignList = z.object({ items: z.array(platformCampaign) });

/** What was spent on the last 28 days of the ad account's own zone, today included; null where no day came in. */
export const recentSpend = z.object({
  platformCampaignId: z.string(),
  from: z.string(),
  to: z.string(),
  spend: amount.nullable(),
});
export type RecentSpend = z.infer<typeof recentSpend>;
export const recentSpendList = z.object({ items: z.array(recentSpend) });

/** The labels that platform campaigns of the agency have, as far as the reader sees those, by how many have them. */
export const labelList = z.object({
  items: z.array(z.object({ label: z.string(), count: z.number().int() })),
});
export const listLabelsInput = z.strictObject({ adAccountId: id.optional() });
