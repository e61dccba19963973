import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Deals } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { notFound } from '../../kernel/errors.ts';
import type { ActivityEntry } from '../activities/record.ts';
import { requireVersion } from '../records/store.ts';
import { agencyToday } from './commands.ts';
import { findFirstRank, getDeal, relatedNames, toDeal } from './queries.ts';
import { probabilityAfterMove, rankAbove, stageName, type Standing, standingOf } from './rules.ts';
import type { Deal, MoveDealInput } from './schema.ts';
import { tellOfDeal } from './tell.ts';

/**
 * Moves a deal to the top of another column, or changes how it was closed: one row is written, and what happened. The
 * reads leave together, and so do the writes. A move to where it stands changes nothing.
 * Errors: `not_found`; `invalid` on `status` where it contradicts the stage; `precondition`.
 */
export async function moveDeal(tx: TenantTx, principal: Principal, input: MoveDealInput): Promise<Deal> {
  const after = standingOf(input.stage, input.status);
  const [before, first] = await Promise.all([
    tx.selectFrom('deals').selectAll().where('id', '=', input.dealId).forUpdate().executeTakeFirst(),
    findFirstRank(tx, after.stage),
  ]);
  if (!before) throw notFound('deal');
  requireVersion(before.version, input.expectedVersion);
  const closeReason = reasonAfter(before, after, input.reason);
  const entries = whatHappened(before, after, { reason: input.reason, closeReason });
  if (entries.length === 0) return getDeal(tx, before.id);

  const deal = {
    id: before.id,
    companyId: before.company_id,
    contactId: before.contact_id,
    brandId: before.brand_id,
  };
  const [row] = await Promise.all([
    tx
      .updateTable('deals')
      .set({ ...after, close_reason: closeReason, ...placeAfter(before, after, first) })
      .where('id', '=', before.id)
      .returningAll()
      .returning(relatedNames())
      .executeTakeFirstOrThrow(),
    tellOfDeal(tx, principal, deal, entries),
  ]);
  return toDeal(row);
}

/** Why it was closed: kept while the outcome stands and nothing else is said, gone with the deal's closing. */
function reasonAfter(before: Selectable<Deals>, after: Standing, reason: string | null | undefined) {
  if (after.stage !== 'CLOSED') return null;
  if (reason !== undefined) return reason;
  return before.status === after.status ? before.close_reason : null;
}

/** The columns that a change of standing moves; a deal that stays in its column keeps its place there. */
function placeAfter(before: Selectable<Deals>, after: Standing, first: string | null) {
  if (isSame(before, after)) return {};
  const standing = {
    probability: probabilityAfterMove(before, after),
    closed_on: after.stage === 'CLOSED' ? agencyToday : null,
  };
  if (before.stage === after.stage) return standing;
  return { ...standing, rank: rankAbove(first), stage_changed_at: sql<Date>`now()` };
}

function whatHappened(
  before: Selectable<Deals>,
  after: Standing,
  said: { reason: string | null | undefined; closeReason: string | null },
): Pick<ActivityEntry, 'type' | 'description' | 'metadata'>[] {
  const { name } = before;
  if (isSame(before, after)) {
    if (said.closeReason === before.close_reason) return [];
    const changes = { close_reason: { from: before.close_reason, to: said.closeReason } };
    return [{ type: 'DEAL_UPDATED', description: `Deal ${name} changed`, metadata: { changes } }];
  }
  const metadata = { from: before.stage, to: after.stage, reason: said.reason ?? null };
  const entries: Pick<ActivityEntry, 'type' | 'description' | 'metadata'>[] = [];
  if (before.stage !== after.stage) {
    const description = `Deal ${name} moved from ${stageName(before.stage)} to ${stageName(after.stage)}`;
    entries.push({ type: 'DEAL_STAGE_CHANGED', description, metadata });
  }
  if (after.status !== 'OPEN') {
    const type = after.status === 'WON' ? 'DEAL_WON' : 'DEAL_LOST';
    const was = { ...metadata, statusFrom: before.status, statusTo: after.status };
    entries.push({ type, description: `Deal ${name} ${after.status.toLowerCase()}`, metadata: was });
  }
  return entries;
}

function isSame(before: Standing, after: Standing): boolean {
  return before.stage === after.stage && before.status === after.status;
}
