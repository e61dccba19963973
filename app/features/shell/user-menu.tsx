import { paths } from '../../lib/paths.ts';
import type { Theme } from '../../lib/theme.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Menu, MenuButton, MenuLink, MenuRule } from '../../ui/menu.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

export interface ShellPerson {
  name: string;
  email: string;
}

export interface UserMenuProps {
  person: ShellPerson;
  roleLabel: string;
  theme: Theme;
  onShowShortcuts: () => void;
}

export function UserMenu({ person, roleLabel, theme, onShowShortcuts }: UserMenuProps) {
  return (
    <Menu
      side="top"
      width="trigger"
      triggerClassName="flex min-h-11 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-active"
      trigger={
        <>
          <Avatar name={person.name} size="medium" />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{person.name}</span>
            <span className="block truncate text-sm text-muted">{roleLabel}</span>
          </span>
          <span className="sr-only">Account menu</span>
        </>
      }
    >
      <p className="truncate px-2 pt-1.5 pb-2 text-sm text-muted">{person.email}</p>
      <ThemeToggle theme={theme} />
      <MenuRule />
      <MenuLink href={paths.settingsAccount()}>Account</MenuLink>
      <div className="needs-script">
        <MenuButton type="button" onClick={onShowShortcuts}>
          Keyboard shortcuts
        </MenuButton>
      </div>
      <MenuRule />
      <form method="post" action={paths.logout()}>
        <MenuButton>Sign out</MenuButton>
      </form>
    </Menu>
  );
}
