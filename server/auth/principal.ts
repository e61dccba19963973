import type { Reach, TenantScope } from '../../db/tenant.ts';
import type { MemberRole, PrincipalKind } from '../../db/types.ts';
import { isAgencyOnly, type Permission, roleMay } from './permissions.ts';

/** Who acts, in which agency, and how far that reaches. Every door makes one; everything behind the doors takes it. */
export interface Principal extends TenantScope {
  kind: PrincipalKind;
  role: MemberRole;
  /** A client's own login at this brand; null for the agency's people. */
  brandId: string | null;
}

interface PrincipalFacts {
  kind: PrincipalKind;
  organizationId: string;
  userId: string | null;
  role: MemberRole;
  brandId: string | null;
  brandIds: readonly string[];
}

/** Derives the reach: a brand's login sees its brand, a MEMBER what is assigned, everybody else the whole agency. */
export function toPrincipal(facts: PrincipalFacts): Principal {
  const reach: Reach = facts.brandId !== null ? 'brand' : facts.role === 'MEMBER' ? 'assigned' : 'all';
  return { ...facts, reach };
}

/** The job runner inside one agency: it sees the agency whole, and acts for nobody. */
export function jobPrincipal(organizationId: string): Principal {
  return toPrincipal({
    kind: 'JOB',
    organizationId,
    userId: null,
    role: 'ADMIN',
    brandId: null,
    brandIds: [],
  });
}

/** Whether this principal holds a permission: by role, and by being of the agency where that is asked. */
export function may(principal: Principal, permission: Permission): boolean {
  return roleMay(principal.role, permission) && !(principal.brandId !== null && isAgencyOnly(permission));
}
