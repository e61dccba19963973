import type { Account } from '../../../server/domain/members/schema.ts';
import { paths } from '../../lib/paths.ts';
import type { AppShellProps } from './app-shell.tsx';
import type { NavItemId } from './navigation.ts';

export const roleLabels = { OWNER: 'Owner', ADMIN: 'Admin', MEMBER: 'Member', VIEWER: 'Viewer' } as const;

type Current = NonNullable<Account['current']>;

/** What the frame shows of an account. */
export function shellOf(
  account: Account,
  current: Current,
): Omit<AppShellProps, 'theme' | 'unread' | 'children'> {
  const may = (permission: string) => current.permissions.includes(permission);
  const brand = current.brands.find(({ id }) => id === current.brandId);
  const hidden: NavItemId[] = [
    ...(may('imports.read') ? [] : (['imports'] as const)),
    ...(may('creator-contracts.read') ? [] : (['contracts'] as const)),
  ];
  return {
    person: { name: account.name, email: account.email },
    organization: { name: current.organization.name },
    memberships: account.memberships.map((membership) => ({
      organizationId: membership.organizationId,
      organizationName: membership.name,
      roleLabel: roleLabels[membership.role],
      brandName: null,
      isCurrent: membership.organizationId === current.organization.id,
    })),
    roleLabel: roleLabels[current.role],
    restriction: current.brandId ? `${brand?.name ?? 'One brand'} only` : null,
    hiddenItems: hidden,
    canCreate: may('companies.write'),
    searchUrl: paths.search(),
  };
}
