import { z } from 'zod';
import { dealStages } from '../deals/schema.ts';
import { expectedVersion, id, requiredText } from '../records/schema.ts';

export const closedStatuses = ['WON', 'LOST'] as const;

const stage = z.enum(dealStages);

/** What a deal may be asked to have before it enters a stage, by the names of a deal's own input. */
export const requirableFields = [
  'amount',
  'companyId',
  'contactId',
  'expectedCloseOn',
  'ownerId',
  'closeReason',
] as const;

const requiredField = z.union(
  [z.enum(requirableFields), z.templateLiteral(['customFields.', requiredText(100)])],
  `Name fields of a deal: ${requirableFields.join(', ')}, or customFields.<key>.`,
);

export const dealStageSettings = z.object({
  stage,
  /** Percent, of a deal that enters the stage; null of CLOSED, where won is 100 and lost is 0. */
  probability: z.number().int().nullable(),
  /** Days after which a deal has been in the stage too long; null: it never has. */
  staleAfterDays: z.number().int().nullable(),
  /** What a deal must have to enter the stage. */
  requiredFields: z.array(z.string()),
  /** 1 where the agency has said nothing yet. */
  version: z.number().int(),
});
export type DealStageSettings = z.infer<typeof dealStageSettings>;

/** Probability and days are an open stage's alone, closeReason is CLOSED's alone. */
export const updateDealStageInput = z.strictObject({
  stage,
  probability: z
    .number('Write a whole number from 0 to 100.')
    .int('Write a whole number.')
    .min(0, 'At least 0.')
    .max(100, 'At most 100.')
    .optional(),
  staleAfterDays: z
    .number('Write a number of days, or nothing.')
    .int('Write whole days.')
    .min(1, 'At least 1 day.')
    .max(3650, 'At most 3650 days.')
    .nullish(),
  requiredFields: z.array(requiredField).max(40).optional(),
  expectedVersion,
});
export type UpdateDealStageInput = z.infer<typeof updateDealStageInput>;

export const dealCloseReason = z.object({
  id: z.string(),
  status: z.enum(closedStatuses),
  name: z.string(),
  position: z.number().int(),
});
export type DealCloseReason = z.infer<typeof dealCloseReason>;

export const createDealCloseReasonInput = z.strictObject({
  status: z.enum(closedStatuses, 'Say WON or LOST.'),
  name: requiredText(200),
});
export type CreateDealCloseReasonInput = z.infer<typeof createDealCloseReasonInput>;

export const updateDealCloseReasonInput = z.strictObject({
  dealCloseReasonId: id,
  name: requiredText(200).optional(),
  /** The reasons of one outcome are offered in this order. */
  position: z.number().int().min(0).max(1000).optional(),
});
export type UpdateDealCloseReasonInput = z.infer<typeof updateDealCloseReasonInput>;

export const dealCloseReasonRef = z.strictObject({ dealCloseReasonId: id });
