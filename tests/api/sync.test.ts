import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSync } from '../../server/domain/sync/run.ts';
import { plusDays } from '../../server/kernel/time-zones.ts';
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

describe('what may be asked of the syncs', () => {
  const account = () => agency.adAccounts[1] ?? { id: '', today: '' };
  const nobody = '01890000-0000-7000-8000-000000000000';

  /** Every way to start or end a run, by who is asked. */
  const asks = {
    requestRange: (of: ReturnType<typeof as>, adAccountId: string) =>
      of.syncRuns.requestRange({ adAccountId, from: plusDays(account().today, -40), to: account().today }),
    requestBackfill: (of: ReturnType<typeof as>, adAccountId: string) =>
      of.syncRuns.requestBackfill({ adAccountId }),
  };
  const changes = {
    stop: (of: ReturnType<typeof as>, syncRunId: string) => of.syncRuns.stop({ syncRunId }),
    resume: (of: ReturnType<typeof as>, syncRunId: string) => of.syncRuns.resume({ syncRunId }),
  };

  it.each(Object.entries(asks))('%s is for who may write and sees the account', async (_name, ask) => {
    for (const name of ['viewer', 'client'] as const)
      await expect(ask(as(name), account().id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const foreign = caller(world, world.rival.people.owner.principal);
    const refusals = await Promise.all(
      [ask(as('unassigned'), account().id), ask(foreign, account().id), ask(as('owner'), nobody)].map(
        (asked) =>
          asked.then(
            () => 'done',
            (error: unknown) => String(error),
          ),
      ),
    );
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toMatch(/no such ad account/);
  });

  it.each(Object.entries(changes))('%s is for who may write and sees the run', async (_name, change) => {
    const syncRunId = agency.syncRunIds[2] ?? '';
    for (const name of ['viewer', 'client'] as const)
      await expect(change(as(name), syncRunId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const foreign = caller(world, world.rival.people.owner.principal);
    for (const [who, id] of [
      [as('unassigned'), syncRunId],
      [foreign, syncRunId],
      [as('owner'), nobody],
    ] as const)
      await expect(change(who, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a range is of days that the platform keeps, and not of tomorrow', async () => {
    const { id: adAccountId, today } = account();
    const from = plusDays(today, -10);
    const owner = as('owner');
    await expect(owner.syncRuns.requestRange({ adAccountId, from, to: plusDays(today, 1) })).rejects.toThrow(
      /own time zone it is/,
    );
    await expect(owner.syncRuns.requestRange({ adAccountId, from: '2019-01-01', to: today })).rejects.toThrow(
      /keeps no day before/,
    );
    await expect(owner.syncRuns.requestRange({ adAccountId, from: today, to: from })).rejects.toThrow(
      /before the first/,
    );
  });

  it('a range waits for no other run: who asks beside one is told so', async () => {
    const { id: adAccountId, today } = account();
    const range = { adAccountId, from: plusDays(today, -40), to: today };
    await expect(as('owner').syncRuns.requestRange(range)).rejects.toThrow(/Another sync of this account/);
    await as('owner').syncRuns.stop({ syncRunId: agency.syncRunIds[1] ?? '' });
    const { syncRunId } = await as('member').syncRuns.requestRange(range);
    expect(await as('viewer').syncRuns.byId({ syncRunId })).toMatchObject({
      ...{ work: 'RANGE', windowStart: range.from, windowEnd: today, trigger: 'MANUAL' },
      ...{ slices: [], differences: [], meaning: null },
    });
    const { items } = await as('viewer').syncRuns.list({ work: 'RANGE' });
    expect(items.map(({ id }) => id)).toEqual([syncRunId]);
  });

  it('a history stands beside the day’s runs, once', async () => {
    const { id: adAccountId } = account();
    const first = await as('member').syncRuns.requestBackfill({ adAccountId });
    expect(await as('owner').syncRuns.requestBackfill({ adAccountId })).toEqual(first);
  });

  it('what runs next is told of every account that one sees', async () => {
    const { items } = await as('owner').syncRuns.next({});
    expect(new Set(items.map(({ adAccountId }) => adAccountId))).toEqual(
      new Set(agency.adAccounts.map(({ id }) => id)),
    );
    expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).sort());
    expect(items.some(({ syncRunId }) => syncRunId !== null)).toBe(true);
    expect((await as('owner').syncRuns.next({ limit: 2 })).items).toHaveLength(2);
    expect((await as('owner').syncRuns.next({ platform: 'GOOGLE' })).items).toEqual([]);
    expect((await as('member').syncRuns.next({})).items.length).toBeGreaterThan(0);
    expect((await as('unassigned').syncRuns.next({})).items).toEqual([]);
    expect((await caller(world, world.rival.people.owner.principal).syncRuns.next({})).items).toEqual([]);
  });

  it('how far a day may be trusted is told of an account that one sees', async () => {
    const { id: adAccountId, today } = account();
    const range = { from: plusDays(today, -3), to: today };
    const { days, timeZone } = await as('client').syncRuns.days({ adAccountId, ...range });
    expect(timeZone).not.toBe('');
    expect(days.map(({ state }) => state)).toEqual(['stale', 'stale', 'stale', 'partial']);
    await expect(as('unassigned').syncRuns.days({ adAccountId, ...range })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(as('owner').syncRuns.days({ adAccountId, from: '2020-01-01', to: today })).rejects.toThrow(
      /At most 400 days/,
    );
  });
});

describe('how a platform is synced', () => {
  it('is the product’s own way until the agency says otherwise', async () => {
    const settings = await as('viewer').platformSettings.list();
    const meta = settings.find(({ platform }) => platform === 'META');
    expect(meta).toMatchObject({
      ...{ isOn: true, restatementDays: 28, isRestatementSet: false, isIntraday: true },
      ...{ backfillMonths: 37, version: 1 },
    });
  });

  it('is said by owners and admins alone, over the version that they saw', async () => {
    for (const name of ['member', 'viewer', 'client'] as const)
      await expect(
        as(name).platformSettings.update({ platform: 'META', isIntraday: false }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const admin = as('admin');
    const changed = await admin.platformSettings.update({
      ...{ platform: 'META', restatementDays: 60, isIntraday: false, backfillMonths: 12, expectedVersion: 1 },
    });
    expect(changed).toMatchObject({
      ...{ restatementDays: 60, isRestatementSet: true, isIntraday: false, backfillMonths: 12, version: 2 },
    });
    await expect(
      admin.platformSettings.update({ platform: 'META', isIntraday: true, expectedVersion: 1 }),
    ).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
    const back = await admin.platformSettings.update({ platform: 'META', restatementDays: null });
    expect(back).toMatchObject({
      restatementDays: 28,
      isRestatementSet: false,
      isIntraday: false,
      version: 3,
    });
    const rival = await caller(world, world.rival.people.owner.principal).platformSettings.list();
    expect(rival.find(({ platform }) => platform === 'META')).toMatchObject({ version: 1, isIntraday: true });
    const { items } = await as('owner').activities.list({});
    expect(items.filter(({ type }) => type === 'PLATFORM_SETTINGS_UPDATED')).toHaveLength(2);
  });

  it.each([{ restatementDays: 27 }, { restatementDays: 91 }, { backfillMonths: 38 }, { backfillMonths: -1 }])(
    'takes no %o',
    async (change) => {
      await expect(
        as('owner').platformSettings.update({ platform: 'META', ...change }),
      ).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
    },
  );

  it('is not said of a platform that lives by files', async () => {
    await expect(
      as('owner').platformSettings.update({ platform: 'DV360', isIntraday: false }),
    ).rejects.toThrow(/files alone/);
  });
});
