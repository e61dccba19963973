import { useFetchers } from '@remix-run/react';
import type { BoardColumn, DealCard } from '../../../server/domain/deals/schema.ts';

/** A move that is on its way to the server. */
export interface PendingMove {
  dealId: string;
  stage: string;
  status: string | null;
}

const prefix = 'move:';

export function moveKey(dealId: string): string {
  return `${prefix}${dealId}`;
}

/** Every move under way, as the fetchers hold it. */
export function usePendingMoves(): PendingMove[] {
  return useFetchers().flatMap(({ key, formData }) => {
    const stage = formData?.get('stage');
    if (!key.startsWith(prefix) || typeof stage !== 'string') return [];
    const status = formData?.get('status');
    return [
      {
        dealId: key.slice(prefix.length),
        stage,
        status: typeof status === 'string' && status ? status : null,
      },
    ];
  });
}

/** The columns as they will be once the moves are through. Counts follow at once; sums wait for the server. */
export function withMoves(columns: readonly BoardColumn[], moves: readonly PendingMove[]): BoardColumn[] {
  return moves.reduce<BoardColumn[]>((moved, move) => applyMove(moved, move), [...columns]);
}

function applyMove(columns: BoardColumn[], move: PendingMove): BoardColumn[] {
  const from = columns.find((column) => column.cards.some(({ id }) => id === move.dealId));
  const card = from?.cards.find(({ id }) => id === move.dealId);
  if (!from || !card || from.stage === move.stage) return columns;
  const status = (move.status ?? 'OPEN') as DealCard['status'];
  return columns.map((column) => {
    if (column === from) {
      return { ...column, count: column.count - 1, cards: column.cards.filter(({ id }) => id !== card.id) };
    }
    if (column.stage !== move.stage) return column;
    return { ...column, count: column.count + 1, cards: [{ ...card, status }, ...column.cards] };
  });
}
