import { z } from 'zod';

/**
 * What the product needs of a service that reads creators' accounts with their consent (Phyllo), in the product's own
 * words. The vendor's names, units and error codes stay behind this file. Unknown is null and never 0.
 */
export const socialPlatforms = [
  'INSTAGRAM',
  'TIKTOK',
  'YOUTUBE',
  'TWITTER',
  'LINKEDIN',
  'SNAPCHAT',
  'PINTEREST',
  'TWITCH',
  'FACEBOOK',
] as const;
export type SocialPlatform = (typeof socialPlatforms)[number];

export const contentTypes = [
  'POST',
  'STORY',
  'REEL',
  'VIDEO',
  'SHORT',
  'CAROUSEL',
  'LIVE',
  'TWEET',
  'THREAD',
] as const;
export type ContentType = (typeof contentTypes)[number];

/** Dashed, in lower case, however the vendor wrote it. */
const id = z.uuid();
const instant = z.date();
const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const text = z.string();
/** 0 to 100, exact; sums are not 100. */
const percent = z.string().regex(/^\d{1,4}(\.\d{1,12})?$/);

/** Whether a product's figures are there: a connected account has none until they are SYNCED. */
export const networkSync = z.enum([
  'SYNCED',
  'PARTIAL',
  'IN_PROGRESS',
  'NOT_SYNCED',
  'NOT_SUPPORTED',
  'UNKNOWN',
]);
export type NetworkSync = z.infer<typeof networkSync>;

/** An account that a creator let us read. */
export const networkAccount = z.strictObject({
  accountId: id,
  /** The vendor's user that holds it: the proof of whose it is. */
  userId: id,
  /** null: a network that the product does not know. */
  platform: z.enum(socialPlatforms).nullable(),
  handle: text.nullable(),
  nativeId: text.nullable(),
  imageUrl: text.nullable(),
  /** EXPIRED: the creator must sign in again; nothing on our side refreshes it. */
  state: z.enum(['CONNECTED', 'DISCONNECTED', 'EXPIRED', 'UNKNOWN']),
  profileSync: networkSync,
  audienceSync: networkSync,
  contentsSync: networkSync,
  /** Contents are there from this moment on, where the vendor says. */
  contentsFrom: instant.nullable(),
  connectedAt: instant.nullable(),
});
export type NetworkAccount = z.infer<typeof networkAccount>;

/** A profile as its network shows it now. */
export const networkProfile = z.strictObject({
  accountId: id,
  platform: z.enum(socialPlatforms).nullable(),
  handle: text.nullable(),
  nativeId: text.nullable(),
  name: text.nullable(),
  url: text.nullable(),
  imageUrl: text.nullable(),
  isVerified: z.boolean().nullable(),
  country: text.nullable(),
  /** Followers, else subscribers, else connections: networks count them under different names. */
  followers: count.nullable(),
  following: count.nullable(),
  posts: count.nullable(),
  /** Of all posts together, where the network tells it (TikTok). */
  likes: count.nullable(),
  updatedAt: instant,
});
export type NetworkProfile = z.infer<typeof networkProfile>;

/** Who follows an account, as its network estimates it. */
export const networkAudience = z.strictObject({
  accountId: id,
  countries: z.array(z.strictObject({ code: z.string().regex(/^[A-Z]{2}$/), percent })),
  cities: z.array(z.strictObject({ name: text, percent })),
  genderAges: z.array(
    z.strictObject({
      gender: z.enum(['FEMALE', 'MALE', 'OTHER']),
      /** 13-17, 18-24 … 65+. */
      ageRange: text,
      percent,
    }),
  ),
  updatedAt: instant,
});
export type NetworkAudience = z.infer<typeof networkAudience>;

/** One published piece with its figures as the vendor knows them. */
export const networkContent = z.strictObject({
  contentId: id,
  accountId: id,
  nativeId: text,
  type: z.enum(contentTypes),
  url: text.nullable(),
  title: text.nullable(),
  caption: text.nullable(),
  /** Without # and @, in lower case: what the network lists and what the caption holds. */
  hashtags: z.array(text),
  mentions: z.array(text),
  /** The network's paid-partnership label; null where it does not tell. */
  isLabelledSponsored: z.boolean().nullable(),
  durationSeconds: z.number().int().nonnegative().nullable(),
  /** Lasting; the signed ones are in `mediaUrl`. */
  thumbnailUrl: text.nullable(),
  /** Signed by the network and soon dead: to copy from at once, never to keep. */
  mediaUrl: text.nullable(),
  publishedAt: instant.nullable(),
  /** When the piece goes by itself: 24 hours after a story. */
  expiresAt: instant.nullable(),
  views: count.nullable(),
  likes: count.nullable(),
  comments: count.nullable(),
  shares: count.nullable(),
  saves: count.nullable(),
  reach: count.nullable(),
  impressions: count.nullable(),
  updatedAt: instant,
});
export type NetworkContent = z.infer<typeof networkContent>;

/** What the vendor calls of our address. */
export interface NetworkWebhook {
  webhookId: string;
  url: string;
  events: readonly string[];
  /** False once the vendor gave up on us: it stays silent until told to go on. */
  isActive: boolean;
}

/** What a browser needs to open the vendor's connect window. */
export interface ConnectSession {
  userId: string;
  token: string;
  expiresAt: Date | null;
  environment: 'sandbox' | 'staging' | 'production';
  /** The vendor's name of one network; null lets the creator choose. */
  workPlatformId: string | null;
  scriptUrl: string;
}

interface CallOptions {
  signal?: AbortSignal | undefined;
}

/**
 * Reads creators' accounts. Errors of every call: PlatformError (retry, reauthorize, skip, stop; an account that is
 * gone is `skip`), and a contract error naming the path where an answer is not what was agreed.
 */
export interface CreatorNetwork {
  /** As people call it. */
  readonly name: string;
  readonly isStandIn: boolean;
  /** The vendor's user of a creator, made once however often it is asked: `externalId` is the creator's id of ours. */
  ensureUser(creator: { externalId: string; name: string }, options?: CallOptions): Promise<string>;
  connectSession(
    request: { userId: string; platform: SocialPlatform | null },
    options?: CallOptions,
  ): Promise<ConnectSession>;
  /** Whether the connect window offers this network. */
  supports(platform: SocialPlatform): boolean;
  account(accountId: string, options?: CallOptions): Promise<NetworkAccount>;
  accounts(userId: string, options?: CallOptions): Promise<NetworkAccount[]>;
  disconnect(accountId: string, options?: CallOptions): Promise<void>;
  /** null while nothing is synced yet. */
  profile(accountId: string, options?: CallOptions): Promise<NetworkProfile | null>;
  /** null where the network tells none, or not yet. */
  audience(accountId: string, options?: CallOptions): Promise<NetworkAudience | null>;
  /** Page by page, newest first or not; days are UTC, inclusive. */
  contents(
    accountId: string,
    range: { from: string | null; to: string | null },
    options?: CallOptions,
  ): AsyncIterable<NetworkContent[]>;
  /** At most 100 ids; those that are gone are absent from the answer. */
  contentsByIds(contentIds: readonly string[], options?: CallOptions): Promise<NetworkContent[]>;
  /** Asks the vendor to fetch anew; the answer comes by webhook. */
  refresh(accountId: string, what: 'PROFILE' | 'CONTENTS', options?: CallOptions): Promise<void>;
  /** Asks for what is older than the vendor holds; the answer comes by webhook. `from`: a UTC day. */
  fetchHistory(accountId: string, from: string, options?: CallOptions): Promise<void>;
  webhooks(options?: CallOptions): Promise<NetworkWebhook[]>;
  /** Makes or mends our registration at `url`: its events, and that it is active. */
  ensureWebhook(url: string, options?: CallOptions): Promise<NetworkWebhook>;
}
