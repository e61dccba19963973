import { z } from 'zod';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import { expectedVersion } from '../records/schema.ts';

/** How an agency has a platform's figures fetched. */
export const platformSettings = z.object({
  platform: z.enum(adPlatforms),
  name: z.string(),
  /** Whether this installation can talk to it. */
  isOn: z.boolean(),
  /** How many days back every sync reads again, because they may still change. */
  restatementDays: z.number().int(),
  /** The platform's own number, which holds where the agency set none. */
  ownRestatementDays: z.number().int(),
  isRestatementSet: z.boolean(),
  /** Whether today's figures are fetched every six hours; otherwise once a day. */
  isIntraday: z.boolean(),
  /** How many months of the past are brought in. */
  backfillMonths: z.number().int(),
  /** What the platform keeps. */
  maxHistoryMonths: z.number().int(),
  /** 1 where the agency has said nothing yet. */
  version: z.number().int(),
});
export type PlatformSettings = z.infer<typeof platformSettings>;

export const updatePlatformSettingsInput = z.strictObject({
  platform: z.enum(adPlatforms),
  /** null: the platform's own number. */
  restatementDays: z
    .number('Write a number of days, or nothing for the platform’s own.')
    .int('Write whole days.')
    .min(28, 'At least 28 days: every platform changes its figures that long.')
    .max(90, 'At most 90 days.')
    .nullish(),
  isIntraday: z.boolean().optional(),
  backfillMonths: z
    .number('Write a number of months.')
    .int('Write whole months.')
    .min(0, 'At least 0 months.')
    .max(37, 'At most 37 months.')
    .optional(),
  expectedVersion,
});
export type UpdatePlatformSettingsInput = z.infer<typeof updatePlatformSettingsInput>;
