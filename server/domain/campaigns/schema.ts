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

const words = z.array(requiredText(100)).max(50, 'At most 50.');

/** How contents of the campaign are recognised and what exclusivity is checked against; kept as they are compared. */
const recognition = {
  categories: words.optional(),
  competitors: words.optional(),
  /** Countries by their two letters; none: everywhere. */
  territories: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z]{2}$/, 'Write the country as its two letters, for example AE.')
        .toUpperCase(),
    )
    .max(250)
    .optional(),
  hashtags: z
    .array(
      requiredText(100).regex(
        /^\s*[#＃]?[\p{L}\p{M}\p{N}_\u200c]+\s*$/u,
        'Write one hashtag, for example #glow.',
      ),
    )
    .max(50, 'At most 50.')
    .optional(),
  mentions: z
    .array(
      requiredText(100).regex(
        /^\s*[@＠]?[\p{L}\p{M}\p{N}_.·-]+\s*$/u,
        'Write one handle, for example @glow.',
      ),
    )
    .max(50, 'At most 50.')
    .optional(),
  links: z
    .array(
      requiredText(500).regex(
        /^\s*(https?:\/\/)?([\p{L}\p{N}-]+\.)+\p{L}{2,24}([:/?#]\S*)?\s*$/iu,
        'Write an address, for example glow.com/summer.',
      ),
    )
    .max(50, 'At most 50.')
    .optional(),
};

const fields = {
  ...recordInput,
  ...recognition,
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
  categories: z.array(z.string()),
  competitors: z.array(z.string()),
  territories: z.array(z.string()),
  /** Without #, in lower case. */
  hashtags: z.array(z.string()),
  /** Without @, in lower case. */
  mentions: z.array(z.string()),
  /** Host and path, in lower case. */
  links: z.array(z.string()),
});
export type Campaign = z.infer<typeof campaign>;

export const campaignPage = pageOf(campaign);
