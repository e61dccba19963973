import { z } from 'zod';
import {
  amountInput,
  currency,
  day,
  expectedVersion,
  flag,
  id,
  listInput,
  money,
  pageOf,
  requiredText,
  text,
} from '../records/schema.ts';
import { MOST_PASTED_CHARACTERS } from './fields.ts';

const clicks = z
  .number('Write a whole number.')
  .int('Write a whole number.')
  .nonnegative('At least 0.')
  .max(Number.MAX_SAFE_INTEGER, 'That is more than can be counted.');

/** Conversions may be parts: a sale that two creators share. */
const conversions = z
  .string()
  .regex(
    /^\d{1,12}(\.\d{1,6})?$/,
    'Write the conversions as digits with at most six decimals, for example 12 or 0.5.',
  );

const values = {
  date: day,
  /** Whose count it is: a shop, a coupon, an affiliate network. Results of one origin and day stand once. */
  origin: requiredText(100),
  /** The work that brought it; null: the campaign's as a whole. */
  campaignCreatorId: id.nullish(),
  clicks: clicks.nullish(),
  conversions: conversions.nullish(),
  value: amountInput.nullish(),
  /** Of a value that comes bare; without one it is the campaign's, else the agency's reporting currency. */
  currency: currency.optional(),
  note: text(2000).nullish(),
};

export const createResultInput = z.strictObject({ campaignId: id, ...values });
export type CreateResultInput = z.infer<typeof createResultInput>;

export const updateResultInput = z.strictObject({
  campaignResultId: id,
  ...values,
  date: day.optional(),
  origin: requiredText(100).optional(),
  expectedVersion,
});
export type UpdateResultInput = z.infer<typeof updateResultInput>;

export const resultRef = z.strictObject({ campaignResultId: id });
export const resultChange = z.strictObject({ campaignResultId: id, expectedVersion });

export const pasteResultsInput = z.strictObject({
  campaignId: id,
  campaignCreatorId: id.nullish(),
  origin: requiredText(100),
  currency: currency.optional(),
  /** Lines of a spreadsheet: day, conversions, value; or columns that a first line names, clicks among them. */
  lines: requiredText(MOST_PASTED_CHARACTERS),
});
export type PasteResultsInput = z.infer<typeof pasteResultsInput>;

export const pastedResults = z.object({ created: z.number().int() });

export const listResultsInput = z.strictObject({
  campaignId: id,
  campaignCreatorId: id.optional(),
  origin: requiredText(100).optional(),
  /** true shows what was taken out instead. */
  deleted: flag.optional(),
  cursor: listInput.cursor,
  limit: listInput.limit,
});
export type ListResultsInput = z.infer<typeof listResultsInput>;

export const campaignResult = z.object({
  id: z.string(),
  campaignId: z.string(),
  campaignCreatorId: z.string().nullable(),
  creatorId: z.string().nullable(),
  /** Null where it is no creator's, or theirs is not the reader's to see. */
  creatorName: z.string().nullable(),
  date: z.string(),
  origin: z.string(),
  clicks: z.number().nullable(),
  conversions: z.string().nullable(),
  value: money.nullable(),
  note: z.string().nullable(),
  createdById: z.string().nullable(),
  createdByName: z.string().nullable(),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type CampaignResult = z.infer<typeof campaignResult>;
export const campaignResultPage = pageOf(campaignResult);

export const resultTotalsInput = z.strictObject({ campaignId: id });

const totals = {
  clicks: z.number().nullable(),
  conversions: z.string().nullable(),
  /** One for each currency: they are never added to each other. */
  values: z.array(money),
  days: z.number().int(),
  firstDate: z.string(),
  lastDate: z.string(),
  /** When the newest of them was entered or changed. */
  enteredAt: z.string(),
};

export const resultTotals = z.object({
  byOrigin: z.array(z.object({ origin: z.string(), ...totals })),
  byCreator: z.array(
    z.object({
      campaignCreatorId: z.string().nullable(),
      creatorId: z.string().nullable(),
      creatorName: z.string().nullable(),
      ...totals,
    }),
  ),
});
export type ResultTotals = z.infer<typeof resultTotals>;
