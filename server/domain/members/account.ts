import type { Database } from '../../../db/client.ts';
import { withTenant } from '../../../db/tenant.ts';
import { type Permission, permissions } from '../../auth/permissions.ts';
import { may } from '../../auth/principal.ts';
import type { SessionInfo, SignedIn } from '../../auth/sessions.ts';
import { findTimeZone } from './queries.ts';
import { getOrganization, listBrands } from '../organizations/queries.ts';
import type { Account, AccountSession } from './schema.ts';

/** The signed-in person as the pages show them: their agencies, and what they may do in the current one. */
export async function getAccount(db: Database, signedIn: SignedIn): Promise<Account> {
  const { userId, email, name, memberships } = signedIn;
  const { timeZone, current } = await placeOf(db, signedIn);
  return { userId, email, name, timeZone, memberships, current };
}

async function placeOf(
  db: Database,
  { principal, userId }: SignedIn,
): Promise<Pick<Account, 'timeZone' | 'current'>> {
  if (!principal) return { timeZone: null, current: null };
  const [organization, brands, timeZone] = await withTenant(db, principal, 'read', (tx) =>
    Promise.all([getOrganization(tx), listBrands(tx), findTimeZone(tx, userId)]),
  );
  const current = {
    organization,
    role: principal.role,
    brandId: principal.brandId,
    brands: brands.filter((brand) => brand.isActive).map(({ id, name }) => ({ id, name })),
    permissions: (Object.keys(permissions) as Permission[]).filter((permission) =>
      may(principal, permission),
    ),
  };
  return { timeZone, current };
}

export function toAccountSession(session: SessionInfo): AccountSession {
  return {
    ...session,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
  };
}
