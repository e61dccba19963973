import { createHmac } from 'node:crypto';
import type { JobServices } from '../../jobs/services.ts';
import { handleWebhookTask, routeWebhooks, sweepWebhooksTask } from '../../jobs/tasks/handle-webhook.ts';
import { SANDBOX_META_APP_SECRET } from '../../sandbox/meta/app.ts';
import { metaJson } from '../../sandbox/meta/leads-control.ts';
import type { WebhookSource } from '../../server/domain/webhooks/schema.ts';
import { receiveWebhook } from '../../server/domain/webhooks/receive.ts';
import { jobServices } from '../support/meta.ts';
import { META_TEST_URL, type World } from '../support/world.ts';

/** Of the settings that turn Phyllo on in these tests. */
export const PHYLLO = {
  PHYLLO_CLIENT_ID: 'a client of the tests',
  PHYLLO_CLIENT_SECRET: 'a client secret of the tests',
  PHYLLO_API_URL: 'http://phyllo.test',
} as const;

export function servicesOf(world: World): JobServices {
  return { ...jobServices(world), config: world.services.config };
}

/** Receives a body with these headers, as the doors do. */
export function receive(
  world: World,
  source: WebhookSource,
  { body, headers = {} }: { body: string; headers?: Record<string, string> },
): Promise<number> {
  const header = (name: string) => headers[name];
  return receiveWebhook(world.services, { source, body: Buffer.from(body), header });
}

const signed = (secret: string, body: string) => createHmac('sha256', secret).update(body).digest('hex');

export function receivePhyllo(world: World, notice: object): Promise<number> {
  const body = JSON.stringify(notice);
  const signature = signed(PHYLLO.PHYLLO_CLIENT_SECRET, body);
  return receive(world, 'PHYLLO', { body, headers: { 'webhook-signatures': signature } });
}

/** A change of Meta's, or several, written and signed as Meta does. */
export function receiveMeta(world: World, pageId: string, ...changes: object[]): Promise<number> {
  const body = metaJson({ object: 'page', entry: [{ id: pageId, time: 1, changes }] });
  const signature = signed(SANDBOX_META_APP_SECRET, body);
  return receive(world, 'META', { body, headers: { 'x-hub-signature-256': `sha256=${signature}` } });
}

export interface GoogleLead {
  key: string;
  leadId: string;
  answers: Record<string, string>;
  isTest?: boolean;
}

export function receiveGoogle(world: World, { key, leadId, answers, isTest = false }: GoogleLead) {
  const columns = Object.entries(answers).map(([id, value]) =>
    id === id.toUpperCase()
      ? { column_id: id, string_value: value }
      : { column_name: id, string_value: value },
  );
  const body = JSON.stringify({
    ...{ lead_id: leadId, google_key: key, is_test: isTest, api_version: '1.0' },
    user_column_data: columns,
  }).replace(/}$/, ',"form_id":123456789012345678,"campaign_id":9007199254740993}');
  return receive(world, 'GOOGLE', { body });
}

/** Somebody fills a form in at Meta; answers the lead's id. */
export async function fillInAtMeta(lead: {
  pageId: string;
  fields: Record<string, string | string[]>;
  formId?: string;
  person?: string;
}): Promise<string> {
  const response = await fetch(`${META_TEST_URL}/_leads`, { method: 'POST', body: JSON.stringify(lead) });
  return ((await response.json()) as { leadId: string }).leadId;
}

/** The change that tells of a lead. */
export const leadgen = (leadId: string, pageId: string) => ({
  field: 'leadgen',
  value: { leadgen_id: leadId, page_id: pageId, form_id: '7104', created_time: 1 },
});

export interface WaitingJob {
  key: string;
  organizationId: string;
  subjectId: string;
}

/** The jobs of events that wait in the queue. */
export async function waitingEvents(world: World): Promise<WaitingJob[]> {
  const { rows } = await world.ownerDb.pool.query<{ key: string; payload: WaitingJob }>(
    `select j.key, j.payload from graphile_worker._private_jobs j
       join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'handle-webhook' order by j.id`,
  );
  return rows.map(({ key, payload }) => ({ ...payload, key }));
}

/** Runs a job's task as a worker does. */
export async function work(services: JobServices, { organizationId, subjectId }: Omit<WaitingJob, 'key'>) {
  const task = handleWebhookTask(services);
  await task({ organizationId, subjectId }, {} as Parameters<typeof task>[1]);
}

/** Finds owners and tries everything that waits, once. */
export async function drain(world: World, services: JobServices): Promise<void> {
  await routeWebhooks(services, null);
  for (const job of await waitingEvents(world)) {
    await world.ownerDb.pool.query('delete from graphile_worker._private_jobs where key = $1', [job.key]);
    await work(services, job);
  }
}

export async function sweep(services: JobServices): Promise<void> {
  const task = sweepWebhooksTask(services);
  await task({}, {} as Parameters<typeof task>[1]);
}

/** Takes away what a test before left, contacts included. */
export async function forgetWebhooks(world: World): Promise<void> {
  const tables = [
    'webhook_events',
    'webhook_deliveries',
    'leads',
    'lead_forms',
    'notes',
    'activities',
    'contacts',
  ];
  for (const table of tables) await world.ownerDb.pool.query(`delete from ${table}`);
  await world.ownerDb.pool.query('delete from graphile_worker._private_jobs');
}
