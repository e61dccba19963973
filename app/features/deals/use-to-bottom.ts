import { type RefObject, useLayoutEffect } from 'react';

/** Tells the stylesheet how far down the page an element begins, so that it can end with the window. */
export function useToBottom(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured?.parentElement) return;
    const measure = () => {
      const top = measured.getBoundingClientRect().top + scrollY;
      measured.style.setProperty('--board-top', `${Math.round(top)}px`);
    };
    const observer = new ResizeObserver(measure);
    // What stands above it grows and wraps.
    for (const sibling of measured.parentElement.children)
      if (sibling !== measured) observer.observe(sibling);
    measure();
    return () => observer.disconnect();
  }, [element]);
}
