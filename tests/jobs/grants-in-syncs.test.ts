import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discoverAccounts } from '../../server/domain/ad-accounts/discover.ts';
import { runSync } from '../../server/domain/sync/run.ts';
import type { SyncServices } from '../../server/domain/sync/services.ts';
import { createPlatforms } from '../../server/integrations/registry.ts';
import { useTestDatabase } from '../support/database.ts';
import { TestClock, useMeta } from '../support/meta.ts';
import {
  ALL_PLATFORMS,
  connectAgencyTo,
  STAND_IN_NAMES,
  type StandInPlatform,
} from '../support/platforms.ts';
import { type Agency, caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
const clock = new TestClock();
const sandbox = useMeta(clock);
const names = Object.keys(STAND_IN_NAMES) as StandInPlatform[];
/** Syncs of as many accounts at once. */
const WORKERS = 4;
let world: World;
let jobs: SyncServices;

beforeAll(async () => {
  world = await createWorld(database(), { now: clock.now, settings: ALL_PLATFORMS });
  const { config, vault, log, now } = world.services;
  const deps = { log, now, maxWaitMs: 90_000, sleep: () => Promise.resolve() };
  jobs = { jobsDb: world.jobsDb, vault, platforms: createPlatforms(config, deps), log, now };
});
afterAll(() => world.close());

function run(agency: Agency, syncRunIds: readonly string[]): Promise<string[]> {
  const { organizationId } = agency;
  return Promise.all(syncRunIds.map((syncRunId) => runSync(jobs, { organizationId, syncRunId })));
}

const callsOf = (platform: StandInPlatform) => sandbox.state.calls.list(STAND_IN_NAMES[platform]);

async function connectionOf(connectionId: string) {
  const { rows } = await world.ownerDb.pool.query<{
    state: string;
    has_tokens: boolean;
    token_version: number;
  }>(
    `select state, access_token is not null or refresh_token is not null as has_tokens, token_version
       from oauth_connections where id = $1`,
    [connectionId],
  );
  return rows[0];
}

describe.each(names)('a grant of %s that its platform ended', (platform) => {
  it('costs every sync under way one call at most, and leads to none after it', async () => {
    const { api, connectionId, syncRunIds } = await connectAgencyTo(world, world.demo, { platform });
    expect(syncRunIds.length).toBeGreaterThan(WORKERS);
    sandbox.state.calls.clear();
    sandbox.state.faults.arm({ platform: STAND_IN_NAMES[platform], kind: 'revoked_grant' });
    const ended = await run(world.demo, syncRunIds.slice(0, WORKERS));
    expect(ended).toEqual(Array<string>(WORKERS).fill('failed'));
    const asked = callsOf(platform).length;
    // One each, and where it can be refreshed the one that found out.
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(WORKERS + (platform === 'GOOGLE' ? 1 : 0));

    expect(await connectionOf(connectionId)).toEqual({
      state: 'REVOKED',
      has_tokens: false,
      token_version: 1,
    });
    const rest = await run(world.demo, syncRunIds.slice(WORKERS));
    expect(new Set(rest)).toEqual(new Set(['failed']));
    const ref = { organizationId: world.demo.organizationId, connectionId };
    await expect(discoverAccounts(jobs, ref)).rejects.toMatchObject({ code: 'not_connected' });
    expect(callsOf(platform)).toHaveLength(asked);

    const { items } = await api.adAccounts.list({ platform });
    expect(items.length).toBe(syncRunIds.length);
    for (const { syncStatus, syncError } of items) {
      expect(syncStatus).toBe('ERROR');
      expect(syncError).toMatch(/[Cc]onnect/);
    }
  });
});

describe('a token of an hour', () => {
  const tokenCalls = () => callsOf('GOOGLE').filter(({ path }) => path === '/google/token');

  it('is renewed once for all the syncs that find it ended, and they succeed', async () => {
    const connected = await connectAgencyTo(world, world.rival, { platform: 'GOOGLE' });
    const syncRunIds = connected.syncRunIds.slice(0, WORKERS);
    clock.advanceHours(2);
    sandbox.state.calls.clear();
    expect(new Set(await run(world.rival, syncRunIds))).toEqual(new Set(['succeeded']));
    expect(tokenCalls()).toHaveLength(1);
    expect(await connectionOf(connected.connectionId)).toMatchObject({
      state: 'CONNECTED',
      token_version: 2,
    });
  });

  it('that ends before its time is renewed once in their middle, and they succeed', async () => {
    const { rows } = await world.ownerDb.pool.query<{ id: string; connection_id: string }>(
      `select a.id, a.connection_id from ad_accounts a join oauth_connections c on c.id = a.connection_id
        where c.state = 'CONNECTED' order by a.id limit $1`,
      [WORKERS],
    );
    clock.advanceHours(2);
    await world.ownerDb.pool.query(`update oauth_connections set expires_at = expires_at + interval '1 day'`);
    const api = caller(world, world.rival.people.owner.principal);
    const requested = await Promise.all(rows.map(({ id }) => api.adAccounts.sync({ adAccountId: id })));
    sandbox.state.calls.clear();
    const ended = await run(
      world.rival,
      requested.map(({ syncRunId }) => syncRunId),
    );
    expect(new Set(ended)).toEqual(new Set(['succeeded']));
    expect(tokenCalls()).toHaveLength(1);
    expect(await connectionOf(rows[0]?.connection_id ?? '')).toMatchObject({
      state: 'CONNECTED',
      token_version: 3,
    });
  });
});
