import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebhookSource, WebhookState } from '../../server/domain/webhooks/schema.ts';
import { useTestDatabase } from '../support/database.ts';
import { refusal, refusedFields } from '../support/refusal.ts';
import { type Agency, caller, type PersonName, type World } from '../support/world.ts';
import { createWebhookWorld, forget, waitingJobs } from './webhook-requests.ts';

const database = useTestDatabase();
let world: World;

beforeAll(async () => {
  world = await createWebhookWorld(database());
});
afterAll(() => world.close());
beforeEach(() => forget(world));

const as = (person: PersonName = 'admin') => caller(world, world.demo.people[person].principal);
const asRival = () => caller(world, world.rival.people.owner.principal);
const code = async (call: Promise<unknown>) => (await refusal(call)).code;
const EVERYBODY_ELSE: readonly PersonName[] = ['member', 'unassigned', 'viewer', 'client'];

interface Made {
  agency?: Agency;
  source?: WebhookSource;
  state?: WebhookState;
  receivedAt?: string;
}

/** An event as the jobs left it. */
async function made({ agency = world.demo, source = 'META', state = 'DEAD', receivedAt }: Made = {}) {
  const isOpen = state === 'RECEIVED' || state === 'FAILED';
  const { rows } = await world.ownerDb.pool.query<{ id: string }>(
    `insert into webhook_events (organization_id, source, dedupe_key, name, native_id, payload, state, summary, attempts,
       next_attempt_at, settled_at, received_at)
     values ($1, $2, $3, 'leadgen', '1', '{"secret answer":1}', $4, 'Why.', 3,
       case when $5 then now() + interval '1 hour' end, case when $5 then null else now() end, coalesce($6, now()))
     returning id`,
    [agency.organizationId, source, randomUUID(), state, isOpen, receivedAt ?? null],
  );
  return rows[0]?.id ?? '';
}

describe('the list of events', () => {
  it('shows the newest first, by sender, state and the agency’s own days, page by page', async () => {
    // Dubai is four hours ahead: 21:00 of the 19th is the 20th there.
    const late = await made({ receivedAt: '2026-05-19T21:00:00Z', state: 'HANDLED' });
    const early = await made({ receivedAt: '2026-05-19T19:00:00Z', source: 'GOOGLE' });
    const last = await made({ receivedAt: '2026-05-21T19:00:00Z', state: 'IGNORED' });
    const ids = async (input: Parameters<ReturnType<typeof as>['webhooks']['list']>[0]) =>
      (await as().webhooks.list(input)).items.map(({ id }) => id);
    expect(await ids({})).toEqual([last, late, early]);
    expect(await ids({ source: 'GOOGLE' })).toEqual([early]);
    expect(await ids({ state: 'HANDLED' })).toEqual([late]);
    expect(await ids({ from: '2026-05-20', to: '2026-05-20' })).toEqual([late]);
    expect(await ids({ to: '2026-05-19' })).toEqual([early]);
    const first = await as().webhooks.list({ limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([last, late]);
    const second = await as().webhooks.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([second.items.map(({ id }) => id), second.nextCursor]).toEqual([[early], null]);
    expect(await refusedFields(as().webhooks.list({ from: 'May' }))).toEqual(['invalid', 'from']);
  });

  it('holds no payload; one event does', async () => {
    const webhookEventId = await made();
    expect(JSON.stringify(await as().webhooks.list({}))).not.toContain('secret answer');
    expect((await as().webhooks.byId({ webhookEventId })).payload).toBe('{"secret answer":1}');
  });

  it('counts what failed, and says since when', async () => {
    await made({ receivedAt: '2026-05-19T21:00:00Z' });
    await made({ source: 'PHYLLO', receivedAt: '2026-05-18T21:00:00Z' });
    await made({ source: 'PHYLLO', state: 'FAILED' });
    await made({ agency: world.rival });
    const overview = await as().webhooks.overview();
    expect(overview).toMatchObject({ deadCount: 2, eldestDeadAt: '2026-05-18T21:00:00.000Z' });
    expect(
      overview.sources.map(({ source, deadCount, waitingCount }) => [source, deadCount, waitingCount]),
    ).toEqual([
      ['PHYLLO', 1, 1],
      ['META', 1, 0],
      ['GOOGLE', 0, 0],
    ]);
  });
});

describe('an event that failed', () => {
  it('is driven again: its tries begin anew, and a job waits for it', async () => {
    const webhookEventId = await made();
    const { version } = await as().webhooks.byId({ webhookEventId });
    const driven = await as().webhooks.redrive({ webhookEventId, expectedVersion: version });
    expect(driven).toMatchObject({ state: 'RECEIVED', attempts: 0, summary: null, settledAt: null });
    expect(await waitingJobs(world, 'handle-webhook')).toEqual([
      { payload: { organizationId: world.demo.organizationId, subjectId: webhookEventId } },
    ]);
    expect(await code(as().webhooks.redrive({ webhookEventId, expectedVersion: version }))).toBe(
      'precondition',
    );
    expect(await code(as().webhooks.redrive({ webhookEventId }))).toBe('conflict');
  });

  it.each(['HANDLED', 'IGNORED', 'RECEIVED'] as const)('is none where it is %s', async (state) => {
    expect(await code(as().webhooks.redrive({ webhookEventId: await made({ state }) }))).toBe('conflict');
  });

  it('is driven again with all others of its sender, and of its agency alone', async () => {
    for (const source of ['META', 'META', 'GOOGLE'] as const) await made({ source });
    await made({ state: 'FAILED' });
    const theirs = await made({ agency: world.rival });
    expect(await as().webhooks.redriveAll({ source: 'META' })).toEqual({ count: 2 });
    expect(await as().webhooks.redriveAll({ source: 'META' })).toEqual({ count: 0 });
    expect(await waitingJobs(world, 'handle-webhook')).toHaveLength(2);
    expect((await asRival().webhooks.byId({ webhookEventId: theirs })).state).toBe('DEAD');
  });

  it('of another agency is not there, as one that nobody has', async () => {
    for (const webhookEventId of [await made(), randomUUID()]) {
      expect(await code(asRival().webhooks.byId({ webhookEventId }))).toBe('not_found');
      expect(await code(asRival().webhooks.redrive({ webhookEventId }))).toBe('not_found');
    }
  });

  it.each(EVERYBODY_ELSE)('is nothing of a %s’s', async (person) => {
    const webhookEventId = await made();
    const api = as(person).webhooks;
    for (const call of [
      () => api.overview(),
      () => api.list({}),
      () => api.byId({ webhookEventId }),
      () => api.redrive({ webhookEventId }),
      () => api.redriveAll({ source: 'META' }),
    ])
      expect(await code(call())).toBe('forbidden');
  });
});
