import { type RefObject, useEffect, useRef } from 'react';

export interface BoardClicks {
  /** A card's move button; true where it is taken care of. */
  onMove: (dealId: string) => boolean;
  /** A column's button for a new deal. */
  onAdd: (stage: string) => void;
}

/**
 * Tells which button of the board was pressed, with one listener for all of it. The buttons are links: the keyboard
 * reaches them by itself, and without the script they still lead somewhere.
 */
export function useBoardClicks(board: RefObject<HTMLElement | null>, clicks: BoardClicks): void {
  const latest = useRef(clicks);
  useEffect(() => {
    latest.current = clicks;
  });
  useEffect(() => {
    const element = board.current;
    if (!element) return;
    const onClick = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const { move, add } = event.target.closest<HTMLElement>('[data-move], [data-add]')?.dataset ?? {};
      if (move && latest.current.onMove(move)) event.preventDefault();
      if (!add) return;
      event.preventDefault();
      latest.current.onAdd(add);
    };
    element.addEventListener('click', onClick);
    return () => element.removeEventListener('click', onClick);
  }, [board]);
}
