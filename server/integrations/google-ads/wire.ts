import { z } from 'zod';
import { contractError } from '../errors.ts';

/**
 * What the Google Ads API sends over REST, as far as we read it: unknown keys pass, a missing needed field is a contract
 * error that names its path. int64 comes as text, doubles as numbers, and a field that is not set, zero among them, may
 * be left out. Source: discovery document of v25; proto3 JSON mapping.
 */

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const text = z.string().transform((value) => value.replaceAll('\0', '').toWellFormed());
/** An id that came as a JSON number may have lost digits already. */
const id = z.string().regex(/^\d{1,20}$/);
const int64 = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .or(z.number().int().refine(Number.isSafeInteger).transform(String));
const count = int64
  .transform(Number)
  .refine((value) => value >= 0 && Number.isSafeInteger(value), 'is beyond what a count holds');
const double = z.number();
const day = z.iso.date();

/** Only what was selected comes, and of that only what is set: left out means zero. */
const zeroCount = count.default(0);
const zeroMicros = int64.default('0');
const zeroDouble = double.default(0);

export const tokenWire = z.looseObject({
  access_token: z.string().min(1),
  /** Seconds. */
  expires_in: z.number().int().positive(),
  /** On the first consent, or with prompt=consent; a refresh brings one only where it replaces the old. */
  refresh_token: z.string().min(1).optional(),
  /** What was granted, with spaces between. */
  scope: z.string().default(''),
  id_token: z.string().optional(),
});

/** The claims of an id token. Source: OpenID Connect Core, section 2. */
export const identityWire = z.looseObject({
  sub: z.string().min(1).max(255),
  aud: z.string(),
  email: text.optional(),
});

export const accessibleWire = z.looseObject({
  resourceNames: z.array(z.string().regex(/^customers\/\d+$/)).default([]),
});

/** A page of `search`; without a nextPageToken it is the last one. */
export const pageWire = z.looseObject({
  results: z.array(z.unknown()).default([]),
  nextPageToken: z.string().optional(),
});

/** The whole answer of `searchStream`: an array of batches, empty where nothing was found. */
export const streamWire = z.array(z.looseObject({ results: z.array(z.unknown()).default([]) }));

const customerFields = {
  id,
  descriptiveName: text.optional(),
  currencyCode: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  timeZone: z.string().min(1).optional(),
  manager: z.boolean().default(false),
  status: text.optional(),
};

export const customerRowWire = z.looseObject({ customer: z.looseObject(customerFields) });
export const clientRowWire = z.looseObject({ customerClient: z.looseObject(customerFields) });
export type CustomerWire = z.infer<typeof customerRowWire>['customer'];

export const campaignRowWire = z.looseObject({
  campaign: z.looseObject({
    id,
    name: text.optional(),
    status: text.optional(),
    advertisingChannelType: text.optional(),
    /** `yyyy-MM-dd HH:mm:ss` in the customer's zone. */
    startDateTime: z.string().optional(),
    endDateTime: z.string().optional(),
    /** Resource names, `customers/1/labels/2`; left out where there is none. */
    labels: z.array(z.string()).default([]),
  }),
  campaignBudget: z
    .looseObject({
      amountMicros: int64.optional(),
      totalAmountMicros: int64.optional(),
      explicitlyShared: z.boolean().default(false),
    })
    .optional(),
});
export const labelRowWire = z.looseObject({
  label: z.looseObject({ resourceName: z.string(), name: text.default('') }),
});

export type CampaignRowWire = z.infer<typeof campaignRowWire>;

const delivery = {
  costMicros: zeroMicros,
  impressions: zeroCount,
  clicks: zeroCount,
};

export const dailyRowWire = z.looseObject({
  campaign: z.looseObject({
    id,
    name: text.optional(),
    advertisingChannelType: text.optional(),
  }),
  customer: z.looseObject({ currencyCode: z.string().regex(/^[A-Z]{3}$/) }),
  segments: z.looseObject({ date: day }),
  metrics: z
    .looseObject({
      ...delivery,
      conversions: zeroDouble,
      conversionsValue: zeroDouble,
      allConversions: zeroDouble,
      allConversionsValue: zeroDouble,
      viewThroughConversions: zeroCount,
      videoTrueviewViews: zeroCount,
      videoQuartileP25Rate: zeroDouble,
      videoQuartileP50Rate: zeroDouble,
      videoQuartileP75Rate: zeroDouble,
      videoQuartileP100Rate: zeroDouble,
    })
    .prefault({}),
});
export type DailyRowWire = z.infer<typeof dailyRowWire>;

export const accountDayRowWire = z.looseObject({
  customer: z.looseObject({ currencyCode: z.string().regex(/^[A-Z]{3}$/) }),
  segments: z.looseObject({ date: day }),
  metrics: z.looseObject(delivery).prefault({}),
});
export type AccountDayRowWire = z.infer<typeof accountDayRowWire>;

export const reachRowWire = z.looseObject({
  campaign: z.looseObject({ id }),
  metrics: z
    .looseObject({
      impressions: zeroCount,
      uniqueUsers: count.optional(),
      averageImpressionFrequencyPerUser: double.optional(),
    })
    .prefault({}),
});
export type ReachRowWire = z.infer<typeof reachRowWire>;

/** One error of a GoogleAdsFailure: its code has exactly one key, the family. */
const adsErrorWire = z.looseObject({
  errorCode: z.record(z.string(), z.string()).catch({}),
  message: z.string().catch(''),
  details: z
    .looseObject({
      quotaErrorDetails: z
        .looseObject({ rateScope: z.string().optional(), retryDelay: z.string().optional() })
        .optional(),
    })
    .optional()
    .catch(undefined),
});

/** The details of a refusal: a GoogleAdsFailure, an ErrorInfo or a RetryInfo; none where only the sign-in failed. */
const detailWire = z.looseObject({
  errors: z.array(adsErrorWire).optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  retryDelay: z.string().optional().catch(undefined),
});

export const failureWire = z.looseObject({
  error: z.looseObject({
    code: z.number().int().optional().catch(undefined),
    message: z.string().catch(''),
    status: z.string().catch(''),
    details: z.array(detailWire).catch([]),
  }),
});
export type FailureWire = z.infer<typeof failureWire>['error'];

/** The token endpoint's own form. Source: RFC 6749, section 5.2. */
export const oauthFailureWire = z.looseObject({
  error: z.string(),
  error_description: z.string().catch(''),
});
export type OauthFailureWire = z.infer<typeof oauthFailureWire>;

/** Reads a body or a row of it. Errors: a contract error that names the path of the first problem. */
export function read<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [where, ...(issue?.path ?? [])].join('.');
  throw contractError('Google Ads', path, issue?.message ?? 'does not fit');
}
