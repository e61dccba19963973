import { useEffect, useRef, type RefObject } from 'react';

/** The row's own link: a click that already hit something that acts, or that ends a selection, has none. */
function rowLinkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (event.defaultPrevented || !(event.target instanceof Element)) return null;
  if (event.target.closest('a, button, input, select, summary, label')) return null;
  if (getSelection()?.isCollapsed === false) return null;
  return event.target.closest('tr')?.querySelector<HTMLAnchorElement>('a[data-row-link]') ?? null;
}

/**
 * Lets a click anywhere on a row do what its first cell's link does, in this tab or (middle button, Ctrl, ⌘) another.
 * One listener for the whole table; the link itself is what keyboards, screen readers and script-less pages use.
 */
export function useRowLinks(body: RefObject<HTMLTableSectionElement | null>): void {
  useEffect(() => {
    const element = body.current;
    if (!element) return;
    const follow = (event: MouseEvent) => {
      const link = rowLinkOf(event);
      if (!link || event.button > 1) return;
      const { ctrlKey, metaKey, shiftKey } = event;
      const elsewhere = event.button === 1 || ctrlKey || metaKey;
      // The copy bubbles to whoever handles links; a browser opens a new tab for a link clicked with Ctrl.
      link.dispatchEvent(
        new MouseEvent('click', {
          bubbles: true,
          cancelable: true,
          shiftKey,
          ctrlKey: elsewhere,
          metaKey: elsewhere,
        }),
      );
    };
    element.addEventListener('click', follow);
    element.addEventListener('auxclick', follow);
    return () => {
      element.removeEventListener('click', follow);
      element.removeEventListener('auxclick', follow);
    };
  }, [body]);
}

/** Another page of rows, or another order, is read from its top: the table's own scroll goes back when its first row changes. */
export function useScrollToTop(
  body: RefObject<HTMLTableSectionElement | null>,
  firstRowId: string | undefined,
): void {
  const previous = useRef(firstRowId);
  useEffect(() => {
    if (previous.current === firstRowId) return;
    previous.current = firstRowId;
    body.current?.closest('.table-scroll')?.scrollTo({ top: 0 });
  }, [body, firstRowId]);
}
