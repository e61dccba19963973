import { useCallback, useEffect, useRef, useState } from 'react';
import type { BoardColumnInput } from '../../../server/domain/deals/schema.ts';
import { toast } from '../../ui/toast.ts';
import type { BoardColumn, DealCard, DealStage } from './board-types.ts';

/** What the board was asked for, without its page's size. */
export type BoardFilters = Omit<BoardColumnInput, 'stage' | 'cursor' | 'limit'>;

interface Later {
  cards: readonly DealCard[];
  nextCursor: string | null;
}

type LaterByStage = Partial<Record<DealStage, Later>>;

const PAGE = 50;
const MOST = 200;

/**
 * The cards behind each column's first page. They follow it: when the board is read anew, as many are read again, so
 * that none is shown twice or missing between the two.
 */
export function useLaterCards(columns: readonly BoardColumn[], filters: BoardFilters) {
  const [later, setLater] = useState<LaterByStage>({});
  const [loading, setLoading] = useState<readonly DealStage[]>([]);
  const known = useRef(later);
  useEffect(() => {
    known.current = later;
  });

  const load = useCallback(
    async (stage: DealStage, from: { cursor: string; cards: readonly DealCard[] }, wanted: number) => {
      const { liveApi } = await import('../../bridge/live.ts');
      let { cards } = from;
      let cursor: string | null = from.cursor;
      for (let left = wanted; left > 0 && cursor !== null; left -= MOST) {
        const page = await liveApi.deals.boardColumn.query({
          ...filters,
          stage,
          cursor,
          limit: Math.min(left, MOST),
        });
        cards = [...cards, ...page.items];
        cursor = page.nextCursor;
      }
      setLater((all) => ({ ...all, [stage]: { cards, nextCursor: cursor } }));
    },
    [filters],
  );

  useEffect(() => {
    for (const { stage, nextCursor } of columns) {
      const shown = known.current[stage]?.cards.length ?? 0;
      if (shown === 0 || nextCursor === null) continue;
      load(stage, { cursor: nextCursor, cards: [] }, shown).catch(sayUnread);
    }
  }, [columns, load]);

  const onMore = useCallback(
    (stage: DealStage) => {
      const column = columns.find((item) => item.stage === stage);
      const { cards, nextCursor } = known.current[stage] ?? { cards: [], nextCursor: null };
      const cursor = cards.length > 0 ? nextCursor : (column?.nextCursor ?? null);
      if (cursor === null) return;
      setLoading((all) => [...all, stage]);
      load(stage, { cursor, cards }, PAGE)
        .catch(sayUnread)
        .finally(() => setLoading((all) => all.filter((item) => item !== stage)));
    },
    [columns, load],
  );
  return { columns: withLater(columns, later), loading, onMore };
}

function sayUnread(): void {
  toast.error(
    'No more deals were read',
    'The server could not be reached. Check the connection and try again.',
  );
}

/** A card that stands on a first page by now stands there alone. */
function withLater(columns: readonly BoardColumn[], later: LaterByStage): BoardColumn[] {
  const first = new Set(columns.flatMap(({ cards }) => cards.map(({ id }) => id)));
  return columns.map((column) => {
    const more = later[column.stage];
    // Where the first page is all there is, later ones are of before.
    if (!more || more.cards.length === 0 || column.nextCursor === null) return column;
    const cards = [...column.cards, ...more.cards.filter(({ id }) => !first.has(id))];
    return { ...column, cards, nextCursor: more.nextCursor };
  });
}
