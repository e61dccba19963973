import type { TenantTx } from '../../../db/tenant.ts';
import { invalidField } from '../../kernel/errors.ts';
import type { Member } from './schema.ts';

/** The people of this agency whom the principal may see, by name. */
export async function listMembers(tx: TenantTx): Promise<Member[]> {
  const rows = await tx
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select(['users.id', 'users.name', 'users.email', 'memberships.role', 'memberships.brand_id'])
    .where('memberships.is_active', '=', true)
    .orderBy('users.name')
    .orderBy('users.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    brandId: row.brand_id,
  }));
}

/** Errors: `invalid` on `ownerId` where it is no active member that this principal sees. */
export async function requireMember(tx: TenantTx, userId: string, field = 'ownerId'): Promise<void> {
  const member = await tx
    .selectFrom('memberships')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('is_active', '=', true)
    .executeTakeFirst();
  if (!member) throw invalidField(field, 'There is no such member of this agency.');
}

/** A person's own time zone (IANA), or null for that of the agency. */
export async function findTimeZone(tx: TenantTx, userId: string): Promise<string | null> {
  const row = await tx.selectFrom('users').select('time_zone').where('id', '=', userId).executeTakeFirst();
  return row?.time_zone ?? null;
}
