import { type DragMarks, showMarks } from './drag-marks.ts';
import { type DropTarget, type Point, targetAt } from './drop-target.ts';

export interface DragEnds {
  onPick: (dealId: string) => void;
  onDrop: (dealId: string, target: DropTarget) => void;
  onCancel: (dealId: string) => void;
}

/** A mouse that moved less than this has clicked. */
const SLOP_PX = 6;
/** A finger that rests this long means to drag; one that moves before means to scroll. */
const REST_MS = 280;
/** The board scrolls by itself while the pointer is this near to its edge. */
const EDGE_PX = 56;
const SPEED_PX = 14;

interface Press {
  card: HTMLElement;
  dealId: string;
  from: Point;
  at: Point;
  pointerId: number;
  marks: DragMarks | null;
  rest: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Drags cards by mouse, pen and finger, with a handful of listeners for the whole board however many cards it has.
 * Returns the way to stop.
 */
export function dragByPointer(board: HTMLElement, ends: DragEnds): () => void {
  let press: Press | null = null;
  let frame = 0;

  const begin = () => {
    if (!press || press.marks) return;
    clearTimeout(press.rest);
    const { left, top } = press.card.getBoundingClientRect();
    press.marks = showMarks(board, press.card, { x: press.from.x - left, y: press.from.y - top });
    board.setPointerCapture(press.pointerId);
    board.dataset.dragging = '';
    ends.onPick(press.dealId);
    step();
  };
  const step = () => {
    if (!press?.marks) return;
    scrollAtEdge(board, press.at);
    press.marks.carry(press.at);
    press.marks.aim(targetAt(board, press.at, press.dealId));
    frame = requestAnimationFrame(step);
  };
  const end = (isDrop: boolean) => {
    const ended = press;
    press = null;
    cancelAnimationFrame(frame);
    clearTimeout(ended?.rest);
    if (!ended?.marks) return;
    const target = isDrop ? targetAt(board, ended.at, ended.dealId) : null;
    ended.marks.remove();
    delete board.dataset.dragging;
    swallowClick();
    if (target) ends.onDrop(ended.dealId, target);
    else ends.onCancel(ended.dealId);
  };

  const onDown = (event: PointerEvent) => {
    if (press) return end(false);
    const pressed = pressOf(event);
    if (!pressed) return;
    press = pressed;
    if (event.pointerType === 'touch') press.rest = setTimeout(begin, REST_MS);
  };
  const onMove = (event: PointerEvent) => {
    if (!press || event.pointerId !== press.pointerId) return;
    press.at = { x: event.clientX, y: event.clientY };
    if (press.marks || Math.hypot(press.at.x - press.from.x, press.at.y - press.from.y) < SLOP_PX) return;
    if (event.pointerType === 'touch') end(false);
    else begin();
  };
  const onUp = (event: PointerEvent) => {
    if (event.pointerId === press?.pointerId) end(event.type === 'pointerup');
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !press?.marks) return;
    event.preventDefault();
    event.stopPropagation();
    end(false);
  };
  // Links drag themselves, a finger scrolls, and a long press opens a menu: not while a card is on its way.
  const onNative = (event: Event) => {
    if (event.type === 'dragstart' ? pressIsOn(event) : press?.marks) event.preventDefault();
  };
  const onMenu = (event: MouseEvent) => {
    if (press?.rest !== undefined) event.preventDefault();
  };

  const gone = new AbortController();
  const { signal } = gone;
  board.addEventListener('pointerdown', onDown, { signal });
  board.addEventListener('dragstart', onNative, { signal });
  board.addEventListener('touchmove', onNative, { signal, passive: false });
  board.addEventListener('contextmenu', onMenu, { signal });
  for (const type of ['pointerup', 'pointercancel'] as const) window.addEventListener(type, onUp, { signal });
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('keydown', onKey, { signal, capture: true });
  return () => {
    gone.abort();
    end(false);
  };
}

/** A press on a card's body; its buttons keep their own meaning. */
function pressOf(event: PointerEvent): Press | null {
  if (event.button !== 0 || !event.isPrimary || !(event.target instanceof Element)) return null;
  const card = event.target.closest<HTMLElement>('[data-deal]');
  const dealId = card?.dataset.deal;
  if (!card || !dealId || event.target.closest('[data-move], button, input, select, summary')) return null;
  const from = { x: event.clientX, y: event.clientY };
  return { card, dealId, from, at: from, pointerId: event.pointerId, marks: null, rest: undefined };
}

function pressIsOn(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('[data-deal]') !== null;
}

/** The click that a browser makes of a press and a release: it would open the card that was dropped. */
function swallowClick(): void {
  const stop = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', stop, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', stop, { capture: true }), 0);
}

function scrollAtEdge(board: HTMLElement, { x, y }: Point): void {
  const { left, right, top, bottom } = board.getBoundingClientRect();
  const across = pull(x, Math.max(left, 0), Math.min(right, innerWidth));
  const down = pull(y, Math.max(top, 0), Math.min(bottom, innerHeight));
  if (across !== 0) board.scrollLeft += across;
  if (down === 0) return;
  // On a phone the page scrolls and not the board.
  if (board.scrollHeight > board.clientHeight + 1) board.scrollTop += down;
  else scrollBy(0, down);
}

function pull(at: number, low: number, high: number): number {
  if (at < low + EDGE_PX) return -Math.min((low + EDGE_PX - at) / EDGE_PX, 1) * SPEED_PX;
  if (at > high - EDGE_PX) return Math.min((at - high + EDGE_PX) / EDGE_PX, 1) * SPEED_PX;
  return 0;
}
