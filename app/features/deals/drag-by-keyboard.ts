import { type DragMarks, showMarks } from './drag-marks.ts';
import type { DragEnds } from './drag-by-pointer.ts';
import { cardsOf, columnsOf, type DropTarget, stageOf } from './drop-target.ts';

export interface KeyboardDragEnds extends DragEnds {
  /** The card would land there now. */
  onAim: (dealId: string, target: DropTarget) => void;
}

interface Lift {
  card: HTMLElement;
  dealId: string;
  target: DropTarget;
  marks: DragMarks;
}

/**
 * Moves cards by keyboard: Space on a card picks it up, arrows, Home and End choose the place, Space or Enter drops it,
 * Escape puts it back. The focus stays on the card. Returns the way to stop.
 */
export function dragByKeyboard(board: HTMLElement, ends: KeyboardDragEnds): () => void {
  let lift: Lift | null = null;

  const pick = (card: HTMLElement, dealId: string) => {
    const target = standOf(board, card, dealId);
    if (!target) return;
    lift = { card, dealId, target, marks: showMarks(board, card, null) };
    lift.marks.aim(target);
    ends.onPick(dealId);
  };
  const end = (isDrop: boolean) => {
    const ended = lift;
    lift = null;
    if (!ended) return;
    ended.marks.remove();
    if (isDrop) ends.onDrop(ended.dealId, ended.target);
    else ends.onCancel(ended.dealId);
  };
  const aim = (held: Lift, target: DropTarget) => {
    held.target = target;
    held.marks.aim(target);
    held.marks.reveal();
    ends.onAim(held.dealId, target);
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!lift) {
      const found = event.key === ' ' ? linkOf(event.target) : null;
      if (!found) return;
      event.preventDefault();
      event.stopPropagation();
      return pick(found.card, found.dealId);
    }
    // Whatever is pressed while a card is held is about the card: no shortcut hears it.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === ' ' || event.key === 'Enter') return end(true);
    if (event.key === 'Escape' || event.key === 'Tab') return end(false);
    const target = nextTarget(board, lift, event.key);
    if (target) aim(lift, target);
  };
  const onLeave = () => end(false);

  const gone = new AbortController();
  const { signal } = gone;
  board.addEventListener('keydown', onKey, { signal });
  board.addEventListener('focusout', onLeave, { signal });
  board.addEventListener('pointerdown', onLeave, { signal });
  return () => {
    gone.abort();
    end(false);
  };
}

/** The card whose name has the focus. */
function linkOf(target: EventTarget | null): { card: HTMLElement; dealId: string } | null {
  if (!(target instanceof HTMLAnchorElement) || target.dataset.move) return null;
  const card = target.closest<HTMLElement>('[data-deal]');
  const dealId = card?.dataset.deal;
  return card && dealId ? { card, dealId } : null;
}

/** Where a card stands: as many others are before it. */
function standOf(board: HTMLElement, card: HTMLElement, dealId: string): DropTarget | null {
  const column = columnsOf(board).find((element) => element.contains(card));
  if (!column) return null;
  const before = (other: HTMLElement) =>
    (card.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  return { stage: stageOf(column), index: cardsOf(column, dealId).filter(before).length };
}

function nextTarget(board: HTMLElement, { dealId, target }: Lift, key: string): DropTarget | null {
  const columns = columnsOf(board);
  const at = columns.findIndex((column) => stageOf(column) === target.stage);
  const countOf = (column: HTMLElement | undefined) => (column ? cardsOf(column, dealId).length : 0);
  const { stage, index } = target;
  switch (key) {
    case 'ArrowUp':
      return index > 0 ? { stage, index: index - 1 } : null;
    case 'ArrowDown':
      return index < countOf(columns[at]) ? { stage, index: index + 1 } : null;
    case 'Home':
      return { stage, index: 0 };
    case 'End':
      return { stage, index: countOf(columns[at]) };
    case 'ArrowLeft':
    case 'ArrowRight': {
      const next = columns[at + (key === 'ArrowLeft' ? -1 : 1)];
      return next ? { stage: stageOf(next), index: Math.min(index, countOf(next)) } : null;
    }
    default:
      return null;
  }
}
