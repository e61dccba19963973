import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSync, type SyncOutcome } from '../../server/domain/sync/run.ts';
import type { SyncServices } from '../../server/domain/sync/services.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { plusDays } from '../../server/kernel/time-zones.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, jobServices, TestClock, truthOf, useMeta } from '../support/meta.ts';
import { createWorld, type World } from '../support/world.ts';
import { bend } from './bent-platform.ts';
import { openMortal } from './mortal-database.ts';
import { inOrder, storedDays } from './stored-figures.ts';

const database = useTestDatabase();
const clock = new TestClock();
useMeta(clock);
let world: World;
let services: SyncServices;
let agency: Awaited<ReturnType<typeof connectAgency>>;
let account: { id: string; nativeId: string; today: string };

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  services = jobServices(world);
  agency = await connectAgency(world, world.demo);
  account = agency.adAccounts[0] ?? { id: '', nativeId: '', today: '' };
});
afterAll(() => world.close());
/** Each test begins with an account that holds nothing and has no run. */
beforeEach(async () => {
  await world.ownerDb.pool.query('delete from sync_runs');
  await world.ownerDb.pool.query('delete from campaign_metrics where ad_account_id = $1', [account.id]);
});

/** Ninety days, which the platform gives in three slices. */
async function requestQuarter(): Promise<string> {
  const range = { from: plusDays(account.today, -89), to: account.today };
  return (await agency.api.syncRuns.requestRange({ adAccountId: account.id, ...range })).syncRunId;
}

function run(syncRunId: string, using: SyncServices = services): Promise<SyncOutcome> {
  return runSync(using, { organizationId: world.demo.organizationId, syncRunId });
}

/** Works on the run in a process that dies after so many queries. */
async function runAndDie(syncRunId: string, life: number): Promise<SyncOutcome | 'killed'> {
  const jobsDb = openMortal(database().jobsUrl, life);
  try {
    return await run(syncRunId, { ...services, jobsDb });
  } catch {
    return 'killed';
  } finally {
    await jobsDb.close();
    // Its lease runs out a minute after it fell silent.
    await world.ownerDb.pool.query(
      `update sync_runs set lease_until = now() - interval '1 second' where id = $1 and status = 'SYNCING'`,
      [syncRunId],
    );
  }
}

async function expectWhole(syncRunId: string): Promise<void> {
  const ended = await agency.api.syncRuns.byId({ syncRunId });
  expect(ended).toMatchObject({ status: 'SUCCESS', slicesTotal: 3, slicesDone: 3 });
  const { days } = await truthOf(account.nativeId, { from: ended.windowStart ?? '', to: account.today });
  expect(await storedDays(world, account.id)).toEqual(inOrder(days));
  expect(ended.rowsRead).toBe(days.length);
  expect(ended.rowsWritten).toBe(days.length);
  expect(ended.slices.reduce((sum, slice) => sum + slice.rowsRead, 0)).toBe(days.length);
}

describe('a run whose process is killed', () => {
  it('anywhere, however often, is taken up again and neither loses nor doubles a row', async () => {
    const lives = fc.array(fc.integer({ min: 1, max: 110 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(lives, async (kills) => {
        await world.ownerDb.pool.query('delete from sync_runs');
        await world.ownerDb.pool.query('delete from campaign_metrics where ad_account_id = $1', [account.id]);
        const syncRunId = await requestQuarter();
        let last: SyncOutcome | 'killed' = 'killed';
        for (const life of kills) if (last === 'killed') last = await runAndDie(syncRunId, life);
        if (last !== 'succeeded') expect(await run(syncRunId)).toBe('succeeded');
        await expectWhole(syncRunId);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 180_000);

  it('goes on with the slices that wait and asks for none that came in', async () => {
    const syncRunId = await requestQuarter();
    const asked: string[] = [];
    const failing = bend(services, (platform) => ({
      async *dailyMetrics(access, subject, request) {
        asked.push(request.range.to);
        if (asked.length === 2) throw new PlatformError({ kind: 'retry', code: 'timeout', message: 'Gone.' });
        yield* platform.dailyMetrics(access, subject, request);
      },
    }));
    expect(await run(syncRunId, failing)).toBe('postponed');
    const half = await agency.api.syncRuns.byId({ syncRunId });
    expect(half).toMatchObject({ status: 'PENDING', slicesDone: 1, slicesTotal: 3, retries: 1 });
    // What people look at comes in first.
    expect(half.slices.map(({ isDone }) => isDone)).toEqual([true, false, false]);
    expect(await run(syncRunId, failing)).toBe('succeeded');
    expect(asked).toEqual([account.today, ...[30, 30, 60].map((days) => plusDays(account.today, -days))]);
    await expectWhole(syncRunId);
  });

  it('is given up when it keeps ending its workers before anything comes in', async () => {
    const syncRunId = await requestQuarter();
    await world.ownerDb.pool.query(
      `update sync_runs set status = 'SYNCING', lost_attempts = 9, lease_until = now() - interval '1 second' where id = $1`,
      [syncRunId],
    );
    expect(await run(syncRunId)).toBe('failed');
    expect(await agency.api.syncRuns.byId({ syncRunId })).toMatchObject({ errorCode: 'given_up', calls: 0 });
  });
});

describe('a slice that does not come whole', () => {
  it('replaces nothing, though its first pages say that a campaign is gone', async () => {
    const whole = await requestQuarter();
    expect(await run(whole)).toBe('succeeded');
    const before = await storedDays(world, account.id);
    const broken = bend(services, (platform) => ({
      async *dailyMetrics(access, subject, request) {
        for await (const page of platform.dailyMetrics(access, subject, request)) {
          yield page.slice(0, 1);
          throw new PlatformError({ kind: 'stop', code: 'contract', message: 'It broke off.' });
        }
      },
    }));
    const syncRunId = await requestQuarter();
    expect(await run(syncRunId, broken)).toBe('failed');
    expect(await storedDays(world, account.id)).toEqual(before);
    expect(await agency.api.syncRuns.byId({ syncRunId })).toMatchObject({ slicesDone: 0, rowsRemoved: 0 });
  });

  it('in another currency than the account’s is refused and nothing of it is stored', async () => {
    const foreign = bend(services, (platform) => ({
      async *dailyMetrics(access, subject, request) {
        for await (const page of platform.dailyMetrics(access, subject, request))
          yield page.map((row) => ({ ...row, currency: 'XTS' }));
      },
    }));
    const syncRunId = await requestQuarter();
    expect(await run(syncRunId, foreign)).toBe('failed');
    expect((await agency.api.syncRuns.byId({ syncRunId })).errorCode).toBe('basis_changed');
    expect(await storedDays(world, account.id)).toEqual([]);
  });

  it('shows a row twice and the later one stays', async () => {
    const doubled = bend(services, (platform) => ({
      async *dailyMetrics(access, subject, request) {
        for await (const page of platform.dailyMetrics(access, subject, request)) {
          yield page.map((row) => ({ ...row, spend: '1.25', impressions: 7 }));
          yield page;
        }
      },
    }));
    const syncRunId = await requestQuarter();
    expect(await run(syncRunId, doubled)).toBe('succeeded');
    const { days } = await truthOf(account.nativeId, {
      from: plusDays(account.today, -89),
      to: account.today,
    });
    expect(await storedDays(world, account.id)).toEqual(inOrder(days));
  });
});
