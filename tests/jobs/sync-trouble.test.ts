import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withTenant } from '../../db/tenant.ts';
import type { FaultOrder } from '../../sandbox/control/faults.ts';
import { jobPrincipal } from '../../server/auth/principal.ts';
import { requestSync } from '../../server/domain/sync/commands.ts';
import { runSync } from '../../server/domain/sync/run.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency, connectMeta, jobServices, TestClock, truthOf, useMeta } from '../support/meta.ts';
import { createWorld, type World } from '../support/world.ts';
import { inOrder, storedDays } from './stored-figures.ts';

const database = useTestDatabase();
const clock = new TestClock();
const sandbox = useMeta(clock);
let world: World;
let services: ReturnType<typeof jobServices>;
let agency: Awaited<ReturnType<typeof connectAgency>>;
let account: { id: string; nativeId: string; today: string };

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now });
  services = jobServices(world);
  agency = await connectAgency(world, world.demo);
  for (const syncRunId of agency.syncRunIds) expect(await run(syncRunId)).toBe('succeeded');
  account = agency.adAccounts[0] ?? { id: '', nativeId: '', today: '' };
});
afterAll(() => world.close());
beforeEach(() => {
  services.waits.length = 0;
  sandbox.state.calls.clear();
});

function run(syncRunId: string, signal?: AbortSignal) {
  return runSync(services, { organizationId: world.demo.organizationId, syncRunId }, signal);
}

async function request(adAccountId = account.id): Promise<string> {
  return (await agency.api.adAccounts.sync({ adAccountId })).syncRunId;
}

function arm(order: Omit<FaultOrder, 'platform'>): void {
  sandbox.state.faults.arm({ platform: 'meta', ...order });
}

async function untilUnderWay(syncRunId: string): Promise<void> {
  await expect
    .poll(async () => (await agency.api.syncRuns.byId({ syncRunId })).status, { timeout: 20_000 })
    .toBe('SYNCING');
}

/** Ends a run that waits for its next try, so that the next test asks for its own. */
async function endWaiting(syncRunId: string): Promise<void> {
  await world.ownerDb.pool.query(`update sync_runs set status = 'ERROR' where id = $1`, [syncRunId]);
}

async function expectTruth(): Promise<void> {
  const { rows } = await world.ownerDb.pool.query<{ from: string; to: string }>(
    'select min(date)::text as from, max(date)::text as to from campaign_metrics where ad_account_id = $1',
    [account.id],
  );
  const { days } = await truthOf(account.nativeId, { from: rows[0]?.from ?? '', to: account.today });
  expect(await storedDays(world, account.id)).toEqual(inOrder(days));
}

describe('a sync that meets trouble', () => {
  it.each([
    ['an error of the server', { kind: 'error_500', times: 2 }],
    ['an answer that breaks off', { kind: 'truncated_body', times: 2, match: 'insights' }],
    ['an empty page that has a next one', { kind: 'empty_page_with_next', times: 3 }],
    ['being told to ask for less', { kind: 'reduce_data', times: 3, match: 'time_increment' }],
  ] as const)('gets past %s', async (_name, order) => {
    arm(order);
    expect(await run(await request())).toBe('succeeded');
    await expectTruth();
  });

  it('cuts the range where even the smallest page is too much', async () => {
    arm({ kind: 'reduce_data', times: 8, match: 'time_increment' });
    expect(await run(await request())).toBe('succeeded');
    await expectTruth();
    const ranges = sandbox.state.calls
      .list('meta')
      .filter(({ path }) => path.endsWith('/insights'))
      .map((call) => JSON.stringify(call));
    expect(new Set(ranges).size).toBeGreaterThan(4);
  });

  it('waits as long as the platform asks when calls were too many', async () => {
    arm({ kind: 'rate_limited', times: 1, match: 'insights' });
    const syncRunId = await request();
    expect(await run(syncRunId)).toBe('succeeded');
    expect(await agency.api.syncRuns.byId({ syncRunId })).toMatchObject({ retries: 0, repeats: 1 });
    expect(Math.max(...services.waits)).toBeGreaterThanOrEqual(59_000);
  });

  it.each([
    ['the server keeps failing', { kind: 'error_500' }],
    ['every answer breaks off', { kind: 'truncated_body', match: 'insights' }],
    ['the second half fails', { kind: 'error_500', after: 2 }],
    ['nothing is small enough', { kind: 'reduce_data' }],
  ] as const)('leaves the old figures and waits for another try when %s', async (_name, order) => {
    const before = await storedDays(world, account.id);
    const syncedAt = (await agency.api.adAccounts.byId({ adAccountId: account.id })).lastSyncedAt;
    arm(order);
    const syncRunId = await request();
    expect(await run(syncRunId)).toBe('postponed');
    expect(await storedDays(world, account.id)).toEqual(before);
    const waiting = await agency.api.syncRuns.byId({ syncRunId });
    expect(waiting).toMatchObject({ status: 'PENDING', retries: 1 });
    expect(waiting.error).toMatch(/by ourselves|for less at a time/);
    expect(Date.parse(waiting.nextAttemptAt ?? '')).toBeGreaterThan(Date.now());
    const shown = await agency.api.adAccounts.byId({ adAccountId: account.id });
    expect(shown).toMatchObject({ lastSyncedAt: syncedAt, syncError: waiting.error });
    sandbox.state.clearFaults();
    expect(await run(syncRunId)).toBe('succeeded');
    expect((await agency.api.adAccounts.byId({ adAccountId: account.id })).syncError).toBeNull();
  });

  it('tries again at once when somebody asks during the pause', async () => {
    arm({ kind: 'error_500' });
    const syncRunId = await request();
    expect(await run(syncRunId)).toBe('postponed');
    sandbox.state.clearFaults();
    const asked = await agency.api.adAccounts.sync({ adAccountId: account.id });
    expect(asked.syncRunId).toBe(syncRunId);
    expect((await agency.api.syncRuns.byId({ syncRunId })).nextAttemptAt).toBeNull();
    expect(await run(syncRunId)).toBe('succeeded');
  });

  it('ends in an error once it was tried often enough', async () => {
    arm({ kind: 'error_500' });
    const syncRunId = await request();
    const outcomes = [];
    for (let look = 0; look < 7; look += 1) outcomes.push(await run(syncRunId));
    expect(outcomes).toEqual([...Array<string>(6).fill('postponed'), 'failed']);
    const shown = await agency.api.adAccounts.byId({ adAccountId: account.id });
    expect(shown.syncStatus).toBe('ERROR');
  });

  it('takes a list without an end for broken and not for complete', async () => {
    const before = await storedDays(world, account.id);
    arm({ kind: 'empty_page_with_next', match: 'insights' });
    const syncRunId = await request();
    expect(await run(syncRunId)).toBe('failed');
    expect((await agency.api.syncRuns.byId({ syncRunId })).errorCode).toBe('contract');
    expect(await storedDays(world, account.id)).toEqual(before);
  });

  it('refuses a window of which the platform keeps nothing', async () => {
    const principal = jobPrincipal(world.demo.organizationId);
    const { syncRunId } = await withTenant(world.jobsDb, principal, 'write', (tx) =>
      requestSync(tx, principal, {
        adAccountId: account.id,
        trigger: 'MANUAL',
        window: { from: '2015-01-01', to: '2015-02-01' },
      }),
    );
    expect(await run(syncRunId)).toBe('failed');
    expect((await agency.api.syncRuns.byId({ syncRunId })).error).toMatch(/account's days go from/);
    expect(sandbox.state.calls.list('meta')).toEqual([]);
  });
});

describe('a sync that is interrupted', () => {
  it('is handed back when its process stops, and ends in the same figures', async () => {
    const stopping = new AbortController();
    arm({ kind: 'slow', times: 1, match: 'insights', delayMs: 4000 });
    const syncRunId = await request();
    const running = run(syncRunId, stopping.signal);
    await untilUnderWay(syncRunId);
    stopping.abort();
    expect(await running).toBe('released');
    expect((await agency.api.syncRuns.byId({ syncRunId })).status).toBe('PENDING');
    expect(await run(syncRunId)).toBe('succeeded');
    await expectTruth();
  });

  it('cannot be worked on by two at once', async () => {
    const syncRunId = await request();
    const outcomes = await Promise.all([run(syncRunId), run(syncRunId)]);
    expect(outcomes.sort()).toEqual(['skipped', 'succeeded']);
  });

  it('writes nothing once its lease passed to another', async () => {
    arm({ kind: 'slow', times: 1, match: 'insights', delayMs: 4000 });
    const syncRunId = await request();
    const frozen = run(syncRunId);
    await untilUnderWay(syncRunId);
    await world.ownerDb.pool.query(
      `update sync_runs set lease_until = now() - interval '1 second' where id = $1`,
      [syncRunId],
    );
    expect(await run(syncRunId)).toBe('succeeded');
    expect(await frozen).toBe('skipped');
    const ended = await agency.api.syncRuns.byId({ syncRunId });
    expect(ended).toMatchObject({ status: 'SUCCESS', attempt: 2 });
    await expectTruth();
  });

  it('is found again when its worker died', async () => {
    const syncRunId = await request();
    await world.ownerDb.pool.query(
      `update sync_runs set status = 'SYNCING', attempt = 1, lease_until = now() - interval '1 second' where id = $1`,
      [syncRunId],
    );
    const { rows } = await world.jobsDb.pool.query<{ sync_run_id: string }>(
      'select sync_run_id from app.lost_sync_runs()',
    );
    expect(rows).toEqual([{ sync_run_id: syncRunId }]);
    expect(await run(syncRunId)).toBe('succeeded');
  });
});

describe('a dead grant', () => {
  it.each([
    ['revoked_grant', 'REVOKED'],
    ['expired_token', 'EXPIRED'],
  ] as const)('(%s) ends the connection, says so, and no account calls again', async (kind, state) => {
    const before = await storedDays(world, account.id);
    const others = await Promise.all(agency.adAccounts.slice(1, 3).map(({ id }) => request(id)));
    arm({ kind, times: 1 });
    expect(await run(await request())).toBe('failed');
    const [connection] = await agency.api.adAccounts.connections();
    expect(connection).toMatchObject({ state });
    const calls = sandbox.state.calls.list('meta').length;
    for (const other of others) expect(await run(other)).toBe('failed');
    expect(sandbox.state.calls.list('meta')).toHaveLength(calls);
    const { items } = await agency.api.adAccounts.list({});
    for (const shown of items) expect(shown.syncError).toMatch(/[Cc]onnect again/);
    await expect(agency.api.adAccounts.sync({ adAccountId: account.id })).rejects.toThrow(
      /connects it again/,
    );
    expect(await storedDays(world, account.id)).toEqual(before);

    sandbox.state.clearFaults();
    await connectMeta(world, world.demo.people.owner);
    const { items: waiting } = await agency.api.syncRuns.list({ status: 'PENDING', work: 'DAILY' });
    expect(waiting).toHaveLength(agency.adAccounts.length);
    for (const { id } of waiting) expect(await run(id)).toBe('succeeded');
  });
});

describe('the queue', () => {
  it('holds one job for a run that waits for its next try, at that time', async () => {
    arm({ kind: 'error_500' });
    const syncRunId = await request();
    await run(syncRunId);
    const { rows } = await world.ownerDb.pool.query<{ is_later: boolean }>(
      `select run_at > now() as is_later from graphile_worker.jobs where key like '%' || $1`,
      [syncRunId],
    );
    expect(rows).toEqual([{ is_later: true }]);
    await endWaiting(syncRunId);
  });

  it('is closed to the web’s role but for its own agency’s rows', async () => {
    await expect(world.appDb.pool.query('select * from graphile_worker.jobs')).rejects.toThrow(/permission/);
    await expect(
      withTenant(world.appDb, jobPrincipal(world.demo.organizationId), 'write', (tx) =>
        sql`select app.enqueue_sync(app.uuid_v7(), now())`.execute(tx),
      ),
    ).rejects.toThrow(/permission/);
  });
});
