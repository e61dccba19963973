import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSync } from '../../server/domain/sync/run.ts';
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

describe('sync runs', () => {
  it('are one for an account at a time: who asks again gets the same', async () => {
    const adAccountId = agency.adAccounts[0]?.id ?? '';
    const asked = await Promise.all([1, 2, 3].map(() => as('owner').adAccounts.sync({ adAccountId })));
    expect(new Set(asked.map(({ syncRunId }) => syncRunId))).toEqual(new Set([agency.syncRunIds[0]]));
  });

  it('wake the jobs in the transaction that asks for them', async () => {
    const { rows } = await world.ownerDb.pool.query<{ key: string }>('select key from graphile_worker.jobs');
    const wanted = agency.syncRunIds.map(
      (syncRunId) => `sync-ad-account:${world.demo.organizationId}:${syncRunId}`,
    );
    expect(new Set(rows.map(({ key }) => key))).toEqual(new Set(wanted));
  });

  it('are read by everybody who sees the account, and by nobody else', async () => {
    const [syncRunId = ''] = agency.syncRunIds;
    for (const name of ['owner', 'admin', 'member', 'viewer', 'client'] as const) {
      expect((await as(name).syncRuns.byId({ syncRunId })).status).toBe('PENDING');
    }
    const foreign = caller(world, world.rival.people.owner.principal);
    for (const stranger of [as('unassigned'), foreign]) {
      await expect(stranger.syncRuns.byId({ syncRunId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect((await stranger.syncRuns.list({})).items).toEqual([]);
    }
  });

  it('say what they brought in, and are listed newest first', async () => {
    const [syncRunId = ''] = agency.syncRunIds;
    await runSync(jobServices(world), { organizationId: world.demo.organizationId, syncRunId });
    const done = await as('viewer').syncRuns.byId({ syncRunId });
    expect(done).toMatchObject({ status: 'SUCCESS', attempt: 1, retries: 0, error: null });
    expect(done.rowsWritten).toBe(done.rowsRead);
    clock.advanceHours(1);
    await as('owner').adAccounts.sync({ adAccountId: done.adAccountId });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await as('viewer').syncRuns.list({ limit: 3, cursor });
      seen.push(...page.items.map(({ requestedAt }) => requestedAt));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    // The one that was asked for now, and the history that follows an account's first figures.
    expect(seen).toHaveLength(agency.syncRunIds.length + 2);
    expect(seen).toEqual([...seen].sort().reverse());
    const { items } = await as('viewer').syncRuns.list({ adAccountId: done.adAccountId, status: 'SUCCESS' });
    expect(items.map(({ id }) => id)).toEqual([syncRunId]);
    expect((await as('viewer').syncRuns.list({ platform: 'GOOGLE' })).items).toEqual([]);
  });
});
