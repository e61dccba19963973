import type { BoardColumn } from '../../../server/domain/deals/schema.ts';

export type { BoardColumn, DealCard } from '../../../server/domain/deals/schema.ts';
export type DealStage = BoardColumn['stage'];
