import { useLocation } from '@remix-run/react';
import { Search } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { isCurrent, type NavSection } from './navigation.ts';
import { keyCaps } from './shortcuts.ts';
import { useIsMac } from './use-shortcuts.ts';

/** The places, by section. `data-discover` lets the router learn their routes before the first click. */
export function NavSections({ sections }: { sections: readonly NavSection[] }) {
  const { pathname } = useLocation();
  return sections.map(({ heading, items }) => (
    <div key={heading ?? 'top'} className="nav-section">
      {heading && <h2>{heading}</h2>}
      <ul>
        {items.map(({ id, label, href, icon: Icon }) => (
          <li key={id}>
            <a
              href={href}
              className="nav-link"
              data-discover="true"
              {...(isCurrent(href, pathname) && {
                'aria-current': pathname === href ? ('page' as const) : ('true' as const),
              })}
            >
              <Icon aria-hidden="true" />
              {label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  ));
}

/** Opens the palette. A script is its whole life, so without one it isn't shown. */
export function SearchButton({ onOpen }: { onOpen: () => void }) {
  const isMac = useIsMac();
  return (
    <>
      <a href={paths.search()} className="needs-no-script link px-2 py-1">
        Search
      </a>
      <button
        type="button"
        onClick={onOpen}
        aria-keyshortcuts="Control+K Meta+K"
        className="needs-script flex h-8 w-full items-center gap-2 rounded-md border border-line-strong bg-raised px-2 text-muted shadow-control hover:text-ink"
      >
        <Search aria-hidden="true" className="size-3.5" />
        <span className="flex-1 text-left">Search</span>
        <span className="pointer-coarse:hidden">
          <Kbd keys={keyCaps('mod+k', isMac)} />
        </span>
      </button>
    </>
  );
}
