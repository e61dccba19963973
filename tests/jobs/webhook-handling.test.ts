import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { routeWebhooks } from '../../jobs/tasks/handle-webhook.ts';
import type { JobServices } from '../../jobs/services.ts';
import { handleWebhook } from '../../server/domain/webhooks/handle.ts';
import { MOST_ATTEMPTS } from '../../server/domain/webhooks/rules.ts';
import type { TenantEvent, WebhookHandler } from '../../server/domain/webhooks/schema.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { hmacSha256Hex } from '../../server/kernel/crypto.ts';
import { useTestDatabase } from '../support/database.ts';
import { ALL_PLATFORMS } from '../support/platforms.ts';
import { type Agency, caller, createWorld, type World } from '../support/world.ts';
import { openMortal } from './mortal-database.ts';
import {
  drain,
  forgetWebhooks,
  leadgen,
  PHYLLO,
  receive,
  receiveGoogle,
  receiveMeta,
  receivePhyllo,
  servicesOf,
  sweep,
  waitingEvents,
  work,
} from './webhook-flow.ts';

const database = useTestDatabase();
let world: World;
let services: JobServices;

beforeAll(async () => {
  world = await createWorld(database(), { settings: { ...ALL_PLATFORMS, ...PHYLLO } });
  services = servicesOf(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.ownerDb.pool.query('delete from creators');
  await forgetWebhooks(world);
});

const as = (agency: Agency = world.demo) => caller(world, agency.people.admin.principal);

async function events(agency: Agency = world.demo) {
  return (await as(agency).webhooks.list({})).items;
}

async function waitingDeliveries() {
  const { rows } = await world.ownerDb.pool.query<{ is_parked: boolean; has_payload: boolean }>(
    `select parked_at is not null as is_parked, payload is not null as has_payload
       from webhook_deliveries where routed_at is null`,
  );
  return rows;
}

/** A creator of an agency whom Phyllo knows by this id. */
async function creatorOf(agency: Agency, phylloUserId: string): Promise<string> {
  const { pool } = world.ownerDb;
  const { rows } = await pool.query<{ id: string }>(
    `with c as (insert into contacts (organization_id, first_name, last_name) values ($1, 'A', 'B') returning id)
     insert into creators (organization_id, contact_id, phyllo_user_id) select $1, id, $2 from c returning id`,
    [agency.organizationId, phylloUserId],
  );
  return rows[0]?.id ?? '';
}

const notice = (userId: string, event = 'PROFILES.UPDATED') => ({
  event,
  id: randomUUID(),
  data: { user_id: userId },
});

describe('whose an event is', () => {
  it('comes from what agencies named, and a page that two named is told to both', async () => {
    for (const agency of [world.demo, world.rival])
      await as(agency).leadForms.createFacebookPage({ name: 'A page', pageId: '501' });
    await receiveMeta(world, '501', leadgen('9001', '501'));
    expect(await routeWebhooks(services, null)).toBe(2);
    expect(await events(world.demo)).toMatchObject([{ nativeId: '9001' }]);
    expect(await events(world.rival)).toMatchObject([{ nativeId: '9001' }]);
    expect(await waitingDeliveries()).toEqual([]);
  });

  it('is nobody’s until somebody names it: it is parked, and goes on by itself then', async () => {
    await receiveMeta(world, '502', leadgen('9002', '502'));
    const { rows } = await world.ownerDb.pool.query<{ batch_id: string }>(
      'select batch_id from webhook_deliveries',
    );
    expect(await routeWebhooks(services, rows[0]?.batch_id ?? '')).toBe(0);
    expect(await waitingDeliveries()).toEqual([{ is_parked: true, has_payload: true }]);
    await world.ownerDb.pool.query('delete from graphile_worker._private_jobs');
    await as().leadForms.createFacebookPage({ name: 'A page', pageId: '502' });
    const { rows: woken } = await world.ownerDb.pool.query(
      `select 1 from graphile_worker._private_jobs where key = 'route-webhooks'`,
    );
    expect(woken).toHaveLength(1);
    expect(await routeWebhooks(services, null)).toBe(1);
    expect(await events()).toMatchObject([{ nativeId: '9002', state: 'RECEIVED' }]);
  });

  it('is not what a payload claims: an organization named there counts for nothing', async () => {
    await receivePhyllo(world, {
      ...notice(randomUUID()),
      organization_id: world.demo.organizationId,
      data: { organizationId: world.demo.organizationId, user_id: randomUUID() },
    });
    expect(await routeWebhooks(services, null)).toBe(0);
    expect(await events()).toEqual([]);
  });

  it('of Phyllo goes by the user and the account, written with dashes or without, in any case', async () => {
    const userId = randomUUID();
    await receivePhyllo(world, notice(userId.toUpperCase()));
    await receivePhyllo(world, notice(userId.replaceAll('-', '')));
    expect(await routeWebhooks(services, null)).toBe(0);
    await creatorOf(world.rival, userId);
    expect(await routeWebhooks(services, null)).toBe(2);
    expect(await events(world.demo)).toEqual([]);
    expect(await events(world.rival)).toHaveLength(2);
  });

  it('of Meta about an ad account is the agency’s that uses it', async () => {
    const change = { field: 'with_issues_ad_objects', value: { id: '1', level: 'AD' } };
    await world.ownerDb.pool.query(
      `insert into ad_accounts (organization_id, platform, native_id, name, currency, time_zone)
       values ($1, 'META', '777', 'Account', 'AED', 'Asia/Dubai')`,
      [world.demo.organizationId],
    );
    const body = JSON.stringify({ object: 'ad_account', entry: [{ id: '777', changes: [change] }] });
    const secret = world.services.config.meta?.appSecret.reveal() ?? '';
    const signature = `sha256=${hmacSha256Hex(secret, body)}`;
    await receive(world, 'META', { body, headers: { 'x-hub-signature-256': signature } });
    await drain(world, services);
    expect(await events()).toMatchObject([{ name: 'with_issues_ad_objects', state: 'IGNORED' }]);
    await world.ownerDb.pool.query(`delete from ad_accounts where native_id = '777'`);
  });

  it('of an agency that was suspended waits', async () => {
    await as().leadForms.createFacebookPage({ name: 'A page', pageId: '503' });
    const set = (isActive: boolean) =>
      world.ownerDb.pool.query('update organizations set is_active = $1 where id = $2', [
        isActive,
        world.demo.organizationId,
      ]);
    await set(false);
    await receiveMeta(world, '503', leadgen('9003', '503'));
    expect(await routeWebhooks(services, null)).toBe(0);
    await set(true);
    expect(await routeWebhooks(services, null)).toBe(1);
  });
});

async function oneEvent(): Promise<{ organizationId: string; webhookEventId: string }> {
  const userId = randomUUID();
  await creatorOf(world.demo, userId);
  await receivePhyllo(world, notice(userId));
  await routeWebhooks(services, null);
  const [event] = await events();
  return { organizationId: world.demo.organizationId, webhookEventId: event?.id ?? '' };
}

/** A handler that makes a contact each time that its writing counts. */
const making: WebhookHandler = ({ webhookEventId, organizationId }) =>
  Promise.resolve(async (tx) => {
    await tx
      .insertInto('contacts')
      .values({ organization_id: organizationId, first_name: webhookEventId, last_name: 'made' })
      .execute();
    return { state: 'HANDLED', summary: 'Done.' };
  });

async function effects(webhookEventId: string): Promise<number> {
  const { rows } = await world.ownerDb.pool.query('select 1 from contacts where first_name = $1', [
    webhookEventId,
  ]);
  return rows.length;
}

const failing =
  (error: Error): WebhookHandler =>
  () =>
    Promise.reject(error);

describe('an event', () => {
  it('that several workers try at one moment is written once', async () => {
    const ref = await oneEvent();
    const pools = Array.from({ length: 4 }, () =>
      openDatabase({ url: database().jobsUrl, name: 'jobs', maxConnections: 2, pipeline: false }),
    );
    await Promise.all(
      pools.flatMap((jobsDb) =>
        [1, 2].map(() => handleWebhook({ ...services, jobsDb }, ref, { handlers: { PHYLLO: making } })),
      ),
    );
    expect(await effects(ref.webhookEventId)).toBe(1);
    expect(await events()).toMatchObject([{ state: 'HANDLED', summary: 'Done.' }]);
    await Promise.all(pools.map((pool) => pool.close()));
  });

  it('whose worker is killed anywhere, however often, is written once and neither lost nor doubled', async () => {
    const lives = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(lives, async (kills) => {
        await forgetWebhooks(world);
        await world.ownerDb.pool.query('delete from creators');
        const ref = await oneEvent();
        for (const life of kills) {
          const jobsDb: Database = openMortal(database().jobsUrl, life);
          await handleWebhook({ ...services, jobsDb }, ref, { handlers: { PHYLLO: making } }).catch(
            () => undefined,
          );
          await jobsDb.close();
        }
        await handleWebhook(services, ref, { handlers: { PHYLLO: making } });
        expect(await effects(ref.webhookEventId)).toBe(1);
        expect((await events())[0]?.state).toBe('HANDLED');
      }),
      { numRuns: 15, endOnFailure: true },
    );
  }, 120_000);

  it('that lost its job is woken by the sweep, and no other', async () => {
    await oneEvent();
    await world.ownerDb.pool.query('delete from graphile_worker._private_jobs');
    await sweep(services);
    expect(await waitingEvents(world)).toEqual([]);
    await world.ownerDb.pool.query(
      `update webhook_events set next_attempt_at = now() - interval '2 minutes'`,
    );
    await sweep(services);
    expect(await waitingEvents(world)).toHaveLength(1);
  });

  it('that nobody here handles yet waits, and its tries are not counted', async () => {
    const ref = await oneEvent();
    await handleWebhook(services, ref, { handlers: {} });
    expect(await events()).toMatchObject([{ state: 'RECEIVED', attempts: 0 }]);
    await handleWebhook(services, ref, { handlers: { PHYLLO: making } });
    expect(await events()).toMatchObject([{ state: 'HANDLED' }]);
  });

  it('that fails is tried after longer and longer times, and then left to a person with the reason', async () => {
    const ref = await oneEvent();
    const handlers = {
      PHYLLO: failing(new PlatformError({ kind: 'retry', code: 'x', message: 'Not now.' })),
    };
    const waits: number[] = [];
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) {
      await handleWebhook(services, ref, { handlers });
      const [event] = await events();
      expect(event).toMatchObject({ state: 'FAILED', summary: 'Not now.', attempts: attempt });
      waits.push(new Date(event?.nextAttemptAt ?? 0).getTime() - Date.now());
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    await handleWebhook(services, ref, { handlers });
    expect(await events()).toMatchObject([{ state: 'DEAD', summary: 'Not now.', nextAttemptAt: null }]);
    await handleWebhook(services, ref, { handlers: { PHYLLO: making } });
    expect(await effects(ref.webhookEventId)).toBe(0);
  });

  it('that only a person can mend is left to one at once', async () => {
    const ref = await oneEvent();
    const error = new PlatformError({ kind: 'reauthorize', code: '190', message: 'Connect again.' });
    await handleWebhook(services, ref, { handlers: { PHYLLO: failing(error) } });
    expect(await events()).toMatchObject([{ state: 'DEAD', summary: 'Connect again.', attempts: 1 }]);
  });

  it('whose handler breaks tells people nothing of our insides', async () => {
    const ref = await oneEvent();
    await handleWebhook(services, ref, { handlers: { PHYLLO: failing(new Error('relation "x"')) } });
    expect((await events())[0]?.summary).toBe('Something went wrong on our side. The log says what.');
  });

  it('whose writing fails leaves nothing of it behind', async () => {
    const ref = await oneEvent();
    const half: WebhookHandler = async (event, call) => {
      const write = await making(event, call);
      return async (tx) => {
        await write(tx);
        throw new Error('after the first write');
      };
    };
    await handleWebhook(services, ref, { handlers: { PHYLLO: half } });
    expect(await effects(ref.webhookEventId)).toBe(0);
    expect(await events()).toMatchObject([{ state: 'FAILED' }]);
  });

  it('reaches its handler with its ids exact and its name canonical', async () => {
    const userId = randomUUID();
    await creatorOf(world.demo, userId);
    await receivePhyllo(world, notice(userId, 'account.connected'));
    await routeWebhooks(services, null);
    const seen: TenantEvent[] = [];
    const [event] = await events();
    const ref = { organizationId: world.demo.organizationId, webhookEventId: event?.id ?? '' };
    const handlers = {
      PHYLLO: ((given, call) => {
        seen.push(given);
        return making(given, call);
      }) satisfies WebhookHandler,
    };
    await handleWebhook(services, ref, { handlers });
    expect(seen).toMatchObject([
      { name: 'ACCOUNTS.CONNECTED', source: 'PHYLLO', attempt: 1, payload: { data: { user_id: userId } } },
    ]);
  });
});

describe('a hundred leads of ten people, in any order, each several times, by workers of several processes', () => {
  it('are a hundred notes on ten contacts', async () => {
    const { key } = await as().leadForms.createGoogleForm({ name: 'Form' });
    const leads = Array.from({ length: 100 }, (_none, index) => ({
      leadId: `L${index}`,
      answers: { FULL_NAME: `Person ${index % 10}`, EMAIL: `person${index % 10}@example.com` },
    }));
    const sent = [...leads, ...leads, ...leads].sort((a, b) => a.leadId.localeCompare(b.leadId) * -1);
    await Promise.all(sent.map((lead) => receiveGoogle(world, { key, ...lead })));
    await routeWebhooks(services, null);
    const jobs = await waitingEvents(world);
    expect(jobs).toHaveLength(100);
    const pools = Array.from({ length: 3 }, () =>
      openDatabase({ url: database().jobsUrl, name: 'jobs', maxConnections: 3, pipeline: false }),
    );
    const queue = [...jobs, ...jobs].reverse();
    const worker = async (jobsDb: Database) => {
      for (let job = queue.pop(); job; job = queue.pop()) await work({ ...services, jobsDb }, job);
    };
    await Promise.all(pools.flatMap((pool) => [worker(pool), worker(pool)]));
    await Promise.all(pools.map((pool) => pool.close()));
    const { items } = await as().contacts.list({ limit: 200 });
    expect(items.map(({ name }) => name).sort()).toEqual(
      leads.slice(0, 10).map(({ answers }) => answers.FULL_NAME),
    );
    const { rows } = await world.ownerDb.pool.query<{ notes: string }>(
      'select count(*) as notes from notes group by contact_id',
    );
    expect(rows.map(({ notes }) => Number(notes))).toEqual(Array(10).fill(10));
    const states = await world.ownerDb.pool.query<{ state: string }>(
      'select distinct state from webhook_events',
    );
    expect(states.rows).toEqual([{ state: 'HANDLED' }]);
  }, 60_000);
});

describe('what is past use', () => {
  it('goes after thirty days, but for the keys of leads and what failed', async () => {
    await as().leadForms.createFacebookPage({ name: 'A page', pageId: '505' });
    await receiveMeta(world, '505', leadgen('9005', '505'), { field: 'feed', value: 1 });
    await receiveMeta(world, '999', leadgen('9006', '999'));
    await drain(world, services);
    const { pool } = world.ownerDb;
    await pool.query(`update webhook_deliveries set received_at = now() - interval '31 days'`);
    await pool.query(`update webhook_events set settled_at = now() - interval '31 days'`);
    await world.jobsDb.pool.query('select app.webhooks_clean()');
    const { rows } = await pool.query('select native_id, payload from webhook_deliveries order by native_id');
    expect(rows).toEqual([
      { native_id: '9005', payload: null },
      { native_id: '9006', payload: null },
    ]);
    expect(await events()).toMatchObject([{ state: 'DEAD', nativeId: '9005' }]);
    expect(await receiveMeta(world, '505', leadgen('9005', '505'))).toBe(0);
  });
});
