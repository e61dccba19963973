import { z } from 'zod';
import {
  amountInput,
  currency,
  expectedVersion,
  id,
  listInput,
  money,
  pageOf,
  webAddress,
} from '../records/schema.ts';

export const adCampaignStatuses = [
  'NOT_STARTED',
  'SETTING_UP',
  'ACTIVE',
  'PAUSED',
  'ENDED',
  'ERROR',
] as const;

const status = z.enum(adCampaignStatuses);

const fields = {
  /** What of the campaign's budget is meant for this account. */
  allocatedBudget: amountInput.nullish(),
  /** Of a budget that comes bare; without one it is the account's own. */
  currency: currency.optional(),
  status: status.optional(),
  /** Where the campaign stands in the platform's own pages. */
  url: webAddress.nullish(),
};

export const linkAdAccountInput = z.strictObject({ campaignId: id, adAccountId: id, ...fields });
export type LinkAdAccountInput = z.infer<typeof linkAdAccountInput>;

export const updateLinkInput = z.strictObject({
  campaignId: id,
  adAccountId: id,
  ...fields,
  expectedVersion,
});
export type UpdateLinkInput = z.infer<typeof updateLinkInput>;

export const campaignAdAccountRef = z.strictObject({ campaignId: id, adAccountId: id });
export type CampaignAdAccountRef = z.infer<typeof campaignAdAccountRef>;

export const listCampaignAdAccountsInput = z.strictObject({
  campaignId: id,
  cursor: listInput.cursor,
  limit: listInput.limit,
});
export type ListCampaignAdAccountsInput = z.infer<typeof listCampaignAdAccountsInput>;

export const campaignAdAccount = z.object({
  id: z.string(),
  campaignId: z.string(),
  adAccountId: z.string(),
  adAccountName: z.string(),
  platform: z.string(),
  /** The account's own. */
  accountCurrency: z.string(),
  allocatedBudget: money.nullable(),
  status,
  url: z.string().nullable(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type CampaignAdAccount = z.infer<typeof campaignAdAccount>;

export const campaignAdAccountPage = pageOf(campaignAdAccount);
