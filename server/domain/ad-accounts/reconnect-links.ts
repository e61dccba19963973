import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { ReconnectLinks } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { randomToken, sha256Hex } from '../../kernel/crypto.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { getConnection } from './queries-connections.ts';
import type { NewReconnectLink, ReconnectLink } from './schema.ts';

const DAYS = 7;
const SECRET_BYTES = 32;
/** By the clock of the database, which decides what opens a link. */
const isInTime = sql<boolean>`expires_at > now()`.as('is_in_time');

/**
 * Makes a link by which somebody without a login gives a connection its access back: for seven days, once. Its secret
 * is in the answer and nowhere else. Errors: `not_found`.
 */
export async function createReconnectLink(
  tx: TenantTx,
  principal: Principal,
  { connectionId, appUrl }: { connectionId: string; appUrl: string },
): Promise<NewReconnectLink> {
  const connection = await getConnection(tx, connectionId);
  const token = randomToken(SECRET_BYTES);
  const row = await tx
    .insertInto('reconnect_links')
    .values({
      organization_id: principal.organizationId,
      connection_id: connectionId,
      token_hash: sha256Hex(token),
      created_by_id: principal.userId,
      expires_at: sql<Date>`now() + ${DAYS} * interval '1 day'`,
    })
    .returningAll()
    .returning(isInTime)
    .executeTakeFirstOrThrow();
  await note(tx, principal, { row, what: `A reconnect link for ${connection.platform} was made` });
  return { ...toReconnectLink(row), url: `${appUrl}/reconnect/${token}` };
}

/** The links of connections that the reader sees, the newest first. */
export async function listReconnectLinks(
  tx: TenantTx,
  connectionId: string | undefined,
): Promise<ReconnectLink[]> {
  let query = tx
    .selectFrom('reconnect_links')
    .selectAll()
    .select(isInTime)
    .orderBy('created_at', 'desc')
    .orderBy('id');
  if (connectionId !== undefined) query = query.where('connection_id', '=', connectionId);
  const rows = await query.execute();
  return rows.map(toReconnectLink);
}

/** Takes a link back. One that is past use stays as it is. Errors: `not_found`; `conflict` where it was used. */
export async function revokeReconnectLink(
  tx: TenantTx,
  principal: Principal,
  reconnectLinkId: string,
): Promise<ReconnectLink> {
  const row = await tx
    .selectFrom('reconnect_links')
    .selectAll()
    .select(isInTime)
    .where('id', '=', reconnectLinkId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('reconnect link');
  if (row.used_at !== null)
    throw new AppError(
      'conflict',
      'This link was used already. Disconnect the connection to end its access.',
    );
  if (row.revoked_at !== null) return toReconnectLink(row);
  const revoked = await tx
    .updateTable('reconnect_links')
    .set({ revoked_at: sql<Date>`now()` })
    .where('id', '=', reconnectLinkId)
    .returningAll()
    .returning(isInTime)
    .executeTakeFirstOrThrow();
  await note(tx, principal, { row, what: 'A reconnect link was taken back' });
  return toReconnectLink(revoked);
}

/** What was ended on purpose is not opened again by a link of before. */
export async function revokeLinksOf(tx: TenantTx, connectionId: string): Promise<void> {
  await tx
    .updateTable('reconnect_links')
    .set({ revoked_at: sql<Date>`now()` })
    .where('connection_id', '=', connectionId)
    .where('used_at', 'is', null)
    .where('revoked_at', 'is', null)
    .execute();
}

type LinkRow = Selectable<ReconnectLinks> & { is_in_time: boolean };

function toReconnectLink(row: LinkRow): ReconnectLink {
  return {
    id: row.id,
    connectionId: row.connection_id,
    state: stateOf(row),
    createdById: row.created_by_id,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    usedAt: row.used_at?.toISOString() ?? null,
  };
}

function stateOf(row: LinkRow): ReconnectLink['state'] {
  if (row.used_at !== null) return 'USED';
  if (row.revoked_at !== null) return 'REVOKED';
  return row.is_in_time ? 'OPEN' : 'EXPIRED';
}

async function note(
  tx: TenantTx,
  principal: Principal,
  { row, what }: { row: LinkRow; what: string },
): Promise<void> {
  await recordActivities(tx, principal, [
    {
      type: 'PLATFORM_SETTINGS_UPDATED',
      description: what,
      metadata: { connectionId: row.connection_id, reconnectLinkId: row.id },
      audience: 'AGENCY',
    },
  ]);
}
