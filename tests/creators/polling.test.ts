import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import type { Network } from '../../sandbox/world/networks.ts';
import { withSystem } from '../../db/tenant.ts';
import {
  requestDueCreatorSyncs,
  requestMissedCreatorSyncs,
  wakeLostCreatorSyncs,
} from '../../server/domain/creator-sync/poll.ts';
import { readWebhookState, wakeReconcile, watchWebhook } from '../../server/domain/creator-sync/watch.ts';
import { connectAnew, rowsOf, useCreatorWorld, workOff } from '../support/creator-world.ts';
import { refusal } from '../support/refusal.ts';
import { caller } from '../support/world.ts';

const creators = useCreatorWorld();
const { world, phyllo, jobs } = creators;
const owner = () => caller(world(), world().demo.people.owner.principal);
const organizationId = () => world().demo.organizationId;
const superuser = (statement: string, values: unknown[] = []) =>
  world().ownerDb.pool.query(statement, values);
const connected = (network: Network, handle: string) => connectAnew(creators, network, handle);

afterEach(() =>
  superuser(`update creator_sync_runs set status = 'ERROR' where status in ('QUEUED', 'RUNNING')`),
);

describe('what is due', () => {
  it('is every connected account once a day, and the accounts of its creator', async () => {
    const { account, creatorId } = await connected('tiktok', 'layla.mansoori');
    await workOff(creators);
    const mine = async () =>
      (await owner().creatorSync.list({ creatorId, status: 'QUEUED' })).items.map(({ kind, trigger }) => [
        kind,
        trigger,
      ]);
    await requestDueCreatorSyncs(jobs());
    expect(await mine()).toEqual([['ACCOUNT', 'POLL']]);
    await workOff(creators);
    await requestDueCreatorSyncs(jobs());
    expect(await mine()).toEqual([]);
    await superuser(
      `update creator_sync_runs set created_at = now() - interval '25 hours' where creator_platform_id = $1`,
      [account.id],
    );
    await requestDueCreatorSyncs(jobs());
    await requestDueCreatorSyncs(jobs());
    expect(await mine()).toEqual([['EVERYTHING', 'POLL']]);
    await workOff(creators);
  });

  it('finds an account that no event and no browser told of', async () => {
    const { creatorId, userId } = await connected('instagram', 'layla.mansoori');
    await workOff(creators);
    await phyllo.connect({ userId, network: 'tiktok', username: 'noura_kitchen' });
    await superuser(`delete from creator_platforms where platform = 'TIKTOK'`);
    await requestDueCreatorSyncs(jobs());
    await workOff(creators);
    const accounts = await owner().creatorPlatforms.list({ creatorId });
    expect(accounts.map(({ platform, connectionState }) => [platform, connectionState]).sort()).toEqual([
      ['INSTAGRAM', 'SYNCED'],
      ['TIKTOK', 'SYNCED'],
    ]);
  });

  it('is hourly where a campaign runs, for stories', async () => {
    const { account, creatorId } = await connected('instagram', 'noura_kitchen');
    await workOff(creators);
    const campaign = await owner().campaigns.create({ name: 'Live', status: 'ACTIVE' });
    await superuser(
      `insert into campaign_creators (organization_id, campaign_id, creator_id, status) values ($1, $2, $3, 'ACCEPTED')`,
      [organizationId(), campaign.id, creatorId],
    );
    const mine = async () =>
      (await owner().creatorSync.list({ creatorPlatformId: account.id, status: 'QUEUED' })).items.map(
        ({ kind }) => kind,
      );
    await requestDueCreatorSyncs(jobs());
    expect(await mine()).toEqual([]);
    await superuser(
      `update creator_sync_runs set created_at = now() - interval '1 hour' where creator_platform_id = $1`,
      [account.id],
    );
    await requestDueCreatorSyncs(jobs());
    expect(await mine()).toEqual(['CONTENTS']);
    expect((await workOff(creators)).at(-1)).toBe('succeeded');
    await superuser(`update campaigns set status = 'PAUSED' where id = $1`, [campaign.id]);
    await superuser(
      `update creator_sync_runs set created_at = now() - interval '2 hours' where creator_platform_id = $1`,
      [account.id],
    );
    await requestDueCreatorSyncs(jobs());
    expect(await mine()).toEqual([]);
  });

  it('and lost its job is woken again', async () => {
    const { account } = await connected('instagram', 'hessa.home');
    await superuser(`delete from graphile_worker._private_jobs`);
    await superuser(
      `update creator_sync_runs set created_at = now() - interval '2 minutes', status = 'RUNNING' where creator_platform_id = $1`,
      [account.id],
    );
    expect(await wakeLostCreatorSyncs(jobs())).toBe(1);
    expect(await wakeLostCreatorSyncs(jobs())).toBe(0);
  });
});

describe('posts of before', () => {
  it('are asked for, waited for and brought in', async () => {
    const { account, accountId } = await connected('instagram', 'khalidrashed');
    await workOff(creators);
    const creatorPlatformId = account.id;
    const { creatorSyncRunId } = await owner().creatorSync.fetchHistory({
      creatorPlatformId,
      from: '2025-11-01',
    });
    const again = await owner().creatorSync.fetchHistory({ creatorPlatformId, from: '2025-11-01' });
    expect(again.creatorSyncRunId).toBe(creatorSyncRunId);
    const outcomes = await workOff(creators);
    expect(outcomes[0]).toBe('pending');
    expect(outcomes.at(-1)).toBe('succeeded');
    const truth = await phyllo.truth(accountId);
    const rows = await rowsOf<{ oldest: Date; count: number }>(
      world(),
      organizationId(),
      sql`select min(published_at) as oldest, count(*)::int as count from creator_contents
           where creator_platform_id = ${creatorPlatformId}::uuid`,
    );
    expect(rows[0]?.count).toBe(truth.contents.length);
    expect(rows[0]?.oldest.toISOString().slice(0, 7)).toBe('2025-11');
  });

  it('of days to come, or of long ago, are refused', async () => {
    const { account } = await connected('instagram', 'hessa.home');
    const ask = (from: string) =>
      refusal(owner().creatorSync.fetchHistory({ creatorPlatformId: account.id, from }));
    expect(await ask('2027-01-01')).toMatchObject({ code: 'invalid', issues: [{ path: 'from' }] });
    expect(await ask('2001-01-01')).toMatchObject({ code: 'invalid', issues: [{ path: 'from' }] });
  });
});

/** Whether a reconcile waits for a worker, and since when everything is to be read. */
async function reconcileSince(): Promise<string | undefined> {
  const { rows } = await superuser(
    `select j.payload from graphile_worker._private_jobs j where j.key = 'poll-creators:reconcile'`,
  );
  return (rows[0] as { payload: { notReadSince: string } } | undefined)?.payload.notReadSince;
}

describe('the webhook', () => {
  const watching = () => {
    const { log, creatorNetwork, jobsDb, now } = jobs();
    const wake = () => withSystem(jobsDb, wakeReconcile);
    return { creatorNetwork, log, now, wake, appUrl: 'http://spokestack.test' };
  };

  it('is made, and set right whenever Phyllo switched it off', async () => {
    const watched = watching();
    expect(await readWebhookState(watched)).toMatchObject({ state: 'NONE', error: null });
    expect((await watchWebhook(watched)).state).toBe('ACTIVE');
    for (const webhook of phyllo.sandbox.state.phyllo.webhooks.values()) webhook.isActive = false;
    expect((await owner().creatorSync.webhookState({})).state).toBe('INACTIVE');
    expect((await owner().creatorSync.mendWebhook({})).state).toBe('ACTIVE');
    expect(phyllo.sandbox.state.phyllo.webhooks.size).toBe(1);
  });

  it('that was off has every connected account read once it speaks again, and no other time', async () => {
    const { account, creatorId } = await connected('instagram', 'hessa.home');
    await workOff(creators);
    await watchWebhook(watching());
    await superuser(`delete from graphile_worker._private_jobs`);
    await watchWebhook(watching());
    expect(await reconcileSince()).toBeUndefined();
    for (const mend of [() => watchWebhook(watching()), () => owner().creatorSync.mendWebhook({})]) {
      for (const webhook of phyllo.sandbox.state.phyllo.webhooks.values()) webhook.isActive = false;
      expect((await mend()).state).toBe('ACTIVE');
      const since = await reconcileSince();
      if (since === undefined) throw new Error('No reconcile was woken.');
      await requestMissedCreatorSyncs(jobs(), since, 1);
      await requestMissedCreatorSyncs(jobs(), since, 1);
      const { items } = await owner().creatorSync.list({ creatorId, status: 'QUEUED' });
      expect(items.map(({ kind, trigger }) => `${kind} ${trigger}`).sort()).toEqual([
        'ACCOUNT POLL',
        'EVERYTHING POLL',
      ]);
      expect(items.some(({ account: of }) => of?.creatorPlatformId === account.id)).toBe(true);
      await superuser(`update creator_sync_runs set status = 'ERROR' where status = 'QUEUED'`);
      await superuser(`delete from graphile_worker._private_jobs`);
    }
  });

  it('that cannot be looked at is unknown, with the reason', async () => {
    phyllo.sandbox.state.faults.arm({ platform: 'phyllo', kind: 'unauthorized' });
    const found = await watchWebhook(watching());
    expect(found.state).toBe('UNKNOWN');
    expect(found.error).toMatch(/PHYLLO_CLIENT_ID/);
  });

  it('is for owners and admins to see', async () => {
    const member = caller(world(), world().demo.people.member.principal);
    expect((await refusal(member.creatorSync.webhookState({}))).code).toBe('forbidden');
    expect((await refusal(member.creatorSync.mendWebhook({}))).code).toBe('forbidden');
  });
});
