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
  parentId: z.string().nullable(),
  isAgencyAccount: z.boolean(),
  /** The platform's own word. */
  nativeStatus: z.string().nullable(),
  source: z.enum(metricSources),
  /** Its figures are invented by the sandbox. */
  isSandbox: z.boolean(),
  connectionId: z.string().nullable(),
  /** null where there is no connection, or it is not the reader's to see. */
  connectionState: z.enum(connectionStates).nullable(),
  connectedById: z.string().nullable(),
  connectedAt: z.string().nullable(),
  syncStatus: z.enum(syncStatuses),
  /** The first clock: when the last sync succeeded. */
  lastSyncedAt: z.string().nullable(),
  /** The second clock: the newest day that the figures cover. */
  newestBusinessDate: z.string().nullable(),
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

export const connectionRef = z.strictObject({ connectionId: id });

export const connection = z.object({
  id: z.string(),
  platform: z.enum(adPlatforms),
  state: z.enum(connectionStates),
  isSandbox: z.boolean(),
  nativeUserName: z.string().nullable(),
  scopes: z.array(z.string()),
  expiresAt: z.string().nullable(),
  error: z.string().nullable(),
  grantedById: z.string().nullable(),
  grantedAt: z.string(),
  adAccountCount: z.number().int(),
});
export type Connection = z.infer<typeof connection>;

/** An account that the platform showed to the person who connected, picked already or not. */
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
  adAccountId: z.string().nullable(),
  brandId: z.string().nullable(),
});
export type FoundAccount = z.infer<typeof foundAccount>;

export const foundAccounts = z.object({ connection, accounts: z.array(foundAccount) });
export type FoundAccounts = z.infer<typeof foundAccounts>;

export const pickInput = z.strictObject({
  connectionId: id,
  picks: z
    .array(z.strictObject({ nativeId: requiredText(200), brandId: id.nullish() }))
    .min(1, 'Pick at least one ad account.')
    .max(500),
});
export type PickInput = z.infer<typeof pickInput>;

export const platformStatus = z.object({
  id: z.enum(adPlatforms),
  name: z.string(),
  slug: z.string(),
  isOn: z.boolean(),
  isStandIn: z.boolean(),
  /** The settings that turn it on. */
  settings: z.array(z.string()),
});
