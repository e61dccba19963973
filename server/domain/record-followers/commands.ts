import type { TenantTx } from '../../../db/tenant.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { columnOf, columnsOf, getFollowers } from './queries.ts';
import type { FollowedRef, Followers } from './schema.ts';

const tables = {
  company_id: ['companies', 'company'],
  contact_id: ['contacts', 'contact'],
  deal_id: ['deals', 'deal'],
  campaign_id: ['campaigns', 'campaign'],
} as const;

/**
 * Tells this person from now on when somebody else changes the record. Following twice is following once; it is the
 * person's own and tells nobody. Errors: `not_found`; `forbidden` for a key, which has nobody to tell.
 */
export async function follow(tx: TenantTx, principal: Principal, ref: FollowedRef): Promise<Followers> {
  const userId = requirePerson(principal);
  await requireRecord(tx, ref);
  await tx
    .insertInto('record_followers')
    .values({ organization_id: principal.organizationId, user_id: userId, ...columnsOf(ref) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return getFollowers(tx, ref, userId);
}

/** Errors: `not_found`, `forbidden`. */
export async function unfollow(tx: TenantTx, principal: Principal, ref: FollowedRef): Promise<Followers> {
  const userId = requirePerson(principal);
  await requireRecord(tx, ref);
  const [column, recordId] = columnOf(ref);
  await tx
    .deleteFrom('record_followers')
    .where('user_id', '=', userId)
    .where(column, '=', recordId)
    .execute();
  return getFollowers(tx, ref, userId);
}

function requirePerson(principal: Principal): string {
  if (principal.userId !== null && principal.kind === 'USER') return principal.userId;
  throw new AppError('forbidden', 'Only a person can follow a record; a key has nobody to tell.');
}

async function requireRecord(tx: TenantTx, ref: FollowedRef): Promise<void> {
  const [column, recordId] = columnOf(ref);
  const [table, noun] = tables[column];
  const row = await tx.selectFrom(table).select('id').where('id', '=', recordId).executeTakeFirst();
  if (!row) throw notFound(noun);
}
