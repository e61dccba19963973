import { MoreHorizontal } from 'lucide-react';
import { LinkButton } from '../../ui/button.tsx';
import { Menu, MenuLink } from '../../ui/menu.tsx';

export interface ListAction {
  label: string;
  href: string;
}

/** What a list offers beside creating: buttons in a row, or one menu where a phone has no room for them. */
export function ListActions({ actions }: { actions: readonly ListAction[] }) {
  if (actions.length === 0) return null;
  return (
    <>
      <div className="hidden flex-wrap items-center gap-2 md:flex">
        {actions.map(({ label, href }) => (
          <LinkButton key={label} href={href}>
            {label}
          </LinkButton>
        ))}
      </div>
      <Menu
        className="list-menu md:hidden"
        trigger={<MoreHorizontal aria-hidden="true" />}
        label="More actions"
        look={{ iconOnly: true }}
        align="end"
      >
        {actions.map(({ label, href }) => (
          <MenuLink key={label} href={href}>
            {label}
          </MenuLink>
        ))}
      </Menu>
    </>
  );
}
