import { useCallback, useRef, useState } from 'react';
import { useMay } from '../shell/use-account.ts';
import type { BoardColumn, DealCard, DealStage } from './board-types.ts';
import { BoardColumnView } from './board-column.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { useMoveClicks } from './use-move-clicks.ts';
import { usePendingMoves, withMoves } from './use-moves.ts';

export interface DealBoardProps {
  columns: readonly BoardColumn[];
  /** User id to name. */
  owners: Readonly<Record<string, string>>;
  /** The board's own filters, for the pages of a column. */
  url: URL;
  now: string;
}

interface Chosen {
  card: DealCard;
  from: DealStage;
}

// What scrolls must be reachable by keyboard.
const scrollable = { tabIndex: 0 };

type LaterCards = Partial<Record<DealStage, readonly DealCard[]>>;

/** The board. Each column's figures are over all that matches; its cards come page by page. */
export function DealBoard({ columns, owners, url, now }: DealBoardProps) {
  const canMove = useMay('deals.write');
  const moves = usePendingMoves();
  const [later, setLater] = useState<LaterCards>({});
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [openId, setOpenId] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const shown = withMoves(withLater(columns, later), moves);
  const addCards = useCallback((stage: DealStage, cards: readonly DealCard[]) => {
    setLater((known) => ({ ...known, [stage]: merged(known[stage] ?? [], cards) }));
  }, []);
  const onMoved = useCallback((dealId: string) => setLater((known) => without(known, dealId)), []);
  const onClose = useCallback(() => setOpenId(null), []);

  const board = useRef<HTMLElement>(null);
  const choose = (dealId: string) => {
    const from = shown.find((column) => column.cards.some(({ id }) => id === dealId));
    const card = from?.cards.find(({ id }) => id === dealId);
    if (!from || !card) return false;
    setChosen((known) => [...known.filter((other) => other.card.id !== dealId), { card, from: from.stage }]);
    setOpenId(dealId);
    return true;
  };
  useMoveClicks(board, choose);

  return (
    <>
      <section ref={board} className="board" aria-label="Deals by stage" {...scrollable}>
        {shown.map((column) => (
          <BoardColumnView
            key={column.stage}
            column={column}
            owners={owners}
            url={url}
            now={now}
            canMove={canMove}
            moving={moves.map(({ dealId }) => dealId)}
            onMore={addCards}
          />
        ))}
      </section>
      <p role="status" className="sr-only">
        {said}
      </p>
      {/* Those of moves under way stay, since each waits for its own answer. */}
      {chosen.map(({ card, from }) => (
        <MoveDialog
          key={`${card.id}:${from}`}
          card={card}
          from={from}
          isOpen={openId === card.id}
          onClose={onClose}
          onSaid={setSaid}
          onMoved={onMoved}
        />
      ))}
    </>
  );
}

/** The later pages behind the first ones; a card that stands on a first page by now stands there alone. */
function withLater(columns: readonly BoardColumn[], later: LaterCards): BoardColumn[] {
  const first = new Set(columns.flatMap(({ cards }) => cards.map(({ id }) => id)));
  return columns.map((column) => ({
    ...column,
    cards: [...column.cards, ...(later[column.stage] ?? []).filter(({ id }) => !first.has(id))],
  }));
}

function without(later: LaterCards, dealId: string): LaterCards {
  return Object.fromEntries(
    Object.entries(later).map(([stage, cards]) => [stage, cards.filter(({ id }) => id !== dealId)]),
  );
}

function merged(known: readonly DealCard[], next: readonly DealCard[]): DealCard[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...next.filter(({ id }) => !ids.has(id))];
}
