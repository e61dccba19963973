import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorPlatforms, SocialPlatform } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import type { NetworkAccount } from '../../integrations/creator-network.ts';
import { AppError } from '../../kernel/errors.ts';
import { notify } from '../records/notify.ts';
import { expiryOf, isLive, isLoss, stateAfter, stateByTime } from './connection-rules.ts';
import { lockPlatform } from './ingest.ts';
import { asClaimed, claimed, claimedBy, REFUSED_FIELD, refusedAccount } from './refused-account.ts';
import { tellOfAccount } from './tell.ts';

export interface AdoptRequest {
  creatorId: string;
  account: NetworkAccount;
  /** When the creator allowed it, as far as is known. */
  connectedAt: Date;
}

export interface Adopted {
  creatorPlatformId: string;
  /** It was not connected before: its figures are due. */
  isNew: boolean;
}

/**
 * Makes a connected account one of a creator's: the one that it was before, the one of that handle that somebody wrote by
 * hand, or a new one. The account's user must have been compared with the creator's before.
 * Errors, both as isRefusedAccount: `conflict` where another creator of the agency has it, named to whoever sees that one;
 * `unprocessable` for a network that we do not know.
 */
export async function adoptAccount(
  tx: TenantTx,
  principal: Principal,
  { creatorId, account, connectedAt }: AdoptRequest,
): Promise<Adopted> {
  const { platform } = account;
  if (platform === null)
    throw refusedAccount('unprocessable', 'This network is not one that SpokeStack knows.');
  const handle = (account.handle ?? account.nativeId ?? account.accountId).slice(0, 255);
  const before = await findRow(tx, principal, { creatorId, account, platform, handle });
  const wasLive = before !== null && isLive(before.connection_state);
  const row = before
    ? await asClaimed(() => linkRow(tx, before, { account, connectedAt }))
    : await insertRow(tx, principal, { creatorId, account, platform, handle, connectedAt });
  if (!wasLive)
    await tellOfAccount(tx, principal, { account: row, type: 'PLATFORM_CONNECTED', what: 'connected' });
  return { creatorPlatformId: row.id, isNew: !wasLive };
}

/** Whether adoptAccount refused the account itself, rather than that something else failed beside it. */
export function isRefusedAccount(error: unknown): error is AppError {
  return error instanceof AppError && error.issues.some(({ path }) => path === REFUSED_FIELD);
}

interface Sought {
  creatorId: string;
  account: NetworkAccount;
  platform: SocialPlatform;
  handle: string;
}

/** By the service's account, else by the network's own id, else by the handle. */
async function findRow(
  tx: TenantTx,
  principal: Principal,
  sought: Sought,
): Promise<Selectable<CreatorPlatforms> | null> {
  const { account, creatorId, platform, handle } = sought;
  const rows = await tx
    .selectFrom('creator_platforms')
    .selectAll()
    .where('platform', '=', platform)
    .where((where) =>
      where.or([
        where('phyllo_account_id', '=', account.accountId),
        where.and([
          where('is_active', '=', true),
          where.or([
            where('native_id', '=', account.nativeId),
            where('handle_key', '=', handle.toLowerCase()),
          ]),
        ]),
      ]),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  const foreign = rows.find((row) => row.creator_id !== creatorId);
  if (foreign) throw await claimedBy(tx, principal, foreign);
  return (
    rows.find((row) => row.phyllo_account_id === account.accountId) ??
    rows.find((row) => row.native_id !== null && row.native_id === account.nativeId) ??
    // A handle that another account bore before stays that one's.
    rows.find((row) => row.native_id === null || account.nativeId === null) ??
    null
  );
}

interface Linked {
  account: NetworkAccount;
  connectedAt: Date;
}

/** What is told late, or twice, moves nothing back. An account that was taken off comes back with its creator's wish. */
async function linkRow(
  tx: TenantTx,
  before: Selectable<CreatorPlatforms>,
  { account, connectedAt: told }: Linked,
): Promise<Selectable<CreatorPlatforms>> {
  const connectedAt = before.connected_at && before.connected_at > told ? before.connected_at : told;
  const expiresAt = expiryOf(before.platform, connectedAt);
  const state = isLive(before.connection_state)
    ? stateByTime({ state: before.connection_state, expiresAt, now: told })
    : 'CONNECTED';
  return tx
    .updateTable('creator_platforms')
    .set({
      phyllo_account_id: account.accountId,
      phyllo_user_id: account.userId,
      native_id: before.native_id ?? account.nativeId,
      connection_state: state,
      connected_at: connectedAt,
      expires_at: expiresAt,
      connecting_until: null,
      ...(isLive(before.connection_state) ? {} : { sync_error: null }),
      is_active: true,
      updated_at: sql`now()`,
    })
    .where('id', '=', before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The indexes count also the accounts of creators whom the asker does not see. */
async function insertRow(
  tx: TenantTx,
  principal: Principal,
  { creatorId, account, platform, handle, connectedAt }: Sought & Linked,
): Promise<Selectable<CreatorPlatforms>> {
  const row = await tx
    .insertInto('creator_platforms')
    .values({
      organization_id: principal.organizationId,
      creator_id: creatorId,
      platform,
      handle,
      native_id: account.nativeId,
      image_url: account.imageUrl,
      phyllo_account_id: account.accountId,
      phyllo_user_id: account.userId,
      connection_state: 'CONNECTED',
      connected_at: connectedAt,
      expires_at: expiryOf(platform, connectedAt),
      created_by_id: principal.userId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) throw claimed();
  return row;
}

const ENDED = {
  EXPIRED: 'The creator’s access at the network has ended. Ask them to connect the account again.',
  REVOKED: 'The creator disconnected this account. Ask them to connect it again.',
} as const;

interface Settling {
  creatorPlatformId: string;
  /** How the service says that the account stands. */
  told: NetworkAccount['state'];
  now: Date;
}

/**
 * Brings a connection in line with what the service says of it. Figures stay as they are. Whose access ended without the
 * agency's wish, their owner is told once. Answers whether it is live. Errors: `not_found`.
 */
export async function settleAccount(
  tx: TenantTx,
  principal: Principal,
  { creatorPlatformId, told, now }: Settling,
): Promise<boolean> {
  const row = await lockPlatform(tx, creatorPlatformId);
  const { connection_state: before, expires_at: expiresAt } = row;
  const after = stateAfter({ state: before, expiresAt, now }, told);
  if (after === before) return isLive(after);
  await tx
    .updateTable('creator_platforms')
    .set({
      connection_state: after,
      ...(after === 'EXPIRED' || after === 'REVOKED' ? { sync_error: ENDED[after] } : { sync_error: null }),
      updated_at: sql`now()`,
    })
    .where('id', '=', creatorPlatformId)
    .execute();
  if (isLoss(before, after)) await tellLoss(tx, principal, row, after === 'EXPIRED');
  else if (!isLive(before) && isLive(after))
    await tellOfAccount(tx, principal, { account: row, type: 'PLATFORM_CONNECTED', what: 'connected again' });
  return isLive(after);
}

async function tellLoss(
  tx: TenantTx,
  principal: Principal,
  row: Selectable<CreatorPlatforms>,
  isExpired: boolean,
): Promise<void> {
  const what = isExpired
    ? 'has to be connected again: its access expired'
    : 'was disconnected by the creator';
  await tellOfAccount(tx, principal, { account: row, type: 'PLATFORM_DISCONNECTED', what });
  const creator = await tx
    .selectFrom('creators')
    .select(['owner_id', 'contact_id'])
    .where('id', '=', row.creator_id)
    .executeTakeFirst();
  if (!creator?.owner_id) return;
  await notify(tx, {
    userId: creator.owner_id,
    kind: 'CREATOR_CONNECTION_ENDED',
    contactId: creator.contact_id,
  });
}

/** Moves a connection that time alone changes: soon to end, or an invitation that nobody followed. */
export async function moveByTime(tx: TenantTx, creatorPlatformId: string, now: Date): Promise<void> {
  const row = await lockPlatform(tx, creatorPlatformId);
  const { connection_state: state, expires_at: expiresAt, connecting_until: until } = row;
  const isForgotten = state === 'CONNECTING' && until !== null && until < now;
  const after = isForgotten ? 'NEVER' : stateByTime({ state, expiresAt, now });
  if (after === state) return;
  await tx
    .updateTable('creator_platforms')
    .set({
      connection_state: after,
      updated_at: sql`now()`,
      ...(isForgotten ? { connecting_until: null } : {}),
    })
    .where('id', '=', creatorPlatformId)
    .execute();
}
