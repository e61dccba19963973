import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { findCard, wordsOfPlace } from './board-state.ts';
import type { BoardColumn } from './board-types.ts';
import { dragByKeyboard } from './drag-by-keyboard.ts';
import { dragByPointer } from './drag-by-pointer.ts';
import type { DropTarget } from './drop-target.ts';
import { stageLabels } from './labels.ts';

export interface BoardDrag {
  /** The columns as they are shown. */
  columns: readonly BoardColumn[];
  canMove: boolean;
  announce: (words: string) => void;
  /** A card was put down; false where it stands there already. */
  onDrop: (dealId: string, target: DropTarget) => boolean;
}

/** Drags the board's cards by pointer and by keyboard, and says what happens to whom does not see it. */
export function useBoardDrag(board: RefObject<HTMLElement | null>, drag: BoardDrag): void {
  const latest = useRef(drag);
  const focusedId = useRef<string | null>(null);
  useLayoutEffect(() => {
    latest.current = drag;
    // A card that changed its column was made anew there: the focus goes with it.
    if (focusedId.current && document.activeElement === document.body)
      linkOf(board, focusedId.current)?.focus();
  });
  const { canMove } = drag;
  useEffect(() => {
    const element = board.current;
    if (!element || !canMove) return;
    const nameOf = (dealId: string) => findCard(latest.current.columns, dealId)?.card.name ?? 'The deal';
    const placeOf = (dealId: string, target: DropTarget) =>
      wordsOfPlace(latest.current.columns, target, { dealId, labels: stageLabels });
    const onCancel = (dealId: string) => {
      const stage = findCard(latest.current.columns, dealId)?.stage;
      latest.current.announce(
        `Cancelled. ${nameOf(dealId)} stays${stage ? ` in ${stageLabels[stage]}` : ''}.`,
      );
    };
    const onDrop = (dealId: string, target: DropTarget) => {
      latest.current.announce(`${nameOf(dealId)} dropped in ${placeOf(dealId, target)}.`);
      if (!latest.current.onDrop(dealId, target)) onCancel(dealId);
    };
    const onPick = (dealId: string) => {
      const found = findCard(latest.current.columns, dealId);
      const place = found ? ` ${placeOf(dealId, found)}.` : '';
      latest.current.announce(
        `${nameOf(dealId)} picked up.${place} Arrow keys move it, Space drops it, Escape puts it back.`,
      );
    };
    const stops = [
      dragByPointer(element, { onPick, onDrop, onCancel }),
      dragByKeyboard(element, {
        onPick,
        onCancel,
        onAim: (dealId, target) => latest.current.announce(`${placeOf(dealId, target)}.`),
        onDrop: (dealId, target) => {
          focusedId.current = dealId;
          onDrop(dealId, target);
        },
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [board, canMove]);
}

function linkOf(board: RefObject<HTMLElement | null>, dealId: string): HTMLElement | null {
  return board.current?.querySelector<HTMLElement>(`[data-deal="${CSS.escape(dealId)}"] > a`) ?? null;
}
