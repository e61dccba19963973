import { useLocation, useNavigate } from '@remix-run/react';
import { type RefObject, useEffect, useRef } from 'react';

/** The panel takes the focus when a record opens in it, and gives it to that record's row when it closes. */
export function usePanelFocus(panel: RefObject<HTMLElement>, recordId: string) {
  const last = useRef(recordId);
  useEffect(() => {
    last.current = recordId;
    if (!panel.current?.contains(document.activeElement)) panel.current?.focus({ preventScroll: true });
  }, [panel, recordId]);
  useEffect(
    () => () => {
      const row = document.getElementById(`row-${last.current}`);
      const link = row?.querySelector<HTMLElement>('a[data-row-link]') ?? linkTo(last.current);
      link?.focus();
    },
    [],
  );
}

/** A board's card has no row. */
function linkTo(recordId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`main a[href*="${CSS.escape(recordId)}"]`);
}

/** Escape closes, unless something above (a dialog, an editor, an open list) took it. */
export function useEscape(panel: RefObject<HTMLElement>, closeHref: string) {
  const navigate = useNavigate();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || !panel.current) return;
      if (document.querySelector('dialog[open], :popover-open')) return;
      const isElsewhere = event.target instanceof Element && event.target.closest('input, textarea, select');
      if (isElsewhere && !panel.current.contains(event.target)) return;
      event.preventDefault();
      void navigate(closeHref, { preventScrollReset: true });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [panel, navigate, closeHref]);
}

/** Back from a record's page (`#row-<id>`), its row is in sight, marked, and has the focus. */
export function useReturnedRow() {
  const { hash, key } = useLocation();
  useEffect(() => {
    const row = hash.startsWith('#row-') ? document.getElementById(hash.slice(1)) : null;
    if (!row) return;
    row.setAttribute('data-returned', '');
    row.scrollIntoView({ block: 'center' });
    row.querySelector<HTMLElement>('a[data-row-link]')?.focus({ preventScroll: true });
    return () => row.removeAttribute('data-returned');
  }, [hash, key]);
}

/** Marks the row whose record stands open. */
export function useOpenMark(recordId: string | null) {
  useEffect(() => {
    if (recordId === null) return;
    const row = document.getElementById(`row-${recordId}`);
    row?.setAttribute('data-open', '');
    row?.scrollIntoView({ block: 'nearest' });
    return () => row?.removeAttribute('data-open');
  }, [recordId]);
}
