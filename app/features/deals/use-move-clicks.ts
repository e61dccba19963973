import { type RefObject, useEffect } from 'react';

/**
 * Tells which card's move button was pressed, with one listener for the whole board. The buttons are links to the
 * deal's stages: the keyboard reaches them by itself, and without the script they still lead somewhere.
 */
export function useMoveClicks(board: RefObject<HTMLElement | null>, onMove: (dealId: string) => boolean) {
  useEffect(() => {
    const element = board.current;
    if (!element) return;
    const onClick = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const dealId = event.target.closest<HTMLElement>('[data-move]')?.dataset.move;
      if (dealId && onMove(dealId)) event.preventDefault();
    };
    element.addEventListener('click', onClick);
    return () => element.removeEventListener('click', onClick);
  }, [board, onMove]);
}
