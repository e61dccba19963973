import { useLocation } from '@remix-run/react';
import { useEffect, useRef, type RefObject } from 'react';

/**
 * After a client navigation to another page the focus goes to <main>, as a page load would begin anew, and the folded
 * navigation closes. Filters and sorts keep their path, and so the reader's place.
 */
export function usePageFocus(
  main: RefObject<HTMLElement | null>,
  folded: RefObject<HTMLElement | null>,
): void {
  const { pathname } = useLocation();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    if (folded.current?.matches(':popover-open')) folded.current.hidePopover();
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [pathname, main, folded]);
}
