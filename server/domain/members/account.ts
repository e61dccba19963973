import type { Database } from '../../../db/client.ts';
import { withTenant } from '../../../db/tenant.ts';
import { type Permission, permissions } from '../../auth/permissions.ts';
import { may } from '../../auth/principal.ts';
import type { SessionInfo, SignedIn } from '../../auth/sessions.ts';
import { getOrganization, listBrands } from '../organizations/queries.ts';
import type { Account, AccountSession } from './schema.ts';

/** The signed-in person as the pages show them: their agencies, and what they may do in the current one. */
export async function getAccount(db: Database, signedIn: SignedIn): Promise<Account> {
  const { userId, email, name, memberships } = signedIn;
  return { userId, email, name, memberships, current: await currentOf(db, signedIn) };
}

async function currentOf(db: Database, { principal }: SignedIn): Promise<Account['current']> {
  if (!principal) return null;
  const [organization, brands] = await withTenant(db, principal, 'read', (tx) =>
    Promise.all([getOrganization(tx), listBrands(tx)]),
  );
  return {
    organization,
    role: principal.role,
    brandId: principal.brandId,
    brands: brands.filter((brand) => brand.isActive).map(({ id, name }) => ({ id, name })),
    permissions: (Object.keys(permissions) as Permission[]).filter((permission) =>
      may(principal, permission),
    ),
  };
}

export function toAccountSession(session: SessionInfo): AccountSession {
  return {
    ...session,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
  };
}
