import { z } from 'zod';
import { id, money } from '../records/schema.ts';
import { contractStates, creatorAccount, engagementBases, figureSources } from './schema.ts';

export const compareCreatorsInput = z.strictObject({
  creatorIds: z
    .array(id)
    .min(2, 'Choose at least two creators.')
    .max(5, 'At most five fit side by side.')
    .refine((ids) => new Set(ids).size === ids.length, 'Name each creator once.'),
});
export type CompareCreatorsInput = z.infer<typeof compareCreatorsInput>;

const count = z.number().int().nullable();
const decimal = z.string().nullable();

const comparedAccount = creatorAccount.extend({
  following: count,
  posts: count,
  meanViews: decimal,
  meanLikes: decimal,
  meanComments: decimal,
  /** Over how many newest posts the means are. */
  measuredPosts: count,
});

const share = z.object({ percent: z.string() });

/** The newest of an account's followers, as the network estimates them: percents that need not sum to 100. */
const comparedAudience = z.object({
  creatorPlatformId: z.string(),
  date: z.string(),
  followers: count,
  countries: z.array(share.extend({ code: z.string() })),
  cities: z.array(share.extend({ name: z.string() })),
  genderAges: z.array(share.extend({ gender: z.string(), ageRange: z.string() })),
  source: z.enum(figureSources),
  fetchedAt: z.string(),
});

/** Over the pieces of the last 90 days; each mean over those that tell the figure. */
const recentContents = z.object({
  count: z.number().int(),
  meanViews: decimal,
  meanLikes: decimal,
  meanComments: decimal,
  /** (likes + comments) / views over the pieces that tell all three. */
  engagementRate: decimal,
  newestAt: z.string().nullable(),
});
export type RecentContents = z.infer<typeof recentContents>;

const comparedFee = z.object({
  creatorContractId: z.string(),
  title: z.string(),
  fee: money,
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  status: z.string(),
});

export const comparedCreator = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  categories: z.array(z.string()),
  totalFollowers: count,
  engagementRate: decimal,
  engagementBasis: z.enum(engagementBases).nullable(),
  accounts: z.array(comparedAccount),
  audiences: z.array(comparedAudience),
  recentContents,
  contractState: z.enum(contractStates).nullable(),
  contractEndsOn: z.string().nullable(),
  /** Of the contracts that the reader sees. */
  fees: z.array(comparedFee),
  blocks: z.array(
    z.object({
      creatorBlockId: z.string(),
      brandId: z.string().nullable(),
      brandName: z.string().nullable(),
      reason: z.string(),
    }),
  ),
});
export type ComparedCreator = z.infer<typeof comparedCreator>;

/** In the order in which they were asked for. */
export const creatorComparison = z.object({ creators: z.array(comparedCreator) });
export type CreatorComparison = z.infer<typeof creatorComparison>;

/** What a creator was paid, or was promised, the newest first: as far as the reader sees campaigns and contracts. */
export const creatorFees = z.object({
  items: z.array(
    z.object({
      kind: z.enum(['CAMPAIGN', 'CONTRACT']),
      /** The assignment's id, or the contract's. */
      id: z.string(),
      title: z.string(),
      campaignId: z.string().nullable(),
      brandId: z.string().nullable(),
      /** Null for a contract: it is for all that it covers. */
      feeType: z.string().nullable(),
      status: z.string(),
      fee: money,
      /** The first day of the work; where nobody said one, when the fee was written down. */
      date: z.string(),
    }),
  ),
  /** Of campaigns' flat fees, a currency each: never added across currencies. */
  flat: z.array(
    z.object({
      currency: z.string(),
      count: z.number().int(),
      lowest: z.string(),
      /** One that was agreed, never a mean. */
      median: z.string(),
      highest: z.string(),
    }),
  ),
});
export type CreatorFees = z.infer<typeof creatorFees>;
