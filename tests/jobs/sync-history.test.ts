import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { scheduleSyncs } from '../../jobs/tasks/schedule-syncs.ts';
import type { JobServices } from '../../jobs/services.ts';
import { runSync, type SyncOutcome } from '../../server/domain/sync/run.ts';
import type { SyncServices } from '../../server/domain/sync/services.ts';
import type { Access } from '../../server/integrations/ad-platform.ts';
import { dayIn, plusDays } from '../../server/kernel/time-zones.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, jobServices, TestClock, truthOf, useMeta } from '../support/meta.ts';
import { createWorld, type World } from '../support/world.ts';
import { bend } from './bent-platform.ts';
import { inOrder, storedDays } from './stored-figures.ts';

const database = useTestDatabase();
const clock = new TestClock();
useMeta(clock);
let world: World;
let services: JobServices;
let agency: Awaited<ReturnType<typeof connectAgency>>;
let account: { id: string; nativeId: string; today: string; timeZone: string };

const MONTHS = 4;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  services = { ...jobServices(world), config: world.services.config };
  agency = await connectAgency(world, world.demo);
  account = agency.adAccounts[0] ?? { id: '', nativeId: '', today: '', timeZone: 'UTC' };
  await agency.api.platformSettings.update({ platform: 'META', backfillMonths: MONTHS });
});
afterAll(() => world.close());
beforeEach(async () => {
  const { pool } = world.ownerDb;
  await pool.query('delete from sync_runs');
  await pool.query('delete from campaign_metrics');
  await pool.query(
    `update ad_accounts set backfilled_from = null, sync_status = 'SUCCESS', sync_error = null, connected_at = $1,
            last_synced_at = $1`,
    [clock.at],
  );
});

function run(syncRunId: string, using: SyncServices = services): Promise<SyncOutcome> {
  return runSync(using, { organizationId: world.demo.organizationId, syncRunId });
}

const find = (syncRunId: string) => agency.api.syncRuns.byId({ syncRunId });

async function syncNow(): Promise<string> {
  const { syncRunId } = await agency.api.adAccounts.sync({ adAccountId: account.id });
  expect(await run(syncRunId)).toBe('succeeded');
  return syncRunId;
}

async function backfillOf(adAccountId: string) {
  const { items } = await agency.api.syncRuns.list({ adAccountId, work: 'BACKFILL' });
  return items;
}

describe('the history of an account', () => {
  it('is asked for by itself once its first figures are there, and comes in whole behind them', async () => {
    const first = await find(await syncNow());
    const [history, ...others] = await backfillOf(account.id);
    expect(others).toEqual([]);
    expect(history).toMatchObject({ status: 'PENDING', slicesTotal: 0 });
    expect((await agency.api.adAccounts.byId({ adAccountId: account.id })).syncStatus).toBe('SUCCESS');
    const accesses: Access[] = [];
    const watched = bend(services, (platform) => ({
      dailyMetrics(access, ...rest) {
        accesses.push(access);
        return platform.dailyMetrics(access, ...rest);
      },
    }));
    expect(await run(history?.id ?? '', watched)).toBe('succeeded');
    const ended = await find(history?.id ?? '');
    expect(ended.windowEnd).toBe(plusDays(first.windowStart ?? '', -1));
    expect(ended.slicesDone).toBe(ended.slicesTotal);
    expect(accesses).toHaveLength(ended.slicesTotal);
    expect(accesses.every(({ caller }) => caller?.isBackground)).toBe(true);
    const { days } = await truthOf(account.nativeId, { from: ended.windowStart ?? '', to: account.today });
    expect(await storedDays(world, account.id)).toEqual(inOrder(days));
    const { rows } = await world.ownerDb.pool.query<{ day: string }>(
      'select backfilled_from::text as day from ad_accounts where id = $1',
      [account.id],
    );
    expect(rows).toEqual([{ day: ended.windowStart }]);
  });

  it('is asked for once: neither again when it is there, nor after somebody stopped it', async () => {
    await syncNow();
    const [history] = await backfillOf(account.id);
    await agency.api.syncRuns.stop({ syncRunId: history?.id ?? '' });
    await syncNow();
    expect(await backfillOf(account.id)).toHaveLength(1);
    await agency.api.syncRuns.resume({ syncRunId: history?.id ?? '' });
    expect(await run(history?.id ?? '')).toBe('succeeded');
    await syncNow();
    expect(await backfillOf(account.id)).toHaveLength(1);
  });

  it('that stands already is not fetched again by hand, but what an agency adds to it is', async () => {
    await syncNow();
    const [history] = await backfillOf(account.id);
    expect(await run(history?.id ?? '')).toBe('succeeded');
    const again = await agency.api.syncRuns.requestBackfill({ adAccountId: account.id });
    expect(await run(again.syncRunId)).toBe('succeeded');
    expect(await find(again.syncRunId)).toMatchObject({ slicesTotal: 0, calls: 0 });
    await agency.api.platformSettings.update({ platform: 'META', backfillMonths: MONTHS + 1 });
    const more = await agency.api.syncRuns.requestBackfill({ adAccountId: account.id });
    expect(await run(more.syncRunId)).toBe('succeeded');
    const before = await find(history?.id ?? '');
    expect((await find(more.syncRunId)).windowEnd).toBe(plusDays(before.windowStart ?? '', -1));
    await agency.api.platformSettings.update({ platform: 'META', backfillMonths: MONTHS });
  });

  it('steps back between two slices for the day’s work, of its own account and of any other', async () => {
    await syncNow();
    const [history] = await backfillOf(account.id);
    for (const { id: adAccountId } of agency.adAccounts.slice(0, 2)) {
      const { syncRunId } = await agency.api.adAccounts.sync({ adAccountId });
      expect(await run(history?.id ?? '')).toBe('released');
      const waiting = await find(history?.id ?? '');
      expect(waiting).toMatchObject({ status: 'PENDING', retries: 0 });
      expect(await run(syncRunId)).toBe('succeeded');
    }
    const half = await find(history?.id ?? '');
    expect(half.slicesDone).toBe(2);
    // The other account's own history waits too, and counts as no more than this one.
    expect(await run(history?.id ?? '')).toBe('succeeded');
  });

  it('does not hold up its account, and neither works beside the other', async () => {
    await syncNow();
    const [history] = await backfillOf(account.id);
    const asked = await agency.api.adAccounts.sync({ adAccountId: account.id });
    const outcomes: SyncOutcome[] = [];
    const meeting = bend(services, (platform) => ({
      async *dailyMetrics(access, subject, request) {
        outcomes.push(await run(asked.syncRunId));
        yield* platform.dailyMetrics(access, subject, request);
      },
    }));
    expect(await run(history?.id ?? '', meeting)).toBe('released');
    expect(outcomes).toEqual(['skipped']);
    const { rows } = await world.ownerDb.pool.query<{ is_due: boolean; priority: number }>(
      `select run_at <= now() as is_due, priority from graphile_worker.jobs where key like '%' || $1`,
      [asked.syncRunId],
    );
    expect(rows).toEqual([{ is_due: true, priority: 0 }]);
    expect(await run(asked.syncRunId)).toBe('succeeded');
  });

  it('that fails leaves the account’s own state alone', async () => {
    await syncNow();
    const [history] = await backfillOf(account.id);
    const broken = bend(services, () => ({
      async *dailyMetrics() {
        yield await Promise.reject<never>(new Error('nothing of the past'));
      },
    }));
    for (let look = 0; look < 6; look += 1) expect(await run(history?.id ?? '', broken)).toBe('postponed');
    expect(await run(history?.id ?? '', broken)).toBe('failed');
    expect(await agency.api.adAccounts.byId({ adAccountId: account.id })).toMatchObject({
      syncStatus: 'SUCCESS',
      syncError: null,
    });
  });
});

describe('the day’s runs', () => {
  /** Moves the clock to this minute of the account's own day, forwards. */
  function moveTo(hour: number, minute: number): void {
    const wanted = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    const local = () =>
      clock.at.toLocaleTimeString('en-GB', {
        timeZone: account.timeZone,
        hour: '2-digit',
        minute: '2-digit',
      });
    for (let minutes = 0; local() !== wanted && minutes < 48 * 60; minutes += 1) clock.advanceHours(1 / 60);
  }

  async function scheduled() {
    await scheduleSyncs(services);
    const { items } = await agency.api.syncRuns.list({ adAccountId: account.id });
    return items.find(({ work, status }) => work !== 'BACKFILL' && status === 'PENDING');
  }

  /** The account's figures are as old as the clock says. */
  async function syncedNow(): Promise<void> {
    await world.ownerDb.pool.query('update ad_accounts set last_synced_at = $1', [clock.at]);
  }

  it('read all that may change once, then today alone', async () => {
    moveTo(0, 20);
    const daily = await scheduled();
    expect(daily?.work).toBe('DAILY');
    expect(await run(daily?.id ?? '')).toBe('succeeded');
    await syncedNow();
    moveTo(6, 20);
    const intraday = await scheduled();
    expect(intraday?.work).toBe('INTRADAY');
    expect(await run(intraday?.id ?? '')).toBe('succeeded');
    const today = dayIn(account.timeZone, clock.at);
    const ended = await find(intraday?.id ?? '');
    expect(ended).toMatchObject({ windowStart: today, windowEnd: today, slicesTotal: 1, daysChecked: 0 });
    const { days } = await truthOf(account.nativeId, { from: today, to: today });
    const stored = await storedDays(world, account.id);
    expect(stored.filter(({ date }) => date === today)).toEqual(inOrder(days));
    const states = await agency.api.syncRuns.days({ adAccountId: account.id, from: today, to: today });
    expect(states.days).toMatchObject([{ date: today, state: 'partial', difference: null }]);
  });

  it('make up in the next slot for a daily run that failed', async () => {
    moveTo(0, 20);
    const daily = await scheduled();
    await world.ownerDb.pool.query(`update sync_runs set status = 'ERROR' where id = $1`, [daily?.id]);
    await syncedNow();
    moveTo(6, 20);
    expect((await scheduled())?.work).toBe('DAILY');
  });

  it('are one a day where the agency wants no more', async () => {
    await agency.api.platformSettings.update({ platform: 'META', isIntraday: false });
    moveTo(0, 20);
    expect(await run((await scheduled())?.id ?? '')).toBe('succeeded');
    await syncedNow();
    moveTo(12, 20);
    expect(await scheduled()).toBeUndefined();
    const { items } = await agency.api.syncRuns.next({ adAccountId: account.id });
    expect(items.filter(({ syncRunId }) => syncRunId === null)).toMatchObject([{ work: 'DAILY' }]);
    await agency.api.platformSettings.update({ platform: 'META', isIntraday: true });
    const { items: next } = await agency.api.syncRuns.next({ adAccountId: account.id });
    expect(next.filter(({ syncRunId }) => syncRunId === null)).toMatchObject([{ work: 'INTRADAY' }]);
  });

  it('of today alone become whole ones where somebody asks for a sync', async () => {
    moveTo(0, 20);
    expect(await run((await scheduled())?.id ?? '')).toBe('succeeded');
    await syncedNow();
    moveTo(6, 20);
    const intraday = await scheduled();
    const asked = await agency.api.adAccounts.sync({ adAccountId: account.id });
    expect(asked.syncRunId).toBe(intraday?.id);
    expect((await find(asked.syncRunId)).work).toBe('DAILY');
  });

  it('reach as far back as the agency says', async () => {
    await agency.api.platformSettings.update({ platform: 'META', restatementDays: 60 });
    const { windowStart, windowEnd } = await find(await syncNow());
    expect(windowStart).toBe(plusDays(windowEnd ?? '', -60));
    await agency.api.platformSettings.update({ platform: 'META', restatementDays: null });
  });
});
