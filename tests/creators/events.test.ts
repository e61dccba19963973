import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { routeWebhooks } from '../../jobs/tasks/handle-webhook.ts';
import { phylloHandler } from '../../server/domain/creator-sync/events.ts';
import { handleWebhook } from '../../server/domain/webhooks/handle.ts';
import { receiveWebhook } from '../../server/domain/webhooks/receive.ts';
import { newCreator, rowsOf, useCreatorWorld, usernameOf } from '../support/creator-world.ts';
import { WEBHOOK_TEST_URL } from '../support/phyllo.ts';
import { type Agency, caller } from '../support/world.ts';

const creators = useCreatorWorld();
const { world, phyllo, clock, jobs } = creators;
const ownerOf = (agency: Agency) => caller(world(), agency.people.owner.principal);

/** Takes all that was sent, as the door does, and hands it to whose it is. */
async function takeIn(): Promise<void> {
  for (const { body, headers } of phyllo.received)
    await receiveWebhook(world().services, {
      source: 'PHYLLO',
      body: Buffer.from(body),
      header: (name) => headers.get(name) ?? undefined,
    });
  phyllo.received.length = 0;
  await routeWebhooks(jobs(), null);
}

interface Told {
  id: string;
  name: string;
  state: string;
  summary: string | null;
  creator_id: string | null;
}

const eventsOf = (agency: Agency) =>
  rowsOf<Told>(
    world(),
    agency.organizationId,
    sql`select id, name, state, summary, creator_id from webhook_events order by received_at, id`,
  );

const handle = (agency: Agency, webhookEventId: string, handler = phylloHandler(jobs())) =>
  handleWebhook(
    jobs(),
    { organizationId: agency.organizationId, webhookEventId },
    { handlers: { PHYLLO: handler } },
  );

/** A creator whose user Phyllo knows, and who connected an account without coming back to our page. */
async function connectElsewhere(agency: Agency, network: 'instagram' | 'tiktok' | 'youtube', person: string) {
  const creatorId = await newCreator(world(), { agency });
  const { userId } = await ownerOf(agency).creatorConnect.session({ creatorId });
  const username = await usernameOf(phyllo, network, person);
  const { accountId } = await phyllo.connect({ userId, network, username });
  return { creatorId, accountId, userId };
}

/** All that stands of a creator's accounts, but for ids and moments that are the database's own. */
async function standing(agency: Agency, creatorId: string) {
  const ask = <T>(statement: ReturnType<typeof sql<T>>) => rowsOf(world(), agency.organizationId, statement);
  return {
    platforms:
      await ask(sql`select platform, handle, native_id, followers, following, posts, likes, mean_views, mean_likes,
        mean_comments, measured_posts, source, figures_at, connection_state, is_active, sync_error
      from creator_platforms where creator_id = ${creatorId}::uuid order by platform, handle`),
    snapshots: await ask(sql`select p.platform, s.date, s.followers, s.mean_likes, s.measured_posts, s.source
      from creator_platform_snapshots s join creator_platforms p on p.id = s.creator_platform_id
      where p.creator_id = ${creatorId}::uuid order by p.platform, s.date`),
    audiences: await ask(sql`select p.platform, a.date, a.followers, a.countries, a.cities, a.gender_ages
      from creator_audiences a join creator_platforms p on p.id = a.creator_platform_id
      where p.creator_id = ${creatorId}::uuid order by p.platform, a.date`),
    contents:
      await ask(sql`select platform, native_id, type, url, caption, views, likes, comments, shares, saves, source,
        published_at, missing_since
      from creator_contents where creator_id = ${creatorId}::uuid order by platform, native_id`),
  };
}

/** An order of its own for each seed. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = (index: number) => ((index + 1) * (seed * 2_654_435_761 + 40_503)) % 4_294_967_291;
  return items
    .map((item, index) => ({ item, at: random(index) }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

beforeAll(async () => {
  await jobs().creatorNetwork?.ensureWebhook(WEBHOOK_TEST_URL);
});

describe('what Phyllo tells', () => {
  it.each([
    [1, 'instagram', 'noura_kitchen'],
    [2, 'instagram', 'mariambukhari'],
    [3, 'instagram', 'layla.mansoori'],
    [4, 'youtube', 'khalidrashed'],
  ] as const)(
    'in any order (%i), with duplicates and broken tries, leaves the same rows',
    async (...given) => {
      const [seed, network, person] = given;
      const { demo, rival } = world();
      const { creatorId: inOrder, accountId } = await connectElsewhere(demo, network, person);
      const { creatorId: inDisorder } = await connectElsewhere(rival, network, person);
      await phyllo.later(5_000);
      await phyllo.order('tick', { days: 3 });
      await phyllo.settle();
      await takeIn();
      const fresh = async (agency: Agency) =>
        (await eventsOf(agency)).filter(({ state }) => state === 'RECEIVED');
      const names = new Set((await fresh(demo)).map(({ name }) => name));
      for (const name of [
        'ACCOUNTS.CONNECTED',
        'PROFILES.ADDED',
        'PROFILES_AUDIENCE.ADDED',
        'CONTENTS.ADDED',
      ])
        expect(names).toContain(name);
      for (const { id } of await fresh(demo)) await handle(demo, id);
      const events = await fresh(rival);
      const dies = () => Promise.reject(new Error('The worker dies.'));
      for (const [index, { id }] of shuffled([...events, ...events], seed).entries()) {
        if (index % 3 === seed % 3) await handle(rival, id, dies);
        await handle(rival, id);
      }
      for (const { id } of await eventsOf(rival)) await handle(rival, id);
      const expected = await standing(demo, inOrder);
      expect(expected.platforms).toHaveLength(1);
      expect(expected.contents.length).toBe((await phyllo.truth(accountId)).contents.length);
      expect(expected.audiences.length).toBeGreaterThan(0);
      expect(await standing(rival, inDisorder)).toEqual(expected);
      const states = new Set((await eventsOf(rival)).map(({ state }) => state));
      expect([...states]).toEqual(['HANDLED']);
    },
  );

  it('of an account makes it the creator’s, though nobody confirmed it in a browser', async () => {
    const { demo } = world();
    const { creatorId } = await connectElsewhere(demo, 'tiktok', 'mariambukhari');
    await phyllo.settle();
    await takeIn();
    for (const { id } of await eventsOf(demo)) await handle(demo, id);
    expect(await ownerOf(demo).creatorPlatforms.list({ creatorId })).toMatchObject([
      { platform: 'TIKTOK', handle: 'mariambukhari', connectionState: 'CONNECTED' },
    ]);
    const runs = await ownerOf(demo).creatorSync.list({ creatorId });
    expect(runs.items).toMatchObject([{ kind: 'EVERYTHING', trigger: 'CONNECT', status: 'QUEUED' }]);
  });

  it('of an end that is over by now changes nothing', async () => {
    const { demo } = world();
    const { creatorId, accountId, userId } = await connectElsewhere(demo, 'instagram', 'hessa.home');
    await phyllo.later(5_000);
    await phyllo.order('expire', { accountId });
    await phyllo.order('disconnect', { accountId });
    const username = await usernameOf(phyllo, 'instagram', 'hessa.home');
    await phyllo.connect({ userId, network: 'instagram', username });
    await phyllo.later(5_000);
    await takeIn();
    for (const { id } of await eventsOf(demo)) await handle(demo, id);
    const [account] = await ownerOf(demo).creatorPlatforms.list({ creatorId });
    expect(account?.connectionState).toBe('SYNCED');
    const ends = (await eventsOf(demo)).filter(({ name }) => name === 'SESSION.EXPIRED');
    expect(ends.at(-1)).toMatchObject({
      state: 'HANDLED',
      summary: 'The account is connected.',
      creator_id: creatorId,
    });
  });

  it.each([
    ['expire', 'EXPIRED'],
    ['disconnect', 'REVOKED'],
  ] as const)('of an end (%s) is believed once Phyllo says so itself', async (order, state) => {
    const { demo } = world();
    const network = order === 'expire' ? 'youtube' : 'tiktok';
    const { creatorId, accountId } = await connectElsewhere(demo, network, 'layla.mansoori');
    await phyllo.later(5_000);
    await takeIn();
    for (const { id } of await eventsOf(demo)) await handle(demo, id);
    await phyllo.order(order, { accountId });
    await phyllo.settle();
    await takeIn();
    for (const { id } of await eventsOf(demo)) await handle(demo, id);
    const [account] = await ownerOf(demo).creatorPlatforms.list({ creatorId });
    expect(account?.connectionState).toBe(state);
    expect(account?.followers).not.toBeNull();
  });

  it('of an account that was taken off here, or is another creator’s, changes nothing', async () => {
    const { demo } = world();
    const { creatorId, accountId } = await connectElsewhere(demo, 'instagram', 'khalidrashed');
    await phyllo.later(5_000);
    await takeIn();
    for (const { id } of await eventsOf(demo)) await handle(demo, id);
    const [account] = await ownerOf(demo).creatorPlatforms.list({ creatorId });
    const creatorPlatformId = account?.id ?? '';
    await ownerOf(demo).creatorConnect.disconnect({ creatorPlatformId });
    await ownerOf(demo).creatorPlatforms.archive({ creatorPlatformId });
    await phyllo.settle();
    await takeIn();
    const { creatorId: other } = await connectElsewhere(demo, 'instagram', 'sultan.lifts');
    await ownerOf(demo).creatorPlatforms.create({
      creatorId: await newCreator(world()),
      platform: 'INSTAGRAM',
      handle: 'sultan.lifts',
    });
    await phyllo.settle();
    await takeIn();
    for (const { id } of await eventsOf(demo)) await handle(demo, id);
    const told = (await eventsOf(demo)).slice(-2).map(({ state, summary }) => [state, summary]);
    expect(told[0]).toEqual(['IGNORED', 'Its account was taken off here.']);
    expect(told[1]).toEqual(['IGNORED', 'Another creator of the agency has this account already.']);
    expect(await ownerOf(demo).creatorPlatforms.list({ creatorId: other })).toEqual([]);
    expect(phyllo.sandbox.state.phyllo.accounts.get(accountId)?.status).toBe('NOT_CONNECTED');
  });

  it('that SpokeStack has no use for is left alone, and so is what names no account', async () => {
    const work = phylloHandler(jobs());
    const event = (name: string, payload: unknown) => ({
      organizationId: world().demo.organizationId,
      webhookEventId: '',
      source: 'PHYLLO' as const,
      name,
      nativeId: '-',
      leadFormId: null,
      payload,
      receivedAt: clock.now(),
      attempt: 1,
    });
    for (const given of [
      event('TRANSACTIONS.ADDED', { data: { account_id: '00000000-0000-4000-8000-000000000000' } }),
      event('CONTENTS.ADDED', { data: { account_id: 'nonsense' } }),
      event('CONTENTS.ADDED', null),
      event('PROFILES.UPDATED', { data: { account_id: '00000000000040008000000000000000' } }),
    ]) {
      const done = await work(given, {});
      expect((await done(undefined as never)).state).toBe('IGNORED');
    }
  });
});
