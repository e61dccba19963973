import { createHmac } from 'node:crypto';
import { delay, HttpResponse } from 'msw';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SANDBOX_PHYLLO_CLIENT_SECRET } from '../../sandbox/phyllo/app.ts';
import {
  ask,
  basic,
  connect,
  connected,
  contentsOf,
  deliveries,
  DOOR,
  type Event,
  eventOf,
  get,
  INSTAGRAM,
  LINKEDIN,
  type List,
  newUser,
  order,
  post,
  refusalOf,
  register,
  type Rig,
  startRig,
  TIKTOK,
  wait,
  type Webhook,
} from './phyllo-client.ts';

const NOW = '2026-05-20T10:30:00Z';
const DAY = 86_400_000;

let rig: Rig;
let webhook: Webhook;

beforeAll(() => {
  rig = startRig({ now: NOW });
});
beforeEach(async () => {
  rig.clock.now = new Date(NOW);
  rig.state.phyllo.accounts.clear();
  rig.state.phyllo.webhooks.clear();
  rig.state.phyllo.outbox.reset();
  rig.door.answer = () => new HttpResponse(null, { status: 200 });
  rig.received.length = 0;
  webhook = await register();
});
afterEach(() => {
  rig.state.clearFaults();
});
afterAll(() => {
  rig.server.close();
});

const events = (): Event[] => rig.received.map(eventOf);
const names = (): string[] => events().map(({ event }) => event);
const flush = (all = false) => order('flush', { all });
const bare = (id: string) => id.replaceAll('-', '');

/** Connects, lets the first figures come and forgets what was sent of it. */
async function settled(platform = TIKTOK, name = 'camillelefevre'): Promise<string> {
  const accountId = await connected(rig, platform, name);
  await flush();
  rig.received.length = 0;
  return accountId;
}

describe('a connection', () => {
  test('is told at once, and its figures once they are there', async () => {
    const { accountId, userId } = await connect(await newUser('told'), INSTAGRAM, 'chloens');
    await flush();
    expect(names()).toEqual(['ACCOUNTS.CONNECTED']);
    wait(rig, 4_000);
    await flush();
    expect(names().slice(1, 4)).toEqual(['PROFILES.ADDED', 'PROFILES_AUDIENCE.ADDED', 'CONTENTS.ADDED']);
    for (const { data, name } of events()) {
      expect([bare(data.account_id), bare(data.user_id), name]).toEqual([
        bare(accountId),
        bare(userId),
        'SpokeStack',
      ]);
    }
    const told = events().flatMap(({ data }) => data.items ?? []);
    expect(new Set(told.map(bare))).toEqual(new Set((await contentsOf(accountId)).map(({ id }) => bare(id))));
    const [, profile] = events();
    expect(Object.keys(profile?.data ?? {})).toEqual([
      'account_id',
      'user_id',
      'last_updated_time',
      'profile_id',
    ]);
  });

  test('of a network without posts and audience tells of the profile alone', async () => {
    await connected(rig, LINKEDIN, 'fahad.builds');
    await flush();
    expect(names()).toEqual(['ACCOUNTS.CONNECTED', 'PROFILES.ADDED']);
  });

  test('that ends is told, by a person on the network and by an expired session too', async () => {
    const [first, second] = [await settled(), await settled(INSTAGRAM, 'chloens')];
    await order('disconnect', { accountId: first });
    await order('expire', { accountId: second });
    await order('disconnect', { accountId: first });
    await flush();
    expect(names()).toEqual(['ACCOUNTS.DISCONNECTED', 'SESSION.EXPIRED']);
  });
});

describe('what an event is', () => {
  test('is signed over its raw bytes with the client’s secret', async () => {
    await connected(rig, INSTAGRAM, 'laylamansoori');
    await flush();
    expect(rig.received.length).toBeGreaterThan(3);
    for (const { headers, bytes } of rig.received) {
      const right = createHmac('sha256', SANDBOX_PHYLLO_CLIENT_SECRET).update(bytes).digest('hex');
      expect(headers.get('webhook-signatures')).toBe(right);
      expect(headers.get('content-type')).toBe('application/json');
    }
  });

  test('is signed twice while secrets are changed, in one header', async () => {
    await order('webhooks', { secondSecret: 'the next secret' });
    await connect(await newUser('rotation'), INSTAGRAM, 'chloens');
    await flush();
    const [{ headers, bytes } = { headers: new Headers(), bytes: Buffer.alloc(0) }] = rig.received;
    const signatures = (headers.get('webhook-signatures') ?? '').split(',').map((each) => each.trim());
    const under = (secret: string) => createHmac('sha256', secret).update(bytes).digest('hex');
    expect(signatures).toEqual([under('the next secret'), under(SANDBOX_PHYLLO_CLIENT_SECRET)]);
  });

  test('writes its time in three forms, and ids with dashes and without', async () => {
    for (const name of ['chloens', 'hessahome', 'thehartleys']) await connected(rig, INSTAGRAM, name);
    await flush();
    const times = events().map(({ data }) => data.last_updated_time);
    const forms = [/T[\d:.]{15}$/, /T[\d:.]{15}Z$/, /^\S+ [\d:.]{15}$/];
    for (const form of forms) expect(times.some((time) => form.test(time))).toBe(true);
    const dashed = events().map(({ data }) => data.account_id.includes('-'));
    expect([dashed.includes(true), dashed.includes(false)]).toEqual([true, true]);
  });

  test('carries at most a hundred ids: more are told in several', async () => {
    const accountId = await settled(INSTAGRAM, 'thehartleys');
    await post('/v1/social/contents/fetch-historic', { account_id: accountId, from_date: '2025-05-01' });
    wait(rig, 3_000);
    await flush();
    const sizes = events().map(({ data }) => data.items?.length ?? 0);
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.slice(0, -1).every((size) => size === 100)).toBe(true);
    expect(sizes.at(-1)).toBeLessThanOrEqual(100);
    expect(new Set(names())).toEqual(new Set(['CONTENTS.ADDED']));
    const told = events().flatMap(({ data }) => data.items ?? []);
    expect(new Set(told.map(bare)).size).toBe(told.length);
  });

  test('has an id of its own, or where that is asked the one of all of Phyllo’s samples', async () => {
    await connected(rig, TIKTOK, 'rubycast');
    await flush();
    expect(new Set(events().map(({ id }) => id)).size).toBe(events().length);
    rig.received.length = 0;
    await order('webhooks', { sameId: true });
    await connected(rig, TIKTOK, 'harveyquill');
    await flush();
    expect(events().length).toBeGreaterThan(2);
    expect(new Set(events().map(({ id }) => id)).size).toBe(1);
  });
});

describe('a change', () => {
  test('is told after a refresh: new posts, and those that moved', async () => {
    const accountId = await settled(INSTAGRAM, 'thehartleys');
    const before = await contentsOf(accountId);
    wait(rig, 20 * 3_600_000);
    await post('/v1/social/contents/refresh', { account_id: accountId });
    wait(rig, 2_000);
    await flush();
    const items = (name: string) =>
      events()
        .filter(({ event }) => event === name)
        .flatMap(({ data }) => data.items ?? [])
        .map(bare);
    const after = await contentsOf(accountId);
    const face = ({ title, engagement }: (typeof after)[number]) => JSON.stringify([title, engagement]);
    const earlier = new Map(before.map((each) => [each.id, face(each)]));
    const added = after.filter(({ id }) => !earlier.has(id));
    const moved = after.filter((each) => earlier.has(each.id) && earlier.get(each.id) !== face(each));
    expect(moved.length).toBeGreaterThan(5);
    expect(new Set(items('CONTENTS.UPDATED'))).toEqual(new Set(moved.map(({ id }) => bare(id))));
    expect(new Set(items('CONTENTS.ADDED'))).toEqual(new Set(added.map(({ id }) => bare(id))));
  });

  test('of a profile is told after its refresh', async () => {
    const accountId = await settled(INSTAGRAM, 'chloens');
    await post('/v1/profiles/refresh', { account_id: accountId });
    wait(rig, 2_000);
    await flush();
    expect(names()).toEqual(['PROFILES.UPDATED', 'PROFILES_AUDIENCE.UPDATED']);
  });

  test('is told on a tick, of every account that is connected', async () => {
    const [first, second, third] = [
      await settled(INSTAGRAM, 'thehartleys'),
      await settled(TIKTOK, 'rubycast'),
      await settled(TIKTOK, 'doyunkr'),
    ];
    await order('expire', { accountId: third });
    await flush();
    rig.received.length = 0;
    wait(rig, 3_600_000);
    await order('tick', { days: 3 });
    await flush();
    const told = new Set(events().map(({ data }) => bare(data.account_id)));
    expect(told).toEqual(new Set([bare(first), bare(second)]));
    expect(names()).toContain('CONTENTS.ADDED');
    expect(names()).toContain('CONTENTS.UPDATED');
    expect((await ask('/_phyllo/tick', { body: { days: 0 } })).status).toBe(400);
  });

  test('is told once a day without anybody asking', async () => {
    await settled();
    wait(rig, DAY + 60_000);
    await flush();
    expect(names()).toContain('PROFILES.UPDATED');
  });
});

describe('the sender', () => {
  test('sends an event twice byte for byte where it is told to', async () => {
    await order('webhooks', { duplicate: true });
    await connect(await newUser('double'), INSTAGRAM, 'chloens');
    await flush();
    const [first, second] = rig.received;
    expect(rig.received).toHaveLength(2);
    expect(first?.bytes.equals(second?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  test('sends out of order where it is told to, and nothing less', async () => {
    await order('webhooks', { shuffle: true });
    await connected(rig, INSTAGRAM, 'thehartleys');
    await connected(rig, TIKTOK, 'rubycast');
    await flush();
    const straight = [
      ...[
        'ACCOUNTS.CONNECTED',
        'PROFILES.ADDED',
        'PROFILES_AUDIENCE.ADDED',
        'CONTENTS.ADDED',
        'CONTENTS.ADDED',
      ],
      ...['ACCOUNTS.CONNECTED', 'PROFILES.ADDED', 'PROFILES_AUDIENCE.ADDED', 'CONTENTS.ADDED'],
    ];
    expect(names()).not.toEqual(straight);
    expect(names().sort()).toEqual(straight.sort());
  });

  test('loses every so manieth event where it is told to', async () => {
    await order('webhooks', { dropEvery: 2 });
    await connected(rig, INSTAGRAM, 'chloens');
    await flush();
    expect(rig.received).toHaveLength(2);
  });

  test('waits with what it sends where it is told to', async () => {
    await order('webhooks', { delayMs: 60_000 });
    await connect(await newUser('late'), INSTAGRAM, 'chloens');
    wait(rig, 1_000);
    await flush();
    expect([rig.received.length, (await deliveries()).pending]).toEqual([0, 1]);
    wait(rig, 59_000);
    await flush();
    expect(names()).toContain('ACCOUNTS.CONNECTED');
  });

  test('tries three times, then switches the webhook off, and is silent until it is switched on', async () => {
    await order('webhooks', { retryDelaysMs: [1_000, 2_000] });
    rig.door.answer = () => new HttpResponse(null, { status: 503 });
    const { accountId } = await connect(await newUser('unheard'), INSTAGRAM, 'chloens');
    await flush();
    expect(rig.received).toHaveLength(1);
    wait(rig, 1_000);
    await flush();
    expect((await get<Webhook>(`/v1/webhooks/${webhook.id}`)).is_active).toBe(true);
    wait(rig, 2_000);
    await flush();
    expect(rig.received).toHaveLength(3);
    expect((await get<Webhook>(`/v1/webhooks/${webhook.id}`)).is_active).toBe(false);
    rig.door.answer = () => new HttpResponse(null, { status: 200 });
    await order('expire', { accountId });
    await flush(true);
    expect(rig.received).toHaveLength(3);
    await post(`/v1/webhooks/${webhook.id}`, { is_active: true }, 'PUT');
    await flush(true);
    expect(rig.received).toHaveLength(3);
    await connect(await newUser('heard'), INSTAGRAM, 'chloens');
    await flush();
    expect(rig.received).toHaveLength(4);
  });

  test('sends again what was not answered well, the same bytes', async () => {
    await order('webhooks', { retryDelaysMs: [0, 0] });
    const answers = [500, 302, 200];
    rig.door.answer = () =>
      new HttpResponse(null, { status: answers.shift() ?? 200, headers: { location: DOOR } });
    await connect(await newUser('again'), INSTAGRAM, 'chloens');
    await flush();
    expect(new Set(rig.received.map(({ bytes }) => bytes.toString())).size).toBe(1);
    const { deliveries: sent, pending } = await deliveries();
    expect(sent.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 302],
      [3, 200],
    ]);
    expect([pending, (await get<Webhook>(`/v1/webhooks/${webhook.id}`)).is_active]).toEqual([0, true]);
  });

  test('takes an answer that does not come in time for none', async () => {
    await order('webhooks', { timeoutMs: 50, retryDelaysMs: [] });
    rig.door.answer = async () => {
      await delay('infinite');
      return new HttpResponse(null);
    };
    await connect(await newUser('hanging'), INSTAGRAM, 'chloens');
    await flush();
    const { deliveries: sent } = await deliveries();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.status).toBeNull();
    expect((await get<Webhook>(`/v1/webhooks/${webhook.id}`)).is_active).toBe(false);
  });

  test('sends each webhook what it asked for alone, and none to one that is switched off or gone', async () => {
    const narrow = await register(['SESSION.EXPIRED']);
    const off = await register(['SESSION.EXPIRED']);
    const gone = await register(['SESSION.EXPIRED']);
    await post(`/v1/webhooks/${off.id}`, { is_active: false }, 'PUT');
    expect((await ask(`/v1/webhooks/${gone.id}`, { method: 'DELETE' })).status).toBe(204);
    const accountId = await settled();
    await order('expire', { accountId });
    await flush();
    const { deliveries: sent } = await deliveries();
    const told = sent.filter(({ event }) => event === 'SESSION.EXPIRED').map(({ webhookId }) => webhookId);
    expect(told).toEqual([webhook.id, narrow.id]);
  });

  test('is told how to behave in words that it knows', async () => {
    const refused = async (body: object) => (await ask('/_phyllo/webhooks', { body })).status;
    for (const body of [{ nothing: 1 }, { dropEvery: -1 }, { shuffle: 'yes' }, { retryDelaysMs: 3 }]) {
      expect(await refused(body)).toBe(400);
    }
    expect((await ask('/_phyllo/dance', { body: {} })).status).toBe(404);
  });
});

describe('a webhook', () => {
  test('is made, listed without numbers, read, changed in parts and deleted', async () => {
    const { data, metadata } = await get<List<Webhook>>('/v1/webhooks');
    expect(metadata).toEqual({ offset: null, limit: null, from_date: null, to_date: null });
    expect(data).toEqual([webhook]);
    const changed = await post<Webhook>(`/v1/webhooks/${webhook.id}`, { events: ['SESSION.EXPIRED'] }, 'PUT');
    expect([changed.events, changed.url, changed.is_active]).toEqual([['SESSION.EXPIRED'], DOOR, true]);
    expect((await ask(`/v1/webhooks/${webhook.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await refusalOf(ask(`/v1/webhooks/${webhook.id}`))).code).toBe('incorrect_webhook_id');
  });

  test('aims at the machine that the sandbox runs on and nowhere else', async () => {
    const aim = async (url: string) => {
      const body = { name: 'x', url, events: ['SESSION.EXPIRED'] };
      return (await ask('/v1/webhooks', { body })).status;
    };
    for (const url of [
      'https://example.com/x',
      'http://10.0.0.1/',
      'ftp://localhost/x',
      'localhost',
      'http://localhost.example.com',
    ]) {
      expect(await aim(url)).toBe(400);
    }
    for (const url of ['http://localhost:3000/x', 'http://127.0.0.1:1/x', 'http://[::1]:3000/x']) {
      expect(await aim(url)).toBe(201);
    }
  });

  test('asks for events by their plural names: others are unknown', async () => {
    const body = { name: 'x', url: DOOR, events: ['ACCOUNT.CONNECTED'] };
    expect((await refusalOf(ask('/v1/webhooks', { body }))).status).toBe(400);
  });

  test('can be sent what it is given, signed as any other', async () => {
    const data = { account_id: 'a', user_id: 'b', profile_id: 'c' };
    await post('/v1/webhooks/send', { payload: { event: 'PROFILES.ADDED', name: 'a test', data } });
    await flush();
    expect(events().map(({ event, data: told }) => [event, told])).toEqual([['PROFILES.ADDED', data]]);
    const refused = await refusalOf(ask('/v1/webhooks/send', { body: { payload: { event: 'NOTHING' } } }));
    expect(refused.status).toBe(400);
    expect((await ask('/v1/webhooks', { authorization: basic('a', 'b') })).status).toBe(401);
  });
});
