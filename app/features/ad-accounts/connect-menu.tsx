import { Form } from '@remix-run/react';
import { paths } from '../../lib/paths.ts';
import { Menu, MenuButton } from '../../ui/menu.tsx';
import type { PlatformStatus } from './connect-platforms.tsx';

/** The platforms that can be connected, behind one button: a list that has accounts is read more than added to. */
export function ConnectMenu({ platforms }: { platforms: readonly PlatformStatus[] }) {
  const on = platforms.filter(({ isOn }) => isOn);
  if (on.length === 0) return null;
  return (
    <Menu trigger="Connect a platform" look={{ variant: 'primary' }} align="end" className="list-menu">
      {on.map(({ id, name }) => (
        <Form key={id} method="post" action={paths.connectAdAccounts()} reloadDocument>
          <input type="hidden" name="platform" value={id} />
          <MenuButton name="intent" value="connect">
            Connect {name}
          </MenuButton>
        </Form>
      ))}
    </Menu>
  );
}
