import { type DropTarget, markPlace, type Point } from './drop-target.ts';

/**
 * What a drag shows: the line where the card would land, and the card under the pointer. Both are moved through the
 * element's own style object, so that no frame of a drag renders the board or lays it out anew.
 */
export interface DragMarks {
  /** Shows the line at a place; null hides it. */
  aim(target: DropTarget | null): void;
  /** Moves the picture of the card to the pointer. */
  carry(point: Point): void;
  /** Brings the line into sight. */
  reveal(): void;
  remove(): void;
}

/** Marks for one drag. `grip` is where within the card the pointer took it; without one nothing is carried. */
export function showMarks(board: HTMLElement, card: HTMLElement, grip: Point | null): DragMarks {
  const movedId = card.dataset.deal ?? '';
  const line = document.createElement('div');
  line.className = 'board-line';
  line.hidden = true;
  board.append(line);
  const ghost = grip && pictureOf(card);
  card.dataset.dragged = '';

  return {
    aim: (target) => {
      const place = target && markPlace(board, target, movedId);
      line.hidden = !place;
      if (!place) return;
      line.style.width = `${place.width}px`;
      line.style.transform = `translate(${place.x}px, ${place.y}px)`;
    },
    carry: ({ x, y }) => {
      if (ghost && grip)
        ghost.style.transform = `translate3d(${x - grip.x}px, ${y - grip.y}px, 0) rotate(1.5deg)`;
    },
    reveal: () => line.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    remove: () => {
      line.remove();
      ghost?.remove();
      delete card.dataset.dragged;
    },
  };
}

function pictureOf(card: HTMLElement): HTMLElement {
  const ghost = document.createElement('div');
  ghost.className = 'board-ghost';
  ghost.inert = true;
  ghost.setAttribute('aria-hidden', 'true');
  ghost.style.width = `${card.offsetWidth}px`;
  const picture = card.cloneNode(true) as HTMLElement;
  picture.removeAttribute('data-deal');
  ghost.append(picture);
  document.body.append(ghost);
  return ghost;
}
