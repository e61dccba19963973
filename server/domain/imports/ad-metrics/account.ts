import { createHash } from 'node:crypto';
import { subMonths } from 'date-fns';
import { sql } from 'kysely';
import type { TenantTx } from '../../../../db/tenant.ts';
import type { AdPlatform } from '../../../../db/types.ts';
import type { Principal } from '../../../auth/principal.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { dayIn, fromUtcDay, isTimeZone, utcDay } from '../../../kernel/time-zones.ts';
import { getOrganization, requireBrand } from '../../organizations/queries.ts';
import type { FileAccount } from './parts.ts';
import type { ReadFile } from './read.ts';
import type { AdFileSettings, NewFileAccount } from './schema.ts';

/** The ad account that a file's settings name. */
export interface TargetAccount extends FileAccount {
  /** null: it is made when the file comes in. */
  id: string | null;
  /** Whether its platform is synced: then files may speak of older days alone. */
  isSynced: boolean;
  timeZone: string;
}

/**
 * The account that the settings name, as it stands or as it would be made; null where they name none. Errors: `invalid`
 * on `settings.adAccountId` where the principal sees no such account, or it holds no figures of its own.
 */
export async function findTarget(
  tx: TenantTx,
  { adAccountId, newAccount, currency }: AdFileSettings,
): Promise<TargetAccount | null> {
  if (newAccount) return planned(tx, newAccount, currency);
  if (adAccountId === undefined) return null;
  const row = await tx
    .selectFrom('ad_accounts')
    .select(['id', 'platform', 'native_id', 'name', 'currency', 'time_zone', 'source', 'is_manager'])
    .where('id', '=', adAccountId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!row)
    throw invalidField('settings.adAccountId', 'There is no such ad account, or it is not yours to see.');
  if (row.is_manager)
    throw invalidField('settings.adAccountId', 'A manager has no figures: pick an ad account below it.');
  return {
    id: row.id,
    platform: row.platform,
    nativeId: isMadeUp(row.native_id) ? null : row.native_id,
    name: row.name,
    currency: row.currency,
    timeZone: row.time_zone,
    isSynced: row.source !== 'FILE',
  };
}

async function planned(
  tx: TenantTx,
  account: NewFileAccount,
  currency: string | undefined,
): Promise<TargetAccount> {
  if (account.brandId) await requireBrand(tx, account.brandId);
  const organization = await getOrganization(tx);
  return {
    id: null,
    platform: account.platform ?? null,
    nativeId: account.nativeId ?? null,
    name: account.name,
    currency: account.currency ?? currency ?? null,
    timeZone: account.timeZone ?? organization.timeZone,
    isSynced: false,
  };
}

/** An account that its files give no id goes by its name, so that a second one of that name is found out. */
const MADE_UP = 'name:';
const isMadeUp = (nativeId: string) => nativeId.startsWith(MADE_UP);

/** A platform keeps at most this much, so that no sync ever asks for older days (platform_settings.backfill_months). */
const SYNCED_MONTHS = 37;

/** Why the account takes no figures of these days from a file, or null. `now` decides its today. */
export function daysProblem(
  { isSynced, name, timeZone }: TargetAccount,
  { firstDay, lastDay }: ReadFile['report'],
  now: Date,
): string | null {
  const today = dayIn(isTimeZone(timeZone) ? timeZone : 'UTC', now);
  if (lastDay === null || firstDay === null) return null;
  if (firstDay > today)
    return `The file is of days to come: it begins on ${firstDay}, and at ${name} it is ${today}.`;
  if (!isSynced) return null;
  const oldest = utcDay(subMonths(fromUtcDay(today), SYNCED_MONTHS));
  if (lastDay < oldest) return null;
  return (
    `The figures of ${name} come from its platform by themselves: a file may add days before ${oldest}, ` +
    `and this one goes to ${lastDay}. Use an ad account of its own for files.`
  );
}

/** What a new account is called at its platform: as said, else as the file's one account, else by its name. */
export function nativeIdOf(
  account: Pick<NewFileAccount, 'name' | 'nativeId'>,
  named: ReadFile['namedAccount'],
): string {
  const given = account.nativeId ?? named?.nativeId;
  if (given) return given.replace(/^act_/, '').replace(/^(\d{3})-(\d{3})-(\d{4})$/, '$1$2$3');
  const digest = createHash('sha256')
    .update(account.name.normalize('NFC').trim().toLowerCase())
    .digest('hex');
  return `${MADE_UP}${digest.slice(0, 32)}`;
}

/** Why no account of this id can be made, or null. */
export async function takenProblem(
  tx: TenantTx,
  platform: AdPlatform,
  nativeId: string,
): Promise<string | null> {
  const row = await tx
    .selectFrom('ad_accounts')
    .select(['name', 'is_active'])
    .where('platform', '=', platform)
    .where('native_id', '=', nativeId)
    .executeTakeFirst();
  if (!row) return null;
  return row.is_active
    ? `This ad account is here already, as ${row.name}. Pick it instead of making a new one.`
    : `This ad account was here as ${row.name} and is out of use. Bring it back, or give the new one another name.`;
}

export interface MakeRequest {
  /** Who uploaded the file. */
  principal: Principal;
  account: NewFileAccount;
  target: TargetAccount;
  file: ReadFile;
}

/**
 * Makes an ad account that lives by files, as the person who uploaded the first. Errors: `conflict` where its id or
 * name is taken; `invalid` on `currency`.
 */
export async function makeFileAccount(tx: TenantTx, request: MakeRequest): Promise<string> {
  const { principal, account, target, file } = request;
  const { platform } = file.report;
  const currency = target.currency ?? file.report.currency;
  if (currency === null) throw invalidField('currency', 'Say the currency of the ad account.');
  const nativeId = nativeIdOf(account, file.namedAccount);
  const row = await tx
    .insertInto('ad_accounts')
    .values({
      organization_id: principal.organizationId,
      created_by_id: principal.userId,
      owner_id: principal.userId,
      brand_id: account.brandId ?? null,
      platform,
      native_id: nativeId,
      name: account.name,
      currency,
      time_zone: target.timeZone,
      source: 'FILE',
      sync_status: 'SUCCESS',
      connected_by_id: principal.userId,
      connected_at: sql<Date>`now()`,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'platform', 'native_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) return row.id;
  const taken = await takenProblem(tx, platform, nativeId);
  throw new AppError(
    'conflict',
    taken ?? 'This ad account is here already. Pick it instead of making a new one.',
  );
}

/** The ad account that a person names by its id, its platform's id or its name. Errors: `not_found`; `conflict` where two fit. */
export async function findAccountByWords(tx: TenantTx, words: string, platform: AdPlatform | undefined) {
  const plain = words.replace(/^act_/, '').replace(/^(\d{3})-(\d{3})-(\d{4})$/, '$1$2$3');
  let query = tx
    .selectFrom('ad_accounts')
    .select(['id', 'name', 'platform'])
    .where('is_active', '=', true)
    .where('is_manager', '=', false)
    .where((eb) =>
      eb.or([
        eb(sql<string>`id::text`, '=', words.toLowerCase()),
        eb('native_id', '=', plain),
        eb(sql<string>`lower(name)`, '=', words.toLowerCase()),
      ]),
    );
  if (platform) query = query.where('platform', '=', platform);
  const found = await query.orderBy('name').limit(2).execute();
  if (found.length > 1)
    throw new AppError('conflict', `Two ad accounts are called ${words}: give its id, or its platform.`);
  return found[0] ?? null;
}
