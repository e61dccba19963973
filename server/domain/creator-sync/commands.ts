import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { CreatorSyncKind, CreatorSyncTrigger } from '../../../db/types.ts';
import type { Principal } from '../../auth/principal.ts';
import { AppError, invalidField, notFound } from '../../kernel/errors.ts';
import { isConnected } from '../creator-platforms/queries.ts';
import type { FetchHistoryInput } from './schema.ts';

export interface SyncRequest {
  creatorId: string;
  /** null: which accounts the creator has. */
  creatorPlatformId: string | null;
  kind: CreatorSyncKind;
  trigger: CreatorSyncTrigger;
  historyFrom?: string | null;
}

/** A run that begins between two looks is over for whoever asks after it. */
const LOOKS = 3;

/** Asks for a run and wakes its job; what waits already is answered, and hurried where a person waits for it. */
export async function requestCreatorSync(
  tx: TenantTx,
  principal: Principal,
  request: SyncRequest,
): Promise<{ creatorSyncRunId: string; isNew: boolean }> {
  for (let look = 1; look <= LOOKS; look += 1) {
    const created = await insertRun(tx, principal, request);
    const creatorSyncRunId = created ?? (await hurryWaiting(tx, request));
    if (creatorSyncRunId === null) continue;
    await sql`select app.enqueue_creator_sync(${creatorSyncRunId}::uuid, now())`.execute(tx);
    return { creatorSyncRunId, isNew: created !== null };
  }
  throw new AppError('conflict', 'Another sync of this account begins just now. Ask again in a moment.');
}

async function insertRun(tx: TenantTx, principal: Principal, request: SyncRequest): Promise<string | null> {
  const { creatorId, creatorPlatformId, kind, trigger, historyFrom = null } = request;
  const row = await tx
    .insertInto('creator_sync_runs')
    .values({
      organization_id: principal.organizationId,
      creator_id: creatorId,
      creator_platform_id: creatorPlatformId,
      kind,
      trigger,
      history_from: historyFrom,
      requested_by_id: principal.userId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Of one that waits for its next try nobody waits longer; it stays whoever's it was, but a person's wish counts. */
async function hurryWaiting(tx: TenantTx, request: SyncRequest): Promise<string | null> {
  const { creatorId, creatorPlatformId, kind, trigger, historyFrom = null } = request;
  const isWish = trigger === 'MANUAL' || trigger === 'CONNECT';
  const row = await tx
    .updateTable('creator_sync_runs')
    .set({ next_attempt_at: null, ...(isWish ? { trigger } : {}) })
    .where('creator_id', '=', creatorId)
    .where('creator_platform_id', 'is not distinct from', creatorPlatformId)
    .where('kind', '=', kind)
    .where('history_from', 'is not distinct from', historyFrom)
    .where('status', '=', 'QUEUED')
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Reads an account anew, now. Errors: `not_found`; `conflict` where it is not connected. */
export async function refreshAccount(
  tx: TenantTx,
  principal: Principal,
  creatorPlatformId: string,
): Promise<{ creatorSyncRunId: string }> {
  const creatorId = await requireConnected(tx, creatorPlatformId);
  return requestCreatorSync(tx, principal, {
    creatorId,
    creatorPlatformId,
    kind: 'EVERYTHING',
    trigger: 'MANUAL',
  });
}

const OLDEST_YEARS = 10;

/** Has posts from a day on brought in that Phyllo does not hold yet. Errors: as refreshAccount; `invalid` on `from`. */
export async function requestHistory(
  tx: TenantTx,
  principal: Principal,
  { input, now }: { input: FetchHistoryInput; now: Date },
): Promise<{ creatorSyncRunId: string }> {
  const { creatorPlatformId, from } = input;
  const oldest = new Date(now);
  oldest.setUTCFullYear(oldest.getUTCFullYear() - OLDEST_YEARS);
  if (Date.parse(from) > now.getTime()) throw invalidField('from', 'Choose a day that has passed.');
  if (Date.parse(from) < oldest.getTime())
    throw invalidField('from', `Choose a day of the last ${OLDEST_YEARS} years.`);
  const creatorId = await requireConnected(tx, creatorPlatformId);
  return requestCreatorSync(tx, principal, {
    creatorId,
    creatorPlatformId,
    kind: 'HISTORY',
    trigger: 'MANUAL',
    historyFrom: from,
  });
}

async function requireConnected(tx: TenantTx, creatorPlatformId: string): Promise<string> {
  const row = await tx
    .selectFrom('creator_platforms')
    .select(['creator_id', 'connection_state', 'phyllo_account_id', 'is_active'])
    .where('id', '=', creatorPlatformId)
    .executeTakeFirst();
  if (!row) throw notFound('account of a creator');
  if (!row.is_active || !isConnected(row))
    throw new AppError('conflict', 'This account is not connected: ask the creator to connect it first.');
  return row.creator_id;
}
