import { useNavigate } from '@remix-run/react';
import { useEffect } from 'react';

/** Files and machine addresses are the browser's: the router knows pages alone. */
const notPages = /^\/(api|oauth|webhooks)\/|\.[a-z0-9]{2,5}$/i;

/** Where a click should take the router, or null where the browser should do what it does. */
export function clientHref(event: MouseEvent, here: URL): string | null {
  const hasModifier = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || hasModifier || !(event.target instanceof Element))
    return null;
  const link = event.target.closest<HTMLAnchorElement>('a[href]');
  if (!link || (link.target && link.target !== '_self') || link.hasAttribute('download')) return null;
  if (link.dataset.reload !== undefined) return null;
  const to = new URL(link.href);
  const isSamePage = to.pathname === here.pathname && to.search === here.search;
  if (to.origin !== here.origin || notPages.test(to.pathname) || (isSamePage && to.hash)) return null;
  return `${to.pathname}${to.search}${to.hash}`;
}

/**
 * Turns clicks on plain <a> elements into client navigations, for the whole document, with one listener. Components
 * below stay free of the router, and a table's fifty links cost fifty elements and no component. `data-reload` on a
 * link asks for a full page load.
 */
export function useClientNavigation(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const href = clientHref(event, new URL(location.href));
      if (href === null) return;
      event.preventDefault();
      void navigate(href);
    };
    // On the window, so that React's own handlers (on the document) have spoken first.
    window.addEventListener('click', onClick);
    return () => window.removeEventListener('click', onClick);
  }, [navigate]);
}
