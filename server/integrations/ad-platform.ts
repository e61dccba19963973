import { z } from 'zod';
import type { Secret } from '../kernel/crypto.ts';

/**
 * What the product needs of an advertising platform, in the product's own words. Each platform's folder turns what its
 * vendor sends into these types; nothing behind this file knows a vendor's names, units or error codes.
 */
export const adPlatforms = [
  'META',
  'GOOGLE',
  'TIKTOK',
  'SNAPCHAT',
  'LINKEDIN',
  'TWITTER',
  'PINTEREST',
  'AMAZON',
  'DV360',
] as const;
export type AdPlatformId = (typeof adPlatforms)[number];

/** What is true of a platform whoever connects it. */
export interface PlatformFacts {
  id: AdPlatformId;
  /** As people call it. */
  name: string;
  /** The last segment of its callback address, /oauth/<slug>/callback. */
  slug: string;
  /** The settings that turn it on, as .env.example lists them. */
  settings: readonly string[];
  /** Without these nothing can be read; a person may untick any of them. */
  requiredScopes: readonly string[];
  /** Whether the authorization address takes a PKCE challenge (RFC 7636). */
  takesPkce: boolean;
  /** A day's figures may still change until it is this many days old. */
  restatementDays: number;
  /** Older days are refused by the platform. */
  maxHistoryMonths: number;
}

/** What a person allowed at a platform. */
export interface Grant {
  accessToken: Secret;
  refreshToken: Secret | null;
  /** null: it does not expire, or the platform does not say. */
  expiresAt: Date | null;
  scopes: readonly string[];
  nativeUserId: string;
  nativeUserName: string | null;
}

/** What a call is made with. */
export interface Access {
  accessToken: Secret;
  nativeUserId: string;
  /** Ends the calls, and the waiting between them, when the process stops or the lease is lost. */
  signal?: AbortSignal | undefined;
}

const currency = z.string().regex(/^[A-Z]{3}$/);
const day = z.iso.date();
const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,12})?$/);
const text = z.string().max(4000);

/** An ad account as its platform lists it. */
export const accountListing = z.strictObject({
  nativeId: text.min(1),
  name: text,
  currency,
  /** IANA. Its days are what every figure of the account is dated by. */
  timeZone: text.min(1),
  /** The platform's own word. */
  nativeStatus: text.nullable(),
  /** False where the platform delivers nothing more there; its history is still read. */
  isUsable: z.boolean(),
  /** The business or manager that holds it. */
  holderName: text.nullable(),
});
export type AccountListing = z.infer<typeof accountListing>;

export const objectives = [
  'AWARENESS',
  'REACH',
  'TRAFFIC',
  'ENGAGEMENT',
  'APP_INSTALLS',
  'VIDEO_VIEWS',
  'LEAD_GENERATION',
  'CONVERSIONS',
  'CATALOG_SALES',
  'STORE_TRAFFIC',
] as const;
export type Objective = (typeof objectives)[number];

/** A campaign as its platform lists it. Money in major units of the account's currency. */
export const campaignListing = z.strictObject({
  nativeId: text.min(1),
  name: text,
  objective: z.enum(objectives).nullable(),
  nativeObjective: text.nullable(),
  nativeStatus: text.nullable(),
  startsOn: day.nullable(),
  endsOn: day.nullable(),
  dailyBudget: decimal.nullable(),
  lifetimeBudget: decimal.nullable(),
});
export type CampaignListing = z.infer<typeof campaignListing>;

/**
 * One campaign's figures of one day in the account's own zone. Money and conversions are decimal strings, exact;
 * null is what the platform did not say, 0 what it says is none. A day without delivery is no row.
 */
export const dailyMetric = z.strictObject({
  nativeCampaignId: text.min(1),
  campaignName: text,
  date: day,
  currency,
  spend: decimal,
  impressions: count,
  /** To the advertiser's own destination, where the platform tells those apart. */
  clicks: count,
  conversions: decimal,
  conversionValue: decimal,
  videoViews25: count.nullable(),
  videoViews50: count.nullable(),
  videoViews75: count.nullable(),
  videoViews100: count.nullable(),
  videoStarts: count.nullable(),
  /** Of that day alone: never summed. */
  reach: count.nullable(),
  frequency: decimal.nullable(),
  attributionSetting: text.nullable(),
  /** What the platform sent beside it, for whoever asks where a figure comes from. */
  platformData: z.record(z.string(), z.unknown()).nullable(),
});
export type DailyMetric = z.infer<typeof dailyMetric>;

/** Reach and frequency of one period, as the platform gave them for it. `nativeCampaignId` null: the whole account. */
export const periodReach = z.strictObject({
  nativeCampaignId: text.nullable(),
  reach: count.nullable(),
  frequency: decimal.nullable(),
});
export type PeriodReach = z.infer<typeof periodReach>;

/** What is needed to ask for an account's figures. */
export interface AccountRef {
  nativeId: string;
  currency: string;
  timeZone: string;
}

/** Business days of the account's own zone, both included. */
export interface DayRange {
  from: string;
  to: string;
}

export interface AuthorizationRequest {
  state: string;
  redirectUri: string;
  codeChallenge?: string | undefined;
}

export interface CodeExchange {
  code: string;
  redirectUri: string;
  codeVerifier?: string | undefined;
}

/**
 * One platform. Every method throws PlatformError and nothing else for what the platform does; pages are walked to
 * their end or the call fails, so that an answer is complete.
 */
export interface AdPlatform extends PlatformFacts {
  /** True where a stand-in answers in the platform's place: its figures are marked. */
  isStandIn: boolean;
  /** Where the person is sent to allow access. */
  authorizationUrl(request: AuthorizationRequest): string;
  exchangeCode(exchange: CodeExchange): Promise<Grant>;
  /** Ends the grant at the platform. A grant that is dead already counts as ended. */
  revoke(access: Access): Promise<void>;
  listAccounts(access: Access): AsyncIterable<AccountListing[]>;
  listCampaigns(access: Access, account: AccountRef): AsyncIterable<CampaignListing[]>;
  dailyMetrics(access: Access, account: AccountRef, range: DayRange): AsyncIterable<DailyMetric[]>;
  /** The account's reach and that of each campaign with delivery in the period. */
  periodReach(access: Access, account: AccountRef, period: DayRange): Promise<PeriodReach[]>;
}
