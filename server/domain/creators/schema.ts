import { z } from 'zod';
import { socialPlatforms } from '../../integrations/creator-network.ts';
import { filterInput } from '../records/filter.ts';
import {
  baseOf,
  expectedVersion,
  flag,
  historyInput,
  id,
  listInput,
  pageOf,
  recordInput,
  recordOutput,
  requiredText,
  text,
} from '../records/schema.ts';
import { sortInput } from '../records/sort-input.ts';
import { creatorFields, creatorStatuses } from './fields.ts';

/** Where a creator stands with the agency's contracts; ENDING: a running one ends within 30 days. */
export const contractStates = ['NONE', 'DRAFT', 'ACTIVE', 'ENDING', 'ENDED'] as const;
export const connectionStates = [
  'NEVER',
  'CONNECTING',
  'CONNECTED',
  'SYNCED',
  'EXPIRING',
  'EXPIRED',
  'REVOKED',
] as const;
/** What an engagement rate divides by: its definition, shown beside it. */
export const engagementBases = ['FOLLOWERS', 'REACH', 'VIEWS', 'UNSTATED'] as const;
export const figureSources = ['PHYLLO', 'MANUAL', 'FILE'] as const;

const status = z.enum(creatorStatuses);
const platform = z.enum(socialPlatforms);

/** 0 to 100 with at most two decimals, as a string: "12.5". */
export const percent = z
  .string()
  .regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, 'Write a percentage from 0 to 100, for example 12.5.');
/** As sums from a form come: the digits alone. */
const count = z.coerce
  .number()
  .int('Write a whole number.')
  .min(0, 'At least 0.')
  .max(Number.MAX_SAFE_INTEGER);
/** A ratio, 0.034 for 3.4%. */
const ratio = z.string().regex(/^\d{1,3}(\.\d{1,8})?$/, 'Write a ratio, for example 0.034 for 3.4%.');
const country = z
  .string()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'Write the country as its two letters, for example AE.');

const category = requiredText(100).trim().toLowerCase().min(1, 'This is required.');

const fields = {
  ...recordInput,
  status: status.optional(),
  /** In lower case, each once: beauty, automotive. */
  categories: z
    .array(category)
    .max(50)
    .overwrite((words) => [...new Set(words)])
    .optional(),
  primaryPlatform: platform.nullish(),
  commissionPercent: percent.nullish(),
  /** Who speaks for the creator: an agent, another contact. */
  managerContactId: id.nullish(),
  estimatedReach: count.nullish(),
};

export const createCreatorInput = z.strictObject({ contactId: id, ...fields });
export type CreateCreatorInput = z.infer<typeof createCreatorInput>;

export const updateCreatorInput = z.strictObject({
  creatorId: id,
  ...fields,
  expectedVersion,
  base: baseOf(fields),
});
export type UpdateCreatorInput = z.infer<typeof updateCreatorInput>;

export const creatorRef = z.strictObject({ creatorId: id });
export const creatorChange = z.strictObject({ creatorId: id, expectedVersion });

/** What a roster is narrowed by, beside the filter that every list takes. */
const rosterFilters = {
  status: status.optional(),
  /** An account there; the figures, the check mark and the connection below are then of that account. */
  platform: platform.optional(),
  /** Of the platform's account, else of all together. */
  followersFrom: count.optional(),
  followersTo: count.optional(),
  engagementFrom: ratio.optional(),
  engagementTo: ratio.optional(),
  isVerified: flag.optional(),
  connectionState: z.enum(connectionStates).optional(),
  category: category.optional(),
  /** A country that holds a tenth or more of an audience of theirs. */
  audienceCountry: country.optional(),
  /** Their own brand, or one that they have a campaign of. */
  brandId: id.optional(),
  ownerId: id.optional(),
  contactId: id.optional(),
  managerContactId: id.optional(),
  /** Of the contracts that the reader sees; nobody's for a client's login. */
  contractState: z.enum(contractStates).optional(),
  /** Blocked for this brand, alone or with all. */
  blockedForBrandId: id.optional(),
};

export const listCreatorsInput = z.strictObject({
  ...listInput,
  filter: filterInput,
  sort: sortInput(creatorFields, 'name'),
  ...rosterFilters,
});
export type ListCreatorsInput = z.infer<typeof listCreatorsInput>;

/** The list as it was asked for; its page does not matter. */
export const creatorNeighboursInput = z.strictObject({ creatorId: id, list: listCreatorsInput.prefault({}) });
export const creatorHistoryInput = z.strictObject({ creatorId: id, ...historyInput });
export const creatorCategoriesInput = z.strictObject({
  q: text(100).optional(),
  limit: listInput.limit,
});

/** An account in short. */
export const creatorAccount = z.object({
  creatorPlatformId: z.string(),
  platform,
  handle: z.string(),
  profileUrl: z.string().nullable(),
  imageUrl: z.string().nullable(),
  followers: z.number().int().nullable(),
  /** A ratio as a decimal string: computed where it can be, else as stated. */
  engagementRate: z.string().nullable(),
  engagementBasis: z.enum(engagementBases).nullable(),
  isVerified: z.boolean().nullable(),
  source: z.enum(figureSources),
  /** When the figures were true. */
  figuresAt: z.string().nullable(),
  connectionState: z.enum(connectionStates),
});
export type CreatorAccount = z.infer<typeof creatorAccount>;

export const creatorContact = z.object({
  contactId: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  avatarUrl: z.string().nullable(),
});

export const creator = z.object({
  ...recordOutput,
  /** Null where it is a brand that the reader does not see. */
  brandId: z.string().nullable(),
  contactId: z.string(),
  /** The contact's, also where the contact is not the reader's to see. */
  name: z.string(),
  /** Null where the contact is not the reader's to see. */
  contact: creatorContact.nullable(),
  status,
  statusChangedAt: z.string(),
  categories: z.array(z.string()),
  primaryPlatform: platform.nullable(),
  /** Null also for a client's login. */
  commissionPercent: z.string().nullable(),
  managerContactId: z.string().nullable(),
  /** Null also where the manager is not the reader's to see. */
  manager: z.object({ contactId: z.string(), name: z.string(), emails: z.array(z.string()) }).nullable(),
  estimatedReach: z.number().int().nullable(),
  totalFollowers: z.number().int().nullable(),
  /** A ratio as a decimal string, with what it is by. */
  engagementRate: z.string().nullable(),
  engagementBasis: z.enum(engagementBases).nullable(),
  audienceCountries: z.array(z.string()),
  /** The accounts in use, the largest first. */
  platforms: z.array(creatorAccount),
  /** The brands among those that the reader sees. */
  brandIds: z.array(z.string()),
  /** Whether there are others that the reader does not see; never which. Null for a client's login. */
  worksForOtherBrands: z.boolean().nullable(),
  /** Of the contracts that the reader sees; null for a client's login. */
  contractState: z.enum(contractStates).nullable(),
  /** When the running contract ends that ends first. */
  contractEndsOn: z.string().nullable(),
  /** Whether the reader may change the record: who sees it through a campaign alone may not. */
  isChangeable: z.boolean(),
});
export type Creator = z.infer<typeof creator>;

export const creatorPage = pageOf(creator);

/** How many creators stand at each step, all steps named. */
export const creatorStatusCounts = z.array(z.object({ status, count: z.number().int() }));
export type CreatorStatusCounts = z.infer<typeof creatorStatusCounts>;

/** The words in use, the most used first. */
export const creatorCategories = z.array(z.object({ category: z.string(), count: z.number().int() }));
export type CreatorCategories = z.infer<typeof creatorCategories>;
