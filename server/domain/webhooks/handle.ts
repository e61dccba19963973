import { type Selectable, sql } from 'kysely';
import { type TenantTx, withTenant } from '../../../db/tenant.ts';
import type { Database } from '../../../db/client.ts';
import type { WebhookEvents } from '../../../db/types.ts';
import { jobPrincipal } from '../../auth/principal.ts';
import { parseExactJson } from '../../kernel/exact-json.ts';
import type { Logger } from '../../kernel/log.ts';
import { ATTEMPT_WITHIN_MS, failureOf, MOST_ATTEMPTS, UNHANDLED_WAIT_MS } from './rules.ts';
import type { TenantEvent, WebhookEffect, WebhookHandler, WebhookSource, WebhookWork } from './schema.ts';

export interface HandleServices {
  jobsDb: Database;
  log: Logger;
}

export interface EventRef {
  organizationId: string;
  webhookEventId: string;
}

/** Who handles what: a sender that nobody handles waits until somebody does. */
export type WebhookHandlers = Readonly<Partial<Record<WebhookSource, WebhookHandler>>>;

/**
 * One try of an event. However many workers try it, and wherever one of them dies, what it writes is written once: the
 * work commits together with the event's new state, and only over an open one.
 * Errors: none of the handler's; they become the event's. A stop (`signal`) and a database that is away are thrown.
 */
export async function handleWebhook(
  services: HandleServices,
  ref: EventRef,
  { handlers, signal }: { handlers: WebhookHandlers; signal?: AbortSignal | undefined },
): Promise<void> {
  const event = await claim(services, ref, handlers);
  if (!event) return;
  const handler = handlers[event.source];
  if (!handler) return;
  try {
    const work = await handler(event, signal ? { signal } : {});
    await settle(services, ref, work);
  } catch (error) {
    signal?.throwIfAborted();
    await fail(services, event, error);
  }
}

/** Counts the try before it begins, so that an event which kills its workers does not do so for ever. */
async function claim(
  { jobsDb }: HandleServices,
  ref: EventRef,
  handlers: WebhookHandlers,
): Promise<TenantEvent | null> {
  return inTenant(jobsDb, ref, async (tx) => {
    const row = await findOpen(tx, ref);
    if (!row) return null;
    if (!handlers[row.source]) {
      await postpone(tx, ref, UNHANDLED_WAIT_MS);
      return null;
    }
    if (row.attempts >= MOST_ATTEMPTS) {
      await bury(tx, ref, 'No try of this came to its end.');
      return null;
    }
    await tx
      .updateTable('webhook_events')
      .set({ attempts: row.attempts + 1, next_attempt_at: later(ATTEMPT_WITHIN_MS) })
      .where('id', '=', ref.webhookEventId)
      .execute();
    return toTenantEvent(row);
  });
}

function findOpen(tx: TenantTx, ref: EventRef): Promise<Selectable<WebhookEvents> | undefined> {
  return tx
    .selectFrom('webhook_events')
    .selectAll()
    .where('id', '=', ref.webhookEventId)
    .where('state', 'in', ['RECEIVED', 'FAILED'])
    .forUpdate()
    .executeTakeFirst();
}

function toTenantEvent(row: Selectable<WebhookEvents>): TenantEvent {
  return {
    organizationId: row.organization_id,
    webhookEventId: row.id,
    source: row.source,
    name: row.name,
    nativeId: row.native_id,
    leadFormId: row.lead_form_id,
    payload: parseExactJson(row.payload),
    receivedAt: row.received_at,
    attempt: row.attempts + 1,
  };
}

async function settle({ jobsDb }: HandleServices, ref: EventRef, work: WebhookWork): Promise<void> {
  await inTenant(jobsDb, ref, async (tx) => {
    // Whoever came first holds the row; whoever comes after finds it settled.
    if (!(await findOpen(tx, ref))) return;
    await markSettled(tx, ref.webhookEventId, await work(tx));
  });
}

/** Writes what became of an event, whatever it was before. */
export async function markSettled(
  tx: TenantTx,
  webhookEventId: string,
  { state, summary, contactId = null, creatorId = null }: WebhookEffect,
): Promise<void> {
  await tx
    .updateTable('webhook_events')
    .set({ state, summary, next_attempt_at: null, settled_at: sql<Date>`now()` })
    .set({ contact_id: contactId, creator_id: creatorId })
    .where('id', '=', webhookEventId)
    .execute();
}

async function fail({ jobsDb, log }: HandleServices, event: TenantEvent, error: unknown): Promise<void> {
  const { organizationId, webhookEventId, source, attempt } = event;
  const { summary, waitMs } = failureOf(error, attempt);
  log.warn(
    { organizationId, webhookEventId, source, attempt, err: error },
    'a try of a webhook event failed',
  );
  await inTenant(jobsDb, event, async (tx) => {
    if (!(await findOpen(tx, event))) return;
    if (waitMs === null) return bury(tx, event, summary);
    await tx
      .updateTable('webhook_events')
      .set({ state: 'FAILED', summary, next_attempt_at: later(waitMs) })
      .where('id', '=', webhookEventId)
      .execute();
    await sql`select app.enqueue_webhook(${webhookEventId}::uuid, ${later(waitMs)})`.execute(tx);
  });
}

async function postpone(tx: TenantTx, { webhookEventId }: EventRef, waitMs: number): Promise<void> {
  await tx
    .updateTable('webhook_events')
    .set({ next_attempt_at: later(waitMs) })
    .where('id', '=', webhookEventId)
    .execute();
}

async function bury(tx: TenantTx, { webhookEventId }: EventRef, summary: string): Promise<void> {
  await tx
    .updateTable('webhook_events')
    .set({ state: 'DEAD', summary, next_attempt_at: null, settled_at: sql<Date>`now()` })
    .where('id', '=', webhookEventId)
    .execute();
}

/** By the clock of the database, which decides what is due. */
function later(ms: number) {
  return sql<Date>`now() + ${ms} * interval '1 millisecond'`;
}

function inTenant<T>(db: Database, ref: EventRef, work: (tx: TenantTx) => Promise<T>): Promise<T> {
  return withTenant(db, jobPrincipal(ref.organizationId), 'write', work);
}

/**
 * The events that still wait, for a try or for a person, to tell what was found another way. They stay locked until the
 * transaction ends: take them before what their handlers take.
 */
export async function lockTold(
  tx: TenantTx,
  told: Pick<TenantEvent, 'source' | 'name' | 'nativeId'>,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('webhook_events')
    .select('id')
    .where('source', '=', told.source)
    .where('name', '=', told.name)
    .where('native_id', '=', told.nativeId)
    .where('state', 'in', ['RECEIVED', 'FAILED', 'DEAD'])
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}
