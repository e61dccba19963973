import { useLocation } from '@remix-run/react';
import { useEffect } from 'react';

/** A record's page that was open in this tab. */
export interface RecentPage {
  href: string;
  title: string;
}

const MOST = 8;
const recordPath = /^\/(companies|contacts|deals|tasks|campaigns|ad-accounts)\/[0-9a-f-]{36}$/;

/**
 * Remembers the records that were looked at, for the palette. In the tab's own storage, so that names do not outlive
 * the tab on a machine that others use; `owner` keeps one agency's from another's.
 */
export function useRememberPages(owner: string): void {
  const { pathname } = useLocation();
  useEffect(() => {
    if (!recordPath.test(pathname)) return undefined;
    // The page's title is written after this effect.
    const timer = setTimeout(() => remember(owner, { href: pathname, title: titleOf(document.title) }), 300);
    return () => clearTimeout(timer);
  }, [owner, pathname]);
}

/** The records that were looked at, the last one first, without the page that is open. */
export function recentPages(owner: string): readonly RecentPage[] {
  return read(owner).filter(({ href }) => href !== location.pathname);
}

function titleOf(title: string): string {
  return title.split(' · ')[0] ?? title;
}

function remember(owner: string, page: RecentPage): void {
  const others = read(owner).filter(({ href }) => href !== page.href);
  try {
    sessionStorage.setItem(keyOf(owner), JSON.stringify([page, ...others].slice(0, MOST)));
  } catch {
    // Storage that is closed to the page remembers nothing, and nothing else depends on it.
  }
}

function read(owner: string): readonly RecentPage[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(owner)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isPage) : [];
  } catch {
    return [];
  }
}

const keyOf = (owner: string) => `spokestack.recent:${owner}`;

function isPage(value: unknown): value is RecentPage {
  const page = value as Partial<RecentPage> | null;
  return typeof page?.href === 'string' && recordPath.test(page.href) && typeof page.title === 'string';
}
