import { useEffect, type RefObject } from 'react';

const stops =
  'a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select:not(:disabled)';

/** Moves through a panel's stops with the arrows, Home and End; a field keeps its own arrow keys. */
function moveFocus(details: HTMLDetailsElement, event: KeyboardEvent): void {
  const items = [...details.querySelectorAll<HTMLElement>(stops)];
  const here = items.findIndex((item) => item === document.activeElement);
  if (document.activeElement?.matches('input, select')) return;
  const targets: Record<string, number> = {
    ArrowDown: (here + 1) % items.length,
    ArrowUp: (here <= 0 ? items.length : here) - 1,
    Home: 0,
    End: items.length - 1,
  };
  const target = items[targets[event.key] ?? -1];
  if (!target) return;
  event.preventDefault();
  target.focus();
}

/**
 * Makes an open <details> behave as a menu does: Escape closes and gives the focus back, so do a click outside, leaving
 * it with Tab, and choosing something in it. Without a script it stays what it is: a summary that opens and closes.
 */
export function usePopoverDetails(ref: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const details = ref.current;
    if (!details) return;
    const close = () => {
      details.open = false;
    };
    const onPointerDown = (event: PointerEvent) => {
      if (details.open && event.target instanceof Node && !details.contains(event.target)) close();
    };
    const onFocusOut = (event: FocusEvent) => {
      if (event.relatedTarget instanceof Node && !details.contains(event.relatedTarget)) close();
    };
    const onClick = (event: MouseEvent) => {
      const chosen = event.target instanceof Element && event.target.closest('a[href], button');
      // Only after the click has done its work: a form whose button vanishes is not sent.
      if (chosen && !chosen.closest('[data-keep-open]')) setTimeout(close);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (!details.open) return;
      if (event.key !== 'Escape') return moveFocus(details, event);
      event.stopPropagation();
      close();
      details.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', onPointerDown);
    details.addEventListener('focusout', onFocusOut);
    details.addEventListener('click', onClick);
    details.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      details.removeEventListener('focusout', onFocusOut);
      details.removeEventListener('click', onClick);
      details.removeEventListener('keydown', onKeyDown);
    };
  }, [ref]);
}
