import type { TenantTx } from '../../../db/tenant.ts';
import type { FollowedRef, Followers } from './schema.ts';

/** The columns of a reference, of which one is set. */
export function columnsOf(ref: FollowedRef) {
  return {
    company_id: ref.companyId ?? null,
    contact_id: ref.contactId ?? null,
    deal_id: ref.dealId ?? null,
    campaign_id: ref.campaignId ?? null,
  };
}

/** The column of a reference that is set, with its id. */
export function columnOf(
  ref: FollowedRef,
): ['company_id' | 'contact_id' | 'deal_id' | 'campaign_id', string] {
  if (ref.companyId) return ['company_id', ref.companyId];
  if (ref.contactId) return ['contact_id', ref.contactId];
  if (ref.dealId) return ['deal_id', ref.dealId];
  return ['campaign_id', ref.campaignId ?? ''];
}

/** Who follows a record, and whether this person does; nobody where the record is not theirs to see. */
export async function getFollowers(
  tx: TenantTx,
  ref: FollowedRef,
  userId: string | null,
): Promise<Followers> {
  const [column, recordId] = columnOf(ref);
  const rows = await tx
    .selectFrom('record_followers')
    .innerJoin('memberships', 'memberships.user_id', 'record_followers.user_id')
    .innerJoin('users', 'users.id', 'record_followers.user_id')
    .select(['users.id', 'users.name'])
    .where(`record_followers.${column}`, '=', recordId)
    .where('memberships.is_active', '=', true)
    .orderBy('users.name')
    .orderBy('users.id')
    .execute();
  return {
    isFollowing: rows.some(({ id }) => id === userId),
    followers: rows.map(({ id, name }) => ({ userId: id, name })),
  };
}
