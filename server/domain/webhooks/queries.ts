import { type RawBuilder, type Selectable, sql, type SqlBool } from 'kysely';
import { keysetPage, type Page } from '../../../db/pagination.ts';
import type { TenantTx } from '../../../db/tenant.ts';
import type { WebhookEvents } from '../../../db/types.ts';
import type { Config } from '../../kernel/config.ts';
import { notFound } from '../../kernel/errors.ts';
import {
  type ListWebhookEventsInput,
  type WebhookEvent,
  type WebhookEventDetail,
  type WebhookOverview,
  type WebhookSource,
  webhookSources,
  type WebhookSourceStatus,
} from './schema.ts';

/** One event with what was sent. Errors: `not_found`. */
export async function getWebhookEvent(tx: TenantTx, webhookEventId: string): Promise<WebhookEventDetail> {
  const row = await selectEvents(tx)
    .select('webhook_events.payload')
    .where('webhook_events.id', '=', webhookEventId)
    .executeTakeFirst();
  if (!row) throw notFound('webhook event');
  return { ...toWebhookEvent(row), payload: row.payload };
}

/** What came, the newest first. */
export async function listWebhookEvents(
  tx: TenantTx,
  input: ListWebhookEventsInput,
): Promise<Page<WebhookEvent>> {
  let query = selectEvents(tx);
  if (input.source) query = query.where('webhook_events.source', '=', input.source);
  if (input.state) query = query.where('webhook_events.state', '=', input.state);
  if (input.from) query = query.where(sql<SqlBool>`webhook_events.received_at >= ${startOf(input.from, 0)}`);
  if (input.to) query = query.where(sql<SqlBool>`webhook_events.received_at < ${startOf(input.to, 1)}`);
  const page = await keysetPage(query, {
    sortName: '-receivedAt',
    key: { expression: sql`webhook_events.received_at`, type: 'timestamptz', direction: 'desc' },
    id: sql<string>`webhook_events.id`,
    cursor: input.cursor,
    limit: input.limit,
  });
  return { items: page.items.map(toWebhookEvent), nextCursor: page.nextCursor };
}

/** The instant at which a day of the agency's own zone begins, or one so many days later. */
function startOf(day: string, daysLater: number): RawBuilder<Date> {
  return sql<Date>`((${day}::date + ${daysLater}::int)::timestamp at time zone
    (select o.time_zone from organizations o where o.type <> 'BRAND'))`;
}

/** How each sender does, whether it is on or not. */
export async function webhookOverview(tx: TenantTx, config: Config): Promise<WebhookOverview> {
  const rows = await tx
    .selectFrom('webhook_events')
    .select('source')
    .select([
      sql<Date | null>`max(received_at)`.as('last_received_at'),
      sql<number>`count(*) filter (where next_attempt_at is not null)`.as('waiting'),
      sql<number>`count(*) filter (where state = 'DEAD')`.as('dead'),
      sql<Date | null>`min(received_at) filter (where state = 'DEAD')`.as('eldest_dead_at'),
    ])
    .groupBy('source')
    .execute();
  const bySource = new Map(rows.map((row) => [row.source, row]));
  const sources = webhookSources.map((source): WebhookSourceStatus => {
    const row = bySource.get(source);
    return {
      source,
      isOn: isOn(config, source),
      address: webhookAddress(config, source),
      lastReceivedAt: row?.last_received_at?.toISOString() ?? null,
      waitingCount: row?.waiting ?? 0,
      deadCount: row?.dead ?? 0,
      eldestDeadAt: row?.eldest_dead_at?.toISOString() ?? null,
    };
  });
  const eldest = sources.flatMap(({ eldestDeadAt }) => eldestDeadAt ?? []).sort();
  return {
    sources,
    deadCount: sources.reduce((sum, { deadCount }) => sum + deadCount, 0),
    eldestDeadAt: eldest[0] ?? null,
  };
}

function isOn(config: Config, source: WebhookSource): boolean {
  const group = { PHYLLO: config.phyllo, META: config.meta, GOOGLE: config.google }[source];
  return group !== null;
}

/** Where a sender reaches this installation. */
export function webhookAddress(config: Config, source: WebhookSource): string {
  return `${config.web.appUrl}/api/webhooks/${source.toLowerCase()}`;
}

function selectEvents(tx: TenantTx) {
  return tx
    .selectFrom('webhook_events')
    .select([
      'webhook_events.id',
      'webhook_events.source',
      'webhook_events.name',
      'webhook_events.native_id',
      'webhook_events.state',
      'webhook_events.summary',
      'webhook_events.attempts',
      'webhook_events.received_at',
      'webhook_events.settled_at',
      'webhook_events.next_attempt_at',
      'webhook_events.contact_id',
      'webhook_events.creator_id',
      'webhook_events.lead_form_id',
      'webhook_events.version',
      nameAt(sql`contacts`, sql`webhook_events.contact_id`).as('contact_name'),
      nameAt(sql`creators`, sql`webhook_events.creator_id`).as('creator_name'),
      nameAt(sql`lead_forms`, sql`webhook_events.lead_form_id`).as('lead_form_name'),
    ]);
}

function nameAt(table: RawBuilder<unknown>, id: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql<string | null>`(select r.name from ${table} r
    where r.organization_id = webhook_events.organization_id and r.id = ${id})`;
}

type EventRow = Omit<
  Selectable<WebhookEvents>,
  'payload' | 'dedupe_key' | 'organization_id' | 'created_at' | 'updated_at'
> & {
  contact_name: string | null;
  creator_name: string | null;
  lead_form_name: string | null;
};

function toWebhookEvent(row: EventRow): WebhookEvent {
  const named = (id: string | null, name: string | null) =>
    id !== null && name !== null ? { id, name } : null;
  return {
    id: row.id,
    source: row.source,
    name: row.name,
    nativeId: row.native_id,
    state: row.state,
    summary: row.summary,
    attempts: row.attempts,
    receivedAt: row.received_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    nextAttemptAt: row.state === 'FAILED' ? (row.next_attempt_at?.toISOString() ?? null) : null,
    contact: named(row.contact_id, row.contact_name),
    creator: named(row.creator_id, row.creator_name),
    leadForm: named(row.lead_form_id, row.lead_form_name),
    version: row.version,
  };
}
