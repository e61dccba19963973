import { useCallback, useMemo, useRef, useState } from 'react';
import { withQuery } from '../../lib/paths.ts';
import { useMay } from '../shell/use-account.ts';
import { findCard, type Move, moveTo, withMoves } from './board-state.ts';
import type { Board } from './board-types.ts';
import { BoardColumnView } from './board-column.tsx';
import { BoardDialogs, type OpenDialog } from './board-dialogs.tsx';
import { BoardSummary } from './board-totals.tsx';
import type { CardLook } from './card-fields.ts';
import type { DropTarget } from './drop-target.ts';
import type { OfferedReason } from './stage-form.tsx';
import { useBoardClicks } from './use-board-clicks.ts';
import { useBoardDrag } from './use-board-drag.ts';
import { type Issue, useBoardMoves } from './use-board-moves.ts';
import { type BoardFilters, useLaterCards } from './use-later-cards.ts';
import { useToBottom } from './use-to-bottom.ts';

export interface DealBoardProps {
  board: Board;
  /** What the board was asked for, for the pages of a column. */
  filters: BoardFilters;
  /** User id to name. */
  owners: Readonly<Record<string, string>>;
  reasons: readonly OfferedReason[];
  look: CardLook;
  now: string;
  /** The same deals as a list. */
  listHref: string;
}

// What scrolls must be reachable by keyboard.
const scrollable = { tabIndex: 0 };

/** The board. Each column's figures are over all that matches; its cards come page by page. */
export function DealBoard({ board: read, filters, owners, reasons, look, now, listHref }: DealBoardProps) {
  const canMove = useMay('deals.write');
  const element = useRef<HTMLElement>(null);
  const { announce, region } = useAnnouncer();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [addingTo, setAddingTo] = useState<string | null>(null);
  const onMissing = useCallback((move: Move, issues: readonly Issue[]) => {
    setDialog({ kind: 'missing', move, issues });
  }, []);
  const { moves, run } = useBoardMoves({ announce, onMissing });
  const { columns: known, loading, onMore } = useLaterCards(read.columns, filters);
  const columns = withMoves(known, moves);
  const moving = useMemo(
    () => new Set(moves.filter(({ version }) => version === null).map(({ card }) => card.id)),
    [moves],
  );
  const frame = useMemo(() => ({ look, now, today: read.today, canMove }), [look, now, read.today, canMove]);

  const onDrop = (dealId: string, target: DropTarget): boolean => {
    const move = moveTo(columns, dealId, target);
    if (!move) return false;
    if (move.to.stage === 'CLOSED' && move.from.stage !== 'CLOSED') setDialog({ kind: 'close', move });
    else run(move);
    return true;
  };
  useBoardDrag(element, { columns, canMove, announce, onDrop });
  useBoardClicks(element, {
    onMove: (dealId) => {
      const found = findCard(columns, dealId);
      if (found) setDialog({ kind: 'move', ...found });
      return found !== null;
    },
    onAdd: setAddingTo,
  });
  useToBottom(element);

  return (
    <>
      <BoardSummary open={read.open} />
      <p id="board-help" hidden>
        Press Space to pick the deal up, arrow keys to move it, Space to drop it and Escape to put it back.
      </p>
      <section
        ref={element}
        className="board"
        aria-label="Deals by stage"
        {...(look.isCompact && { 'data-compact': '' })}
        {...(canMove && { 'data-movable': '' })}
        {...scrollable}
      >
        {columns.map((column) => (
          <BoardColumnView
            key={column.stage}
            column={column}
            frame={frame}
            owners={owners}
            listHref={withQuery(listHref, { stage: column.stage })}
            moving={moving}
            isLoading={loading.includes(column.stage)}
            onMore={onMore}
            isAdding={addingTo === column.stage}
            onAdd={setAddingTo}
          />
        ))}
      </section>
      <p ref={region} aria-live="assertive" aria-atomic="true" className="sr-only" />
      <BoardDialogs dialog={dialog} columns={columns} reasons={reasons} onClose={setDialog} run={run} />
    </>
  );
}

/** A live region that is written to without rendering the board: a drag speaks with every step. */
function useAnnouncer() {
  const region = useRef<HTMLParagraphElement>(null);
  const announce = useCallback((words: string) => {
    if (region.current) region.current.textContent = words;
  }, []);
  return { announce, region };
}
