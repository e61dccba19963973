import { z } from 'zod';
import { contractError } from '../errors.ts';

/**
 * What the Graph API sends, as far as we read it: unknown keys pass, a missing needed field is a contract error that
 * names its path. Source: Meta's API specification (facebook-business-sdk-codegen) and Marketing API insights.
 */

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const text = z.string().transform((value) => value.replaceAll('\0', '').toWellFormed());
/** Ids pass 2^53: one that came as a JSON number has lost digits already. */
const id = z.string().regex(/^(act_)?\d+$/);
const count = z
  .string()
  .regex(/^\d{1,16}$/)
  .or(z.number().int().nonnegative())
  .transform(Number)
  .refine(Number.isSafeInteger, 'is beyond what a count holds');
const decimal = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .or(z.number().transform(String));
const day = z.iso.date();

/** One element of a list of action statistics. The same event stands under several overlapping names. */
const actionStat = z.looseObject({ action_type: text, value: decimal.optional() });
export type ActionStat = z.infer<typeof actionStat>;
const actionStats = z.array(actionStat).optional();

export const failureWire = z.looseObject({
  error: z.looseObject({
    message: z.string().catch(''),
    code: z.number().int(),
    error_subcode: z.number().int().optional().catch(undefined),
    is_transient: z.boolean().optional().catch(undefined),
    error_user_msg: z.string().optional().catch(undefined),
  }),
});
export type FailureWire = z.infer<typeof failureWire>['error'];

export const tokenWire = z.looseObject({
  access_token: z.string().min(1),
  /** Absent for tokens that do not expire. */
  expires_in: z.number().int().optional(),
});

export const debugTokenWire = z.looseObject({
  data: z.looseObject({
    is_valid: z.boolean(),
    user_id: z.string().optional(),
    scopes: z.array(z.string()).default([]),
    /** Unix seconds; 0 for tokens that do not expire. */
    expires_at: z.number().int().optional(),
  }),
});

export const personWire = z.looseObject({ id, name: text.optional() });

/** An id that some answers give as a JSON number; it is within 2^53. */
const runId = id.or(z.number().int().positive().transform(String));

export const startedWire = z.looseObject({ report_run_id: runId });

/** Source: AdReportRun in Meta's API specification. Since v25 a failed run says why. */
export const reportRunWire = z.looseObject({
  async_status: text,
  async_percent_completion: z.number(),
  error_code: z.number().int().optional().catch(undefined),
  error_subcode: z.number().int().optional().catch(undefined),
  error_message: text.optional().catch(undefined),
});
export type ReportRunWire = z.infer<typeof reportRunWire>;

/** A list: it ends where paging.next is absent, not where a page is short or empty. */
export const listWire = z.looseObject({
  data: z.array(z.unknown()),
  paging: z
    .looseObject({
      cursors: z.looseObject({ after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional(),
});

/** A business manager. */
export const businessWire = z.looseObject({ id, name: text.optional() });
export type BusinessWire = z.infer<typeof businessWire>;

export const accountWire = z.looseObject({
  account_id: z.string().regex(/^\d+$/),
  name: text.optional(),
  account_status: z.number().int().optional(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  timezone_name: z.string().min(1),
  business: businessWire.optional(),
});
export type AccountWire = z.infer<typeof accountWire>;

export const campaignWire = z.looseObject({
  id,
  name: text.optional(),
  objective: text.optional(),
  effective_status: text.optional(),
  /** Minor units by Meta's own offsets, and absent where the ad sets hold the budgets. */
  daily_budget: z.string().optional(),
  lifetime_budget: z.string().optional(),
  start_time: z.string().optional(),
  stop_time: z.string().optional(),
  /** Left out where there is none. Source: Marketing API, Ad Label. */
  adlabels: z.array(z.looseObject({ name: text.optional() })).default([]),
});
export type CampaignWire = z.infer<typeof campaignWire>;

const reachFields = { campaign_id: id.optional(), reach: count.optional(), frequency: decimal.optional() };

export const reachWire = z.looseObject(reachFields);

/** Numbers come as texts; what is zero is left out. */
export const insightWire = z.looseObject({
  ...reachFields,
  campaign_id: id,
  campaign_name: text.optional(),
  account_currency: z.string().regex(/^[A-Z]{3}$/),
  date_start: day,
  date_stop: day,
  spend: decimal.optional(),
  impressions: count.optional(),
  clicks: count.optional(),
  inline_link_clicks: count.optional(),
  attribution_setting: text.optional(),
  actions: actionStats,
  action_values: actionStats,
  video_play_actions: actionStats,
  video_p25_watched_actions: actionStats,
  video_p50_watched_actions: actionStats,
  video_p75_watched_actions: actionStats,
  video_p100_watched_actions: actionStats,
});
export type InsightWire = z.infer<typeof insightWire>;

export const accountDayWire = insightWire.pick({
  account_currency: true,
  date_start: true,
  spend: true,
  impressions: true,
  inline_link_clicks: true,
});
export type AccountDayWire = z.infer<typeof accountDayWire>;

/** Reads a body or an item of it. Errors: a contract error that names the path of the first problem. */
export function read<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [where, ...(issue?.path ?? [])].join('.');
  throw contractError('Meta', path, issue?.message ?? 'does not fit');
}
