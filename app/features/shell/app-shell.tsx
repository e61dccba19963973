import { useNavigate } from '@remix-run/react';
import { Menu as MenuIcon, Search } from 'lucide-react';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import type { Theme } from '../../lib/theme.ts';
import { buttonClass } from '../../ui/button.tsx';
import { TooltipProvider } from '../../ui/tooltip.tsx';
import { ExplainPanel } from '../explanations/explain-panel.tsx';
import { NotificationBell } from '../notifications/notification-bell.tsx';
import { useUnread } from '../notifications/use-unread.ts';
import { CommandPalette } from './command-palette.tsx';
import { visibleNavigation, type NavItemId } from './navigation.ts';
import { NavigationProgress } from './navigation-progress.tsx';
import { OrganizationSwitcher, type ShellMembership } from './organization-switcher.tsx';
import { paletteItems } from './palette-items.ts';
import { useRememberPages } from './recent-pages.ts';
import { completeRow, focusRow, focusSearchField, pressMarked, toggleRow } from './shell-commands.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { shortcutsFor, type ShortcutAction } from './shortcuts.ts';
import { NavSections, SearchButton } from './sidebar.tsx';
import { usePageFocus } from './use-page-focus.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { UserMenu, type ShellPerson } from './user-menu.tsx';

export interface AppShellProps {
  person: ShellPerson;
  organization: { name: string };
  /** Every membership of the person, the current one marked. */
  memberships: readonly ShellMembership[];
  /** The current role in words. */
  roleLabel: string;
  /** What the current membership is limited to: "Nova Cosmetics only". Null for the whole agency. */
  restriction: string | null;
  theme: Theme;
  /** Areas that this role may not open. */
  hiddenItems?: readonly NavItemId[];
  /** Whether the palette offers to create: false for a viewer. */
  canCreate: boolean;
  /** How many notifications are unread, as the frame was loaded. */
  unread: number;
  /** The palette's record search (GET q → SearchAnswer), or null. */
  searchUrl: string | null;
  children: ReactNode;
}

// React 18 knows neither attribute by type; both are plain HTML, and open the folded navigation without a script.
const navId = 'app-navigation';
const foldable = { popover: 'auto' };
const opensNav = { popovertarget: navId };
const noneHidden: readonly NavItemId[] = [];

/** The frame around every signed-in page: navigation, palette, shortcuts, and the place where the page goes. */
export function AppShell(props: AppShellProps) {
  const { hiddenItems = noneHidden, canCreate, children } = props;
  const sections = useMemo(() => visibleNavigation(hiddenItems), [hiddenItems]);
  const shortcuts = useMemo(() => shortcutsFor(sections), [sections]);
  const items = useMemo(() => paletteItems(sections, canCreate), [sections, canCreate]);
  const [opened, setOpened] = useState<'palette' | 'help' | null>(null);
  const close = useCallback(() => setOpened(null), []);
  const main = useRef<HTMLElement>(null);
  const nav = useRef<HTMLElement>(null);
  usePageFocus(main, nav);
  const recentOwner = `${props.organization.name} ${props.person.email}`;
  useRememberPages(recentOwner);
  useShortcuts(shortcuts, useShellAction(setOpened));
  const unread = useUnread(props.unread);
  const openPalette = () => setOpened('palette');

  return (
    <TooltipProvider>
      <NavigationProgress />
      <div className="shell">
        <a href="#main" className="shell-skip">
          Skip to content
        </a>
        <PhoneBar organizationName={props.organization.name} unread={unread} onOpenPalette={openPalette} />
        <nav ref={nav} id={navId} aria-label="Main" className="shell-nav" {...foldable}>
          <div className="grid gap-2 p-2">
            <div className="flex items-center gap-1">
              <div className="min-w-0 flex-1">
                <OrganizationSwitcher
                  organizationName={props.organization.name}
                  restriction={props.restriction}
                  memberships={props.memberships}
                />
              </div>
              <NotificationBell unread={unread} />
            </div>
            <SearchButton onOpen={openPalette} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <NavSections sections={sections} />
          </div>
          <div className="border-t border-line p-2">
            <UserMenu
              person={props.person}
              roleLabel={props.roleLabel}
              theme={props.theme}
              onShowShortcuts={() => setOpened('help')}
            />
          </div>
        </nav>
        <main ref={main} id="main" tabIndex={-1} className="shell-main">
          {children}
        </main>
      </div>
      <CommandPalette
        isOpen={opened === 'palette'}
        onClose={close}
        items={items}
        searchUrl={props.searchUrl}
        recentOwner={recentOwner}
      />
      <ExplainPanel />
      <ShortcutSheet isOpen={opened === 'help'} onClose={close} shortcuts={shortcuts} />
    </TooltipProvider>
  );
}

/** What the registry's actions do here. */
function useShellAction(
  setOpened: (update: (now: 'palette' | 'help' | null) => 'palette' | 'help' | null) => void,
) {
  const navigate = useNavigate();
  return useCallback(
    (action: ShortcutAction) => {
      if (action.kind === 'go') return void navigate(action.href);
      if (action.kind === 'press') return pressMarked(action.target);
      if (action.kind === 'native') return;
      const commands = {
        palette: () => setOpened((now) => (now === 'palette' ? null : 'palette')),
        help: () => setOpened(() => 'help'),
        'next-row': () => focusRow(1),
        'previous-row': () => focusRow(-1),
        'select-row': toggleRow,
        'complete-row': completeRow,
        'search-field': focusSearchField,
      };
      commands[action.command]();
    },
    [navigate, setOpened],
  );
}

function PhoneBar({
  organizationName,
  unread,
  onOpenPalette,
}: {
  organizationName: string;
  unread: number;
  onOpenPalette: () => void;
}) {
  const icon = buttonClass({ variant: 'quiet', iconOnly: true });
  return (
    <header className="shell-bar">
      <button type="button" className={icon} aria-label="Open navigation" {...opensNav}>
        <MenuIcon aria-hidden="true" />
      </button>
      <span className="min-w-0 flex-1 truncate font-semibold">{organizationName}</span>
      <NotificationBell unread={unread} />
      <button
        type="button"
        className={`${icon} needs-script`}
        aria-label="Search and commands"
        onClick={onOpenPalette}
      >
        <Search aria-hidden="true" />
      </button>
    </header>
  );
}
