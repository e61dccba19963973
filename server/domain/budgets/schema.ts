import { z } from 'zod';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import {
  amountInput,
  currency,
  decimal,
  expectedVersion,
  id,
  requiredText,
  text,
} from '../records/schema.ts';

/** DRAFT and SUBMITTED are open: one at a time. The APPROVED one stands; RETURNED and SUPERSEDED are kept as they were. */
export const budgetStatuses = ['DRAFT', 'SUBMITTED', 'APPROVED', 'RETURNED', 'SUPERSEDED'] as const;
export type BudgetStatus = (typeof budgetStatuses)[number];

export const budgetKinds = ['MEDIA', 'BOOST', 'CREATOR', 'OTHER'] as const;
export type BudgetKind = (typeof budgetKinds)[number];

export const kindWords: Readonly<Record<BudgetKind, string>> = {
  MEDIA: 'Media',
  BOOST: 'Boosts',
  CREATOR: 'Creators',
  OTHER: 'Other costs',
};

export const MOST_LINES = 500;

/** A month as YYYY-MM. */
export const month = z
  .string()
  .regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/, 'Write the month as YYYY-MM, for example 2026-03.');

/** A part of the total, in the version's currency. What is left out is not split by. */
export const budgetLineInput = z.strictObject({
  kind: z.enum(budgetKinds),
  /** Of MEDIA and BOOST. With an account it is that account's platform. */
  platform: z.enum(adPlatforms).nullish(),
  adAccountId: id.nullish(),
  /** Of CREATOR and BOOST: the creator's work on this campaign. */
  campaignCreatorId: id.nullish(),
  month: month.nullish(),
  amount: decimal,
  note: text(1000).nullish(),
});
export type BudgetLineInput = z.infer<typeof budgetLineInput>;

export const budgetRef = z.strictObject({ budgetVersionId: id });
export const budgetChange = z.strictObject({ budgetVersionId: id, expectedVersion });
export type BudgetChange = z.infer<typeof budgetChange>;

export const listBudgetsInput = z.strictObject({ campaignId: id });

export const draftBudgetInput = z.strictObject({
  campaignId: id,
  /** What it begins from: the plan that stands, or its total alone. */
  from: z.enum(['STANDING', 'EMPTY']).default('STANDING'),
  /** Or a version of the campaign that is copied; it goes before `from`. */
  budgetVersionId: id.optional(),
});
export type DraftBudgetInput = z.infer<typeof draftBudgetInput>;

export const updateBudgetInput = z.strictObject({
  budgetVersionId: id,
  total: amountInput.optional(),
  /** Of a total that comes bare; without one the version keeps its own. */
  currency: currency.optional(),
  note: text(2000).nullish(),
  /** All of them, in their order; what is not named goes. Left out: they stay. */
  lines: z.array(budgetLineInput).max(MOST_LINES, `At most ${MOST_LINES}.`).optional(),
  expectedVersion,
});
export type UpdateBudgetInput = z.infer<typeof updateBudgetInput>;

export const returnBudgetInput = z.strictObject({
  budgetVersionId: id,
  /** What has to change, for its author. */
  reason: requiredText(2000),
  expectedVersion,
});
export type ReturnBudgetInput = z.infer<typeof returnBudgetInput>;

const amount = z.object({ amount: z.string(), currency: z.string() });

export const budgetLine = z.object({
  id: z.string(),
  kind: z.enum(budgetKinds),
  platform: z.string().nullable(),
  adAccountId: z.string().nullable(),
  /** Null also where the account is not the reader's to see. */
  adAccountName: z.string().nullable(),
  campaignCreatorId: z.string().nullable(),
  creatorId: z.string().nullable(),
  creatorName: z.string().nullable(),
  month: z.string().nullable(),
  /** In the version's currency. */
  amount: z.string(),
  note: z.string().nullable(),
});
export type BudgetLine = z.infer<typeof budgetLine>;

/** What the lines come to for one platform, account, creator, month or kind; `key` null: lines that are not split so. */
export const budgetSum = z.object({ key: z.string().nullable(), name: z.string(), amount: z.string() });
export type BudgetSum = z.infer<typeof budgetSum>;

const versionFields = {
  /** Null: version 0, what was entered on the campaign before anybody planned it in versions. It stands. */
  id: z.string().nullable(),
  campaignId: z.string(),
  number: z.number().int(),
  status: z.enum(budgetStatuses),
  total: amount,
  /** What was said with it. */
  note: z.string().nullable(),
  /** Why it was returned. */
  reason: z.string().nullable(),
  createdById: z.string().nullable(),
  createdByName: z.string().nullable(),
  submittedAt: z.string().nullable(),
  approvedById: z.string().nullable(),
  approvedByName: z.string().nullable(),
  approvedAt: z.string().nullable(),
  /** Null of version 0. */
  createdAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
  version: z.number().int(),
};

export const budgetVersionSummary = z.object(versionFields);
export type BudgetVersionSummary = z.infer<typeof budgetVersionSummary>;

export const budgetVersion = z.object({
  ...versionFields,
  lines: z.array(budgetLine),
  /** What the lines come to, and what of the total is in none. */
  allocated: z.string(),
  unallocated: z.string(),
  sums: z.object({
    kinds: z.array(budgetSum),
    platforms: z.array(budgetSum),
    adAccounts: z.array(budgetSum),
    creators: z.array(budgetSum),
    months: z.array(budgetSum),
  }),
  /** What a reader should look at and nothing refuses: months outside of the flight, an account that is not linked. */
  warnings: z.array(z.string()),
  /** What the reader may do with it now. */
  may: z.object({
    update: z.boolean(),
    submit: z.boolean(),
    approve: z.boolean(),
    return: z.boolean(),
    withdraw: z.boolean(),
    setAside: z.boolean(),
  }),
});
export type BudgetVersion = z.infer<typeof budgetVersion>;

export const budgetList = z.object({
  /** The plan that stands; null where the campaign has no budget. */
  standing: budgetVersion.nullable(),
  /** The one that is worked on or waits for its approval. */
  open: budgetVersion.nullable(),
  /** All of them, the newest first, version 0 last. */
  items: z.array(budgetVersionSummary),
  /** What lines may name: accounts that are linked to the campaign or attached, and creators who work on it. */
  adAccounts: z.array(z.object({ adAccountId: z.string(), name: z.string(), platform: z.string() })),
  creators: z.array(z.object({ campaignCreatorId: z.string(), creatorId: z.string(), name: z.string() })),
  /** Months of the flight as YYYY-MM, at most 60; empty where the campaign has not both days. */
  months: z.array(z.string()),
  mayDraft: z.boolean(),
});
export type BudgetList = z.infer<typeof budgetList>;

export const budgetPerformanceInput = z.strictObject({ campaignId: id });

/** Allocated against spent against forecast, of one part. All in the budget's currency; null is unknown, and never 0. */
export const budgetPerformanceRow = z.object({
  /** The kind, platform, id or month; null: what is in none. */
  key: z.string().nullable(),
  name: z.string(),
  /** Null: nothing is allocated to it. */
  allocated: z.string().nullable(),
  /** Through the last full day that its figures cover; of creators what they earned. */
  spent: z.string().nullable(),
  /** To the flight's end; of creators what is agreed. Null where there is nothing to reckon with: see `note`. */
  forecast: z.string().nullable(),
  /** Allocated less spent. */
  remaining: z.string().nullable(),
  /** Spent per allocated: 0.5 is half of it. */
  share: z.string().nullable(),
  note: z.string().nullable(),
});
export type BudgetPerformanceRow = z.infer<typeof budgetPerformanceRow>;

export const budgetPerformance = z.object({
  campaignId: z.string(),
  currency: z.string(),
  total: budgetPerformanceRow,
  kinds: z.array(budgetPerformanceRow),
  platforms: z.array(budgetPerformanceRow),
  adAccounts: z.array(budgetPerformanceRow),
  creators: z.array(budgetPerformanceRow),
  months: z.array(budgetPerformanceRow),
  /** Amounts in currencies without a rate, which no sum holds. */
  leftOut: z.array(amount.extend({ note: z.string() })),
});
export type BudgetPerformance = z.infer<typeof budgetPerformance>;
