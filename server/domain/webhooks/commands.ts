import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { requireVersion } from '../records/store.ts';
import { getWebhookEvent } from './queries.ts';
import type { WebhookEventDetail, WebhookSource } from './schema.ts';

/** At once, at most: each is a job of its own. */
const MOST_REDRIVEN = 1_000;

/** An event that begins anew: its tries are counted from the start. */
const anew = {
  state: 'RECEIVED',
  attempts: 0,
  summary: null,
  settled_at: null,
  next_attempt_at: sql<Date>`now()`,
} as const;

/**
 * Tries an event once more that failed or was given up. Errors: `not_found`; `precondition` where it moved on since it
 * was read; `conflict` where there is nothing to try.
 */
export async function redriveWebhookEvent(
  tx: TenantTx,
  { webhookEventId, expectedVersion }: { webhookEventId: string; expectedVersion?: number | undefined },
): Promise<WebhookEventDetail> {
  const row = await tx
    .selectFrom('webhook_events')
    .select(['state', 'version'])
    .where('id', '=', webhookEventId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('webhook event');
  requireVersion(row.version, expectedVersion);
  if (row.state !== 'DEAD' && row.state !== 'FAILED')
    throw new AppError('conflict', 'This event did not fail: there is nothing to try again.');
  await tx.updateTable('webhook_events').set(anew).where('id', '=', webhookEventId).execute();
  await sql`select app.enqueue_webhook(${webhookEventId}::uuid, now())`.execute(tx);
  return getWebhookEvent(tx, webhookEventId);
}

/** Tries everything again that a sender told and that was given up, the eldest thousand first. Answers how many. */
export async function redriveDeadWebhookEvents(
  tx: TenantTx,
  source: WebhookSource,
): Promise<{ count: number }> {
  const dead = await tx
    .selectFrom('webhook_events')
    .select('id')
    .where('source', '=', source)
    .where('state', '=', 'DEAD')
    .orderBy('received_at')
    .orderBy('id')
    .limit(MOST_REDRIVEN)
    .forUpdate()
    .skipLocked()
    .execute();
  const ids = dead.map(({ id }) => id);
  if (ids.length === 0) return { count: 0 };
  await tx.updateTable('webhook_events').set(anew).where('id', 'in', ids).execute();
  await sql`select app.enqueue_webhook(id, now()) from unnest(${ids}::uuid[]) id`.execute(tx);
  return { count: ids.length };
}
