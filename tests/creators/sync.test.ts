import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { runCreatorSync } from '../../server/domain/creator-sync/run.ts';
import type { Network } from '../../sandbox/world/networks.ts';
import { moveConnections } from '../../server/domain/creator-sync/poll.ts';
import {
  connectAccount,
  connectAnew,
  newCreator,
  rowsOf,
  useCreatorWorld,
  waitingRuns,
  workOff,
} from '../support/creator-world.ts';
import { refusal } from '../support/refusal.ts';
import { caller } from '../support/world.ts';

const creators = useCreatorWorld();
const { world, phyllo, clock, jobs } = creators;
const owner = () => caller(world(), world().demo.people.owner.principal);
const organizationId = () => world().demo.organizationId;
const superuser = (statement: string, values: unknown[] = []) =>
  world().ownerDb.pool.query(statement, values);

afterEach(() =>
  superuser(`update creator_sync_runs set status = 'ERROR' where status in ('QUEUED', 'RUNNING')`),
);

const connected = (network: Network, handle: string) => connectAnew(creators, network, handle);

const platformOf = (creatorPlatformId: string) => owner().creatorPlatforms.byId({ creatorPlatformId });

describe('a first sync', () => {
  it.each([
    ['instagram', 'layla.mansoori'],
    ['tiktok', 'mariambukhari'],
    ['youtube', 'khalidrashed'],
    ['linkedin', 'fahad.builds'],
  ] as const)(
    'of an account on %s waits for Phyllo and then brings in what is true',
    async (network, handle) => {
      const { account, accountId, creatorId } = await connected(network, handle);
      const [runId = ''] = await waitingRuns(world(), organizationId());
      const ref = { organizationId: organizationId(), creatorSyncRunId: runId };
      expect(await runCreatorSync(jobs(), ref)).toBe('pending');
      expect((await platformOf(account.id)).connectionState).toBe('CONNECTED');
      await phyllo.later(5_000);
      expect(await runCreatorSync(jobs(), ref)).toBe('succeeded');
      const truth = await phyllo.truth(accountId);
      const synced = await platformOf(account.id);
      expect(synced).toMatchObject({
        handle,
        connectionState: 'SYNCED',
        source: 'PHYLLO',
        followers: truth.profile.followers,
        following: truth.profile.following,
        posts: truth.profile.contentCount,
        syncError: null,
      });
      const rows = await rowsOf<{ phyllo_content_id: string; views: number | null; likes: number | null }>(
        world(),
        organizationId(),
        sql`select phyllo_content_id, views, likes from creator_contents where creator_platform_id = ${account.id}::uuid`,
      );
      const wanted = network === 'linkedin' ? [] : truth.contents;
      const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
      expect(rows.map(({ phyllo_content_id: id, ...rest }) => ({ id, ...rest })).sort(byId)).toEqual(
        wanted.map(({ id, views, likes }) => ({ id, views, likes })).sort(byId),
      );
      const { newest } = await owner().creatorPlatforms.audience({ creatorPlatformId: account.id });
      const hasAudience = network === 'instagram' || network === 'youtube';
      expect(newest === null).toBe(!hasAudience || truth.audience.countries.length === 0);
      const { items } = await owner().creatorSync.list({ creatorId });
      expect(items[0]).toMatchObject({
        status: 'SUCCESS',
        contentsRead: rows.length,
        contentsNew: rows.length,
      });
      expect((await owner().creators.byId({ creatorId })).totalFollowers).toBe(truth.profile.followers);
    },
  );

  it('computes the means over the newest posts, and a snapshot of the day with them', async () => {
    const { account } = await connected('instagram', 'noura_kitchen');
    await workOff(creators);
    const synced = await platformOf(account.id);
    const [means] = await rowsOf<{ likes: string; posts: number }>(
      world(),
      organizationId(),
      sql`select round(avg(likes), 2)::text as likes, count(*)::int as posts from (
            select likes from creator_contents where creator_platform_id = ${account.id}::uuid and type <> 'STORY'
              and published_at >= ${clock.now()}::timestamptz - interval '90 days'
             order by published_at desc, id limit 30) newest`,
    );
    expect(synced.measuredPosts).toBe(means?.posts);
    expect(Number(synced.meanLikes)).toBe(Number(means?.likes));
    expect(synced.engagement).toMatchObject({ basis: 'FOLLOWERS', origin: 'COMPUTED' });
    const today = clock.now().toISOString().slice(0, 10);
    const { snapshots } = await owner().creatorPlatforms.snapshots({ creatorPlatformId: account.id });
    expect(snapshots).toMatchObject([
      { date: today, followers: synced.followers, meanLikes: synced.meanLikes },
    ]);
  });

  it('finds the account that was written by hand under the name that only its profile tells', async () => {
    const creatorId = await newCreator(world());
    await superuser(`delete from creator_platforms where platform = 'YOUTUBE'`);
    const byHand = await owner().creatorPlatforms.create({
      creatorId,
      platform: 'YOUTUBE',
      handle: '@sultan.lifts',
      followers: 12,
      figuresAt: '2026-05-01T00:00:00Z',
      statedEngagementRate: '0.07',
      statedEngagementBasis: 'VIEWS',
    });
    const { account } = await connectAccount(creators, {
      creatorId,
      network: 'youtube',
      handle: 'sultan.lifts',
    });
    expect(account.id).not.toBe(byHand.id);
    await workOff(creators);
    const accounts = await owner().creatorPlatforms.list({ creatorId });
    expect(accounts).toMatchObject([
      { id: account.id, handle: 'sultan.lifts', source: 'PHYLLO', statedEngagementRate: '0.07' },
    ]);
    const { snapshots } = await owner().creatorPlatforms.snapshots({ creatorPlatformId: account.id });
    expect(snapshots.map(({ source, followers }) => [source, followers])).toContainEqual(['MANUAL', 12]);
  });
});

describe('a sync that fails', () => {
  it.each([
    ['error_500', 'postponed'],
    ['rate_limited', 'postponed'],
    ['truncated_body', 'postponed'],
    ['unauthorized', 'failed'],
  ] as const)('by %s is %s, in words, and harms no figure', async (kind, outcome) => {
    const { account } = await connected('tiktok', 'layla.mansoori');
    await workOff(creators);
    const before = await platformOf(account.id);
    const { creatorSyncRunId } = await owner().creatorSync.refresh({ creatorPlatformId: account.id });
    phyllo.sandbox.state.faults.arm({ platform: 'phyllo', kind });
    const ref = { organizationId: organizationId(), creatorSyncRunId };
    expect(await runCreatorSync(jobs(), ref)).toBe(outcome);
    const run = await owner().creatorSync.byId({ creatorSyncRunId });
    expect(run.error).toMatch(/Phyllo/);
    expect(run.status).toBe(outcome === 'failed' ? 'ERROR' : 'QUEUED');
    expect(run.nextAttemptAt === null).toBe(outcome === 'failed');
    const { followers, connectionState, figuresAt, syncError } = await platformOf(account.id);
    expect({ followers, connectionState, figuresAt }).toEqual({
      followers: before.followers,
      connectionState: before.connectionState,
      figuresAt: before.figuresAt,
    });
    expect(syncError).toBe(outcome === 'failed' ? run.error : null);
    phyllo.sandbox.state.clearFaults();
    if (outcome === 'postponed') expect((await workOff(creators)).at(-1)).toBe('succeeded');
  });

  it('again and again is given up after hours, and says so on the account', async () => {
    const { account } = await connected('tiktok', 'noura_kitchen');
    await workOff(creators);
    const { creatorSyncRunId } = await owner().creatorSync.refresh({ creatorPlatformId: account.id });
    await superuser(`update creator_sync_runs set created_at = now() - interval '7 hours' where id = $1`, [
      creatorSyncRunId,
    ]);
    phyllo.sandbox.state.faults.arm({ platform: 'phyllo', kind: 'error_500' });
    expect(await runCreatorSync(jobs(), { organizationId: organizationId(), creatorSyncRunId })).toBe(
      'failed',
    );
    expect((await platformOf(account.id)).syncError).toMatch(/Phyllo/);
  });

  it('killed after any call is done again from its job, and the same rows stand', async () => {
    const { account } = await connected('instagram', 'khalidrashed');
    await phyllo.later(5_000);
    const [creatorSyncRunId = ''] = await waitingRuns(world(), organizationId());
    const ref = { organizationId: organizationId(), creatorSyncRunId };
    for (let after = 0; after < 5; after += 1) {
      const stopping = new AbortController();
      let calls = 0;
      const network = jobs().creatorNetwork;
      if (!network) throw new Error('Phyllo is on here.');
      const dying = new Proxy(network, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function' || name === 'supports') return value;
          return (...args: unknown[]) => {
            calls += 1;
            if (calls > after) stopping.abort(new Error('The process stops.'));
            return (value as (...given: unknown[]) => unknown).apply(target, args);
          };
        },
      });
      expect(await runCreatorSync({ ...jobs(), creatorNetwork: dying }, ref, stopping.signal)).toBe(
        calls > after ? 'released' : 'succeeded',
      );
      if (calls <= after) break;
    }
    // A worker that was killed outright leaves its run RUNNING.
    await superuser(`update creator_sync_runs set status = 'RUNNING' where id = $1`, [creatorSyncRunId]);
    expect(await runCreatorSync(jobs(), ref)).toBe('succeeded');
    expect(await runCreatorSync(jobs(), ref)).toBe('skipped');
    const synced = await platformOf(account.id);
    const rows = await rowsOf<{ count: number }>(
      world(),
      organizationId(),
      sql`select count(*)::int as count from creator_contents where creator_platform_id = ${account.id}::uuid`,
    );
    const truth = await phyllo.truth(synced.id === account.id ? await accountIdOf(account.id) : '');
    expect(rows[0]?.count).toBe(truth.contents.length);
  });

  it('whose run another worker took writes nothing', async () => {
    const { account } = await connected('instagram', 'hessa.home');
    await phyllo.later(5_000);
    const [creatorSyncRunId = ''] = await waitingRuns(world(), organizationId());
    const network = jobs().creatorNetwork;
    if (!network) throw new Error('Phyllo is on here.');
    const slow = new Proxy(network, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (name !== 'account' || typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          await superuser(`update creator_sync_runs set attempts = attempts + 1 where id = $1`, [
            creatorSyncRunId,
          ]);
          return (value as (...given: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    const ref = { organizationId: organizationId(), creatorSyncRunId };
    expect(await runCreatorSync({ ...jobs(), creatorNetwork: slow }, ref)).toBe('skipped');
    expect((await platformOf(account.id)).followers).toBeNull();
  });
});

async function accountIdOf(creatorPlatformId: string): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(
    world(),
    organizationId(),
    sql`select phyllo_account_id as id from creator_platforms where id = ${creatorPlatformId}::uuid`,
  );
  return row?.id ?? '';
}

describe('a connection that ended', () => {
  it.each([
    ['expire', 'EXPIRED'],
    ['disconnect', 'REVOKED'],
  ] as const)('(%s) is %s, its owner is told once, and its figures stay', async (order, state) => {
    const { account, accountId, creatorId } = await connected('instagram', 'mariambukhari');
    await workOff(creators);
    const before = await platformOf(account.id);
    const { creatorSyncRunId } = await owner().creatorSync.refresh({ creatorPlatformId: account.id });
    await phyllo.order(order, { accountId });
    const ref = { organizationId: organizationId(), creatorSyncRunId };
    expect(await runCreatorSync(jobs(), ref)).toBe('failed');
    const ended = await platformOf(account.id);
    expect(ended).toMatchObject({ connectionState: state, followers: before.followers, isConnected: false });
    expect(ended.syncError).toMatch(/connect/);
    const { items } = await owner().notifications.list({});
    const { contactId } = await owner().creators.byId({ creatorId });
    const told = items.filter(
      ({ kind, subject }) => kind === 'CREATOR_CONNECTION_ENDED' && subject?.id === contactId,
    );
    expect(told).toHaveLength(1);
    expect((await refusal(owner().creatorSync.refresh({ creatorPlatformId: account.id }))).code).toBe(
      'conflict',
    );
    await connectAccount(creators, { creatorId, network: 'instagram', handle: 'mariambukhari' });
    await workOff(creators);
    expect((await platformOf(account.id)).connectionState).toBe('SYNCED');
  });

  it('soon says so by time alone', async () => {
    const { account } = await connected('instagram', 'sultan.lifts');
    await workOff(creators);
    await superuser(`update creator_platforms set expires_at = $2 where id = $1`, [
      account.id,
      new Date(Math.min(Date.now(), clock.now().getTime()) + 86_400_000),
    ]);
    await moveConnections(jobs());
    expect((await platformOf(account.id)).connectionState).toBe('EXPIRING');
    await owner().creatorSync.refresh({ creatorPlatformId: account.id });
    await workOff(creators);
    expect((await platformOf(account.id)).connectionState).toBe('EXPIRING');
  });
});

describe('audiences of several accounts', () => {
  it('are one for a creator and one for a campaign, weighed, with what is left out and why', async () => {
    const { account, creatorId } = await connected('instagram', 'layla.mansoori');
    await workOff(creators);
    const other = await newCreator(world());
    await owner().creatorPlatforms.create({
      creatorId: other,
      platform: 'TWITCH',
      handle: 'untold',
      followers: 9,
    });
    const campaign = await owner().campaigns.create({ name: 'Together' });
    for (const each of [creatorId, other])
      await superuser(
        `insert into campaign_creators (organization_id, campaign_id, creator_id) values ($1, $2, $3)`,
        [organizationId(), campaign.id, each],
      );
    const alone = await owner().creatorPlatforms.combinedAudience({ creatorId });
    const { newest } = await owner().creatorPlatforms.audience({ creatorPlatformId: account.id });
    expect(alone.followers).toBe(newest?.followers);
    expect(alone.countries.map(({ percent }) => Number(percent))).toEqual(
      newest?.countries.map(({ percent }) => Number(percent)).sort((a, b) => b - a),
    );
    const together = await owner().creatorPlatforms.combinedAudience({ campaignId: campaign.id });
    expect(together.included.map(({ creatorPlatformId }) => creatorPlatformId)).toEqual([account.id]);
    expect(together.leftOut).toMatchObject([{ handle: 'untold', reason: 'NO_AUDIENCE' }]);
    expect(together.countries).toEqual(alone.countries);
    expect((await refusal(owner().creatorPlatforms.combinedAudience({}))).code).toBe('invalid');
  });

  it('that are old say so', async () => {
    const { account } = await connected('instagram', 'noura_kitchen');
    await workOff(creators);
    const before = clock.at;
    clock.at = new Date(before.getTime() + 40 * 86_400_000);
    const { newest } = await owner().creatorPlatforms.audience({ creatorPlatformId: account.id });
    clock.at = before;
    expect(newest?.cautions.map(({ kind }) => kind)).toContain('OLD');
  });
});

it('an account that came to its creator by a merge is read on, though Phyllo has another user for it', async () => {
  const { account } = await connected('instagram', 'sultan.lifts');
  await workOff(creators);
  const survivor = await newCreator(world());
  await owner().creatorConnect.session({ creatorId: survivor });
  await superuser('update creator_platforms set creator_id = $2 where id = $1', [account.id, survivor]);
  await owner().creatorSync.refresh({ creatorPlatformId: account.id });
  expect((await workOff(creators)).at(-1)).toBe('succeeded');
});
