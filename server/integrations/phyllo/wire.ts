import { z } from 'zod';
import { contractError } from '../errors.ts';
import { toInstant, toUuid } from './values.ts';

/**
 * What Phyllo sends, as far as we read it: unknown keys pass, a missing needed field is a contract error that names its
 * path. Source: Phyllo's API reference, and live answers where the two differ.
 */

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const text = z.string().transform((value) => value.replaceAll('\0', '').toWellFormed());
/** Empty is as good as nothing. */
const told = text.nullish().transform((value) => value?.trim() || null);
/** Live answers have dashes, samples of events have none. */
const id = z.string().transform((value, ctx) => {
  const found = toUuid(value);
  if (found !== null) return found;
  ctx.addIssue({ code: 'custom', message: 'is no id' });
  return z.NEVER;
});
/** A network's own id: digits beyond 2^53 come as text; a safe number loses nothing. */
const nativeId = text
  .or(z.number().int().refine(Number.isSafeInteger, 'has lost digits').transform(String))
  .nullish()
  .transform((value) => value || null);
/** Times name no zone and are UTC. */
const instant = z.string().transform((value, ctx) => {
  const found = toInstant(value);
  if (found !== null) return found;
  ctx.addIssue({ code: 'custom', message: 'is no time' });
  return z.NEVER;
});
const someInstant = instant.nullish().transform((value) => value ?? null);
/** null: the network does not tell it. 0 is a real zero. */
const count = z
  .number()
  .int()
  .nonnegative()
  .max(Number.MAX_SAFE_INTEGER)
  .nullish()
  .transform((value) => value ?? null);

export const failureWire = z.looseObject({
  error: z.looseObject({
    type: z.string().catch(''),
    /** Live answers have `code` and `error_code`; the reference lists `error_code` alone. */
    code: z.string().optional().catch(undefined),
    error_code: z.string().optional().catch(undefined),
    message: z.string().catch(''),
  }),
});

/** No total and no next: a short page is the last. */
export const listWire = z.looseObject({ data: z.array(z.unknown()) });

export const userWire = z.looseObject({ id, external_id: z.string() });

export const tokenWire = z.looseObject({ sdk_token: z.string().min(1), expires_at: someInstant });

const status = z.looseObject({ status: z.string() });
const part = status.extend({ audience: status.nullish() }).nullish();

export const accountWire = z.looseObject({
  id,
  created_at: someInstant,
  user: z.looseObject({ id }),
  work_platform: z.looseObject({ id }),
  platform_username: told,
  /** Deprecated, and all that older answers have. */
  username: told,
  profile_pic_url: told,
  platform_profile_name: told,
  platform_profile_id: nativeId,
  status: z.string(),
  data: z
    .looseObject({
      identity: part,
      engagement: status.extend({ data_available_from: someInstant }).nullish(),
    })
    .nullish(),
});
export type AccountWire = z.infer<typeof accountWire>;

export const profileWire = z.looseObject({
  updated_at: instant,
  account: z.looseObject({ id }),
  work_platform: z.looseObject({ id }),
  platform_username: told,
  username: told,
  full_name: told,
  url: told,
  image_url: told,
  country: told,
  platform_profile_name: told,
  platform_profile_id: nativeId,
  external_id: nativeId,
  is_verified: z.boolean().nullish(),
  reputation: z
    .looseObject({
      follower_count: count,
      subscriber_count: count,
      connection_count: count,
      following_count: count,
      content_count: count,
      like_count: count,
    })
    .nullish(),
});
export type ProfileWire = z.infer<typeof profileWire>;

const share = z.number().nonnegative().max(9_999).nullish();

export const audienceWire = z.looseObject({
  updated_at: instant,
  account: z.looseObject({ id }),
  countries: z.array(z.looseObject({ code: z.string().nullish(), value: share })).nullish(),
  cities: z.array(z.looseObject({ name: told, value: share })).nullish(),
  gender_age_distribution: z
    .array(z.looseObject({ gender: z.string().nullish(), age_range: told, value: share }))
    .nullish(),
});
export type AudienceWire = z.infer<typeof audienceWire>;

const words = z
  .array(text)
  .nullish()
  .transform((value) => value ?? []);

export const contentWire = z.looseObject({
  id,
  updated_at: instant,
  account: z.looseObject({ id }),
  work_platform: z.looseObject({ id }),
  external_id: nativeId,
  title: told,
  description: told,
  format: told,
  type: told,
  url: told,
  media_url: told,
  media_urls: z.array(z.string()).nullish(),
  thumbnail_url: told,
  persistent_thumbnail_url: told,
  /** Seconds. */
  duration: z.number().nonnegative().nullish(),
  published_at: someInstant,
  hashtags: words,
  mentions: words,
  sponsored: z.looseObject({ is_sponsored: z.boolean().nullish() }).nullish(),
  engagement: z
    .looseObject({
      view_count: count,
      like_count: count,
      comment_count: count,
      share_count: count,
      repost_count: count,
      save_count: count,
      impression_organic_count: count,
      impression_paid_count: count,
      reach_organic_count: count,
      reach_paid_count: count,
    })
    .nullish(),
});
export type ContentWire = z.infer<typeof contentWire>;

export const webhookWire = z.looseObject({
  id: z.string().min(1),
  url: z.string(),
  events: z.array(z.string()).catch([]),
  is_active: z.boolean(),
});
export type WebhookWire = z.infer<typeof webhookWire>;

/** Reads a body or an item of it. Errors: a contract error that names the path of the first problem. */
export function read<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [where, ...(issue?.path ?? [])].join('.');
  throw contractError('Phyllo', path, issue?.message ?? 'does not fit');
}
