import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSync } from '../../server/domain/sync/run.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { plusDays } from '../../server/kernel/time-zones.ts';
import { bend } from '../jobs/bent-platform.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, jobServices, TestClock, useMeta } from '../support/meta.ts';
import { caller, createWorld, type PersonName, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
useMeta(clock);
let world: World;
let agency: Awaited<ReturnType<typeof connectAgency>>;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  agency = await connectAgency(world, world.demo);
});
afterAll(() => world.close());

const as = (name: PersonName) => caller(world, world.demo.people[name].principal);
const foreign = () => caller(world, world.rival.people.owner.principal);
const nobody = '01890000-0000-7000-8000-000000000000';
const run = (syncRunId: string, services = jobServices(world)) =>
  runSync(services, { organizationId: world.demo.organizationId, syncRunId });
const pool = () => world.ownerDb.pool;

describe('how the syncs stand', () => {
  it('counts what waits, and what ended within a day, of the accounts that one sees', async () => {
    const [first = '', second = ''] = agency.syncRunIds;
    const before = await as('viewer').syncRuns.overview();
    expect(before).toMatchObject({
      ...{ running: [], runningCount: 0, waitingCount: agency.syncRunIds.length, resting: [] },
      lastDay: { succeeded: 0, failed: 0, stopped: 0 },
      lateCount: agency.syncRunIds.length,
    });
    await run(first);
    await as('owner').syncRuns.stop({ syncRunId: second });
    const after = await as('owner').syncRuns.overview();
    expect(after.lastDay).toEqual({ succeeded: 1, failed: 0, stopped: 1 });
    // The history follows an account's first figures.
    expect(after.waitingCount).toBe(before.waitingCount - 1);
    expect(after.lateCount).toBe(before.lateCount - 1);
    for (const stranger of [as('unassigned'), foreign()])
      expect(await stranger.syncRuns.overview()).toMatchObject({
        waitingCount: 0,
        lateCount: 0,
        running: [],
      });
  });

  it('forgets what ended more than a day ago', async () => {
    await pool().query(
      `update sync_runs set finished_at = now() - interval '25 hours' where status = 'PAUSED'`,
    );
    expect((await as('owner').syncRuns.overview()).lastDay).toEqual({ succeeded: 1, failed: 0, stopped: 0 });
  });

  it('shows a run that waits for its next try as under way, and the ended ones as history', async () => {
    const syncRunId = agency.syncRunIds[2] ?? '';
    const busy = bend(jobServices(world), () => ({
      dailyMetrics: () => {
        throw new PlatformError({
          kind: 'retry',
          message: 'The platform failed.',
          code: '2',
          vendorMessage: 'Oops',
        });
      },
    }));
    expect(await run(syncRunId, busy)).toBe('postponed');
    const { running, runningCount } = await as('owner').syncRuns.overview();
    expect(running.map(({ id }) => id)).toEqual([syncRunId]);
    expect(runningCount).toBe(1);
    const { items } = await as('owner').syncRuns.list({ phase: 'running' });
    expect(items.map(({ id }) => id)).toEqual([syncRunId]);
    const ended = await as('owner').syncRuns.list({ phase: 'ended' });
    expect(new Set(ended.items.map(({ id }) => id))).toEqual(new Set(agency.syncRunIds.slice(0, 2)));
  });

  it('keeps each try of a run with what was said then', async () => {
    const syncRunId = agency.syncRunIds[2] ?? '';
    await pool().query('update sync_runs set next_attempt_at = null where id = $1', [syncRunId]);
    expect(await run(syncRunId)).toBe('succeeded');
    const { attempts, error } = await as('client').syncRuns.byId({ syncRunId });
    expect(error).toBeNull();
    expect(attempts).toMatchObject([
      { attempt: 2, outcome: 'DONE', error: null },
      { attempt: 1, outcome: 'RETRIED', error: 'The platform failed.', platformMessage: 'Oops' },
    ]);
    expect(attempts.every(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  it('tells of a platform that nobody asks right now', async () => {
    await pool().query(`
      insert into call_budgets (platform, meter, tokens, refilled_at, opened_until)
      values ('META', 'application', 0, now(), now() + interval '1 minute')
      on conflict (platform, meter) do update set opened_until = excluded.opened_until`);
    const { resting } = await as('viewer').syncRuns.overview();
    expect(resting).toMatchObject([{ platform: 'META', reason: 'circuit' }]);
    await pool().query('delete from call_budgets');
  });
});

describe('what the sync pages offer', () => {
  it('are the accounts that one sees, and whether they can be synced', async () => {
    const all = await as('client').syncRuns.choices();
    expect(new Set(all.items.map(({ adAccountId }) => adAccountId))).toEqual(
      new Set(agency.adAccounts.map(({ id }) => id)),
    );
    const adAccountId = agency.adAccounts[0]?.id ?? '';
    await as('owner').adAccounts.update({ adAccountId, isPaused: true });
    const { items } = await as('owner').syncRuns.choices();
    expect(items.filter(({ isSyncable }) => !isSyncable).map((choice) => choice.adAccountId)).toEqual([
      adAccountId,
    ]);
    expect((await as('owner').syncRuns.overview()).pausedCount).toBe(1);
    await as('owner').adAccounts.update({ adAccountId, isPaused: false });
    for (const stranger of [as('unassigned'), foreign()])
      expect(await stranger.syncRuns.choices()).toEqual({ items: [] });
  });

  it('say which days can be asked for, as the request for them takes them', async () => {
    const { id: adAccountId = '', today = '' } = agency.adAccounts[3] ?? {};
    const limits = await as('viewer').syncRuns.rangeLimits({ adAccountId });
    expect(limits.today).toBe(today);
    await as('owner').syncRuns.stop({ syncRunId: agency.syncRunIds[3] ?? '' });
    const ask = (from: string) => as('member').syncRuns.requestRange({ adAccountId, from, to: from });
    await expect(ask(plusDays(limits.oldest, -1))).rejects.toThrow(/keeps no day before/);
    await expect(ask(limits.oldest)).resolves.toHaveProperty('syncRunId');
    for (const [who, id] of [
      [as('unassigned'), adAccountId],
      [foreign(), adAccountId],
      [as('owner'), nobody],
    ] as const)
      await expect(who.syncRuns.rangeLimits({ adAccountId: id })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
  });

  it('syncs every account that is late, for who may start syncs', async () => {
    for (const name of ['viewer', 'client'] as const)
      await expect(as(name).syncRuns.requestLate()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    for (const stranger of [as('unassigned'), foreign()])
      expect(await stranger.syncRuns.requestLate()).toEqual({ accountCount: 0 });
    const { lateCount } = await as('owner').syncRuns.overview();
    expect(lateCount).toBeGreaterThan(0);
    expect(await as('member').syncRuns.requestLate()).toEqual({ accountCount: lateCount });
    const stopped = agency.adAccounts[1]?.id ?? '';
    const { items } = await as('owner').syncRuns.list({ adAccountId: stopped, status: 'PENDING' });
    expect(items).toHaveLength(1);
  });
});
