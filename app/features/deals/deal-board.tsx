import { type MouseEvent, useCallback, useState } from 'react';
import { useMay } from '../shell/use-account.ts';
import type { BoardColumn, DealCard, DealStage } from './board-types.ts';
import { BoardColumnView } from './board-column.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { usePendingMoves, withMoves } from './use-moves.ts';

export interface DealBoardProps {
  columns: readonly BoardColumn[];
  /** The board's own filters, for the pages of a column. */
  url: URL;
  now: string;
}

interface Chosen {
  card: DealCard;
  from: DealStage;
}

/** The board. Each column's figures are over all that matches; its cards come page by page. */
export function DealBoard({ columns, url, now }: DealBoardProps) {
  const canMove = useMay('deals.write');
  const moves = usePendingMoves();
  const [more, setMore] = useState<Partial<Record<DealStage, readonly DealCard[]>>>({});
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [said, setSaid] = useState('');
  const whole = columns.map((column) => ({ ...column, cards: merged(column.cards, more[column.stage]) }));
  const shown = withMoves(whole, moves);
  const addCards = useCallback((stage: DealStage, cards: readonly DealCard[]) => {
    setMore((known) => ({ ...known, [stage]: merged(known[stage] ?? [], cards) }));
  }, []);

  // One listener for every card's button; without the script the button is a link to the deal's stages.
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const button = (event.target as Element).closest<HTMLElement>('[data-move]');
    if (!button || event.metaKey || event.ctrlKey) return;
    const from = shown.find((column) => column.cards.some(({ id }) => id === button.dataset.move));
    const card = from?.cards.find(({ id }) => id === button.dataset.move);
    if (!from || !card) return;
    event.preventDefault();
    setChosen({ card, from: from.stage });
    setIsOpen(true);
  };

  return (
    // The click comes from the cards' own links, which take the keyboard themselves.
    <section className="board" aria-label="Deals by stage" onClick={onClick}>
      {shown.map((column) => (
        <BoardColumnView
          key={column.stage}
          column={column}
          url={url}
          now={now}
          canMove={canMove}
          moving={moves.map(({ dealId }) => dealId)}
          onMore={addCards}
        />
      ))}
      <p role="status" className="sr-only">
        {said}
      </p>
      {chosen && (
        <MoveDialog
          key={`${chosen.card.id}:${chosen.from}`}
          card={chosen.card}
          from={chosen.from}
          isOpen={isOpen}
          onClose={() => setIsOpen(false)}
          onSaid={setSaid}
        />
      )}
    </section>
  );
}

/** A later page may hold a card again that moved meanwhile: the first one stays. */
function merged(first: readonly DealCard[], later: readonly DealCard[] = []): DealCard[] {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...later.filter(({ id }) => !known.has(id))];
}
