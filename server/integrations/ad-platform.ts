import { z } from 'zod';
import type { Secret } from '../kernel/crypto.ts';
import type { LeadSource } from './lead-source.ts';

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
  /** A day's figures may still change until it is this many days old, where the agency sets nothing else. */
  restatementDays: number;
  /** Older days are refused by the platform. */
  maxHistoryMonths: number;
  /** How many days are fetched and replaced as one: within what the platform answers at once. */
  sliceDays: number;
  /** The longest period that it gives a reach for, in days; null where any. */
  maxReachDays: number | null;
  /** What it allows, shared by every process. null: it states no number and is paced by its own headers. */
  limits: { application: CallLimit | null; account: CallLimit | null };
}

/** A token bucket: `burst` calls at once, then `perSecond` calls a second. */
export interface CallLimit {
  burst: number;
  perSecond: number;
}

/** On whose behalf is called: limits are shared evenly between agencies, and background work stands behind the rest. */
export interface Caller {
  organizationId: string;
  isBackground: boolean;
  /** Hears of each call that is sent, repeats included. */
  onCall?: (() => void) | undefined;
  /** Told of each call that is about to be made again. */
  onRepeat?: (() => void) | undefined;
}

/** What a person allowed at a platform. */
export interface Grant {
  accessToken: Secret;
  refreshToken: Secret | null;
  /** null: it does not expire, or the platform does not say. */
  expiresAt: Date | null;
  /** What was allowed; it may be less than what was asked for. */
  scopes: readonly string[];
  nativeUserId: string;
  nativeUserName: string | null;
}

/** What a refresh gave. */
export interface RefreshedGrant {
  accessToken: Secret;
  /** null: the refresh token that was sent stays the one. */
  refreshToken: Secret | null;
  expiresAt: Date | null;
}

/** What is ended at the platform; the jobs alone hold these. */
export interface HeldGrant {
  accessToken: Secret;
  refreshToken: Secret | null;
  nativeUserId: string;
}

/** What a call is made with. */
export interface Access {
  accessToken: Secret;
  nativeUserId: string;
  caller?: Caller | undefined;
  /** Ends the calls, and the waiting between them, when the process stops or the lease is lost. */
  signal?: AbortSignal | undefined;
}

const currency = z.string().regex(/^[A-Z]{3}$/);
const day = z.iso.date();
const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,12})?$/);
const text = z.string().max(4000);

/** An ad account, or a manager above some, as its platform lists it. */
export const accountListing = z.strictObject({
  nativeId: text.min(1),
  name: text,
  /** A business manager, manager account or business centre: it holds ad accounts and has no figures of its own. */
  isManager: z.boolean(),
  /** The manager directly above it, listed in the same answer; null at the top. */
  parentNativeId: text.nullable(),
  /** The manager that calls name so as to reach it (Google's login-customer-id); null where it is reached directly. */
  loginNativeId: text.nullable(),
  /** null for a manager that has none. */
  currency: currency.nullable(),
  /** IANA. Its days are what every figure of the account is dated by. null for a manager that has none. */
  timeZone: text.min(1).nullable(),
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
  /** As people sort by at the platform; empty where there is none, or the platform knows no such thing. */
  labels: z.array(text.min(1)),
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
  conversions: decimal.nullable(),
  conversionValue: decimal.nullable(),
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

/** An account's own figures of one day, to hold against the sum of its campaigns. */
export const accountDay = z.strictObject({
  date: day,
  currency,
  spend: decimal,
  impressions: count,
  clicks: count,
});
export type AccountDay = z.infer<typeof accountDay>;

/** What is needed to ask for an account's figures. */
export interface AccountRef {
  nativeId: string;
  /** The manager through which this grant reaches it; null where directly. */
  loginNativeId: string | null;
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
 * An asynchronous report outlives the process that asked for it: its id is kept, so that whoever goes on asks for no
 * second one. A platform that answers at once leaves it alone.
 */
export interface ReportKeeper {
  /** The report that is under way, or null. */
  readonly reportId: string | null;
  /** Keeps the id before it is waited for; null once the report was read to its end or is of no use. */
  keep(reportId: string | null): Promise<void>;
}

export interface DailyMetricsRequest {
  range: DayRange;
  report?: ReportKeeper | undefined;
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
  /** null where its tokens are not refreshed: they last, or the person connects again. */
  refresh: ((refreshToken: Secret) => Promise<RefreshedGrant>) | null;
  /** Ends the grant at the platform. A grant that is dead already counts as ended. */
  revoke(grant: HeldGrant): Promise<void>;
  /** Ad accounts and the managers above them, each once; a parent stands in the same answer. */
  listAccounts(access: Access): AsyncIterable<AccountListing[]>;
  listCampaigns(access: Access, account: AccountRef): AsyncIterable<CampaignListing[]>;
  /**
   * Daily rows of every campaign with delivery. Errors beside the others: `retry` with `isPending` while the platform
   * still works on a report whose id is kept.
   */
  dailyMetrics(
    access: Access,
    account: AccountRef,
    request: DailyMetricsRequest,
  ): AsyncIterable<DailyMetric[]>;
  /** The account's own totals by day, asked for apart from its campaigns. A day without delivery is no row. */
  accountDays(access: Access, account: AccountRef, range: DayRange): AsyncIterable<AccountDay[]>;
  /** The account's reach and that of each campaign with delivery in the period. */
  periodReach(access: Access, account: AccountRef, period: DayRange): Promise<PeriodReach[]>;
  /** Where its leads are read from it; absent where they come whole, or not at all. */
  leads?: LeadSource;
}
