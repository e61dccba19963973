import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSync, type SyncOutcome } from '../../server/domain/sync/run.ts';
import type { SyncServices } from '../../server/domain/sync/services.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { plusDays } from '../../server/kernel/time-zones.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, jobServices, TestClock, truthOf, useMeta } from '../support/meta.ts';
import { createWorld, type World } from '../support/world.ts';
import { bend } from './bent-platform.ts';
import { inOrder, storedDays } from './stored-figures.ts';

const database = useTestDatabase();
const clock = new TestClock();
const sandbox = useMeta(clock);
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
beforeEach(async () => {
  await world.ownerDb.pool.query('delete from sync_runs');
  await world.ownerDb.pool.query('delete from campaign_metrics where ad_account_id = $1', [account.id]);
  sandbox.state.calls.clear();
});

function run(syncRunId: string, using: SyncServices = services): Promise<SyncOutcome> {
  return runSync(using, { organizationId: world.demo.organizationId, syncRunId });
}

const find = (syncRunId: string) => agency.api.syncRuns.byId({ syncRunId });

async function requestQuarter(): Promise<string> {
  const range = { from: plusDays(account.today, -89), to: account.today };
  return (await agency.api.syncRuns.requestRange({ adAccountId: account.id, ...range })).syncRunId;
}

describe('a run that somebody stops', () => {
  it('while it waits is over at once, calls nobody, and can go on', async () => {
    const syncRunId = await requestQuarter();
    const stopped = await agency.api.syncRuns.stop({ syncRunId });
    expect(stopped).toMatchObject({ status: 'PAUSED', stoppedById: world.demo.people.owner.userId });
    expect(stopped.finishedAt).not.toBeNull();
    expect(await run(syncRunId)).toBe('skipped');
    expect(sandbox.state.calls.list('meta')).toEqual([]);
    expect(await agency.api.syncRuns.resume({ syncRunId })).toMatchObject({
      status: 'PENDING',
      stoppedById: null,
    });
    expect(await run(syncRunId)).toBe('succeeded');
  });

  it('while it works keeps the slice under way, and resumes with those that wait', async () => {
    const syncRunId = await requestQuarter();
    const asked: string[] = [];
    const stopping = bend(services, (platform) => ({
      async *dailyMetrics(access, subject, request) {
        asked.push(request.range.to);
        yield* platform.dailyMetrics(access, subject, request);
      },
      // The last that is asked of a slice: what follows is its transaction.
      async *accountDays(access, subject, range) {
        yield* platform.accountDays(access, subject, range);
        if (asked.length === 1) await agency.api.syncRuns.stop({ syncRunId });
      },
    }));
    expect(await run(syncRunId, stopping)).toBe('stopped');
    expect(await find(syncRunId)).toMatchObject({ status: 'PAUSED', slicesDone: 1, slicesTotal: 3 });
    const before = await storedDays(world, account.id);
    expect(before.length).toBeGreaterThan(0);
    await agency.api.syncRuns.resume({ syncRunId });
    expect(await run(syncRunId, stopping)).toBe('succeeded');
    expect(new Set(asked).size).toBe(3);
    expect(asked).toHaveLength(3);
    const range = { from: plusDays(account.today, -89), to: account.today };
    const { days } = await truthOf(account.nativeId, range);
    expect(await storedDays(world, account.id)).toEqual(inOrder(days));
  });

  it('in the middle of a slow answer ends within seconds and stores nothing of it', async () => {
    sandbox.state.faults.arm({ platform: 'meta', kind: 'slow', match: 'insights', delayMs: 25_000 });
    const syncRunId = await requestQuarter();
    const running = run(syncRunId);
    await expect.poll(async () => (await find(syncRunId)).slicesTotal, { timeout: 20_000 }).toBe(3);
    expect(await agency.api.syncRuns.stop({ syncRunId })).toMatchObject({ status: 'SYNCING' });
    expect(await running).toBe('stopped');
    sandbox.state.clearFaults();
    expect(await storedDays(world, account.id)).toEqual([]);
  });

  it('leaves its account as its last sync left it', async () => {
    await agency.api.adAccounts.sync({ adAccountId: account.id });
    const { items } = await agency.api.syncRuns.list({ adAccountId: account.id });
    expect(await run(items[0]?.id ?? '')).toBe('succeeded');
    const syncRunId = await requestQuarter();
    expect(await agency.api.adAccounts.byId({ adAccountId: account.id })).toMatchObject({
      syncStatus: 'PENDING',
    });
    await agency.api.syncRuns.stop({ syncRunId });
    expect(await agency.api.adAccounts.byId({ adAccountId: account.id })).toMatchObject({
      syncStatus: 'SUCCESS',
      syncError: null,
    });
  });

  it('cannot be stopped once it has ended, nor resumed beside another', async () => {
    const syncRunId = await requestQuarter();
    await agency.api.syncRuns.stop({ syncRunId });
    await expect(agency.api.syncRuns.stop({ syncRunId })).rejects.toThrow(/ended already/);
    const other = await requestQuarter();
    await expect(agency.api.syncRuns.resume({ syncRunId })).rejects.toThrow(/Another sync/);
    await expect(agency.api.syncRuns.resume({ syncRunId: other })).rejects.toThrow(/not stopped/);
  });
});

describe('a platform that only makes a run wait', () => {
  it('with a report that it still puts together costs no try, and the same report is gone on with', async () => {
    const seen: (string | null)[] = [];
    const reporting = bend(services, (platform) => ({
      async *dailyMetrics(access, subject, request) {
        const { report } = request;
        seen.push(report?.reportId ?? null);
        if (report?.reportId === null) {
          await report.keep(`report-${request.range.to}`);
          throw new PlatformError({
            kind: 'retry',
            code: 'report_pending',
            message: 'Meta still puts the report together.',
            isPending: true,
            retryAfterMs: 30_000,
          });
        }
        yield* platform.dailyMetrics(access, subject, request);
        await report?.keep(null);
      },
    }));
    const syncRunId = await requestQuarter();
    expect(await run(syncRunId, reporting)).toBe('postponed');
    const waiting = await find(syncRunId);
    expect(waiting).toMatchObject({ status: 'PENDING', retries: 0, errorCode: 'report_pending' });
    expect(waiting.slices.map(({ hasReport }) => hasReport)).toEqual([true, false, false]);
    expect(waiting.meaning?.whatToDo).toMatch(/by itself/);
    expect((await agency.api.adAccounts.byId({ adAccountId: account.id })).syncError).toBeNull();
    for (let look = 0; look < 2; look += 1) expect(await run(syncRunId, reporting)).toBe('postponed');
    expect(await run(syncRunId, reporting)).toBe('succeeded');
    const days = [account.today, ...[30, 60].map((back) => plusDays(account.today, -back))];
    expect(seen.filter((id) => id !== null)).toEqual(days.map((day) => `report-${day}`));
    expect((await find(syncRunId)).slices.some(({ hasReport }) => hasReport)).toBe(false);
  });

  it.each(['pace', 'circuit'])(
    'by %s is waited for however often, and counts as no failure',
    async (code) => {
      let looks = 0;
      const pacing = bend(services, (platform) => ({
        async *dailyMetrics(access, subject, request) {
          looks += 1;
          if (looks <= 8)
            throw new PlatformError({ kind: 'retry', code, message: 'Wait a little.', retryAfterMs: 1000 });
          yield* platform.dailyMetrics(access, subject, request);
        },
      }));
      const syncRunId = await requestQuarter();
      for (let look = 0; look < 8; look += 1) expect(await run(syncRunId, pacing)).toBe('postponed');
      expect(await run(syncRunId, pacing)).toBe('succeeded');
      expect(await find(syncRunId)).toMatchObject({ retries: 0, error: null });
    },
  );

  it('without saying so is given up after some tries in a row, but each slice that comes in begins them anew', async () => {
    let calls = 0;
    const flaky = bend(services, (platform) => ({
      async *dailyMetrics(access, subject, request) {
        calls += 1;
        // Five failures before each of the three slices: fifteen in all, never seven in a row.
        if (calls % 6 !== 0) throw new PlatformError({ kind: 'retry', code: 'timeout', message: 'Late.' });
        yield* platform.dailyMetrics(access, subject, request);
      },
    }));
    const syncRunId = await requestQuarter();
    for (let look = 0; look < 15; look += 1) expect(await run(syncRunId, flaky)).toBe('postponed');
    expect(await run(syncRunId, flaky)).toBe('succeeded');
    expect(await find(syncRunId)).toMatchObject({ status: 'SUCCESS', retries: 15 });
  });
});

describe('the calls of a run', () => {
  it('are counted over all of its attempts, as the platform counted them', async () => {
    sandbox.state.faults.arm({ platform: 'meta', kind: 'error_500', times: 8, after: 3 });
    const syncRunId = await requestQuarter();
    for (let look = 0; look < 5 && (await run(syncRunId)) !== 'succeeded'; look += 1);
    const { status, calls } = await find(syncRunId);
    expect(status).toBe('SUCCESS');
    expect(calls).toBe(sandbox.state.calls.list('meta').length);
  });
});
