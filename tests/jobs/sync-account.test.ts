import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SEED } from '../../sandbox/state.ts';
import { plusDays } from '../../server/kernel/time-zones.ts';
import { runSync } from '../../server/domain/sync/run.ts';
import type { PlatformRegistry } from '../../server/integrations/registry.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, jobServices, TestClock, truthOf, useMeta } from '../support/meta.ts';
import { createWorld, type World } from '../support/world.ts';
import { inOrder, storedDays } from './stored-figures.ts';

const database = useTestDatabase();
const clock = new TestClock();
const sandbox = useMeta(clock);
let world: World;
let services: ReturnType<typeof jobServices>;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  services = jobServices(world);
});
afterAll(() => world.close());

type Connected = Awaited<ReturnType<typeof connectAgency>>;

function run(syncRunId: string, platforms?: PlatformRegistry) {
  const ref = { organizationId: world.demo.organizationId, syncRunId };
  return runSync(platforms ? { ...services, platforms } : services, ref);
}

/** Syncs an account now, as somebody who presses the button, and answers the run. */
async function syncNow(agency: Connected, adAccountId: string) {
  const { syncRunId } = await agency.api.adAccounts.sync({ adAccountId });
  expect(await run(syncRunId)).toBe('succeeded');
  return agency.api.syncRuns.byId({ syncRunId });
}

async function connectAndSync(): Promise<Connected> {
  const agency = await connectAgency(world, world.demo);
  for (const syncRunId of agency.syncRunIds) expect(await run(syncRunId)).toBe('succeeded');
  return agency;
}

describe('a sync', () => {
  it('brings every account the figures that are true, to the micro', async () => {
    const agency = await connectAndSync();
    for (const { id, nativeId } of agency.adAccounts) {
      const account = await agency.api.adAccounts.byId({ adAccountId: id });
      const { items } = await agency.api.syncRuns.list({ adAccountId: id, work: 'DAILY' });
      expect(account).toMatchObject({ syncStatus: 'SUCCESS', syncError: null, isSandbox: true });
      expect(account.newestBusinessDate).toBe(account.today);
      expect(items[0]).toMatchObject({ status: 'SUCCESS', trigger: 'CONNECT', windowEnd: account.today });
      const window = { from: items[0]?.windowStart ?? '', to: items[0]?.windowEnd ?? '' };
      expect(window.from).toBe(plusDays(account.today, -28));
      const truth = await truthOf(nativeId, window);
      expect(await storedDays(world, id)).toEqual(inOrder(truth.days));
      expect(items[0]?.rowsRead).toBe(truth.days.length);
    }
  });

  it('follows what a platform restates until it settles, in every world', async () => {
    // Longer than a day takes to settle, and together shorter than a token lives.
    const hops = fc.array(fc.integer({ min: 1, max: 29 * 24 }), { minLength: 1, maxLength: 2 });
    const seeds = fc.integer({ min: 1, max: 0xffff_ffff });
    await fc.assert(
      fc.asyncProperty(seeds, hops, fc.nat(), async (seed, hours, pick) => {
        sandbox.state.reseed(seed);
        const agency = await connectAgency(world, world.demo);
        const account = agency.adAccounts[pick % agency.adAccounts.length];
        const first = agency.syncRunIds[pick % agency.adAccounts.length];
        if (!account || !first) throw new Error('Dana sees no account in this world.');
        expect(await run(first)).toBe('succeeded');
        const { windowStart: from } = await agency.api.syncRuns.byId({ syncRunId: first });
        for (const hop of hours) {
          clock.advanceHours(hop);
          const { windowEnd: to } = await syncNow(agency, account.id);
          const truth = await truthOf(account.nativeId, { from: from ?? '', to: to ?? '' });
          expect(await storedDays(world, account.id)).toEqual(inOrder(truth.days));
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
    // The tests that follow name accounts by their place; a random world may have put one without figures there.
    sandbox.state.reseed(DEFAULT_SEED);
  });

  it('writes nothing when nothing changed', async () => {
    const agency = await connectAndSync();
    const again = await syncNow(agency, agency.adAccounts[0]?.id ?? '');
    expect(again.rowsRead).toBeGreaterThan(0);
    expect(again).toMatchObject({ rowsWritten: 0, rowsRestated: 0, rowsRemoved: 0 });
  });

  it('keeps what a restated row said before', async () => {
    const agency = await connectAndSync();
    const account = agency.adAccounts[0];
    if (!account) throw new Error('no account');
    const before = await storedDays(world, account.id);
    sandbox.state.faults.arm({ platform: 'meta', kind: 'restate_days', match: account.nativeId });
    clock.advanceHours(0.01);
    const restating = await syncNow(agency, account.id);
    expect(restating.rowsRestated).toBeGreaterThan(0);
    const { rows } = await world.ownerDb.pool.query<{ date: string; native_id: string; spend: string }>(
      `select r.date::text as date, p.native_id, r.spend::text from campaign_metric_revisions r
         join platform_campaigns p on p.id = r.platform_campaign_id
        where r.replaced_by_run_id = $1 and not r.was_removed`,
      [restating.id],
    );
    expect(rows).toHaveLength(restating.rowsRestated);
    for (const row of rows) {
      const said = before.find((day) => day.date === row.date && day.campaignId === row.native_id);
      expect(Number(said?.spend)).toBe(Number(row.spend));
    }
    const changed = await agency.api.syncRuns.restatements({ syncRunId: restating.id });
    expect(changed.total).toBe(rows.length);
    const now = await storedDays(world, account.id);
    for (const { date, before: was, after } of changed.items) {
      expect(rows).toContainEqual(expect.objectContaining({ date, spend: was.spend }));
      expect(now.map((day) => Number(day.spend))).toContain(Number(after?.spend));
      expect(after).not.toEqual(was);
    }
  });

  it('removes a campaign’s days that vanished, keeps them as revisions and marks it gone', async () => {
    const agency = await connectAndSync();
    const account = agency.adAccounts[1];
    if (!account) throw new Error('no account');
    const before = await storedDays(world, account.id);
    const campaignId = before.at(-1)?.campaignId ?? '';
    sandbox.state.faults.arm({ platform: 'meta', kind: 'drop_campaign', match: campaignId });
    const removing = await syncNow(agency, account.id);
    // What an earlier test's world left behind may be older than the window that this sync asked for.
    const isGone = (day: (typeof before)[number]) =>
      day.campaignId === campaignId && day.date >= (removing.windowStart ?? '');
    const gone = before.filter(isGone);
    expect(gone.length).toBeGreaterThan(0);
    expect(removing.rowsRemoved).toBe(gone.length);
    expect(await storedDays(world, account.id)).toEqual(before.filter((day) => !isGone(day)));
    const { items } = await agency.api.syncRuns.restatements({ syncRunId: removing.id });
    expect(items.filter(({ after }) => after === null)).toHaveLength(gone.length);
    const { rows } = await world.ownerDb.pool.query(
      `select p.is_gone, (select count(*)::int4 from campaign_metric_revisions r
                           where r.platform_campaign_id = p.id and r.was_removed) as removed
         from platform_campaigns p where p.ad_account_id = $1 and p.native_id = $2`,
      [account.id, campaignId],
    );
    expect(rows).toEqual([{ is_gone: true, removed: gone.length }]);
  });

  it('stores the reach that the platform gives for a period, and never a sum', async () => {
    const agency = await connectAndSync();
    const account = agency.adAccounts[0];
    if (!account) throw new Error('no account');
    const { rows } = await world.ownerDb.pool.query<{ level: string; reach: number }>(
      `select level, reach::int4 from reach_periods
        where ad_account_id = $1 and period_end = $2 and period_start = $3`,
      [account.id, account.today, plusDays(account.today, -27)],
    );
    const whole = rows.find((row) => row.level === 'ACCOUNT')?.reach ?? 0;
    const parts = rows.filter((row) => row.level === 'CAMPAIGN').map((row) => row.reach);
    const { rows: daily } = await world.ownerDb.pool.query<{ sum: number }>(
      'select sum(reach)::int4 as sum from campaign_metrics where ad_account_id = $1 and date >= $2',
      [account.id, plusDays(account.today, -27)],
    );
    expect(whole).toBeGreaterThanOrEqual(Math.max(...parts));
    expect(whole).toBeLessThan(parts.reduce((sum, part) => sum + part, 0));
    expect(whole).toBeLessThan(daily[0]?.sum ?? 0);
  });
});
