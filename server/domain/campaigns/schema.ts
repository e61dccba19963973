import { z } from 'zod';
import { filterInput } from '../records/filter.ts';
import {
  amountInput,
  baseOf,
  currency,
  day,
  expectedVersion,
  id,
  listInput,
  money,
  pageOf,
  recordInput,
  recordOutput,
  requiredText,
  text,
} from '../records/schema.ts';
import { sortInput } from '../records/sort-input.ts';
import { campaignFields } from './fields.ts';

export const campaignObjectives = [
  'AWARENESS',
  'REACH',
  'TRAFFIC',
  'ENGAGEMENT',
  'APP_INSTALLS',
  'VIDEO_VIEWS',
  'LEAD_GENERATION',
  'CONVERSIONS',
  'CATALOG_SALES',
  'STORE_TRAFFIC',
] as const;

/** The agency's own status; the platforms' stands beside it and is never written back. */
export const campaignStatuses = [
  'DRAFT',
  'PENDING_APPROVAL',
  'APPROVED',
  'ACTIVE',
  'PAUSED',
  'COMPLETED',
  'CANCELLED',
] as const;

const objective = z.enum(campaignObjectives);
const status = z.enum(campaignStatuses);

const fields = {
  ...recordInput,
  dealId: id.nullish(),
  description: text(20_000).nullish(),
  objective: objective.nullish(),
  status: status.optional(),
  budget: amountInput.nullish(),
  /** Of a budget that comes bare; without one it is the campaign's own, else the agency's reporting currency. */
  currency: currency.optional(),
  startsOn: day.nullish(),
  endsOn: day.nullish(),
};

export const createCampaignInput = z.strictObject({ name: requiredText(), ...fields });
export type CreateCampaignInput = z.infer<typeof createCampaignInput>;

export const updateCampaignInput = z.strictObject({
  campaignId: id,
  name: requiredText().optional(),
  ...fields,
  expectedVersion,
  base: baseOf({ name: requiredText(), ...fields }),
});
export type UpdateCampaignInput = z.infer<typeof updateCampaignInput>;

export const campaignRef = z.strictObject({ campaignId: id });
export const campaignChange = z.strictObject({ campaignId: id, expectedVersion });

export const listCampaignsInput = z.strictObject({
  ...listInput,
  filter: filterInput,
  sort: sortInput(campaignFields, '-updatedAt'),
  status: status.optional(),
  objective: objective.optional(),
  brandId: id.optional(),
  ownerId: id.optional(),
  dealId: id.optional(),
});
export type ListCampaignsInput = z.infer<typeof listCampaignsInput>;

export const campaign = z.object({
  ...recordOutput,
  name: z.string(),
  description: z.string().nullable(),
  objective: objective.nullable(),
  status,
  budget: money.nullable(),
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  dealId: z.string().nullable(),
  /** Null also where the deal is not the reader's to see. */
  dealName: z.string().nullable(),
});
export type Campaign = z.infer<typeof campaign>;

export const campaignPage = pageOf(campaign);
