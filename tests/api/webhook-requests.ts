import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TestDatabase } from '../support/database.ts';
import { createWorld, type World } from '../support/world.ts';
import type { Doors } from './door.ts';

/** The secrets that the doors of these tests check with; Meta's is the one of the published vectors. */
export const META_SECRET = 'test_app_secret';
export const PHYLLO_SECRET = 'a client secret of the tests';
export const VERIFY_TOKEN = 'a verify token of the tests';

export const WEBHOOK_SETTINGS = {
  META_APP_ID: '841200000000417',
  META_APP_SECRET: META_SECRET,
  META_WEBHOOK_VERIFY_TOKEN: VERIFY_TOKEN,
  PHYLLO_CLIENT_ID: 'a client of the tests',
  PHYLLO_CLIENT_SECRET: PHYLLO_SECRET,
  PHYLLO_API_URL: 'http://phyllo.test',
  GOOGLE_ADS_CLIENT_ID: 'a google client',
  GOOGLE_ADS_CLIENT_SECRET: 'a google secret',
} as const;

/** A world in which all three senders are on. */
export function createWebhookWorld(database: TestDatabase): Promise<World> {
  return createWorld(database, { settings: WEBHOOK_SETTINGS });
}

export function fixture(path: string): Buffer {
  return readFileSync(new URL(`../fixtures/webhooks/${path}`, import.meta.url));
}

export const hmac = (secret: string, body: string | Buffer) =>
  createHmac('sha256', secret).update(body).digest('hex');

type Source = 'phyllo' | 'meta' | 'google';

/** Sends bytes as they are. */
export function post(
  doors: Doors,
  source: Source,
  body: string | Buffer,
  headers: Record<string, string> = {},
) {
  return doors.send('POST', `/api/webhooks/${source}`, {
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
}

/** As Meta sends it. */
export function fromMeta(doors: Doors, body: string | Buffer) {
  return post(doors, 'meta', body, { 'x-hub-signature-256': `sha256=${hmac(META_SECRET, body)}` });
}

/** As Phyllo sends it. */
export function fromPhyllo(doors: Doors, body: string | Buffer) {
  return post(doors, 'phyllo', body, { 'webhook-signatures': hmac(PHYLLO_SECRET, body) });
}

export interface Delivery {
  source: string;
  dedupe_key: string;
  name: string;
  native_id: string;
  refs: string[];
  payload: string | null;
  is_kept: boolean;
  parked_at: Date | null;
  routed_at: Date | null;
}

/** What was stored so far, in the order in which it came. */
export async function deliveries(world: World): Promise<Delivery[]> {
  const { rows } = await world.ownerDb.pool.query<Delivery>(
    'select * from webhook_deliveries order by received_at, dedupe_key',
  );
  return rows;
}

/** Jobs that wait, by task. */
export async function waitingJobs(world: World, task: string): Promise<{ payload: unknown }[]> {
  const { rows } = await world.ownerDb.pool.query<{ payload: unknown }>(
    `select p.payload from graphile_worker._private_jobs p
       join graphile_worker._private_tasks t on t.id = p.task_id where t.identifier = $1 order by p.id`,
    [task],
  );
  return rows;
}

/** Takes away what a test before left. */
export async function forget(world: World): Promise<void> {
  for (const table of ['webhook_events', 'webhook_deliveries', 'leads', 'lead_forms'])
    await world.ownerDb.pool.query(`delete from ${table}`);
  await world.ownerDb.pool.query('delete from graphile_worker._private_jobs');
}
