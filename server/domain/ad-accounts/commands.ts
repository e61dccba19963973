import { Big } from 'big.js';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { type AccountListing, accountListing } from '../../integrations/ad-platform.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { recordActivities } from '../activities/record.ts';
import { requireBrand } from '../organizations/queries.ts';
import { changesBetween, sentOnly } from '../records/rules.ts';
import type { amountInput } from '../records/schema.ts';
import { newId, requireOwnership, requireVersion } from '../records/store.ts';
import { isTimeZone } from '../../kernel/time-zones.ts';
import { getAdAccount, getConnection } from './queries.ts';
import type { AdAccount, Connection, PickInput, UpdateAdAccountInput } from './schema.ts';

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

/**
 * Takes accounts that a connection found into use, or moves ones in use to it. Answers their ids, in the order of the
 * picks. Errors: `not_found`; `conflict` where the connection has ended; `invalid` naming the pick.
 */
export async function pickAdAccounts(
  tx: TenantTx,
  principal: Principal,
  input: PickInput,
): Promise<string[]> {
  const connection = await tx
    .selectFrom('oauth_connections')
    .select(['id', 'platform', 'source', 'state', 'found_accounts'])
    .where('id', '=', input.connectionId)
    .executeTakeFirst();
  if (!connection) throw notFound('connection');
  if (connection.state !== 'CONNECTED')
    throw new AppError('conflict', 'This connection has ended. Connect again, then pick the accounts.');
  const found = new Map(
    accountListing
      .array()
      .parse(connection.found_accounts)
      .map((listing) => [listing.nativeId, listing]),
  );
  for (const brandId of new Set(input.picks.map((pick) => pick.brandId))) {
    if (brandId) await requireBrand(tx, brandId);
  }
  const ids: string[] = [];
  for (const [index, pick] of input.picks.entries()) {
    const listing = found.get(pick.nativeId);
    if (!listing) throw invalidField(`picks.${index}.nativeId`, 'This connection found no such ad account.');
    const { currency, timeZone } = listing;
    if (listing.isManager || currency === null || timeZone === null)
      throw invalidField(`picks.${index}.nativeId`, 'A manager has no figures: pick the accounts below it.');
    if (!isTimeZone(timeZone))
      throw invalidField(`picks.${index}.nativeId`, `Its time zone, ${timeZone}, is not known here.`);
    const usable = { ...listing, currency, timeZone };
    ids.push(await takeIntoUse(tx, principal, { connection, listing: usable, brandId: pick.brandId }));
  }
  return ids;
}

interface Taken {
  connection: { id: string; platform: AdAccount['platform']; source: AdAccount['source'] };
  listing: AccountListing & { currency: string; timeZone: string };
  brandId: string | null | undefined;
}

async function takeIntoUse(
  tx: TenantTx,
  principal: Principal,
  { connection, listing, brandId }: Taken,
): Promise<string> {
  const current = {
    name: listing.name,
    currency: listing.currency,
    time_zone: listing.timeZone,
    native_status: listing.nativeStatus,
    source: connection.source,
    connection_id: connection.id,
    connected_by_id: principal.userId,
    connected_at: sql<Date>`now()`,
    sync_status: 'PENDING' as const,
    sync_error: null,
    is_active: true,
  };
  const row = await tx
    .insertInto('ad_accounts')
    .values({
      organization_id: principal.organizationId,
      created_by_id: principal.userId,
      platform: connection.platform,
      native_id: listing.nativeId,
      brand_id: brandId ?? null,
      ...current,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'platform', 'native_id'])
        .doUpdateSet({ ...current, ...(brandId === undefined ? {} : { brand_id: brandId }) }),
    )
    .returning(['id', 'name', 'brand_id'])
    .executeTakeFirstOrThrow();
  await recordActivities(tx, principal, [
    {
      type: 'PLATFORM_CONNECTED',
      description: `Ad account ${row.name} connected`,
      metadata: { adAccountId: row.id, platform: connection.platform, nativeId: listing.nativeId },
      brandId: row.brand_id,
    },
  ]);
  return row.id;
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
