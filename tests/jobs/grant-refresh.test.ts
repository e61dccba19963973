import { setupServer } from 'msw/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../db/client.ts';
import { withTenant } from '../../db/tenant.ts';
import {
  openAccess,
  type OpenedAccess,
  refreshAfterExpired,
  withAccess,
} from '../../server/domain/ad-accounts/access.ts';
import { revokeConnection } from '../../server/domain/ad-accounts/revoke.ts';
import { accessTokenContext, refreshTokenContext } from '../../server/domain/ad-accounts/rules.ts';
import { readGrant } from '../../server/domain/ad-accounts/stored-grant.ts';
import type { SyncServices } from '../../server/domain/sync/services.ts';
import { loadTokenSealer } from '../../server/domain/token-vault/tokens.ts';
import type { AdPlatform } from '../../server/integrations/ad-platform.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { createVault, Secret } from '../../server/kernel/crypto.ts';
import { createLogger } from '../../server/kernel/log.ts';
import { useTestDatabase } from '../support/database.ts';
import { registryOf, TokenEndpoint, tokenPlatform } from '../support/token-platform.ts';
import { caller, createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
const endpoint = new TokenEndpoint();
const server = setupServer(...endpoint.handlers);
const now = () => new Date('2026-05-20T10:30:00Z');
const inMinutes = (minutes: number) => new Date(now().getTime() + minutes * 60_000);
const log = createLogger({ name: 'test', level: 'silent' });
let world: World;
/** Several jobs processes: each with a pool and a client of its own. */
let processes: SyncServices[];
let services: SyncServices;
let ref: { organizationId: string; connectionId: string };
let call: Parameters<typeof openAccess>[2];

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  world = await createWorld(database(), { now });
  processes = Array.from({ length: 5 }, () =>
    servicesOn(openDatabase({ url: database().jobsUrl, name: 'jobs', maxConnections: 3, pipeline: false })),
  );
  services = servicesOn(world.jobsDb);
  const { organizationId } = world.demo;
  ref = { organizationId, connectionId: '01900000-0000-7000-8000-000000000001' };
  call = { caller: { organizationId, isBackground: false } };
});
afterAll(async () => {
  server.close();
  await Promise.all(processes.map(({ jobsDb }) => jobsDb.close()));
  await world.close();
});
beforeEach(async () => {
  endpoint.reset();
  await world.ownerDb.pool.query('delete from activities');
  await world.ownerDb.pool.query('delete from ad_accounts');
  await world.ownerDb.pool.query('delete from oauth_connections');
  await grant(inMinutes(10));
});

function servicesOn(jobsDb: Database, platform: AdPlatform = tokenPlatform(log, now)): SyncServices {
  return { jobsDb, log, now, vault: world.services.vault, platforms: registryOf(platform) };
}

/** A connection of Google's with its tokens and one account that reads through it. */
async function grant(expiresAt: Date | null): Promise<void> {
  const { organizationId, connectionId } = ref;
  const owner = world.demo.people.owner.principal;
  await withTenant(world.appDb, owner, 'write', async (tx) => {
    const sealer = await loadTokenSealer(tx, world.services.vault, organizationId);
    await tx
      .insertInto('oauth_connections')
      .values({
        organization_id: organizationId,
        id: connectionId,
        platform: 'GOOGLE',
        native_user_id: 'dana',
        access_token: sealer.seal(new Secret('access-1'), accessTokenContext(organizationId, connectionId)),
        refresh_token: sealer.seal(
          new Secret('refresh-1'),
          refreshTokenContext(organizationId, connectionId),
        ),
        expires_at: expiresAt,
      })
      .execute();
    await tx
      .insertInto('ad_accounts')
      .values({
        organization_id: organizationId,
        platform: 'GOOGLE',
        native_id: '1234567890',
        name: 'Account',
        currency: 'AED',
        time_zone: 'Asia/Dubai',
        connection_id: connectionId,
        sync_status: 'SUCCESS',
      })
      .execute();
  });
}

async function set(changes: string, values: unknown[] = []): Promise<void> {
  await world.ownerDb.pool.query(`update oauth_connections set ${changes}`, values);
}

async function stored() {
  const { rows } = await world.ownerDb.pool.query<{
    state: string;
    error: string | null;
    token_version: number;
    has_tokens: boolean;
    lease: string | null;
  }>(`select state, error, token_version, access_token is not null as has_tokens,
             refresh_lease_token as lease from oauth_connections`);
  return rows[0];
}

async function accountState() {
  const { rows } = await world.ownerDb.pool.query<{ sync_status: string; sync_error: string | null }>(
    'select sync_status, sync_error from ad_accounts',
  );
  return rows[0];
}

const tokenOf = ({ access }: OpenedAccess) => access.accessToken.reveal();

async function failure(work: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PlatformError);
  return error as PlatformError;
}

/** Holds the endpoint's answers back until it is opened. */
function closeGate(): () => void {
  let open = () => undefined as void;
  endpoint.gate = new Promise((resolve) => (open = resolve));
  return () => open();
}

const untilAsked = (times: number) => expect.poll(() => endpoint.calls.length).toBe(times);

describe('a token that ends soon', () => {
  it('is refreshed once for fifty callers in several processes, and all get what is stored', async () => {
    endpoint.isRotating = true;
    const opened = await Promise.all(
      processes.flatMap((one) => Array.from({ length: 10 }, () => openAccess(one, ref, call))),
    );
    expect(endpoint.calls).toHaveLength(1);
    expect(new Set(opened.map(tokenOf))).toEqual(new Set(['access-2']));
    expect(new Set(opened.map(({ tokenVersion }) => tokenVersion))).toEqual(new Set([2]));
    const grantNow = await readGrant(services, ref);
    expect(grantNow.refreshToken?.reveal()).toBe('refresh-2');
    expect(grantNow).toMatchObject({ tokenVersion: 2, expiresAt: inMinutes(60), isRefreshing: false });
  });

  it('is left alone while it lasts, or where it does not say', async () => {
    for (const expiresAt of [inMinutes(16), null]) {
      await set('expires_at = $1', [expiresAt]);
      expect(tokenOf(await openAccess(services, ref, call))).toBe('access-1');
    }
    expect(endpoint.calls).toEqual([]);
  });

  it('is used as it is on a platform without refreshing', async () => {
    const platform = { ...tokenPlatform(log, now), refresh: null };
    expect(tokenOf(await openAccess(servicesOn(world.jobsDb, platform), ref, call))).toBe('access-1');
  });

  it('keeps its refresh token where the platform sends no other', async () => {
    await openAccess(services, ref, call);
    expect((await readGrant(services, ref)).refreshToken?.reveal()).toBe('refresh-1');
  });

  it('is used, after a rotation, once both new tokens are stored and not before', async () => {
    endpoint.isRotating = true;
    const seen = await withAccess(services, { ref, ...call }, async (opened) => ({
      used: tokenOf(opened),
      stored: (await readGrant(processes[0] ?? services, ref)).refreshToken?.reveal(),
    }));
    expect(seen).toEqual({ used: 'access-2', stored: 'refresh-2' });
  });

  it('is stored although the database blinks right then', async () => {
    endpoint.isRotating = true;
    const blinking = { times: 0 };
    const open = closeGate();
    const opening = openAccess(servicesOn(failing(world.jobsDb, blinking)), ref, call);
    await untilAsked(1);
    blinking.times = 2;
    open();
    expect(tokenOf(await opening)).toBe('access-2');
    expect(blinking.times).toBe(0);
    expect((await readGrant(services, ref)).refreshToken?.reveal()).toBe('refresh-2');
  });
});

describe('a refresh that fails', () => {
  it('leaves the token that still lives, and the platform alone for a while', async () => {
    endpoint.troubles.push(...Array<'error_500'>(5).fill('error_500'));
    expect(tokenOf(await openAccess(services, ref, call))).toBe('access-1');
    const asked = endpoint.calls.length;
    const all = await Promise.all(processes.map((one) => openAccess(one, ref, call)));
    expect(new Set(all.map(tokenOf))).toEqual(new Set(['access-1']));
    expect(endpoint.calls).toHaveLength(asked);
    await set(`refresh_lease_until = now() - interval '1 second'`);
    expect(tokenOf(await openAccess(services, ref, call))).toBe('access-2');
  });

  it('lets whoever has no living token wait, and counts that as no failed try', async () => {
    await set('expires_at = $1', [inMinutes(-1)]);
    endpoint.troubles.push(...Array<'error_500'>(5).fill('error_500'));
    expect(await failure(openAccess(services, ref, call))).toMatchObject({ kind: 'retry', code: '500' });
    const asked = endpoint.calls.length;
    const waiting = await failure(openAccess(services, ref, call));
    expect(waiting).toMatchObject({ kind: 'retry', code: 'refreshing', isPending: true });
    expect(waiting.retryAfterMs).toBeGreaterThan(0);
    expect(waiting.retryAfterMs).toBeLessThanOrEqual(30_000);
    expect(endpoint.calls).toHaveLength(asked);
  });

  it('is tried anew by another where its process died with the lease', async () => {
    await set(
      `refresh_lease_token = gen_random_uuid(), refresh_lease_until = clock_timestamp() + interval '1 second'`,
    );
    const all = await Promise.all(processes.map((one) => openAccess(one, ref, call)));
    expect(new Set(all.map(tokenOf))).toEqual(new Set(['access-2']));
    expect(endpoint.calls).toHaveLength(1);
  });
});

describe('a dead grant', () => {
  it('is found in one call by fifty callers, and asked for no more by any', async () => {
    endpoint.refreshToken = null;
    const opened = await Promise.allSettled(
      processes.flatMap((one) => Array.from({ length: 10 }, () => openAccess(one, ref, call))),
    );
    const codes = opened.map((each) =>
      each.status === 'rejected' && each.reason instanceof PlatformError ? each.reason.code : 'opened',
    );
    expect(codes.filter((code) => code === 'invalid_grant')).toHaveLength(1);
    expect(codes.filter((code) => code === 'not_connected')).toHaveLength(49);
    expect(endpoint.calls).toHaveLength(1);
    expect(await failure(openAccess(services, ref, call))).toMatchObject({
      kind: 'stop',
      code: 'not_connected',
      message: 'Connect again.',
    });
    expect(endpoint.calls).toHaveLength(1);
  });

  it('is told by the connection, each of its accounts and the history, and its tokens are destroyed', async () => {
    endpoint.refreshToken = null;
    await failure(openAccess(services, ref, call));
    expect(await stored()).toEqual({
      state: 'REVOKED',
      error: 'Connect again.',
      token_version: 1,
      has_tokens: false,
      lease: null,
    });
    expect(await accountState()).toEqual({ sync_status: 'ERROR', sync_error: 'Connect again.' });
    const { rows } = await world.ownerDb.pool.query('select type from activities');
    expect(rows).toEqual([{ type: 'PLATFORM_DISCONNECTED' }]);
  });

  it('is what a rotated token becomes whose answer was lost on the way', async () => {
    endpoint.isRotating = true;
    endpoint.troubles.push('lost_answer');
    expect(await failure(openAccess(services, ref, call))).toMatchObject({ kind: 'reauthorize' });
    const asked = endpoint.calls.length;
    expect(asked).toBe(2);
    expect(await stored()).toMatchObject({ state: 'REVOKED' });
    await failure(openAccess(services, ref, call));
    expect(endpoint.calls).toHaveLength(asked);
  });

  it('is what a rotated token becomes whose process died before it was stored', async () => {
    endpoint.refreshToken = 'refresh-2';
    await set(
      `refresh_lease_token = gen_random_uuid(), refresh_lease_until = clock_timestamp() - interval '1 second'`,
    );
    expect(await failure(openAccess(services, ref, call))).toMatchObject({ kind: 'reauthorize' });
    await failure(openAccess(services, ref, call));
    expect(endpoint.calls).toHaveLength(1);
  });
});

describe('an answer that comes late', () => {
  it('gives way to the newer token that another stored meanwhile', async () => {
    const open = closeGate();
    const late = openAccess(services, ref, call);
    await untilAsked(1);
    endpoint.gate = Promise.resolve();
    await set(`refresh_lease_until = clock_timestamp() - interval '1 second'`);
    expect(tokenOf(await openAccess(processes[0] ?? services, ref, call))).toBe('access-3');
    open();
    expect(tokenOf(await late)).toBe('access-3');
    expect(await stored()).toMatchObject({ token_version: 2 });
  });

  it('brings no connection back that was disconnected meanwhile', async () => {
    const open = closeGate();
    const late = openAccess(services, ref, call);
    await untilAsked(1);
    await caller(world, world.demo.people.owner.principal).adAccounts.disconnect({
      connectionId: ref.connectionId,
    });
    open();
    expect(await failure(late)).toMatchObject({ kind: 'stop', code: 'not_connected' });
    expect(await stored()).toMatchObject({ state: 'REVOKED', token_version: 2 });
  });
});

describe('a token that ends before its time', () => {
  const expired = () =>
    new PlatformError({ kind: 'reauthorize', code: '401', message: 'It expired.', grant: 'EXPIRED' });
  beforeEach(() => set('expires_at = $1', [inMinutes(50)]));

  it('is refreshed once, and the work done with the new one', async () => {
    const used: string[] = [];
    const answer = await withAccess(services, { ref, ...call }, (opened) => {
      used.push(tokenOf(opened));
      return used.length === 1 ? Promise.reject(expired()) : Promise.resolve('done');
    });
    expect({ answer, used }).toEqual({ answer: 'done', used: ['access-1', 'access-2'] });
    expect(endpoint.calls).toHaveLength(1);
  });

  it('is a dead grant where the new one is refused as well', async () => {
    let tries = 0;
    const work = () => {
      tries += 1;
      return Promise.reject(expired());
    };
    expect(await failure(withAccess(services, { ref, ...call }, work))).toMatchObject({ code: '401' });
    expect(tries).toBe(2);
    expect(endpoint.calls).toHaveLength(1);
    expect(await stored()).toMatchObject({ state: 'EXPIRED', has_tokens: false });
    expect(await accountState()).toMatchObject({ sync_status: 'ERROR', sync_error: 'It expired.' });
  });

  it('is no dead grant where the work simply takes longer than a token lives', async () => {
    const later = { now: now() };
    const slow = { ...services, now: () => later.now };
    const work = () => {
      later.now = new Date(later.now.getTime() + 2 * 3_600_000);
      return Promise.reject(expired());
    };
    expect(await failure(withAccess(slow, { ref, ...call }, work))).toMatchObject({
      kind: 'retry',
      code: 'access_outlived',
    });
    expect(await stored()).toMatchObject({ state: 'CONNECTED', has_tokens: true });
  });

  it('is replaced without a call by what another refreshed already', async () => {
    const opened = await openAccess(services, ref, call);
    const all = await Promise.all(processes.map((one) => refreshAfterExpired(one, opened, call)));
    expect(all.map((each) => each && tokenOf(each))).toEqual(Array<string>(5).fill('access-2'));
    expect(endpoint.calls).toHaveLength(1);
  });

  it('ends the grant at once on a platform without refreshing', async () => {
    const once = servicesOn(world.jobsDb, { ...tokenPlatform(log, now), refresh: null });
    let tries = 0;
    const work = () => {
      tries += 1;
      return Promise.reject(expired());
    };
    await failure(withAccess(once, { ref, ...call }, work));
    expect(tries).toBe(1);
    expect(await stored()).toMatchObject({ state: 'EXPIRED' });
  });

  it('ends no grant that was connected again meanwhile', async () => {
    const work = async () => {
      await set('token_version = token_version + 1, refresh_token = null, refresh_lease_until = null');
      throw new PlatformError({ kind: 'reauthorize', code: '190', message: 'It is gone.' });
    };
    await failure(withAccess(services, { ref, ...call }, work));
    expect(await stored()).toMatchObject({ state: 'CONNECTED', has_tokens: true });
  });
});

describe('opening', () => {
  it.each([
    ['platform_off', () => ({ ...services, platforms: registryOf(null) })],
    ['sealed', () => ({ ...services, vault: createVault([{ id: 'another', key: Buffer.alloc(32, 1) }]) })],
  ] as const)('says %s and calls nobody', async (code, change) => {
    expect(await failure(openAccess(change(), ref, call))).toMatchObject({ kind: 'stop', code });
    expect(endpoint.calls).toEqual([]);
  });

  it('finds no connection of another agency', async () => {
    const foreign = { ...ref, organizationId: world.rival.organizationId };
    expect(await failure(openAccess(services, foreign, call))).toMatchObject({ code: 'not_connected' });
  });

  it('hands on who calls and what ends the calls', async () => {
    await set('expires_at = null');
    const { signal } = new AbortController();
    const { access } = await openAccess(services, ref, { ...call, signal });
    expect(access).toMatchObject({ caller: call.caller, signal, nativeUserId: 'dana' });
  });
});

describe('disconnecting', () => {
  it('ends the grant at its platform by the refresh token, then destroys both', async () => {
    await caller(world, world.demo.people.owner.principal).adAccounts.disconnect({
      connectionId: ref.connectionId,
    });
    await revokeConnection(services, { ...ref, isLast: false });
    expect(endpoint.revoked).toEqual(['refresh-1']);
    expect(await stored()).toMatchObject({ state: 'REVOKED', has_tokens: false });
    await revokeConnection(services, { ...ref, isLast: false });
    expect(endpoint.revoked).toHaveLength(1);
  });

  it('calls nobody for a grant that its platform ended before', async () => {
    endpoint.refreshToken = null;
    await failure(openAccess(services, ref, call));
    const asked = endpoint.calls.length;
    await caller(world, world.demo.people.owner.principal).adAccounts.disconnect({
      connectionId: ref.connectionId,
    });
    await revokeConnection(services, { ...ref, isLast: false });
    expect(endpoint.revoked).toEqual([]);
    expect(endpoint.calls).toHaveLength(asked);
  });
});

/** A database whose next connections fail, `times` of them. */
function failing(db: Database, blinking: { times: number }): Database {
  const connect = () => {
    if (blinking.times === 0) return db.pool.connect();
    blinking.times -= 1;
    return Promise.reject(new Error('The database is away.'));
  };
  const pool = new Proxy(db.pool, {
    get: (target, name) => (name === 'connect' ? connect : (Reflect.get(target, name) as unknown)),
  });
  return { ...db, pool };
}
