import { z } from 'zod';
import {
  amountInput,
  baseOf,
  currency,
  day,
  expectedVersion,
  historyInput,
  id,
  listInput,
  money,
  pageOf,
  recordInput,
  recordOutput,
  requiredText,
  sortable,
  text,
} from '../records/schema.ts';

/** The board's columns, from left to right. */
export const dealStages = ['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSED'] as const;
export const dealStatuses = ['OPEN', 'WON', 'LOST'] as const;
export const recurringTypes = ['ONE_TIME', 'MONTHLY', 'QUARTERLY', 'ANNUAL'] as const;

const stage = z.enum(dealStages);
const status = z.enum(dealStatuses);

const fields = {
  ...recordInput,
  companyId: id.nullish(),
  contactId: id.nullish(),
  description: text(20_000).nullish(),
  amount: amountInput.nullish(),
  /** Of an amount that comes bare; without one it is the deal's own, else the agency's reporting currency. */
  currency: currency.optional(),
  /** Percent; the stage's own unless said. */
  probability: z.number().int().min(0).max(100).optional(),
  recurringType: z.enum(recurringTypes).optional(),
  openedOn: day.nullish(),
  expectedCloseOn: day.nullish(),
  /** Of a closed deal alone; the agency's today unless said. */
  closedOn: day.optional(),
  /** Why it was won or lost; of a closed deal alone. */
  closeReason: text(4000).nullish(),
};

/** What a stage may ask for before a deal enters it. */
const stageFields = {
  companyId: fields.companyId,
  contactId: fields.contactId,
  ownerId: fields.ownerId,
  amount: fields.amount,
  currency: fields.currency,
  expectedCloseOn: fields.expectedCloseOn,
  customFields: fields.customFields,
};

export const createDealInput = z.strictObject({
  name: requiredText(),
  stage: stage.optional(),
  status: status.optional(),
  ...fields,
});
export type CreateDealInput = z.infer<typeof createDealInput>;

/** Stage and status move through moveDealInput alone. */
export const updateDealInput = z.strictObject({
  dealId: id,
  name: requiredText().optional(),
  ...fields,
  expectedVersion,
  base: baseOf({ name: requiredText(), ...fields }),
});
export type UpdateDealInput = z.infer<typeof updateDealInput>;

export const moveDealInput = z.strictObject({
  dealId: id,
  stage,
  status: status.optional(),
  reason: text(4000).nullish(),
  /** The neighbours of its place in the column, as they were seen; without them it goes to the top. */
  afterDealId: id.optional(),
  beforeDealId: id.optional(),
  /** What the new stage asks for, written in the same step. */
  fields: z.strictObject(stageFields).optional(),
  /** Of the new standing, where it shall not be the stage's own: what an undone move puts back. */
  probability: fields.probability,
  closedOn: fields.closedOn,
  /** Where the deal stood when it was seen. */
  base: z.strictObject({ stage, status }).optional(),
  expectedVersion,
});
export type MoveDealInput = z.infer<typeof moveDealInput>;

export const dealRef = z.strictObject({ dealId: id });
export const dealChange = z.strictObject({ dealId: id, expectedVersion });

const filters = {
  companyId: id.optional(),
  contactId: id.optional(),
  ownerId: id.optional(),
  brandId: id.optional(),
};

export const listDealsInput = z.strictObject({
  ...listInput,
  ...filters,
  stage: stage.optional(),
  status: status.optional(),
  sort: z
    .enum([...sortable, 'amount', '-amount', 'expectedCloseOn', '-expectedCloseOn'])
    .default('-updatedAt'),
});
export type ListDealsInput = z.infer<typeof listDealsInput>;

/** The list as it was asked for; its page does not matter. */
export const dealNeighboursInput = z.strictObject({ dealId: id, list: listDealsInput.prefault({}) });
export const dealHistoryInput = z.strictObject({ dealId: id, ...historyInput });

export const deal = z.object({
  ...recordOutput,
  name: z.string(),
  description: z.string().nullable(),
  companyId: z.string().nullable(),
  /** Null also where the company is not the reader's to see; so with the contact. */
  companyName: z.string().nullable(),
  contactId: z.string().nullable(),
  contactName: z.string().nullable(),
  stage,
  status,
  probability: z.number().int(),
  amount: money.nullable(),
  recurringType: z.enum(recurringTypes),
  openedOn: z.string().nullable(),
  expectedCloseOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  closeReason: z.string().nullable(),
  stageChangedAt: z.string(),
});
export type Deal = z.infer<typeof deal>;

export const dealPage = pageOf(deal);

const boardFilters = { q: text(200).optional(), ...filters };
const cardLimit = z.coerce.number().int().min(1).max(200).default(20);

export const boardInput = z.strictObject({ ...boardFilters, limit: cardLimit });
export type BoardInput = z.infer<typeof boardInput>;

export const boardColumnInput = z.strictObject({
  ...boardFilters,
  stage,
  cursor: listInput.cursor,
  limit: cardLimit,
});
export type BoardColumnInput = z.infer<typeof boardColumnInput>;

export const dealCard = z.object({
  id: z.string(),
  name: z.string(),
  status,
  probability: z.number().int(),
  amount: money.nullable(),
  companyId: z.string().nullable(),
  companyName: z.string().nullable(),
  contactId: z.string().nullable(),
  contactName: z.string().nullable(),
  ownerId: z.string().nullable(),
  expectedCloseOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  stageChangedAt: z.string(),
  /** For the If-Match of a move. */
  version: z.number().int(),
});
export type DealCard = z.infer<typeof dealCard>;

/** The amounts of one currency and how many they are; amounts of different currencies are never added. */
export const currencySum = z.object({
  /** A decimal string, as long as the sum of many amounts is. */
  amount: z.string(),
  currency: z.string(),
  count: z.number().int(),
});
export type CurrencySum = z.infer<typeof currencySum>;

const totals = { count: z.number().int(), sums: z.array(currencySum) };

export const boardColumn = z.object({
  stage,
  /** Over every deal that matches, not the cards on this page. Deals without an amount count and add nothing. */
  ...totals,
  /** The same, apart: OPEN in an open column, WON and LOST in the closed one. */
  byStatus: z.array(z.object({ status, ...totals })),
  cards: z.array(dealCard),
  nextCursor: z.string().nullable(),
});
export type BoardColumn = z.infer<typeof boardColumn>;

export const board = z.object({ ...totals, columns: z.array(boardColumn) });
export type Board = z.infer<typeof board>;

export const cardPage = pageOf(dealCard);

/** What is open now, and what was won in the agency's present month. */
export const pipeline = z.object({
  stages: z.array(z.object({ stage, ...totals })),
  /** Both days included; the last one is the agency's today. */
  won: z.object({ from: day, to: day, ...totals }),
});
export type Pipeline = z.infer<typeof pipeline>;
