import { type Selectable, sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Deals } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import type { ActivityEntry } from '../activities/record.ts';
import { listDealStages, probabilitiesOf } from '../deal-stages/queries.ts';
import { requireStageFields } from '../deal-stages/rules.ts';
import { requireActive, requireOwnership, requireVersion } from '../records/store.ts';
import { agencyToday, updateDeal } from './commands.ts';
import { toRequirable } from './entry.ts';
import { isPlaced, rankAt } from './place.ts';
import { getDeal, relatedNames, toDeal } from './queries.ts';
import {
  type OpenProbabilities,
  probabilityAfterMove,
  stageName,
  type Standing,
  standingOf,
} from './rules.ts';
import type { Deal, MoveDealInput } from './schema.ts';
import { tellOfDeal } from './tell.ts';

/**
 * Moves a deal to another column, to a place within one, or changes how it was closed: one row is written, and what
 * happened. The reads leave together, and so do the writes. A move to where it stands changes nothing.
 * Errors: `not_found`; `invalid` on `status` where it contradicts the stage, and on each field that the stage asks for
 * and the deal lacks; `conflict` where the deal or its neighbours stand elsewhere than they were seen; `precondition`.
 */
export async function moveDeal(tx: TenantTx, principal: Principal, input: MoveDealInput): Promise<Deal> {
  const after = standingOf(input.stage, input.status);
  const { dealId, fields, expectedVersion } = input;
  if (fields) {
    // Whoever names an owner here has chosen one: also the one that stands already is looked up.
    await requireOwnership(tx, { ownerId: fields.ownerId });
    await updateDeal(tx, principal, { ...fields, dealId, expectedVersion });
  }
  const [before, stages] = await Promise.all([lockDeal(tx, dealId), listDealStages(tx)]);
  requireActive(before);
  if (!fields) requireVersion(before.version, expectedVersion);
  requireAsSeen(before, after, input.base);
  const closeReason = reasonAfter(before, after, input.reason);
  const settings = stages.find(({ stage }) => stage === after.stage);
  if (settings && !isSame(before, after)) {
    requireStageFields(settings, toRequirable({ ...before, close_reason: closeReason }));
  }
  const entries = whatHappened(before, after, { reason: input.reason, closeReason });
  if (entries.length === 0 && !isPlaced(input)) return getDeal(tx, dealId);
  const place =
    before.stage === after.stage && !isPlaced(input) ? {} : { rank: await rankAt(tx, after.stage, input) };
  const standing = standingAfter(before, after, { ...input, open: probabilitiesOf(stages) });

  const deal = {
    id: dealId,
    companyId: before.company_id,
    contactId: before.contact_id,
    brandId: before.brand_id,
  };
  const [row] = await Promise.all([
    tx
      .updateTable('deals')
      .set({ ...after, close_reason: closeReason, ...standing, ...place })
      .where('id', '=', dealId)
      .returningAll()
      .returning(relatedNames())
      .executeTakeFirstOrThrow(),
    tellOfDeal(tx, principal, deal, entries),
  ]);
  return toDeal(row);
}

async function lockDeal(tx: TenantTx, dealId: string): Promise<Selectable<Deals>> {
  const row = await tx
    .selectFrom('deals')
    .selectAll()
    .where('id', '=', dealId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('deal');
  return row;
}

/** Errors: `conflict` where somebody else moved the deal meanwhile, and not to where this move leads. */
function requireAsSeen(before: Standing, after: Standing, base: Standing | undefined): void {
  if (!base || isSame(before, base) || isSame(before, after)) return;
  const [field, current, seen, yours] =
    before.stage === base.stage
      ? (['status', before.status, base.status, after.status] as const)
      : (['stage', before.stage, base.stage, after.stage] as const);
  throw new AppError(
    'conflict',
    `Somebody moved this deal to ${wordsOf(before)} while you worked. It stays there; move it again if you wish.`,
    { conflicts: [{ field, base: seen, current, yours }] },
  );
}

function wordsOf({ stage, status }: Standing): string {
  return status === 'OPEN' ? stageName(stage) : `${stageName(stage)} (${status.toLowerCase()})`;
}

/** Why it was closed: kept while the outcome stands and nothing else is said, gone with the deal's closing. */
function reasonAfter(before: Selectable<Deals>, after: Standing, reason: string | null | undefined) {
  if (after.stage !== 'CLOSED') return null;
  if (reason !== undefined) return reason;
  return before.status === after.status ? before.close_reason : null;
}

interface Said {
  probability?: number | undefined;
  closedOn?: string | undefined;
  open: OpenProbabilities;
}

/** The columns that a change of standing moves. */
function standingAfter(before: Selectable<Deals>, after: Standing, said: Said) {
  if (isSame(before, after)) return {};
  const standing = {
    probability: said.probability ?? probabilityAfterMove(before, after, said.open),
    closed_on: after.stage === 'CLOSED' ? (said.closedOn ?? agencyToday) : null,
  };
  return before.stage === after.stage ? standing : { ...standing, stage_changed_at: sql<Date>`now()` };
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
