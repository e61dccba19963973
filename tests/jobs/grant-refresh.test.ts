import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { openAccess, withAccess } from '../../server/domain/ad-accounts/access.ts';
import { readGrant } from '../../server/domain/ad-accounts/stored-grant.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import {
  accountState,
  failure,
  type Granted,
  inMinutes,
  plainPlatform,
  servicesOn,
  setConnection,
  storedConnection,
  tokenOf,
  useGrant,
} from '../support/granted.ts';
import { caller } from '../support/world.ts';

const { endpoint, made } = useGrant();
let granted: Granted;
let services: Granted['services'];
let processes: Granted['processes'];
let ref: Granted['ref'];
let call: Granted['call'];

beforeAll(() => {
  granted = made();
  ({ services, processes, ref, call } = granted);
});

const set = (changes: string, values?: unknown[]) => setConnection(granted, changes, values);
const stored = () => storedConnection(granted);

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
    const platform = { ...plainPlatform(), refresh: null };
    expect(
      tokenOf(await openAccess(servicesOn(granted.world, granted.world.jobsDb, platform), ref, call)),
    ).toBe('access-1');
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
    const opening = openAccess(servicesOn(granted.world, failing(granted.world.jobsDb, blinking)), ref, call);
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
    expect(await accountState(granted)).toEqual({ sync_status: 'ERROR', sync_error: 'Connect again.' });
    const { rows } = await granted.world.ownerDb.pool.query('select type from activities');
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
    await caller(granted.world, granted.world.demo.people.owner.principal).adAccounts.disconnect({
      connectionId: ref.connectionId,
    });
    open();
    expect(await failure(late)).toMatchObject({ kind: 'stop', code: 'not_connected' });
    expect(await stored()).toMatchObject({ state: 'REVOKED', token_version: 2 });
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
