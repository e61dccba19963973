import { Check, ChevronsUpDown } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Menu, MenuButton, MenuLabel } from '../../ui/menu.tsx';

export interface ShellMembership {
  organizationId: string;
  organizationName: string;
  /** "Owner", "Viewer": in words. */
  roleLabel: string;
  /** The brand of a client's own login, or null for the whole agency. */
  brandName: string | null;
  isCurrent: boolean;
}

export interface OrganizationSwitcherProps {
  organizationName: string;
  /** What this membership is limited to, in words: "Nova Cosmetics only". */
  restriction: string | null;
  memberships: readonly ShellMembership[];
}

/** Which agency the page speaks of. With one membership it is a name; with several, a menu of buttons that post. */
export function OrganizationSwitcher({
  organizationName,
  restriction,
  memberships,
}: OrganizationSwitcherProps) {
  const face = (
    <>
      <Avatar name={organizationName} shape="square" size="medium" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">{organizationName}</span>
        {restriction && <span className="block truncate text-sm text-muted">{restriction}</span>}
      </span>
    </>
  );
  const look = 'flex min-h-10 w-full items-center gap-2.5 rounded-md px-2 text-left';
  if (memberships.length < 2) return <div className={look}>{face}</div>;
  return (
    <Menu
      width="trigger"
      triggerClassName={`${look} hover:bg-active`}
      trigger={
        <>
          {face}
          <ChevronsUpDown aria-hidden="true" className="size-3.5 flex-none text-subtle" />
          <span className="sr-only">Switch agency</span>
        </>
      }
    >
      <MenuLabel>Switch to</MenuLabel>
      <form method="post" action={paths.switchOrganization()}>
        {memberships.map((membership) => (
          <MembershipButton key={membership.organizationId} membership={membership} />
        ))}
      </form>
    </Menu>
  );
}

function MembershipButton({ membership }: { membership: ShellMembership }) {
  const { organizationId, organizationName, roleLabel, brandName, isCurrent } = membership;
  return (
    <MenuButton
      name="organizationId"
      value={organizationId}
      {...(isCurrent && { 'aria-current': 'true' as const })}
    >
      <Avatar name={organizationName} shape="square" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{organizationName}</span>
        <span className="block truncate text-sm text-muted">
          {brandName ? `${brandName} · ${roleLabel}` : roleLabel}
        </span>
      </span>
      {isCurrent && <Check aria-hidden="true" />}
    </MenuButton>
  );
}
