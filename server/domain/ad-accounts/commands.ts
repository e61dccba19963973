import { Big } from 'big.js';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import type { amountInput } from '../records/schema.ts';
import { newId, requireOwnership, requireVersion } from '../records/store.ts';
import { getAdAccount } from './queries.ts';
import { getConnection } from './queries-connections.ts';
import { revokeLinksOf } from './reconnect-links.ts';
import type { AdAccount, Connection, UpdateAdAccountInput } from './schema.ts';

/** Errors: `not_found`, `invalid`, `precondition`. */
export async function updateAdAccount(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: UpdateAdAccountInput; now: Date },
): Promise<AdAccount> {
  const before = await tx
    .selectFrom('ad_accounts')
    .selectAll()
    .where('id', '=', input.adAccountId)
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw notFound('ad account');
  requireVersion(before.version, input.expectedVersion);
  if (before.is_manager) refuseOfManager(input);
  const values = sentOnly({
    name: input.name,
    brand_id: input.brandId,
    owner_id: input.ownerId,
    is_agency_account: input.isAgencyAccount,
    daily_limit: readLimit('dailyLimit', input.dailyLimit, before.currency),
    monthly_limit: readLimit('monthlyLimit', input.monthlyLimit, before.currency),
    sync_status: statusAfter(before, input.isPaused),
  });
  const changes = changesBetween(before, values);
  if (Object.keys(changes).length > 0) {
    await requireOwnership(tx, { brandId: newId(changes.brand_id), ownerId: newId(changes.owner_id) });
    await tx.updateTable('ad_accounts').set(values).where('id', '=', before.id).execute();
    await recordActivities(tx, principal, [
      {
        type: 'AD_ACCOUNT_UPDATED',
        description: `Ad account ${input.name ?? before.name} changed`,
        metadata: { adAccountId: before.id, changes },
        brandId: input.brandId === undefined ? before.brand_id : input.brandId,
      },
    ]);
  }
  return getAdAccount(tx, before.id, now);
}

/** A manager follows its platform: whose it is here may be said, and nothing that concerns figures. */
function refuseOfManager(input: UpdateAdAccountInput): void {
  const fields = ['name', 'isAgencyAccount', 'dailyLimit', 'monthlyLimit', 'isPaused'] as const;
  for (const field of fields)
    if (input[field] !== undefined)
      throw invalidField(field, 'A manager has no figures of its own: change the accounts below it.');
}

/** Written as the column keeps it, so that 12.5 and "12.5000" are no change. */
function readLimit(
  field: string,
  sent: z.infer<typeof amountInput> | null | undefined,
  currency: string,
): string | null | undefined {
  if (sent === undefined || sent === null) return sent;
  if (typeof sent === 'object' && sent.currency !== currency)
    throw invalidField(field, `This account is kept in ${currency}.`);
  return new Big(typeof sent === 'object' ? sent.amount : sent).toFixed(4);
}

/** What a paused account goes back to is what its last sync left. */
function statusAfter(
  before: { sync_status: AdAccount['syncStatus']; sync_error: string | null; last_synced_at: Date | null },
  isPaused: boolean | undefined,
): AdAccount['syncStatus'] | undefined {
  if (isPaused === undefined || isPaused === (before.sync_status === 'PAUSED')) return undefined;
  if (isPaused) return 'PAUSED';
  if (before.sync_error !== null) return 'ERROR';
  return before.last_synced_at === null ? 'PENDING' : 'SUCCESS';
}

/** Has the jobs list a connection's ad accounts now. Errors: `not_found`; `conflict` where it has ended. */
export async function requestDiscovery(tx: TenantTx, connectionId: string): Promise<Connection> {
  const connection = await getConnection(tx, connectionId);
  if (connection.state !== 'CONNECTED')
    throw new AppError(
      'conflict',
      'This connection has ended. Connect again; its ad accounts are listed then.',
    );
  await sql`select app.enqueue_discovery(${connectionId}::uuid)`.execute(tx);
  return connection;
}

/**
 * Ends a connection: from this moment nothing is called with it, its figures stay. The jobs end the grant at the
 * platform and destroy the tokens, which only they can read. Errors: `not_found`.
 */
export async function disconnect(
  tx: TenantTx,
  principal: Principal,
  connectionId: string,
): Promise<Connection> {
  const connection = await getConnection(tx, connectionId);
  const message = 'Disconnected. Its figures stay; connect again to go on.';
  await tx
    .updateTable('oauth_connections')
    .set({ state: 'REVOKED', error: message, token_version: sql`token_version + 1` })
    .where('id', '=', connectionId)
    .execute();
  await revokeLinksOf(tx, connectionId);
  const accounts = await tx
    .updateTable('ad_accounts')
    .set({
      sync_status: sql`case when sync_status = 'PAUSED' then sync_status else 'ERROR' end`,
      sync_error: message,
    })
    .where('connection_id', '=', connectionId)
    .returning('id')
    .execute();
  if (accounts.length > 0) {
    const ids = accounts.map(({ id }) => id);
    // A run in flight loses its fence with its status: what it still fetches is not written.
    await tx
      .updateTable('sync_runs')
      .set({ status: 'ERROR', error: message, error_code: 'disconnected', finished_at: sql`now()` })
      .where('ad_account_id', 'in', ids)
      .where('status', 'in', ['PENDING', 'SYNCING'])
      .execute();
  }
  await sql`select app.enqueue('revoke-connection', ${connectionId}::uuid, ${connectionId})`.execute(tx);
  await recordActivities(tx, principal, [
    {
      type: 'PLATFORM_DISCONNECTED',
      description: `${connection.platform} disconnected (${connection.nativeUserName ?? 'unknown person'})`,
      metadata: { connectionId, platform: connection.platform, adAccounts: accounts.length },
    },
  ]);
  return getConnection(tx, connectionId);
}
