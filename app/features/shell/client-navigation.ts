import { useNavigate } from '@remix-run/react';
import { useEffect } from 'react';

/** Files and machine addresses are the browser's: the router knows pages alone. */
const notPages = /^\/(api|oauth|webhooks)\/|\.[a-z0-9]{2,5}$/i;

export interface ClientTarget {
  href: string;
  /** A filter, a tab or a range of the same page leaves the reader where they are; another page of a list doesn't. */
  keepsScroll: boolean;
}

/** Where a click should take the router, or null where the browser should do what it does. */
export function targetOfClick(event: MouseEvent, here: URL): ClientTarget | null {
  const hasModifier = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || hasModifier || !(event.target instanceof Element))
    return null;
  const link = event.target.closest<HTMLAnchorElement>('a[href]');
  if (!link || (link.target && link.target !== '_self') || link.hasAttribute('download')) return null;
  if (link.dataset.reload !== undefined) return null;
  const to = new URL(link.href);
  const isSamePage = to.pathname === here.pathname && to.search === here.search;
  if (to.origin !== here.origin || notPages.test(to.pathname) || (isSamePage && to.hash)) return null;
  const isOtherPage = link.rel === 'next' || link.rel === 'prev';
  return {
    href: `${to.pathname}${to.search}${to.hash}`,
    keepsScroll: to.pathname === here.pathname && !isOtherPage,
  };
}

/** The same for a form that asks (GET): its fields become the query, and empty ones stay out of the address. */
export function targetOfSubmit(event: SubmitEvent, here: URL): ClientTarget | null {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== 'get') return null;
  if (form.dataset.reload !== undefined || (form.target && form.target !== '_self')) return null;
  const to = new URL(form.action || here.href);
  if (to.origin !== here.origin || notPages.test(to.pathname)) return null;
  const fields = [...new FormData(form, event.submitter)].filter(
    (field): field is [string, string] => typeof field[1] === 'string' && field[1] !== '',
  );
  const search = new URLSearchParams(fields).toString();
  return { href: `${to.pathname}${search && `?${search}`}`, keepsScroll: to.pathname === here.pathname };
}

/**
 * Turns clicks on plain <a> elements and plain GET forms into client navigations, for the whole document, with two
 * listeners. Components below stay free of the router, and a table's fifty links cost fifty elements and no component.
 * `data-reload` on a link or form asks for a full page load.
 */
export function useClientNavigation(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const go = (event: Event, target: ClientTarget | null) => {
      if (!target) return;
      event.preventDefault();
      void navigate(target.href, { preventScrollReset: target.keepsScroll });
    };
    const onClick = (event: MouseEvent) => go(event, targetOfClick(event, new URL(location.href)));
    const onSubmit = (event: SubmitEvent) => go(event, targetOfSubmit(event, new URL(location.href)));
    // On the window, so that React's own handlers (on the document) have spoken first.
    window.addEventListener('click', onClick);
    window.addEventListener('submit', onSubmit);
    return () => {
      window.removeEventListener('click', onClick);
      window.removeEventListener('submit', onSubmit);
    };
  }, [navigate]);
}
