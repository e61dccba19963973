import { z } from 'zod';
import { filterInput } from '../records/filter.ts';
import {
  amountInput,
  baseOf,
  currency,
  day,
  expectedVersion,
  flag,
  historyInput,
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
import { dealFields } from './fields.ts';

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
  filter: filterInput,
  sort: sortInput(dealFields, '-updatedAt'),
});
export type ListDealsInput = z.infer<typeof listDealsInput>;

/** The list as it was asked for; its page does not matter. */
export const dealNeighboursInput = z.strictObject({
  dealId: id,
  list: listDealsInput.prefault({}),
  /** True walks the deal's column of the board instead, from the top. */
  board: flag.optional(),
});
export type DealNeighboursInput = z.infer<typeof dealNeighboursInput>;
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

const boardFilters = { q: text(200).optional(), filter: filterInput, ...filters };
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
  recurringType: z.enum(recurringTypes),
  tags: z.array(z.string()),
  expectedCloseOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  closeReason: z.string().nullable(),
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

/** Sums in one currency: an open deal at the agency's today, a closed one at its closing day. */
export const convertedTotal = z.object({
  currency: z.string(),
  /** Null where nothing has an amount with a rate. */
  amount: z.string().nullable(),
  /** Each amount times its deal's probability. */
  weighted: z.string().nullable(),
  /** What no rate is known for; it is in neither figure. */
  leftOut: z.array(currencySum),
  /** Days of publication of the rates that were used; null where none was needed. */
  rates: z.object({ from: day, to: day }).nullable(),
});
export type ConvertedTotal = z.infer<typeof convertedTotal>;

export const dealTotals = z.object({ ...totals, converted: convertedTotal });
/** Over every deal that matches. Deals without an amount count and add nothing. */
export type DealTotals = z.infer<typeof dealTotals>;

export const boardColumn = z.object({
  stage,
  ...dealTotals.shape,
  /** The same, apart: OPEN in an open column, WON and LOST in the closed one. */
  byStatus: z.array(z.object({ status, ...dealTotals.shape })),
  /** Days after which a deal has been here too long; null: it never has. */
  staleAfterDays: z.number().int().nullable(),
  cards: z.array(dealCard),
  nextCursor: z.string().nullable(),
});
export type BoardColumn = z.infer<typeof boardColumn>;

export const board = z.object({
  ...totals,
  /** The agency's own day: what expected days are late against. */
  today: day,
  /** Over all open columns. */
  open: dealTotals,
  columns: z.array(boardColumn),
});
export type Board = z.infer<typeof board>;

export const cardPage = pageOf(dealCard);

/** What is open now, and what was won in the agency's present month. */
export const pipeline = z.object({
  stages: z.array(z.object({ stage, ...totals })),
  /** Both days included; the last one is the agency's today. */
  won: z.object({ from: day, to: day, ...totals }),
});
export type Pipeline = z.infer<typeof pipeline>;

/** Each standing that a deal had, in order. */
export const stageHistory = z.object({
  items: z.array(
    z.object({
      fromStage: stage.nullable(),
      toStage: stage,
      fromStatus: status.nullable(),
      toStatus: status,
      actorId: z.string().nullable(),
      actorName: z.string().nullable(),
      changedAt: z.string(),
      /** Until the next standing, or until now; null of a closed deal's last. */
      seconds: z.number().nullable(),
    }),
  ),
  /** All time that the deal spent in each open stage that it was in. */
  byStage: z.array(z.object({ stage, seconds: z.number() })),
});
export type StageHistory = z.infer<typeof stageHistory>;

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Write the month as YYYY-MM.');
const insightFilters = { ownerId: id.optional(), brandId: id.optional() };

export const forecastInput = z
  .strictObject({
    ...insightFilters,
    /** The first and last month; without them three months back and eight ahead of the agency's present one. */
    from: month.optional(),
    to: month.optional(),
    /** What a deal counts with: its amount as it stands (of one period, where it repeats), or its twelve months. */
    value: z.enum(['PERIOD', 'YEAR']).default('PERIOD'),
  })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ['to'],
    message: 'The last month comes before the first.',
  });
export type ForecastInput = z.infer<typeof forecastInput>;

const outlook = { best: dealTotals, commit: dealTotals };

/** Open deals by the month of their expected close, and what was won by the month of its closing. */
export const forecast = z.object({
  currency: z.string(),
  today: day,
  months: z.array(z.object({ month, ...outlook, won: dealTotals, lost: z.number().int() })),
  /** Open deals expected before the first month, after the last, and those without a day. */
  earlier: z.object(outlook),
  later: z.object(outlook),
  undated: z.object(outlook),
  /** Open deals by how they repeat: per period, and what twelve months come to. */
  recurring: z.array(
    z.object({ recurringType: z.enum(recurringTypes), period: dealTotals, year: dealTotals }),
  ),
});
export type Forecast = z.infer<typeof forecast>;

export const funnelInput = z
  .strictObject({ ...insightFilters, from: day.optional(), to: day.optional() })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ['to'],
    message: 'The last day comes before the first.',
  });
export type FunnelInput = z.infer<typeof funnelInput>;

/** What became of the deals that entered each stage within a range of the agency's days, both included. */
export const funnel = z.object({
  from: day,
  to: day,
  currency: z.string(),
  stages: z.array(
    z.object({
      stage,
      /** Deals that entered it in the range, each once. */
      entered: z.number().int(),
      /** Of those, how many went on to a later stage or were won, by now. */
      advanced: z.number().int(),
      won: z.number().int(),
      lost: z.number().int(),
      /** advanced / entered; null where none entered. */
      conversion: z.string().nullable(),
      /** Of the stays that began in the range and are over. */
      medianDays: z.string().nullable(),
      stays: z.number().int(),
    }),
  ),
  /** Deals whose day of closing lies in the range. */
  closed: z.object({
    won: dealTotals,
    lost: dealTotals,
    /** won / (won + lost), by count. */
    winRate: z.string().nullable(),
    /** From opening to winning. */
    medianDaysToWin: z.string().nullable(),
    averageWon: z.string().nullable(),
  }),
  openCount: z.number().int(),
  /** Of the open deals, those with an amount. */
  pricedOpenCount: z.number().int(),
  /**
   * pricedOpenCount × win rate × average won / median days to win, a day; null where a part is unknown or fewer than
   * velocityNeeds deals were closed in the range.
   */
  velocity: z.string().nullable(),
  velocityNeeds: z.number().int(),
});
export type Funnel = z.infer<typeof funnel>;
