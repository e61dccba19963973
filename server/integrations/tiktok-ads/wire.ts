import { z } from 'zod';
import { contractError } from '../errors.ts';

/**
 * What the API for Business sends, as far as we read it: unknown keys pass, a missing needed field is a contract error
 * that names its path. Source: tiktok/tiktok-business-api-sdk (yml_files, java_sdk/docs), API for Business v1.3.
 */

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const text = z.string().transform((value) => value.replaceAll('\0', '').toWellFormed());
/** Ids have 19 digits, beyond 2^53: one that came as a larger JSON number has lost digits already. */
const id = z.string().regex(/^\d+$/).or(z.number().int().nonnegative().transform(String));
const whole = z.number().int().nonnegative();

/** "-" and an absent value both say that there is none. Source: airbytehq/airbyte, source-tiktok-marketing. */
const none = z
  .literal(['-', ''])
  .nullish()
  .transform(() => null);
const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .or(
    z
      .number()
      .transform(String)
      .pipe(z.string().regex(/^-?\d+(\.\d+)?$/)),
  )
  .or(none);
/** A count may be written with a fraction of zeros. */
const count = z
  .string()
  .regex(/^\d{1,16}(\.0+)?$/)
  .or(whole)
  .transform(Number)
  .refine(Number.isSafeInteger, 'is beyond what a count holds')
  .or(none);

/** Every answer, good or bad, comes with HTTP 200 and says by `code` which it is. */
export const envelopeWire = z.looseObject({
  code: z.number().int(),
  message: z.string().catch(''),
  request_id: z.string().optional().catch(undefined),
  data: z.unknown(),
});

export const tokenWire = z.looseObject({
  access_token: z.string().min(1),
  advertiser_ids: z.array(id).default([]),
  scope: z.array(z.number().int().nonnegative()).default([]),
});

export const userWire = z.looseObject({ core_user_id: id, display_name: text.optional() });

export const pageWire = z.looseObject({
  list: z.array(z.unknown()),
  page_info: z.looseObject({ page: whole, total_page: whole, total_number: whole.optional() }),
});

export const grantedWire = z.looseObject({ list: z.array(z.looseObject({ advertiser_id: id })) });

export const advertisersWire = z.looseObject({ list: z.array(z.unknown()) });

export const advertiserWire = z.looseObject({
  advertiser_id: id,
  name: text.optional(),
  company: text.optional(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  timezone: z.string().min(1),
  status: text.optional(),
});
export type AdvertiserWire = z.infer<typeof advertiserWire>;

export const businessCentreWire = z.looseObject({
  bc_info: z.looseObject({
    bc_id: id,
    name: text.optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .catch(undefined),
    timezone: z.string().min(1).optional().catch(undefined),
    status: text.optional(),
  }),
});
export type BusinessCentreWire = z.infer<typeof businessCentreWire>['bc_info'];

/** An ad account among the assets of a business centre; another centre may own it and share it. */
export const assetWire = z.looseObject({ asset_id: id, owner_bc_name: text.optional().catch(undefined) });

export const campaignWire = z.looseObject({
  campaign_id: id,
  campaign_name: text.optional(),
  objective_type: text.optional(),
  operation_status: text.optional(),
  secondary_status: text.optional(),
  budget_mode: text.optional(),
  /** Major units, a JSON number. */
  budget: decimal,
});
export type CampaignWire = z.infer<typeof campaignWire>;

/** The day of the advertiser's own zone, written with a time that means nothing. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}( 00:00:00)?$/)
  .transform((value) => value.slice(0, 10))
  .pipe(z.iso.date());

const delivery = { spend: decimal, impressions: count, clicks: count };

export const dailyWire = z.looseObject({
  dimensions: z.looseObject({ campaign_id: id, stat_time_day: day }),
  metrics: z.looseObject({
    ...delivery,
    campaign_name: text.optional(),
    conversion: decimal,
    total_complete_payment_rate: decimal,
    video_play_actions: count,
    video_views_p25: count,
    video_views_p50: count,
    video_views_p75: count,
    video_views_p100: count,
    reach: count,
    frequency: decimal,
  }),
});
export type DailyWire = z.infer<typeof dailyWire>;

export const accountDayWire = z.looseObject({
  dimensions: z.looseObject({ stat_time_day: day }),
  metrics: z.looseObject(delivery),
});
export type AccountDayWire = z.infer<typeof accountDayWire>;

export const reachWire = z.looseObject({
  dimensions: z.looseObject({ campaign_id: id.optional() }),
  metrics: z.looseObject({ reach: count, frequency: decimal }),
});
export type ReachWire = z.infer<typeof reachWire>;

/** Reads a body or an item of it. Errors: a contract error that names the path of the first problem. */
export function read<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [where, ...(issue?.path ?? [])].join('.');
  throw contractError('TikTok', path, issue?.message ?? 'does not fit');
}
