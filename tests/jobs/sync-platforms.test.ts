import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runSync } from '../../server/domain/sync/run.ts';
import { useTestDatabase } from '../support/database.ts';
import { jobServices, TestClock, useMeta } from '../support/meta.ts';
import { ALL_PLATFORMS, connectAgencyTo, STAND_IN_NAMES, truthOn } from '../support/platforms.ts';
import { createWorld, type World } from '../support/world.ts';
import { inOrder, plainly, storedDays, untoldDays } from './stored-figures.ts';

const database = useTestDatabase();
const clock = new TestClock();
const sandbox = useMeta(clock);
let world: World;
let services: ReturnType<typeof jobServices>;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now, settings: ALL_PLATFORMS });
  services = jobServices(world);
});
afterAll(() => world.close());

const run = (syncRunId: string) =>
  runSync(services, { organizationId: world.demo.organizationId, syncRunId });

describe.each(['GOOGLE', 'TIKTOK'] as const)('%s', (platform) => {
  let agency: Awaited<ReturnType<typeof connectAgencyTo>>;
  const name = STAND_IN_NAMES[platform];

  beforeEach(async () => {
    agency = await connectAgencyTo(world, world.demo, { platform });
  });

  async function expectTruth(adAccountId: string, syncRunId: string) {
    const account = await agency.api.adAccounts.byId({ adAccountId });
    const { windowStart, windowEnd, daysDiffering } = await agency.api.syncRuns.byId({ syncRunId });
    const window = { from: windowStart ?? '', to: windowEnd ?? '' };
    expect(window.to).toBe(account.today);
    const question = { platform: name, accountId: account.nativeId, ...window };
    const truth = (await truthOn(question)).map((day) => ({
      ...day,
      spend: plainly(day.spend, account.currency),
      conversionValue: plainly(day.conversionValue, account.currency),
    }));
    const stored = await storedDays(world, adAccountId, plainly);
    expect(stored.filter(({ date }) => date >= window.from)).toEqual(inOrder(truth));
    expect(daysDiffering).toBe(0);
  }

  it('brings every account the figures that are true, to the micro, and again when they moved', async () => {
    const runs = new Map(agency.adAccounts.map(({ id }, index) => [id, agency.syncRunIds[index] ?? '']));
    for (const [adAccountId, syncRunId] of runs) {
      expect(await run(syncRunId)).toBe('succeeded');
      await expectTruth(adAccountId, syncRunId);
    }
    // An access of an hour has run out by then, and is renewed where the platform does that.
    clock.advanceHours(26);
    for (const { id } of agency.adAccounts) {
      const { syncRunId } = await agency.api.adAccounts.sync({ adAccountId: id });
      expect(await run(syncRunId)).toBe('succeeded');
      await expectTruth(id, syncRunId);
    }
  });

  it('leaves the payments unknown of which it was told nothing', async () => {
    for (const syncRunId of agency.syncRunIds) await run(syncRunId);
    const found = await Promise.all(agency.adAccounts.map(({ id }) => untoldDays(world, id)));
    for (const { untold, unsaid } of found) expect(untold).toBe(unsaid);
    expect(found.some(({ untold }) => untold > 0)).toBe(platform === 'TIKTOK');
  });

  it('makes no further call once its grant was revoked', async () => {
    const [first, second] = agency.syncRunIds;
    sandbox.state.faults.arm({ platform: name, kind: 'revoked_grant' });
    expect(await run(first ?? '')).toBe('failed');
    sandbox.state.calls.clear();
    expect(await run(second ?? '')).toBe('failed');
    expect(sandbox.state.calls.list(name)).toEqual([]);
    const { items } = await agency.api.adAccounts.list({ platform });
    expect(items.map(({ connectionState }) => connectionState)).toEqual(Array(items.length).fill('REVOKED'));
  });
});
