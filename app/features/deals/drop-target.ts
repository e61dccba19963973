import type { DealStage } from './board-types.ts';

/** Where a card would land: its column, and before how many of the other cards that stand there. */
export interface DropTarget {
  stage: DealStage;
  index: number;
}

export interface Point {
  x: number;
  y: number;
}

/** The board's columns from left to right, as the page has them. */
export function columnsOf(board: HTMLElement): HTMLElement[] {
  return [...board.querySelectorAll<HTMLElement>('[data-stage]')];
}

export function stageOf(column: HTMLElement): DealStage {
  // The columns' own attribute, which holds nothing else.
  return column.dataset.stage as DealStage;
}

/** A column's cards without the one that is on its way. */
export function cardsOf(column: HTMLElement, movedId: string): HTMLElement[] {
  return [...column.querySelectorAll<HTMLElement>('[data-deal]')].filter(
    ({ dataset }) => dataset.deal !== movedId,
  );
}

/** What a point on the board means; outside of every column the nearest one counts. */
export function targetAt(board: HTMLElement, point: Point, movedId: string): DropTarget | null {
  const column = nearestColumn(columnsOf(board), point.x);
  if (!column) return null;
  return { stage: stageOf(column), index: indexAt(cardsOf(column, movedId), point.y) };
}

function nearestColumn(columns: readonly HTMLElement[], x: number): HTMLElement | null {
  let nearest: { column: HTMLElement; distance: number } | null = null;
  for (const column of columns) {
    const { left, right } = column.getBoundingClientRect();
    const distance = Math.max(left - x, x - right, 0);
    if (!nearest || distance < nearest.distance) nearest = { column, distance };
  }
  return nearest?.column ?? null;
}

/** How many cards have their middle above a height: they stand in order, so half of the rest is asked at a time. */
function indexAt(cards: readonly HTMLElement[], y: number): number {
  let [low, high] = [0, cards.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const box = cards[middle]?.getBoundingClientRect();
    if (box && box.top + box.height / 2 < y) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the mark between two cards belongs, in the board's own scrolled space. */
export function markPlace(board: HTMLElement, target: DropTarget, movedId: string) {
  const column = columnsOf(board).find((element) => stageOf(element) === target.stage);
  if (!column) return null;
  const cards = cardsOf(column, movedId);
  const [above, below] = [cards[target.index - 1], cards[target.index]];
  const top = below
    ? below.getBoundingClientRect().top - GAP
    : (above ?? column.querySelector('header') ?? column).getBoundingClientRect().bottom + GAP;
  const box = board.getBoundingClientRect();
  const around = column.getBoundingClientRect();
  return {
    x: around.left - box.left + board.scrollLeft - board.clientLeft,
    y: top - box.top + board.scrollTop - board.clientTop,
    width: around.width,
  };
}

/** Half of the room between two cards. */
const GAP = 3;
