import { z } from 'zod';
import { adPlatforms } from '../../integrations/ad-platform.ts';
import {
  amountInput,
  expectedVersion,
  id,
  listInput,
  money,
  pageOf,
  requiredText,
  sortable,
  text,
} from '../records/schema.ts';
import { syncStatuses } from '../sync/schema.ts';

export const metricSources = ['API', 'SANDBOX', 'FILE', 'BIGQUERY'] as const;
export const connectionStates = ['CONNECTED', 'EXPIRED', 'REVOKED'] as const;

export const adAccount = z.object({
  id: z.string(),
  brandId: z.string().nullable(),
  ownerId: z.string().nullable(),
  createdById: z.string().nullable(),
  platform: z.enum(adPlatforms),
  nativeId: z.string(),
  name: z.string(),
  currency: z.string(),
  /** IANA; the account's days are of this zone. */
  timeZone: z.string(),
  /** The day that it is there: its figures are partial. */
  today: z.string(),
  /** The manager above it, where it is known here. */
  parentId: z.string().nullable(),
  /** A business manager, manager account or business centre: no figures of its own; XXX where it has no currency. */
  isManager: z.boolean(),
  isAgencyAccount: z.boolean(),
  /** The platform's own word. */
  nativeStatus: z.string().nullable(),
  /** When its platform first no longer listed it to the connection that it is read with. */
  vanishedAt: z.string().nullable(),
  /** The brands that its campaigns are shared out to by rules, of those that the reader sees. */
  brandIds: z.array(z.string()),
  source: z.enum(metricSources),
  /** Its figures are invented by the sandbox. */
  isSandbox: z.boolean(),
  connectionId: z.string().nullable(),
  /** null where there is no connection, or it is not the reader's to see. */
  connectionState: z.enum(connectionStates).nullable(),
  /** Who allowed access: a user here, and as whom at the platform. null where the connection is not the reader's to see. */
  grantedBy: z.object({ userId: z.string().nullable(), nativeUserName: z.string().nullable() }).nullable(),
  /** null: it does not expire, is renewed by itself, the platform does not say, or it is not the reader's to see. */
  grantExpiresAt: z.string().nullable(),
  connectedById: z.string().nullable(),
  connectedAt: z.string().nullable(),
  syncStatus: z.enum(syncStatuses),
  /** The first clock: when the last sync succeeded. */
  lastSyncedAt: z.string().nullable(),
  /** The second clock: the newest day that the figures cover. */
  newestBusinessDate: z.string().nullable(),
  /** The second clock is behind: by nine in its own day an account's figures should cover yesterday. */
  isLate: z.boolean(),
  /** The oldest day that was brought in; null before a backfill has ended. */
  backfilledFrom: z.string().nullable(),
  /** What went wrong and what to do. The figures of before stand. */
  syncError: z.string().nullable(),
  dailyLimit: money.nullable(),
  monthlyLimit: money.nullable(),
  isActive: z.boolean(),
  version: z.number().int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type AdAccount = z.infer<typeof adAccount>;

export const adAccountPage = pageOf(adAccount);

export const listAdAccountsInput = z.strictObject({
  ...listInput,
  sort: z.enum(sortable).default('name'),
  platform: z.enum(adPlatforms).optional(),
  brandId: id.optional(),
  ownerId: id.optional(),
  connectionId: id.optional(),
});
export type ListAdAccountsInput = z.infer<typeof listAdAccountsInput>;

export const treeInput = z.strictObject({
  q: text(200).optional(),
  platform: z.enum(adPlatforms).optional(),
  brandId: id.optional(),
  connectionId: id.optional(),
});
export type TreeInput = z.infer<typeof treeInput>;

/** A line of the tree. Lines come in the order in which they are drawn: each below its parent, by name. */
export const adAccountNode = adAccount.extend({
  /** 0 at the top. */
  depth: z.number().int(),
  /** Lines directly below it. */
  childCount: z.number().int(),
  /** Ad accounts anywhere below it, managers not counted. */
  accountCount: z.number().int(),
});
export type AdAccountNode = z.infer<typeof adAccountNode>;

export const adAccountTree = z.object({ nodes: z.array(adAccountNode), accountCount: z.number().int() });
export type AdAccountTree = z.infer<typeof adAccountTree>;

export const adAccountRef = z.strictObject({ adAccountId: id });

export const updateAdAccountInput = z.strictObject({
  adAccountId: id,
  name: requiredText().optional(),
  brandId: id.nullish(),
  ownerId: id.nullish(),
  isAgencyAccount: z.boolean().optional(),
  /** In the account's currency. */
  dailyLimit: amountInput.nullish(),
  monthlyLimit: amountInput.nullish(),
  /** true stops its syncs, false starts them again. */
  isPaused: z.boolean().optional(),
  expectedVersion,
});
export type UpdateAdAccountInput = z.infer<typeof updateAdAccountInput>;

/** A path of this site: never another host, however it is written. */
const returnTo = text(500).regex(/^\/(?![/\\])[^\\\s]*$/, 'This is no address within SpokeStack.');

export const connectInput = z.strictObject({ platform: z.enum(adPlatforms), returnTo: returnTo.optional() });
export type ConnectInput = z.infer<typeof connectInput>;

export const callbackInput = z.strictObject({
  platform: z.enum(adPlatforms),
  state: text(500).optional(),
  code: text(4000).optional(),
  /** What the platform says where the person refused. */
  error: text(500).optional(),
});
export type CallbackInput = z.infer<typeof callbackInput>;

/** States of reconnect links begin with this, so that a callback knows which door they came out of. */
const LINK_STATE = 'link.';

export function linkState(random: string): string {
  return LINK_STATE + random;
}

export function isLinkState(state: string | undefined): boolean {
  return state?.startsWith(LINK_STATE) ?? false;
}

export const connectionRef = z.strictObject({ connectionId: id });

export const connection = z.object({
  id: z.string(),
  platform: z.enum(adPlatforms),
  state: z.enum(connectionStates),
  isSandbox: z.boolean(),
  nativeUserName: z.string().nullable(),
  /** What was allowed. */
  scopes: z.array(z.string()),
  /** What was asked for and not allowed. */
  missingScopes: z.array(z.string()),
  /** null: it does not expire, the platform does not say, or it is renewed by itself. */
  expiresAt: z.string().nullable(),
  isRenewed: z.boolean(),
  error: z.string().nullable(),
  /** Who connected; with `isByLink` who made the link that somebody else used. */
  grantedById: z.string().nullable(),
  grantedAt: z.string(),
  isByLink: z.boolean(),
  /** When the platform was last asked for its ad accounts. */
  accountsListedAt: z.string().nullable(),
  /** Ad accounts in use that read through it. */
  adAccountCount: z.number().int(),
  /** Ad accounts that it shows and that are not in use. */
  unassignedCount: z.number().int(),
  /** When a sync through it last succeeded. */
  lastSyncedAt: z.string().nullable(),
});
export type Connection = z.infer<typeof connection>;

/** An account, or a manager above some, that a connection shows, in use here or not. */
export const foundAccount = z.object({
  nativeId: z.string(),
  name: z.string(),
  /** A business manager, manager account or business centre: nothing to pick, what is below it is. */
  isManager: z.boolean(),
  parentNativeId: z.string().nullable(),
  loginNativeId: z.string().nullable(),
  currency: z.string().nullable(),
  timeZone: z.string().nullable(),
  nativeStatus: z.string().nullable(),
  isUsable: z.boolean(),
  holderName: z.string().nullable(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  /** When the platform first no longer listed it. */
  vanishedAt: z.string().nullable(),
  adAccountId: z.string().nullable(),
  brandId: z.string().nullable(),
  /** The connection through which it is in use; null where it is not, or through none. */
  usedThrough: z.object({ connectionId: z.string(), state: z.enum(connectionStates).nullable() }).nullable(),
});
export type FoundAccount = z.infer<typeof foundAccount>;

export const foundAccounts = z.object({ connection, accounts: z.array(foundAccount) });
export type FoundAccounts = z.infer<typeof foundAccounts>;

/** The found accounts of one connection, with what tells it from others. */
const ofConnection = z.object({
  connectionId: z.string(),
  platform: z.enum(adPlatforms),
  nativeUserName: z.string().nullable(),
  state: z.enum(connectionStates),
  accounts: z.array(foundAccount),
});
export type FoundByConnection = z.infer<typeof ofConnection>;

/** Ad accounts that nobody gave a place yet. `found`: shown by a connection and not in use. */
export const unassignedAccounts = z.object({
  found: z.array(ofConnection),
  /** In use, of no brand and without rules that share its campaigns out. */
  withoutBrand: z.array(adAccount),
});
export type UnassignedAccounts = z.infer<typeof unassignedAccounts>;

/** What its platform no longer lists. */
export const vanishedAccounts = z.object({ inUse: z.array(adAccount), found: z.array(ofConnection) });
export type VanishedAccounts = z.infer<typeof vanishedAccounts>;

export const pickInput = z.strictObject({
  connectionId: id,
  picks: z
    .array(z.strictObject({ nativeId: requiredText(200), brandId: id.nullish() }))
    .min(1, 'Pick at least one ad account.')
    .max(500),
});
export type PickInput = z.infer<typeof pickInput>;

const accountIds = z.array(id).min(1, 'Choose at least one ad account.').max(500, 'At most 500 at a time.');

export const syncManyInput = z.strictObject({ adAccountIds: accountIds });
export const pauseManyInput = z.strictObject({ adAccountIds: accountIds, isPaused: z.boolean() });

/** One of several accounts that was left as it is. */
const skippedAccount = z.object({ adAccountId: z.string(), name: z.string(), reason: z.string() });
export type SkippedAccount = z.infer<typeof skippedAccount>;

export const changedMany = z.object({ doneCount: z.number().int(), skipped: z.array(skippedAccount) });
export type ChangedMany = z.infer<typeof changedMany>;

export const accountUseInput = z.strictObject({ adAccountId: id, expectedVersion });

export const spendInput = z.strictObject({ adAccountId: id.optional() });

/** Spending is exact to the micro, finer than an amount that people send. */
const spent = z.object({ amount: z.string(), currency: z.string() });

/** What an account spent, in its own currency and its own days. */
export const accountSpend = z.object({
  adAccountId: z.string(),
  /** The day that is today there. */
  day: z.string(),
  today: spent,
  /** From the first of that day's month on. */
  month: spent,
  /** false: of the campaigns that the reader sees, which need not be all. */
  isWhole: z.boolean(),
});
export type AccountSpend = z.infer<typeof accountSpend>;

export const platformStatus = z.object({
  id: z.enum(adPlatforms),
  name: z.string(),
  slug: z.string(),
  isOn: z.boolean(),
  isStandIn: z.boolean(),
  /** The settings that turn it on. */
  settings: z.array(z.string()),
});

/** A link by which somebody without an account here gives a connection its access back. Its secret is shown once. */
export const reconnectLink = z.object({
  id: z.string(),
  connectionId: z.string(),
  state: z.enum(['OPEN', 'USED', 'EXPIRED', 'REVOKED']),
  createdById: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  usedAt: z.string().nullable(),
});
export type ReconnectLink = z.infer<typeof reconnectLink>;

export const newReconnectLink = reconnectLink.extend({ url: z.string() });
export type NewReconnectLink = z.infer<typeof newReconnectLink>;

export const reconnectLinksInput = z.strictObject({ connectionId: id.optional() });

export const reconnectLinkRef = z.strictObject({ reconnectLinkId: id });

/** The secret of a link, of whoever was given it. Any text: what is none opens nothing, and is told nothing else. */
export const reconnectToken = z.strictObject({ token: z.string() });

/** What somebody is told who opens a link: enough to decide, and nothing else of the agency. */
export const reconnectInvitation = z.object({
  agencyName: z.string(),
  platform: z.enum(adPlatforms),
  platformName: z.string(),
  accountNames: z.array(z.string()),
  accountCount: z.number().int(),
  /** Who made the link. */
  askedBy: z.string().nullable(),
  expiresAt: z.string(),
  /** The agency's, in which the times are told. */
  timeZone: z.string(),
});
export type ReconnectInvitation = z.infer<typeof reconnectInvitation>;

/** `nonce` goes to a cookie of this browser alone. */
export const reconnectBegun = z.object({ authorizationUrl: z.string(), nonce: z.string() });

/** What somebody is told whose reconnecting worked. */
export const reconnectDone = z.object({ platformName: z.string(), adAccountCount: z.number().int() });

export const reconnectCallbackInput = callbackInput.extend({ nonce: text(500).optional() });
export type ReconnectCallbackInput = z.infer<typeof reconnectCallbackInput>;
