import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { DealStage } from '../../../db/types.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { findFirstRank, isInColumn } from './queries.ts';
import { rankAbove, rankBetween } from './rules.ts';

/** Where a deal goes within its column: below one card, above another, or both; neither is the top. */
export interface Place {
  dealId: string;
  afterDealId?: string | undefined;
  beforeDealId?: string | undefined;
}

/** Whether a place in the column was named. */
export function isPlaced(place: Place): boolean {
  return place.afterDealId !== undefined || place.beforeDealId !== undefined;
}

/**
 * The rank of that place, between its neighbours as this principal sees the column. Where both neighbours share a rank
 * (two people put theirs on top at once) it lies below all that share it: no other row is written.
 * Errors: `invalid` where a deal is its own neighbour; `conflict` where a neighbour left the column or they changed order.
 */
export async function rankAt(tx: TenantTx, stage: DealStage, place: Place): Promise<string> {
  if (!isPlaced(place)) return rankAbove(await findFirstRank(tx, stage));
  const { dealId, afterDealId, beforeDealId } = place;
  if (afterDealId === dealId) throw invalidField('afterDealId', 'A deal cannot stand below itself.');
  if (beforeDealId === dealId) throw invalidField('beforeDealId', 'A deal cannot stand above itself.');
  const ranks = await readRanks(tx, stage, place);
  const above = afterDealId === undefined ? null : ranks.get(afterDealId);
  const below = beforeDealId === undefined ? null : ranks.get(beforeDealId);
  if (above === undefined) throw movedAway('afterDealId');
  if (below === undefined) throw movedAway('beforeDealId');
  if (above !== null && below !== null) {
    if (above > below) throw movedAway('beforeDealId');
    if (above < below) return rankBetween(above, below);
  }
  if (above !== null)
    return rankBetween(above, await neighbourOf(tx, { stage, dealId, rank: above }, 'next'));
  return rankBetween(await neighbourOf(tx, { stage, dealId, rank: below ?? '' }, 'previous'), below);
}

async function readRanks(tx: TenantTx, stage: DealStage, place: Place): Promise<Map<string, string>> {
  const ids = [place.afterDealId, place.beforeDealId].filter((id) => id !== undefined);
  const rows = await tx
    .selectFrom('deals')
    .select(['id', 'rank'])
    .where(isInColumn(stage))
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, rank }) => [id, rank]));
}

async function neighbourOf(
  tx: TenantTx,
  { stage, dealId, rank }: { stage: DealStage; dealId: string; rank: string },
  side: 'next' | 'previous',
): Promise<string | null> {
  const row = await tx
    .selectFrom('deals')
    .select('rank')
    .where(isInColumn(stage))
    .where('id', '<>', dealId)
    .where(side === 'next' ? sql<boolean>`deals.rank > ${rank}` : sql<boolean>`deals.rank < ${rank}`)
    .orderBy('rank', side === 'next' ? 'asc' : 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.rank ?? null;
}

function movedAway(path: 'afterDealId' | 'beforeDealId'): AppError {
  const message = 'The deals around that place have moved since you saw them. Look again and place it anew.';
  return new AppError('conflict', message, { issues: [{ path, message }] });
}
