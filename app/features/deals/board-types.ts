import type { BoardColumn, DealCard } from '../../../server/domain/deals/schema.ts';

export type { Board, BoardColumn, DealCard } from '../../../server/domain/deals/schema.ts';
export type DealStage = BoardColumn['stage'];
export type DealStatus = DealCard['status'];

/** Where a deal stands: its column, and how it ended where that is the closed one. */
export interface Standing {
  stage: DealStage;
  status: DealStatus;
}

/** The neighbours of a place in a column; neither is its top. */
export interface Between {
  afterDealId?: string;
  beforeDealId?: string;
}
