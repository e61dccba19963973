import { sql } from 'kysely';
import type { Database } from '../../../db/client.ts';
import type { SocialPlatform } from '../../../db/types.ts';
import { type TenantTx, withSystem, withTenant } from '../../../db/tenant.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import type { CreatorNetwork } from '../../integrations/creator-network.ts';
import { sha256Hex } from '../../kernel/crypto.ts';
import { AppError } from '../../kernel/errors.ts';
import { type ConnectServices, connectOptionsOf, fetchConfirmed, openSession } from './connect.ts';
import type { ConnectSessionAnswer, CreatorInvitation } from './connect-schema.ts';

/** What the door without a login works with. Whoever holds a link acts for its creator, and within its one purpose. */
export interface DoorServices {
  db: Database;
  network: CreatorNetwork | null;
  now: () => Date;
}

export interface OpenLink {
  organizationId: string;
  creatorConnectLinkId: string;
  creatorId: string;
}

/** The same in words for what never was, was taken back, or is too old. */
function deadLink(): AppError {
  return new AppError(
    'not_found',
    'This link does not work any more. Ask whoever sent it to you for a new one.',
  );
}

/** What is asked of whoever opens a link. Errors: `not_found`. */
export async function getInvitation(services: DoorServices, token: string): Promise<CreatorInvitation> {
  const { organizationId, creatorConnectLinkId } = await findLink(services, token);
  return withTenant(services.db, jobPrincipal(organizationId), 'write', async (tx) => {
    await tx
      .updateTable('creator_connect_links')
      .set({ opened_at: sql`coalesce(opened_at, now())` })
      .where('id', '=', creatorConnectLinkId)
      .execute();
    return readInvitation(tx, creatorConnectLinkId, services.network);
  });
}

/** Errors: `not_found`. */
export async function findLink({ db }: Pick<DoorServices, 'db'>, token: string) {
  const { rows } = await withSystem(db, (tx) =>
    sql<{
      organization_id: string;
      creator_connect_link_id: string;
    }>`select * from app.creator_connect_link_find(${sha256Hex(token)})`.execute(tx),
  );
  const [row] = rows;
  if (!row) throw deadLink();
  return { organizationId: row.organization_id, creatorConnectLinkId: row.creator_connect_link_id };
}

async function readInvitation(
  tx: TenantTx,
  creatorConnectLinkId: string,
  network: CreatorNetwork | null,
): Promise<CreatorInvitation> {
  const row = await tx
    .selectFrom('creator_connect_links as l')
    .innerJoin('creators as c', (join) =>
      join.onRef('c.organization_id', '=', 'l.organization_id').onRef('c.id', '=', 'l.creator_id'),
    )
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.organization_id', '=', 'l.organization_id').onRef('o.id', '=', 'l.organization_id'),
    )
    .leftJoin('users as u', 'u.id', 'l.created_by_id')
    .select(['l.expires_at', 'l.platform', 'l.creator_id', 'c.name as creator_name'])
    .select(['u.name as asked_by', 'o.name as agency_name', 'o.time_zone'])
    .where('l.id', '=', creatorConnectLinkId)
    .executeTakeFirst();
  if (!row) throw deadLink();
  const accounts = await tx
    .selectFrom('creator_platforms')
    .select(['platform', 'handle', 'connection_state'])
    .where('creator_id', '=', row.creator_id)
    .where('is_active', '=', true)
    .where('phyllo_account_id', 'is not', null)
    .orderBy('platform')
    .orderBy('handle_key')
    .execute();
  return {
    agencyName: row.agency_name,
    creatorName: row.creator_name,
    platform: row.platform,
    platforms: connectOptionsOf(network).platforms,
    accounts: accounts.map(({ platform, handle, connection_state: connectionState }) => ({
      platform,
      handle,
      connectionState,
    })),
    askedBy: row.asked_by,
    expiresAt: row.expires_at.toISOString(),
    timeZone: row.time_zone,
  };
}

/** Opens a session for whoever holds a link. Errors: `not_found`, `unprocessable`, `upstream`. */
export async function openSessionByLink(
  services: DoorServices,
  { token, platform: chosen = null }: { token: string; platform?: SocialPlatform | null | undefined },
): Promise<ConnectSessionAnswer> {
  const link = await findLink(services, token);
  const { creator_id: creatorId, platform: asked } = await readLink(services, link);
  const platform = asked ?? chosen;
  return openSession(connectServices(services, link.organizationId), { creatorId, platform });
}

/** Asks Phyllo for an account that a link's browser named. Errors: `not_found`, `conflict`, `upstream`. */
export async function fetchConfirmedByLink(
  services: DoorServices,
  { token, accountId }: { token: string; accountId: string },
) {
  const link = await findLink(services, token);
  const { creator_id: creatorId } = await readLink(services, link);
  const account = await fetchConfirmed(connectServices(services, link.organizationId), {
    creatorId,
    accountId,
  });
  return { link: { ...link, creatorId }, account };
}

/** Notes that a link did its work; one that was taken back meanwhile did none. Errors: `not_found`. */
export async function markLinkUsed(tx: TenantTx, { creatorConnectLinkId }: OpenLink): Promise<void> {
  const used = await tx
    .updateTable('creator_connect_links')
    .set({ used_at: sql<Date>`now()` })
    .where('id', '=', creatorConnectLinkId)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('id')
    .executeTakeFirst();
  if (!used) throw deadLink();
}

async function readLink(
  { db }: DoorServices,
  { organizationId, creatorConnectLinkId }: Omit<OpenLink, 'creatorId'>,
) {
  const row = await withTenant(db, jobPrincipal(organizationId), 'read', (tx) =>
    tx
      .selectFrom('creator_connect_links')
      .select(['creator_id', 'platform'])
      .where('id', '=', creatorConnectLinkId)
      .executeTakeFirst(),
  );
  if (!row) throw deadLink();
  return row;
}

function connectServices({ db, network, now }: DoorServices, organizationId: string): ConnectServices {
  return {
    network,
    now,
    inTenant: (mode, work) => withTenant(db, jobPrincipal(organizationId), mode, work),
  };
}
