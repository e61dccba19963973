import { useEffect, type RefObject } from 'react';

const GAP_PX = 4;
const ROOM_PX = 240;

/**
 * Shows an element in the top layer under its anchor, as wide as it, or above where there is more room. The top layer
 * lets it leave panels and dialogs that clip what hangs out of them. Where a browser has no popovers it stays in the flow.
 */
export function useAnchoredPopover(
  anchor: RefObject<HTMLElement | null>,
  popover: RefObject<HTMLElement | null>,
  isOpen: boolean,
): void {
  useEffect(() => {
    const at = anchor.current;
    const element = popover.current;
    if (!isOpen || !at || !element || !('showPopover' in element)) return;
    // React 18 knows no popover attribute, and an attribute is all that it takes.
    element.setAttribute('popover', 'manual');
    element.showPopover();
    const follow = () => place(at, element);
    follow();
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    window.addEventListener('resize', follow);
    return () => {
      window.removeEventListener('scroll', follow, { capture: true });
      window.removeEventListener('resize', follow);
      if (element.isConnected) element.hidePopover();
    };
  }, [anchor, popover, isOpen]);
}

function place(anchor: HTMLElement, element: HTMLElement): void {
  const { left, top, bottom, width } = anchor.getBoundingClientRect();
  const below = window.innerHeight - bottom;
  const isAbove = below < ROOM_PX && top > below;
  const { style } = element;
  style.left = `${left}px`;
  style.width = `${width}px`;
  style.maxHeight = `${(isAbove ? top : below) - 2 * GAP_PX}px`;
  style.top = isAbove ? 'auto' : `${bottom + GAP_PX}px`;
  style.bottom = isAbove ? `${window.innerHeight - top + GAP_PX}px` : 'auto';
}
