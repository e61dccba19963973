import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { AdAccounts } from '../../../db/types.ts';
import type { AccountListing } from '../../integrations/ad-platform.ts';
import { type ActivityEntry, recordActivities } from '../activities/record.ts';
import type { Listed } from './discovery.ts';
import { basisChange } from './rules.ts';

interface Followed extends Omit<Listed, 'listings'> {
  byNativeId: ReadonlyMap<string, AccountListing>;
  /** What the same connection called each of them at the listing before. */
  namesBefore: ReadonlyMap<string, string>;
}

type Account = Pick<
  Selectable<AdAccounts>,
  | 'id'
  | 'native_id'
  | 'name'
  | 'brand_id'
  | 'currency'
  | 'time_zone'
  | 'native_status'
  | 'vanished_at'
  | 'sync_status'
  | 'sync_error'
>;

/**
 * Brings the ad accounts that read through a connection to what the platform says of them now. A name is followed
 * unless somebody gave another here; another currency or time zone is never taken over: the account says so instead.
 */
export async function followListings(tx: TenantTx, followed: Followed): Promise<void> {
  const accounts = await tx
    .selectFrom('ad_accounts')
    .select(['id', 'native_id', 'name', 'brand_id', 'currency', 'time_zone', 'native_status'])
    .select(['vanished_at', 'sync_status', 'sync_error'])
    .where('connection_id', '=', followed.connectionId)
    .where('is_active', '=', true)
    .orderBy('id')
    .forUpdate()
    .execute();
  const entries: ActivityEntry[] = [];
  for (const account of accounts) {
    const listing = followed.byNativeId.get(account.native_id);
    const entry = listing
      ? await follow(tx, account, { listing, followed })
      : await vanish(tx, account, followed);
    if (entry) entries.push(entry);
  }
  await recordActivities(tx, followed.principal, entries);
}

async function vanish(tx: TenantTx, account: Account, followed: Followed): Promise<ActivityEntry | null> {
  if (account.vanished_at !== null) return null;
  await tx
    .updateTable('ad_accounts')
    .set({ vanished_at: sql`now()`, updated_at: sql`now()` })
    .where('id', '=', account.id)
    .execute();
  return entryOf(account, `${followed.platform.name} no longer lists the ad account ${account.name}`, {
    isVanished: { from: false, to: true },
  });
}

async function follow(
  tx: TenantTx,
  account: Account,
  { listing, followed }: { listing: AccountListing; followed: Followed },
): Promise<ActivityEntry | null> {
  const values = newValues(account, listing, followed);
  if (Object.keys(values).length === 0) return null;
  // Only what differs is set: the version moves with these columns, and nobody's edit is to fail for nothing.
  await tx
    .updateTable('ad_accounts')
    .set({ ...values, updated_at: sql`now()` })
    .where('id', '=', account.id)
    .execute();
  if (values.name !== undefined)
    return entryOf(account, `Ad account ${account.name} is called ${values.name} now`, {
      name: { from: account.name, to: values.name },
    });
  if (values.vanished_at === null)
    return entryOf(account, `${followed.platform.name} lists the ad account ${account.name} again`, {
      isVanished: { from: true, to: false },
    });
  return values.sync_error === undefined ? null : entryOf(account, values.sync_error, {});
}

interface NewValues {
  name?: string;
  native_status?: string | null;
  vanished_at?: null;
  sync_status?: 'ERROR';
  sync_error?: string;
}

function newValues(account: Account, listing: AccountListing, followed: Followed): NewValues {
  const isOurName = account.name !== followed.namesBefore.get(account.native_id);
  const problem = basisChange({ currency: account.currency, timeZone: account.time_zone }, listing);
  return {
    ...(!isOurName && listing.name !== '' && listing.name !== account.name ? { name: listing.name } : {}),
    ...(listing.nativeStatus !== account.native_status ? { native_status: listing.nativeStatus } : {}),
    ...(account.vanished_at !== null ? { vanished_at: null } : {}),
    ...(problem !== null && problem !== account.sync_error ? { sync_error: problem } : {}),
    ...(problem !== null && account.sync_status !== 'PAUSED' && account.sync_status !== 'ERROR'
      ? { sync_status: 'ERROR' as const }
      : {}),
  };
}

function entryOf(account: Account, description: string, changes: Record<string, unknown>): ActivityEntry {
  return {
    type: 'AD_ACCOUNT_UPDATED',
    description,
    metadata: { adAccountId: account.id, changes },
    brandId: account.brand_id,
  };
}
