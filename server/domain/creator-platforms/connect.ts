import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import {
  type CreatorNetwork,
  type NetworkAccount,
  type SocialPlatform,
  socialPlatforms,
} from '../../integrations/creator-network.ts';
import { PlatformError } from '../../integrations/errors.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { requireOwnCreator } from '../creators/queries.ts';
import { isLive } from './connection-rules.ts';
import { markConnecting } from './connect-links.ts';
import type { ConnectOptions, ConnectSessionAnswer } from './connect-schema.ts';
import { lockPlatform } from './ingest.ts';
import { networks } from './networks.ts';
import { asking, requireNetwork } from './network.ts';
import { tellOfAccount } from './tell.ts';

/** What connecting works with. `inTenant` opens short transactions; none is open during a call. */
export interface ConnectServices {
  network: CreatorNetwork | null;
  now: () => Date;
  inTenant: <T>(mode: 'read' | 'write', work: (tx: TenantTx) => Promise<T>) => Promise<T>;
}

/** Which networks can be connected here. */
export function connectOptionsOf(network: CreatorNetwork | null): ConnectOptions {
  return {
    isOn: network !== null,
    isStandIn: network?.isStandIn ?? false,
    platforms: network ? socialPlatforms.filter((platform) => network.supports(platform)) : [],
  };
}

/** Errors: `invalid` where the network's window does not offer it; `unprocessable` where Phyllo is off. */
export function requireOffered(network: CreatorNetwork | null, platform: SocialPlatform | undefined): void {
  const on = requireNetwork(network);
  if (platform !== undefined && !on.supports(platform))
    throw invalidField(
      'platform',
      `${networks[platform].label} cannot be connected: add the account by hand.`,
    );
}

interface SessionRequest {
  creatorId: string;
  platform: SocialPlatform | null;
}

/**
 * Makes what a browser needs to open the connect window for a creator. Errors: `not_found`; `forbidden` where the creator
 * is seen through a campaign alone; `invalid`, `unprocessable`, `upstream`.
 */
export async function openSession(
  services: ConnectServices,
  { creatorId, platform }: SessionRequest,
): Promise<ConnectSessionAnswer> {
  const creator = await services.inTenant('read', async (tx) => {
    await requireOwnCreator(tx, creatorId);
    return readCreator(tx, creatorId);
  });
  requireOffered(services.network, platform ?? undefined);
  const { userId, ...session } = await sessionOf(services, { ...creator, creatorId, platform });
  await services.inTenant('write', async (tx) => {
    if (userId !== creator.userId)
      await tx.updateTable('creators').set({ phyllo_user_id: userId }).where('id', '=', creatorId).execute();
    const until = session.expiresAt ?? new Date(services.now().getTime() + 3_600_000);
    await markConnecting(tx, { creatorId, platform, until });
  });
  const expiresAt = session.expiresAt?.toISOString() ?? null;
  return { ...session, userId, expiresAt, clientDisplayName: creator.agencyName };
}

async function readCreator(tx: TenantTx, creatorId: string) {
  const row = await tx
    .selectFrom('creators as c')
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.organization_id', '=', 'c.organization_id').onRef('o.id', '=', 'c.organization_id'),
    )
    .select(['c.name', 'c.phyllo_user_id', 'o.name as agency_name'])
    .where('c.id', '=', creatorId)
    .where('c.is_active', '=', true)
    .executeTakeFirst();
  if (!row) throw notFound('creator');
  return { name: row.name, userId: row.phyllo_user_id, agencyName: row.agency_name };
}

interface Opening extends SessionRequest {
  name: string;
  userId: string | null;
}

/** A user that the service does not know any more, as after a change of its environment, is made again. */
async function sessionOf({ network }: ConnectServices, opening: Opening) {
  const { creatorId, platform, name, userId: known } = opening;
  const on = requireNetwork(network);
  return asking(async () => {
    if (known !== null) {
      const session = await orNull(() => on.connectSession({ userId: known, platform }));
      if (session) return session;
    }
    const userId = await on.ensureUser({ externalId: creatorId, name });
    return on.connectSession({ userId, platform });
  });
}

/** null where the service does not know what was asked for. */
async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'skip') return null;
    throw error;
  }
}

/**
 * Asks the service itself for an account that a browser named: whose it is decides its user and nobody's word.
 * Errors: `not_found`, the same for an account of somebody else and for none; `conflict` where it is not connected;
 * `upstream`.
 */
export async function fetchConfirmed(
  services: ConnectServices,
  { creatorId, accountId }: { creatorId: string; accountId: string },
): Promise<NetworkAccount> {
  const { userId } = await services.inTenant('read', (tx) => readCreator(tx, creatorId));
  const network = requireNetwork(services.network);
  const account = await asking(() => orNull(() => network.account(accountId)));
  if (account === null || userId === null || account.userId !== userId) throw notFound('account at Phyllo');
  if (account.state !== 'CONNECTED')
    throw new AppError('conflict', 'This account is not connected at Phyllo. Connect it once more.');
  return account;
}

/**
 * Ends a connection: at Phyllo first, then here. What the account's figures were stays. Errors: `not_found`, `forbidden`;
 * `conflict` where it is not connected; `upstream`.
 */
export async function disconnectAccount(
  services: ConnectServices,
  principal: Principal,
  creatorPlatformId: string,
): Promise<void> {
  const accountId = await services.inTenant('read', (tx) => requireConnected(tx, creatorPlatformId));
  const network = requireNetwork(services.network);
  await asking(() => orNull(() => network.disconnect(accountId)));
  await services.inTenant('write', async (tx) => {
    const row = await lockPlatform(tx, creatorPlatformId);
    if (row.connection_state === 'REVOKED') return;
    await tx
      .updateTable('creator_platforms')
      .set({
        connection_state: 'REVOKED',
        sync_error: 'Disconnected here. Its figures stay; connect it again to go on.',
        expires_at: null,
      })
      .where('id', '=', creatorPlatformId)
      .execute();
    await tellOfAccount(tx, principal, { account: row, type: 'PLATFORM_DISCONNECTED', what: 'disconnected' });
  });
}

async function requireConnected(tx: TenantTx, creatorPlatformId: string): Promise<string> {
  const row = await tx
    .selectFrom('creator_platforms')
    .select(['creator_id', 'connection_state', 'phyllo_account_id'])
    .where('id', '=', creatorPlatformId)
    .executeTakeFirst();
  if (!row) throw notFound('account of a creator');
  await requireOwnCreator(tx, row.creator_id);
  const isOpen = isLive(row.connection_state) || row.connection_state === 'EXPIRED';
  if (row.phyllo_account_id === null || !isOpen)
    throw new AppError('conflict', 'This account is not connected.');
  return row.phyllo_account_id;
}
