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
export const recognition = {
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
  /** The client's people: all of them; who is not named goes. Whom the author does not see stays as they were. */
  contactIds: z.array(id).max(50, 'At most 50.').optional(),
  description: text(20_000).nullish(),
  objective: objective.nullish(),
  status: status.optional(),
  budget: amountInput.nullish(),
  /** Of a budget that comes bare; without one it is the campaign's own, else the agency's reporting currency. */
  currency: currency.optional(),
  startsOn: day.nullish(),
  endsOn: day.nullish(),
  /** Approved, it launches on its first day; after its last it is completed; by the agency's own days. */
  movesByDate: z.boolean().optional(),
  /** A day on which it is paused by itself, and the later one on which it goes on. */
  pausesOn: day.nullish(),
  resumesOn: day.nullish(),
};

/** What a campaign that is made from another, or from a template, takes along beside what its form says. */
export const carriedParts = ['rules', 'creators', 'budget', 'recognition'] as const;

const origins = {
  copyOf: id.optional(),
  campaignTemplateId: id.optional(),
  include: z.array(z.enum(carriedParts)).max(carriedParts.length).optional(),
};

export const ONE_ORIGIN = 'A campaign is made from another or from a template, not from both.';

const newCampaign = { name: requiredText(), ...fields };

/** At the REST door a refined body would lose that it takes no other field: createCampaignFrom asks for one origin. */
export const createCampaignInput = z.strictObject({ ...newCampaign, ...origins });
export type CreateCampaignInput = z.infer<typeof createCampaignInput>;
/** A new campaign's own values, whatever it is made from. */
export type NewCampaignInput = Omit<CreateCampaignInput, keyof typeof origins>;

/** What the builder's form begins with: at most one of the three; none is an empty form of today. */
export const draftCampaignInput = z
  .strictObject({
    dealId: id.optional(),
    campaignTemplateId: id.optional(),
    copyOf: id.optional(),
    startsOn: day.optional(),
  })
  .refine(({ copyOf, campaignTemplateId }) => copyOf === undefined || campaignTemplateId === undefined, {
    message: ONE_ORIGIN,
    path: ['campaignTemplateId'],
  });
export type DraftCampaignInput = z.infer<typeof draftCampaignInput>;

/** What is said of a move; it is wanted where a campaign is sent back. */
const reason = requiredText(2000);

export const moveCampaignInput = z.strictObject({
  campaignId: id,
  status,
  reason: reason.nullish(),
  expectedVersion,
});
export type MoveCampaignInput = z.infer<typeof moveCampaignInput>;

export const sendBackCampaignInput = z.strictObject({ campaignId: id, reason, expectedVersion });

export const updateCampaignInput = z.strictObject({
  campaignId: id,
  name: requiredText().optional(),
  ...fields,
  /** Of a change of status; wanted where a campaign is sent back. */
  reason: reason.nullish(),
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

const campaignContact = z.object({
  contactId: z.string(),
  name: z.string(),
  title: z.string().nullable(),
});

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
  /** The client's people whom the reader sees, by name. */
  contacts: z.array(campaignContact),
  /** The moves that the reader may make from here. */
  nextStatuses: z.array(status),
  statusChangedAt: z.string(),
  /** What was said of the last move; null also for a client's own login, as are those who submitted and approved. */
  statusReason: z.string().nullable(),
  submittedAt: z.string().nullable(),
  submittedById: z.string().nullable(),
  submittedByName: z.string().nullable(),
  /** When the plan that stands was approved. */
  approvedAt: z.string().nullable(),
  approvedById: z.string().nullable(),
  approvedByName: z.string().nullable(),
  launchedAt: z.string().nullable(),
  completedAt: z.string().nullable(),
  movesByDate: z.boolean(),
  pausesOn: z.string().nullable(),
  resumesOn: z.string().nullable(),
  /** The campaign that this one was copied from, and the template that it began with; null where unseen. */
  copiedFromId: z.string().nullable(),
  campaignTemplateId: z.string().nullable(),
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

/** Values for the builder's form, each as the form's field takes it. */
export const campaignDraft = z.object({
  name: z.string(),
  description: z.string().nullable(),
  brandId: z.string().nullable(),
  ownerId: z.string().nullable(),
  dealId: z.string().nullable(),
  objective: objective.nullable(),
  budget: money.nullable(),
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  contacts: z.array(campaignContact),
  tags: z.array(z.string()),
  categories: z.array(z.string()),
  competitors: z.array(z.string()),
  territories: z.array(z.string()),
  hashtags: z.array(z.string()),
  mentions: z.array(z.string()),
  links: z.array(z.string()),
  /** What it may take along, and how much of each there is; only what there is. */
  carries: z.array(z.object({ part: z.enum(carriedParts), count: z.number().int() })),
  /** Where the values come from, in words: the deal, the template, or the campaign by its name. */
  origin: z
    .object({ kind: z.enum(['DEAL', 'TEMPLATE', 'CAMPAIGN']), id: z.string(), name: z.string() })
    .nullable(),
});
export type CampaignDraft = z.infer<typeof campaignDraft>;

/** A campaign as it was made: what of its origin it could not take along is named with the reason. */
export const createdCampaign = campaign.extend({
  leftOut: z.array(z.object({ part: z.enum(carriedParts), name: z.string(), reason: z.string() })),
});
export type CreatedCampaign = z.infer<typeof createdCampaign>;

export const disagreementKinds = [
  'PAUSED_BUT_SPENDING',
  'PAUSED_BUT_RUNNING',
  'ACTIVE_BUT_STOPPED',
  'ENDS_EARLIER',
  'STARTS_LATER',
  'NOTHING_ATTACHED',
] as const;

const spend = z.object({ amount: z.string(), currency: z.string() });

/** The platforms' own status beside the agency's. Nothing here is written to a platform. */
export const platformStatus = z.object({
  campaignId: z.string(),
  status,
  platformCampaigns: z.array(
    z.object({
      platformCampaignId: z.string(),
      name: z.string(),
      platform: z.string(),
      adAccountId: z.string(),
      adAccountName: z.string(),
      nativeId: z.string(),
      /** In the platform's own words. */
      nativeStatus: z.string().nullable(),
      /** Whether the platform says that it is switched on; null where it says nothing that is known. */
      isRunning: z.boolean().nullable(),
      isGone: z.boolean(),
      startsOn: z.string().nullable(),
      endsOn: z.string().nullable(),
      /** The newest whole days of its account, at most three, in the account's zone; null while no figures are there. */
      recent: z.object({ from: z.string(), to: z.string(), spend }).nullable(),
    }),
  ),
  disagreements: z.array(
    z.object({
      kind: z.enum(disagreementKinds),
      /** What differs, in a sentence. */
      text: z.string(),
      /** Which of the platform campaigns; empty where it is all of them, or none. */
      platformCampaignIds: z.array(z.string()),
    }),
  ),
});
export type PlatformStatus = z.infer<typeof platformStatus>;
