import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorConnectLinks, SocialPlatform } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { randomToken, sha256Hex } from '../../kernel/crypto.ts';
import { notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { requireOwnCreator } from '../creators/queries.ts';
import type { ConnectAnswer, ConnectLink } from './connect-schema.ts';
import { requireVisibleCreator } from './queries.ts';

const DAYS = 14;
const SECRET_BYTES = 32;
/** By the clock of the database, which decides what opens a link. */
const isInTime = sql<boolean>`expires_at > now()`.as('is_in_time');

interface NewLink {
  creatorId: string;
  platform: SocialPlatform | null;
  appUrl: string;
}

/**
 * Makes a link by which a creator without a login connects their accounts: for fourteen days, as many as they like. Its
 * secret is in the answer and nowhere else. Errors: `not_found`; `forbidden` where the creator is seen through a campaign
 * alone.
 */
export async function createConnectLink(
  tx: TenantTx,
  principal: Principal,
  { creatorId, platform, appUrl }: NewLink,
): Promise<Omit<ConnectAnswer, 'session'>> {
  await requireOwnCreator(tx, creatorId);
  const token = randomToken(SECRET_BYTES);
  const row = await tx
    .insertInto('creator_connect_links')
    .values({
      organization_id: principal.organizationId,
      creator_id: creatorId,
      platform,
      token_hash: sha256Hex(token),
      created_by_id: principal.userId,
      expires_at: sql<Date>`now() + ${DAYS} * interval '1 day'`,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await markConnecting(tx, { creatorId, platform, until: row.expires_at });
  await note(tx, principal, { row, what: 'A link to connect accounts was made' });
  return {
    creatorConnectLinkId: row.id,
    connectUrl: `${appUrl}/connect/${token}`,
    expiresAt: row.expires_at.toISOString(),
  };
}

/** What was never connected waits for its creator now. What was connected before keeps saying how that ended. */
export async function markConnecting(
  tx: TenantTx,
  { creatorId, platform, until }: { creatorId: string; platform: SocialPlatform | null; until: Date },
): Promise<void> {
  let query = tx
    .updateTable('creator_platforms')
    .set({
      connection_state: 'CONNECTING',
      connecting_until: sql`greatest(connecting_until, ${until}::timestamptz)`,
      updated_at: sql`now()`,
    })
    .where('creator_id', '=', creatorId)
    .where('is_active', '=', true)
    .where('connection_state', 'in', ['NEVER', 'CONNECTING']);
  if (platform !== null) query = query.where('platform', '=', platform);
  await query.execute();
}

/** A creator's links, the newest first. Errors: `not_found`. */
export async function listConnectLinks(tx: TenantTx, creatorId: string): Promise<ConnectLink[]> {
  const [rows] = await Promise.all([
    tx
      .selectFrom('creator_connect_links')
      .selectAll()
      .select(isInTime)
      .where('creator_id', '=', creatorId)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(100)
      .execute(),
    requireVisibleCreator(tx, creatorId),
  ]);
  return rows.map(toConnectLink);
}

/** Takes a link back: it opens nothing any more. Errors: `not_found`, `forbidden`. */
export async function withdrawConnectLink(
  tx: TenantTx,
  principal: Principal,
  creatorConnectLinkId: string,
): Promise<ConnectLink> {
  const row = await tx
    .selectFrom('creator_connect_links')
    .selectAll()
    .select(isInTime)
    .where('id', '=', creatorConnectLinkId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('connect link');
  await requireOwnCreator(tx, row.creator_id);
  if (row.withdrawn_at !== null) return toConnectLink(row);
  const withdrawn = await tx
    .updateTable('creator_connect_links')
    .set({ withdrawn_at: sql<Date>`now()` })
    .where('id', '=', creatorConnectLinkId)
    .returningAll()
    .returning(isInTime)
    .executeTakeFirstOrThrow();
  await forgetConnecting(tx, row.creator_id);
  await note(tx, principal, { row, what: 'A link to connect accounts was taken back' });
  return toConnectLink(withdrawn);
}

/** Without another open link nobody is expected any more. */
async function forgetConnecting(tx: TenantTx, creatorId: string): Promise<void> {
  await sql`
    update creator_platforms p set connection_state = 'NEVER', connecting_until = null, updated_at = now()
     where p.creator_id = ${creatorId}::uuid and p.connection_state = 'CONNECTING'
       and not exists (select from creator_connect_links l
                        where l.organization_id = p.organization_id and l.creator_id = p.creator_id
                          and (l.platform is null or l.platform = p.platform)
                          and l.withdrawn_at is null and l.expires_at > now())`.execute(tx);
}

type LinkRow = Selectable<CreatorConnectLinks> & { is_in_time: boolean };

function toConnectLink(row: LinkRow): ConnectLink {
  return {
    id: row.id,
    creatorId: row.creator_id,
    platform: row.platform,
    state: row.withdrawn_at !== null ? 'WITHDRAWN' : row.is_in_time ? 'OPEN' : 'EXPIRED',
    createdById: row.created_by_id,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    openedAt: row.opened_at?.toISOString() ?? null,
    usedAt: row.used_at?.toISOString() ?? null,
  };
}

async function note(
  tx: TenantTx,
  principal: Principal,
  { row, what }: { row: Selectable<CreatorConnectLinks>; what: string },
): Promise<void> {
  await recordActivities(tx, principal, [
    {
      type: 'CREATOR_UPDATED',
      description: what,
      metadata: { creatorConnectLinkId: row.id, platform: row.platform },
      creatorId: row.creator_id,
      audience: 'AGENCY',
    },
  ]);
}
