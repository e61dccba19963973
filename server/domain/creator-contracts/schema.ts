import { z } from 'zod';
import { percent } from '../creators/schema.ts';
import { platformLabels } from '../creators/fields.ts';
import {
  amountInput,
  currency,
  day,
  expectedVersion,
  id,
  listInput,
  money,
  pageOf,
  requiredText,
  text,
} from '../records/schema.ts';
import { territories } from '../records/territories.ts';
import {
  adPermissions,
  contractStates,
  contractStatuses,
  exclusivityTypes,
  usageChannels,
} from './fields.ts';
import { fold } from './rules.ts';

type Platform = keyof typeof platformLabels;
const platform = z.enum(Object.keys(platformLabels) as [Platform, ...Platform[]]);
const status = z.enum(contractStatuses);
const state = z.enum(contractStates);
const exclusivity = z.enum(exclusivityTypes);

/** Each once, whatever its case and accents, in the words of who wrote it first. */
const words = z
  .array(requiredText(200).trim().min(1, 'This is required.'))
  .max(50)
  .overwrite((all) => [...new Map(all.toReversed().map((word) => [fold(word), word])).values()].reverse());

const platforms = z
  .array(platform)
  .max(20)
  .overwrite((all) => [...new Set(all)]);

const usageRightInput = z
  .strictObject({
    channel: z.enum(usageChannels),
    /** Of PAID_SOCIAL alone. */
    adPermission: z.enum(adPermissions).nullish(),
    territories: territories.optional(),
    startsOn: day.nullish(),
    endsOn: day.nullish(),
    note: text(2000).nullish(),
  })
  .superRefine((right, ctx) => {
    if (right.adPermission && right.channel !== 'PAID_SOCIAL')
      ctx.addIssue({
        code: 'custom',
        path: ['adPermission'],
        message: 'A permission for advertisements is of paid social alone.',
      });
    if (right.startsOn && right.endsOn && right.endsOn < right.startsOn)
      ctx.addIssue({ code: 'custom', path: ['endsOn'], message: 'The right would end before it begins.' });
  });
export type UsageRightInput = z.infer<typeof usageRightInput>;

const fields = {
  /** Null: with the agency itself, for none of its brands. Without it the campaign's, where there is one. */
  brandId: id.nullish(),
  ownerId: id.nullish(),
  campaignId: id.nullish(),
  fee: amountInput.nullish(),
  /** Of a fee that comes bare; without one the campaign's, else the agency's reporting currency. */
  currency: currency.optional(),
  commissionPercent: percent.nullish(),
  startsOn: day.nullish(),
  endsOn: day.nullish(),
  exclusivity: exclusivity.optional(),
  /** Of CATEGORY, as competitors are; one of the two at least. */
  exclusivityCategories: words.optional(),
  exclusivityCompetitors: words.optional(),
  /** Of PLATFORM at least one; of CATEGORY they narrow it to those platforms. */
  exclusivityPlatforms: platforms.optional(),
  /** Empty: everywhere. */
  exclusivityTerritories: territories.optional(),
  /** Null: the contract's own days. */
  exclusivityStartsOn: day.nullish(),
  exclusivityEndsOn: day.nullish(),
  note: text(20_000).nullish(),
  /** Replaced as a whole. */
  usageRights: z.array(usageRightInput).max(50, 'At most 50 usage rights.').optional(),
};

export const createContractInput = z.strictObject({
  creatorId: id,
  title: requiredText(),
  ...fields,
  /** One that was signed on paper is brought in as SIGNED. */
  status: z.enum(['DRAFT', 'SENT', 'SIGNED']).optional(),
  /** Of SIGNED alone; without it today. */
  signedOn: day.nullish(),
});
export type CreateContractInput = z.infer<typeof createContractInput>;

export const updateContractInput = z.strictObject({
  creatorContractId: id,
  title: requiredText().optional(),
  ...fields,
  expectedVersion,
});
export type UpdateContractInput = z.infer<typeof updateContractInput>;

export const contractRef = z.strictObject({ creatorContractId: id });
export const contractChange = z.strictObject({ creatorContractId: id, expectedVersion });

export const changeContractStatusInput = z.strictObject({
  creatorContractId: id,
  status,
  /** The day on which it was signed or ended; without it today. */
  on: day.optional(),
  expectedVersion,
});
export type ChangeContractStatusInput = z.infer<typeof changeContractStatusInput>;

export const contractSorts = [
  'title',
  '-title',
  'endsOn',
  '-endsOn',
  'createdAt',
  '-createdAt',
  'updatedAt',
  '-updatedAt',
] as const;

export const listContractsInput = z.strictObject({
  ...listInput,
  sort: z.enum(contractSorts).default('-updatedAt'),
  creatorId: id.optional(),
  brandId: id.optional(),
  campaignId: id.optional(),
  ownerId: id.optional(),
  state: state.optional(),
  exclusivity: exclusivity.optional(),
  /** Signed, and ending within so many days, today among them: the contract, its exclusivity or a usage right. */
  endingWithinDays: z.coerce.number().int().min(0).max(3660).optional(),
});
export type ListContractsInput = z.infer<typeof listContractsInput>;

export const usageRight = z.object({
  id: z.string(),
  channel: z.enum(usageChannels),
  adPermission: z.enum(adPermissions).nullable(),
  territories: z.array(z.string()),
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  note: z.string().nullable(),
});
export type UsageRight = z.infer<typeof usageRight>;

export const contractFile = z.object({
  id: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  bytes: z.number().int(),
  createdAt: z.string(),
});
export type ContractFile = z.infer<typeof contractFile>;

export const contract = z.object({
  id: z.string(),
  creatorId: z.string(),
  /** Null where the creator is not the reader's to see. */
  creatorName: z.string().nullable(),
  contactId: z.string().nullable(),
  brandId: z.string().nullable(),
  brandName: z.string().nullable(),
  campaignId: z.string().nullable(),
  campaignName: z.string().nullable(),
  ownerId: z.string().nullable(),
  ownerName: z.string().nullable(),
  createdById: z.string().nullable(),
  title: z.string(),
  status,
  state,
  /** Until its last day, that day as 0; null where it has no last day, is not signed or is over. */
  daysLeft: z.number().int().nullable(),
  fee: money.nullable(),
  commissionPercent: z.string().nullable(),
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  signedOn: z.string().nullable(),
  terminatedOn: z.string().nullable(),
  exclusivity,
  exclusivityCategories: z.array(z.string()),
  exclusivityCompetitors: z.array(z.string()),
  exclusivityPlatforms: z.array(platform),
  exclusivityTerritories: z.array(z.string()),
  exclusivityStartsOn: z.string().nullable(),
  exclusivityEndsOn: z.string().nullable(),
  /** "Exclusive for beauty in AE, SA until 31 December 2026"; null where nothing is exclusive. */
  clause: z.string().nullable(),
  usageRights: z.array(usageRight),
  file: contractFile.nullable(),
  note: z.string().nullable(),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Contract = z.infer<typeof contract>;

export const contractPage = pageOf(contract);
/** How many of a list's contracts are in each state, whichever the list itself shows. */
export const contractStateCounts = z.array(z.object({ state, count: z.number().int() }));
export type ContractStateCounts = z.infer<typeof contractStateCounts>;

export const checkAssignmentInput = z.strictObject({
  creatorId: id,
  campaignId: id,
  /** Of what is asked of the creator; empty: not known yet. */
  platforms: platforms.default([]),
  startsOn: day.nullish(),
  endsOn: day.nullish(),
});

const findingFields = {
  /** POSSIBLE: what would rule it out is not known. */
  kind: z.enum(['CONFLICT', 'POSSIBLE']),
  clause: z.string(),
  reason: z.string(),
  /** The last day that the clause binds on; null: without an end. */
  until: z.string().nullable(),
  /** These four are null where the contract is not the reader's to see. */
  contractId: z.string().nullable(),
  contractTitle: z.string().nullable(),
  brandId: z.string().nullable(),
  brandName: z.string().nullable(),
};

export const exclusivityFinding = z.object(findingFields);
export const exclusivityFindings = z.array(exclusivityFinding);

export const exclusivityConflict = z.object({
  ...findingFields,
  creatorId: z.string(),
  creatorName: z.string().nullable(),
  /** The work that the clause stands against; null where it is for another client. */
  engagement: z
    .object({
      kind: z.enum(['ASSIGNMENT', 'CONTENT', 'CONTRACT']),
      campaignId: z.string().nullable(),
      campaignName: z.string().nullable(),
      contractId: z.string().nullable(),
      contractTitle: z.string().nullable(),
      creatorContentId: z.string().nullable(),
      brandId: z.string().nullable(),
      brandName: z.string().nullable(),
      startsOn: z.string().nullable(),
      endsOn: z.string().nullable(),
    })
    .nullable(),
});
export type ExclusivityConflict = z.infer<typeof exclusivityConflict>;

export const listConflictsInput = z.strictObject({ creatorId: id.optional(), campaignId: id.optional() });
/** Those that stand today; `isComplete` is false where there are more than 500. */
export const exclusivityConflicts = z.object({
  items: z.array(exclusivityConflict),
  isComplete: z.boolean(),
});
export type ExclusivityConflicts = z.infer<typeof exclusivityConflicts>;

export const uploadContractFileInput = z.strictObject({
  creatorContractId: id,
  fileName: requiredText(1000),
  /** A stream, so that the JSON door cannot take one: a file comes as a body of its own. */
  content: z.custom<AsyncIterable<Uint8Array>>(
    (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
    'Send the file itself.',
  ),
});
export type UploadContractFileInput = z.infer<typeof uploadContractFileInput>;
