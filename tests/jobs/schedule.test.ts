import { makeWorkerUtils, type WorkerUtils } from 'graphile-worker';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '../../db/tenant.ts';
import { cronItems } from '../../jobs/crontab.ts';
import { sweep } from '../../jobs/heartbeat.ts';
import type { JobServices } from '../../jobs/services.ts';
import { scheduleSyncs } from '../../jobs/tasks/schedule-syncs.ts';
import { runSync } from '../../server/domain/sync/run.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, jobServices, TestClock, useMeta } from '../support/meta.ts';
import { createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
useMeta(clock);
let world: World;
let services: JobServices;
let utils: WorkerUtils;
let agency: Awaited<ReturnType<typeof connectAgency>>;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  services = { ...jobServices(world), config: world.services.config };
  utils = await makeWorkerUtils({ connectionString: database().jobsUrl });
  agency = await connectAgency(world, world.demo);
  await runAll();
});
afterAll(async () => {
  await utils.release();
  await world.close();
});
/** Each test begins with every account synced at the clock's now. */
beforeEach(async () => {
  await world.ownerDb.pool.query('delete from sync_runs');
  await world.ownerDb.pool.query(
    `update ad_accounts set last_synced_at = $1, connected_at = $1, sync_status = 'SUCCESS', is_active = true`,
    [clock.at],
  );
});

async function runAll(): Promise<void> {
  const { rows } = await world.ownerDb.pool.query<{ id: string }>(
    `select id from sync_runs where status = 'PENDING'`,
  );
  for (const { id } of rows)
    await runSync(services, { organizationId: world.demo.organizationId, syncRunId: id });
}

async function slots(): Promise<{ ad_account_id: string; slot: Date }[]> {
  const { rows } = await world.ownerDb.pool.query<{ ad_account_id: string; slot: Date }>(
    'select ad_account_id, slot from sync_runs where slot is not null order by slot',
  );
  return rows;
}

describe('the schedule', () => {
  it('asks for nothing while every account is newer than its slot', async () => {
    expect(await scheduleSyncs(services)).toBe(0);
  });

  it('asks once for each account and slot, however many schedulers look', async () => {
    clock.advanceHours(7);
    const asked = await Promise.all([1, 2, 3, 4].map(() => scheduleSyncs(services)));
    expect(asked.reduce((sum, count) => sum + count, 0)).toBe(agency.adAccounts.length);
    await world.ownerDb.pool.query(`update sync_runs set status = 'ERROR'`);
    expect(await scheduleSyncs(services)).toBe(0);
  });

  it('catches up with the newest slot alone after a day of silence', async () => {
    clock.advanceHours(26);
    expect(await scheduleSyncs(services)).toBe(agency.adAccounts.length);
    for (const { slot } of await slots()) {
      expect(clock.at.getTime() - slot.getTime()).toBeLessThan(6.5 * 3_600_000);
    }
  });

  it('goes by each account’s own clock', async () => {
    clock.advanceHours(7);
    await scheduleSyncs(services);
    const zones = new Map(agency.adAccounts.map(({ id, timeZone }) => [id, timeZone]));
    for (const { ad_account_id: id, slot } of await slots()) {
      const local = slot.toLocaleTimeString('en-GB', {
        timeZone: zones.get(id),
        hour: '2-digit',
        minute: '2-digit',
      });
      expect(['00:15', '06:15', '12:15', '18:15']).toContain(local);
    }
  });

  it('leaves out what is paused, archived, disconnected, or of a suspended agency', async () => {
    clock.advanceHours(7);
    const [first, second] = agency.adAccounts;
    await world.ownerDb.pool.query(`update ad_accounts set sync_status = 'PAUSED' where id = $1`, [
      first?.id,
    ]);
    await world.ownerDb.pool.query(`update ad_accounts set is_active = false where id = $1`, [second?.id]);
    expect(await scheduleSyncs(services)).toBe(agency.adAccounts.length - 2);
    await world.ownerDb.pool.query('delete from sync_runs');
    for (const [broken, whole] of [
      [`update oauth_connections set state = 'EXPIRED'`, `update oauth_connections set state = 'CONNECTED'`],
      [`update organizations set is_active = false`, `update organizations set is_active = true`],
    ] as const) {
      await world.ownerDb.pool.query(broken);
      expect(await scheduleSyncs(services)).toBe(0);
      await world.ownerDb.pool.query(whole);
    }
  });

  it('waits while another run of the account is under way', async () => {
    clock.advanceHours(7);
    const [account] = agency.adAccounts;
    await agency.api.adAccounts.sync({ adAccountId: account?.id ?? '' });
    expect(await scheduleSyncs(services)).toBe(agency.adAccounts.length - 1);
  });

  it('is woken by the clock', () => {
    expect(cronItems().map(({ task }) => task)).toEqual([
      'schedule-syncs',
      'schedule-discoveries',
      'fetch-rates',
      'watch-contracts',
      'move-campaigns',
      'remind-tasks',
      'sweep-webhooks',
      'schedule-lead-fetches',
      'poll-creators',
      'watch-creator-webhooks',
      'thin-content-snapshots',
      'clean-up',
    ]);
  });
});

describe('a worker that fell silent', () => {
  async function lockJob(worker: string, secondsAgo: number): Promise<void> {
    await world.ownerDb.pool.query(
      `update graphile_worker._private_jobs set locked_by = $1, locked_at = now() - $2 * interval '1 second', attempts = 1`,
      [worker, secondsAgo],
    );
  }
  async function lockedBy(): Promise<(string | null)[]> {
    const { rows } = await world.ownerDb.pool.query<{ locked_by: string | null }>(
      `select distinct locked_by from graphile_worker.jobs`,
    );
    return rows.map((row) => row.locked_by);
  }

  beforeEach(async () => {
    await world.ownerDb.pool.query('delete from graphile_worker._private_jobs');
    await world.ownerDb.pool.query('delete from worker_heartbeats');
    await agency.api.adAccounts.sync({ adAccountId: agency.adAccounts[0]?.id ?? '' });
  });

  it('for a minute loses its jobs to the others', async () => {
    await lockJob('worker-dead', 70);
    await world.ownerDb.pool.query(
      `insert into worker_heartbeats (worker_id, seen_at) values ('worker-dead', now() - interval '61 seconds')`,
    );
    await sweep(services, utils);
    expect(await lockedBy()).toEqual([null]);
    expect((await world.ownerDb.pool.query('select 1 from worker_heartbeats')).rows).toEqual([]);
  });

  it('before its first beat loses them too', async () => {
    await lockJob('worker-stillborn', 70);
    await sweep(services, utils);
    expect(await lockedBy()).toEqual([null]);
  });

  it('for half a minute keeps them', async () => {
    await lockJob('worker-alive', 300);
    await withSystem(world.jobsDb, (tx) => sql`select app.beat('worker-alive')`.execute(tx));
    await sweep(services, utils);
    expect(await lockedBy()).toEqual(['worker-alive']);
  });

  it('and lost the job of a run has it woken again', async () => {
    await world.ownerDb.pool.query('delete from graphile_worker._private_jobs');
    await world.ownerDb.pool.query(`update sync_runs set requested_at = now() - interval '3 minutes'`);
    await sweep(services, utils);
    expect(await lockedBy()).toEqual([null]);
    const { rows } = await world.ownerDb.pool.query<{ count: number }>(
      'select count(*)::int4 as count from graphile_worker.jobs',
    );
    await sweep(services, utils);
    expect(rows).toEqual([{ count: 1 }]);
  });
});
