import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAccess, refreshAfterExpired, withAccess } from '../../server/domain/ad-accounts/access.ts';
import { revokeConnection } from '../../server/domain/ad-accounts/revoke.ts';
import { PlatformError } from '../../server/integrations/errors.ts';
import { createVault } from '../../server/kernel/crypto.ts';
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
import { registryOf } from '../support/token-platform.ts';
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
    expect(await accountState(granted)).toMatchObject({ sync_status: 'ERROR', sync_error: 'It expired.' });
  });

  it('is no dead grant where the work simply takes longer than a token lives', async () => {
    const later = { now: services.now() };
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
    const once = servicesOn(granted.world, granted.world.jobsDb, { ...plainPlatform(), refresh: null });
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
    const foreign = { ...ref, organizationId: granted.world.rival.organizationId };
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
    await caller(granted.world, granted.world.demo.people.owner.principal).adAccounts.disconnect({
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
    await caller(granted.world, granted.world.demo.people.owner.principal).adAccounts.disconnect({
      connectionId: ref.connectionId,
    });
    await revokeConnection(services, { ...ref, isLast: false });
    expect(endpoint.revoked).toEqual([]);
    expect(endpoint.calls).toHaveLength(asked);
  });
});
