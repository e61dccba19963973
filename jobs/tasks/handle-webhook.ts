import { sql } from 'kysely';
import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { withSystem, withTenant } from '../../db/tenant.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { phylloHandler } from '../../server/domain/creator-sync/events.ts';
import { askForLeads } from '../../server/domain/lead-forms/fetch.ts';
import { getLeadForm } from '../../server/domain/lead-forms/queries.ts';
import { handleWebhook, type WebhookHandlers } from '../../server/domain/webhooks/handle.ts';
import type { WebhookEffect, WebhookHandler, WebhookWork } from '../../server/domain/webhooks/schema.ts';
import { toGoogleLead } from '../../server/integrations/google-webhooks.ts';
import type { JobServices } from '../services.ts';
import { keepLead } from './keep-lead.ts';

const eventPayload = z.object({ organizationId: z.uuid(), subjectId: z.uuid() });
const batchPayload = z.object({ batchId: z.uuid().nullable() });

/** Who handles what each sender tells. */
function handlersOf(services: JobServices): WebhookHandlers {
  return { PHYLLO: phylloHandler(services), META: metaHandler(services), GOOGLE: handleGoogle };
}

/** `handle-webhook`: one try of one event of one agency. */
export function handleWebhookTask(services: JobServices): Task {
  const handlers = handlersOf(services);
  return async (payload, { abortSignal: signal }) => {
    const { organizationId, subjectId: webhookEventId } = eventPayload.parse(payload);
    await handleWebhook(services, { organizationId, webhookEventId }, { handlers, signal });
  };
}

/** `route-webhooks`: finds whose it is what came in one request, or what waited for an owner. */
export function routeWebhooksTask(services: JobServices): Task {
  return async (payload) => {
    const { batchId } = batchPayload.parse(payload);
    await routeWebhooks(services, batchId);
  };
}

/** Answers how many events were made. */
export async function routeWebhooks(
  { jobsDb }: Pick<JobServices, 'jobsDb'>,
  batchId: string | null,
): Promise<number> {
  const { rows } = await withSystem(jobsDb, (tx) =>
    sql<{ made: number }>`select app.route_webhooks(${batchId}::uuid) as made`.execute(tx),
  );
  return rows[0]?.made ?? 0;
}

/** `sweep-webhooks`: what lost its job, or found an owner since, goes on. */
export function sweepWebhooksTask(services: JobServices): Task {
  return async () => {
    await routeWebhooks(services, null);
    const { rows } = await withSystem(services.jobsDb, (tx) =>
      sql<{
        organization_id: string;
        webhook_event_id: string;
      }>`select organization_id, webhook_event_id from app.waiting_webhook_events()`.execute(tx),
    );
    for (const { organization_id: organizationId, webhook_event_id: eventId } of rows) {
      await withTenant(services.jobsDb, jobPrincipal(organizationId), 'write', (tx) =>
        sql`select app.enqueue_webhook(${eventId}::uuid, now())`.execute(tx),
      );
    }
  };
}

const NO_FORM: WebhookWork = () => Promise.resolve(ignored('The form that this came through is gone.'));

function ignored(summary: string): WebhookEffect {
  return { state: 'IGNORED', summary };
}

/** Meta tells a lead's id; who it is and what they answered is asked for. Everything else it tells is left alone. */
function metaHandler(services: JobServices): WebhookHandler {
  return async ({ organizationId, name, nativeId, leadFormId }, { signal }) => {
    if (name !== 'leadgen') return () => Promise.resolve(ignored(`SpokeStack does nothing about “${name}”.`));
    if (leadFormId === null) return NO_FORM;
    const lead = await askForLeads(services, { organizationId, signal }, (source, access) =>
      source.lead(access, nativeId),
    );
    return async (tx) => {
      const form = await getLeadForm(tx, leadFormId);
      return { state: 'HANDLED', ...(await keepLead(tx, organizationId, { form, lead })) };
    };
  };
}

/** Google sends the whole lead. */
const handleGoogle: WebhookHandler = ({ organizationId, leadFormId, payload }) => {
  if (leadFormId === null) return Promise.resolve(NO_FORM);
  const { isTest, ...lead } = toGoogleLead(payload);
  const work: WebhookWork = async (tx) => {
    if (isTest)
      return {
        state: 'HANDLED',
        summary: 'A test lead: it arrived as it should, and no contact was made of it.',
      };
    const form = await getLeadForm(tx, leadFormId);
    return { state: 'HANDLED', ...(await keepLead(tx, organizationId, { form, lead })) };
  };
  return Promise.resolve(work);
};
