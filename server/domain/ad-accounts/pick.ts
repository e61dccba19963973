import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { FoundAccounts, OauthConnections } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { isTimeZone } from '../../kernel/time-zones.ts';
import { recordActivities } from '../activities/record.ts';
import { requireBrand } from '../organizations/queries.ts';
import { keepManagers } from './managers.ts';
import { basisChange } from './rules.ts';
import type { PickInput } from './schema.ts';

type Connection = Pick<Selectable<OauthConnections>, 'id' | 'platform' | 'source' | 'state'>;
type Found = Selectable<FoundAccounts>;
type Usable = Found & { currency: string; time_zone: string };

/**
 * Takes accounts that a connection found into use, or moves ones in use to it, with the managers above them. Answers
 * their ids, in the order of the picks.
 * Errors: `not_found`; `conflict` where the connection has ended; `invalid` naming the pick.
 */
export async function pickAdAccounts(
  tx: TenantTx,
  principal: Principal,
  input: PickInput,
): Promise<string[]> {
  const connection = await requireConnection(tx, input.connectionId);
  const found = await tx
    .selectFrom('found_accounts')
    .selectAll()
    .where('connection_id', '=', connection.id)
    .where(
      'native_id',
      'in',
      input.picks.map(({ nativeId }) => nativeId),
    )
    .execute();
  const byNativeId = new Map(found.map((row) => [row.native_id, row]));
  for (const brandId of new Set(input.picks.map((pick) => pick.brandId))) {
    if (brandId) await requireBrand(tx, brandId);
  }
  const ids: string[] = [];
  for (const [index, pick] of input.picks.entries()) {
    const listing = requireUsable(byNativeId.get(pick.nativeId), `picks.${index}.nativeId`);
    await requireSameBasis(tx, { connection, listing }, `picks.${index}.nativeId`);
    ids.push(await takeIntoUse(tx, principal, { connection, listing, brandId: pick.brandId }));
  }
  const platform = { id: connection.platform, isStandIn: connection.source === 'SANDBOX' };
  await keepManagers(tx, { principal, connectionId: connection.id, platform });
  return ids;
}

async function requireConnection(tx: TenantTx, connectionId: string): Promise<Connection> {
  const connection = await tx
    .selectFrom('oauth_connections')
    .select(['id', 'platform', 'source', 'state'])
    .where('id', '=', connectionId)
    .executeTakeFirst();
  if (!connection) throw notFound('connection');
  if (connection.state === 'CONNECTED') return connection;
  throw new AppError('conflict', 'This connection has ended. Connect again, then pick the accounts.');
}

function requireUsable(listing: Found | undefined, path: string): Usable {
  if (!listing) throw invalidField(path, 'This connection found no such ad account.');
  const { currency, time_zone: timeZone } = listing;
  if (listing.vanished_at !== null)
    throw invalidField(path, 'Its platform no longer lists this ad account to this connection.');
  if (listing.is_manager || currency === null || timeZone === null)
    throw invalidField(path, 'A manager has no figures: pick the accounts below it.');
  if (!isTimeZone(timeZone)) throw invalidField(path, `Its time zone, ${timeZone}, is not known here.`);
  return { ...listing, currency, time_zone: timeZone };
}

interface Taken {
  connection: Connection;
  listing: Usable;
  brandId: string | null | undefined;
}

/** An account that has figures keeps the currency and zone that they are in. */
async function requireSameBasis(
  tx: TenantTx,
  { connection, listing }: Omit<Taken, 'brandId'>,
  path: string,
): Promise<void> {
  const account = await tx
    .selectFrom('ad_accounts as a')
    .select(['a.currency', 'a.time_zone'])
    .where('a.platform', '=', connection.platform)
    .where('a.native_id', '=', listing.native_id)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('campaign_metrics as m')
          .select('m.date')
          .whereRef('m.organization_id', '=', 'a.organization_id')
          .whereRef('m.ad_account_id', '=', 'a.id'),
      ),
    )
    .forUpdate()
    .executeTakeFirst();
  if (!account) return;
  const problem = basisChange(
    { currency: account.currency, timeZone: account.time_zone },
    { currency: listing.currency, timeZone: listing.time_zone },
  );
  if (problem !== null) throw invalidField(path, problem);
}

async function takeIntoUse(
  tx: TenantTx,
  principal: Principal,
  { connection, listing, brandId }: Taken,
): Promise<string> {
  const current = {
    currency: listing.currency,
    time_zone: listing.time_zone,
    native_status: listing.native_status,
    source: connection.source,
    connection_id: connection.id,
    connected_by_id: principal.userId,
    connected_at: sql<Date>`now()`,
    sync_status: 'PENDING' as const,
    sync_error: null,
    vanished_at: null,
    is_manager: false,
    is_active: true,
  };
  const row = await tx
    .insertInto('ad_accounts')
    .values({
      organization_id: principal.organizationId,
      created_by_id: principal.userId,
      platform: connection.platform,
      native_id: listing.native_id,
      name: listing.name,
      brand_id: brandId ?? null,
      ...current,
    })
    // A name that somebody gave it here stays.
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
      metadata: { adAccountId: row.id, platform: connection.platform, nativeId: listing.native_id },
      brandId: row.brand_id,
    },
  ]);
  return row.id;
}
