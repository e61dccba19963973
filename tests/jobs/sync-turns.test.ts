import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '../../db/tenant.ts';
import type { RunRef, SyncServices } from '../../server/domain/sync/services.ts';
import { takeTurn } from '../../server/domain/sync/turn.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, jobServices, TestClock, useMeta } from '../support/meta.ts';
import { createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
useMeta(clock);
let world: World;
let services: SyncServices;
let demo: Awaited<ReturnType<typeof connectAgency>>;
let rival: Awaited<ReturnType<typeof connectAgency>>;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  services = jobServices(world);
  demo = await connectAgency(world, world.demo);
  rival = await connectAgency(world, world.rival, 'rami');
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.ownerDb.pool.query('delete from sync_runs');
  await world.ownerDb.pool.query('delete from graphile_worker._private_jobs');
  await world.ownerDb.pool.query('delete from worker_heartbeats');
});

interface Wanted {
  account?: number;
  work?: 'DAILY' | 'BACKFILL';
  trigger?: 'SCHEDULE' | 'MANUAL';
  /** Under way at somebody's already. */
  isWorking?: boolean;
}

/** A run of the agency's account at this place, asked for after all before it. */
async function ask(agency: typeof demo, wanted: Wanted = {}): Promise<RunRef> {
  const { account = 0, work = 'DAILY', trigger = 'SCHEDULE', isWorking = false } = wanted;
  const { rows } = await world.ownerDb.pool.query<{ organization_id: string; id: string }>(
    `insert into sync_runs (organization_id, ad_account_id, trigger, work, status, attempt, lease_until, requested_at)
     select organization_id, id, $2, $3, case when $4 then 'SYNCING' else 'PENDING' end::sync_status, 1,
            case when $4 then now() + interval '1 minute' end, clock_timestamp()
       from ad_accounts where id = $1 returning organization_id, id`,
    [agency.adAccounts[account]?.id, trigger, work, isWorking],
  );
  const [row] = rows;
  if (!row) throw new Error('There is no such account.');
  return { organizationId: row.organization_id, syncRunId: row.id };
}

/** Which run a job of `asked` would be spent on. */
async function next(asked: RunRef): Promise<string | null> {
  const { rows } = await withSystem(world.jobsDb, (tx) =>
    sql<{ sync_run_id: string }>`
      select sync_run_id from app.next_sync_run(${asked.organizationId}::uuid, ${asked.syncRunId}::uuid)`.execute(
      tx,
    ),
  );
  return rows[0]?.sync_run_id ?? null;
}

async function jobs(): Promise<{ key: string; is_due: boolean }[]> {
  const { rows } = await world.ownerDb.pool.query<{ key: string; is_due: boolean }>(
    'select key, run_at <= now() as is_due from graphile_worker.jobs order by key',
  );
  return rows;
}

describe('a turn', () => {
  it('goes to the agency that works least, however many runs another asked for before it', async () => {
    await ask(demo, { isWorking: true });
    const many = [];
    for (const account of [1, 2, 3, 4]) many.push(await ask(demo, { account }));
    const one = await ask(rival);
    for (const asked of many) expect(await next(asked)).toBe(one.syncRunId);
  });

  it('goes within an agency to what somebody asked for by hand, then to the oldest', async () => {
    const [first, second] = [await ask(demo), await ask(demo, { account: 1 })];
    expect(await next(second)).toBe(first.syncRunId);
    const byHand = await ask(demo, { account: 2, trigger: 'MANUAL' });
    expect(await next(first)).toBe(byHand.syncRunId);
  });

  it('goes to the past only where nothing of the day waits', async () => {
    const history = await ask(demo, { work: 'BACKFILL' });
    expect(await next(history)).toBe(history.syncRunId);
    const daily = await ask(rival);
    expect(await next(history)).toBe(daily.syncRunId);
  });

  it('goes to no second run of an account, and to a silent worker’s run again', async () => {
    const working = await ask(demo, { work: 'BACKFILL', isWorking: true });
    const daily = await ask(demo);
    expect(await next(daily)).toBeNull();
    await world.ownerDb.pool.query(
      `update sync_runs set lease_until = now() - interval '1 second' where id = $1`,
      [working.syncRunId],
    );
    expect(await next(working)).toBe(daily.syncRunId);
  });

  it('leaves one worker to the day’s work, whatever of the past waits', async () => {
    await ask(demo, { work: 'BACKFILL', isWorking: true });
    const second = await ask(rival, { work: 'BACKFILL' });
    // One process of three workers.
    const beat = (workers: number) =>
      world.ownerDb.pool.query(
        `insert into worker_heartbeats (worker_id) select 'worker-' || n from generate_series(1, $1::int) n on conflict do nothing`,
        [workers],
      );
    await beat(2);
    expect(await next(second)).toBeNull();
    await beat(3);
    expect(await next(second)).toBe(second.syncRunId);
  });

  it('of a suspended agency is nobody’s', async () => {
    const asked = await ask(rival);
    const { pool } = world.ownerDb;
    await pool.query('update organizations set is_active = false where id = $1', [asked.organizationId]);
    expect(await next(asked)).toBeNull();
    await pool.query('update organizations set is_active = true where id = $1', [asked.organizationId]);
  });

  it('that is spent on another’s run leaves the asked one its job', async () => {
    await ask(demo, { account: 1, isWorking: true });
    const asked = await ask(demo);
    const other = await ask(rival);
    expect(await takeTurn(services, asked)).toBe('succeeded');
    const ended = await rival.api.syncRuns.byId({ syncRunId: other.syncRunId });
    expect(ended.status).toBe('SUCCESS');
    expect(await jobs()).toContainEqual({
      key: `sync-ad-account:${asked.organizationId}:${asked.syncRunId}`,
      is_due: true,
    });
  });

  it('of a run that cannot be worked on now comes again later, and of one that is over does not', async () => {
    await ask(demo, { work: 'BACKFILL', isWorking: true });
    const asked = await ask(demo);
    expect(await takeTurn(services, asked)).toBe('skipped');
    const key = `sync-ad-account:${asked.organizationId}:${asked.syncRunId}`;
    expect(await jobs()).toEqual([{ key, is_due: false }]);
    await world.ownerDb.pool.query('delete from graphile_worker._private_jobs');
    await world.ownerDb.pool.query(`update sync_runs set status = 'SUCCESS' where id = $1`, [
      asked.syncRunId,
    ]);
    expect(await takeTurn(services, asked)).toBe('skipped');
    expect(await jobs()).toEqual([]);
  });
});

describe('a backfill between two slices', () => {
  async function shouldYield(run: RunRef): Promise<boolean> {
    const { rows } = await withSystem(world.jobsDb, (tx) =>
      sql<{ yields: boolean }>`
        select app.should_yield_sync(${run.organizationId}::uuid, ${run.syncRunId}::uuid) as yields`.execute(
        tx,
      ),
    );
    return rows[0]?.yields ?? false;
  }

  it('goes on while nobody waits, or only backfills of agencies that work as much', async () => {
    const mine = await ask(demo, { work: 'BACKFILL', isWorking: true });
    expect(await shouldYield(mine)).toBe(false);
    await ask(demo, { account: 1, work: 'BACKFILL' });
    expect(await shouldYield(mine)).toBe(false);
    await ask(rival, { work: 'BACKFILL', isWorking: true });
    await ask(rival, { account: 1, work: 'BACKFILL' });
    expect(await shouldYield(mine)).toBe(false);
  });

  it('steps back for another agency’s backfill that gets none of the work', async () => {
    const mine = await ask(demo, { work: 'BACKFILL', isWorking: true });
    await ask(rival, { work: 'BACKFILL' });
    expect(await shouldYield(mine)).toBe(true);
  });

  it('does not step back for a run whose own account is busy elsewhere', async () => {
    const mine = await ask(demo, { work: 'BACKFILL', isWorking: true });
    await ask(rival, { work: 'BACKFILL', isWorking: true });
    await ask(rival);
    expect(await shouldYield(mine)).toBe(false);
    await ask(demo);
    expect(await shouldYield(mine)).toBe(true);
  });
});
