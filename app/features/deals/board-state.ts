import type { MoveDealInput } from '../../../server/domain/deals/schema.ts';
import type { Between, BoardColumn, DealCard, DealStage, Standing } from './board-types.ts';
import type { DropTarget } from './drop-target.ts';

/** A move that the board shows already: on its way to the server, or through and not yet in what was read. */
export interface Move extends Between {
  card: DealCard;
  from: Standing;
  /** Where it stood before, for the way back. */
  was: Between;
  to: Standing;
  /** What else goes with it: the reason, what the stage asked for, what an undone move puts back. */
  said: Pick<MoveDealInput, 'reason' | 'fields' | 'probability' | 'closedOn'>;
  /** The deal's version after it; null while it is on its way. */
  version: number | null;
}

/** The columns as the moves leave them. Counts follow at once; sums wait for the server. */
export function withMoves(columns: readonly BoardColumn[], moves: readonly Move[]): BoardColumn[] {
  return moves.filter((move) => !isRead(columns, move)).reduce<BoardColumn[]>(applyMove, [...columns]);
}

/** Whether what was read has the move in it. */
function isRead(columns: readonly BoardColumn[], { card, version }: Move): boolean {
  if (version === null) return false;
  return columns.some(({ cards }) =>
    cards.some(({ id, version: read }) => id === card.id && read >= version),
  );
}

function applyMove(columns: BoardColumn[], { card, from, to, ...between }: Move): BoardColumn[] {
  const stood = columns.find(({ cards }) => cards.some(({ id }) => id === card.id));
  const source = stood?.stage ?? from.stage;
  return columns.map((column) => {
    if (column.stage !== to.stage && column.stage !== source) return column;
    const others = column.cards.filter(({ id }) => id !== card.id);
    const count = column.count + Number(column.stage === to.stage) - Number(column.stage === source);
    if (column.stage !== to.stage) return { ...column, count, cards: others };
    const cards = others.toSpliced(indexBetween(others, between), 0, { ...card, status: to.status });
    return { ...column, count, cards };
  });
}

function indexBetween(cards: readonly DealCard[], { afterDealId, beforeDealId }: Between): number {
  const after = cards.findIndex(({ id }) => id === afterDealId);
  if (after >= 0) return after + 1;
  return Math.max(
    cards.findIndex(({ id }) => id === beforeDealId),
    0,
  );
}

export interface Found {
  card: DealCard;
  stage: DealStage;
  index: number;
}

/** A card of the board, and where it stands. */
export function findCard(columns: readonly BoardColumn[], dealId: string): Found | null {
  for (const { stage, cards } of columns) {
    const index = cards.findIndex(({ id }) => id === dealId);
    const card = cards[index];
    if (card) return { card, stage, index };
  }
  return null;
}

/** Who stands on either side of a place, as the board shows it without the moved card. */
export function neighboursAt(
  columns: readonly BoardColumn[],
  { stage, index }: DropTarget,
  movedId: string,
): Between {
  const cards =
    columns.find((column) => column.stage === stage)?.cards.filter(({ id }) => id !== movedId) ?? [];
  const [after, before] = [cards[index - 1], cards[index]];
  return { ...(after && { afterDealId: after.id }), ...(before && { beforeDealId: before.id }) };
}

/** "Proposal, position 3 of 9". */
export function wordsOfPlace(
  columns: readonly BoardColumn[],
  target: DropTarget,
  moved: { dealId: string; labels: Readonly<Record<DealStage, string>> },
): string {
  const column = columns.find(({ stage }) => stage === target.stage);
  const isIn = column?.cards.some(({ id }) => id === moved.dealId) ?? false;
  const count = (column?.count ?? 0) + (isIn ? 0 : 1);
  return `${moved.labels[target.stage]}, position ${target.index + 1} of ${count}`;
}

/** A move to where a card would land; null where it stands there already. */
export function moveTo(columns: readonly BoardColumn[], dealId: string, target: DropTarget): Move | null {
  const found = findCard(columns, dealId);
  if (!found || (found.stage === target.stage && found.index === target.index)) return null;
  const { card, stage, index } = found;
  const status = stage === target.stage ? card.status : 'OPEN';
  return {
    card,
    from: { stage, status: card.status },
    was: neighboursAt(columns, { stage, index }, dealId),
    to: { stage: target.stage, status },
    ...neighboursAt(columns, target, dealId),
    said: {},
    version: null,
  };
}

/** The way back: to where it stood, as it stood. */
export function undoOf({ card, from, to, was, afterDealId, beforeDealId }: Move, version: number): Move {
  return {
    card: { ...card, version },
    from: to,
    to: from,
    was: { ...(afterDealId && { afterDealId }), ...(beforeDealId && { beforeDealId }) },
    ...was,
    said:
      from.stage === to.stage && from.status === to.status
        ? {}
        : {
            probability: card.probability,
            ...(from.stage === 'CLOSED' && {
              reason: card.closeReason,
              ...(card.closedOn && { closedOn: card.closedOn }),
            }),
          },
    version: null,
  };
}

export function toInput({ card, from, to, said, afterDealId, beforeDealId }: Move): MoveDealInput {
  return {
    dealId: card.id,
    stage: to.stage,
    status: to.status,
    base: from,
    ...(afterDealId && { afterDealId }),
    ...(beforeDealId && { beforeDealId }),
    ...said,
  };
}
