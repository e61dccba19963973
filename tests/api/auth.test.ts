import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../server/kernel/crypto.ts';
import { useTestDatabase } from '../support/database.ts';
import {
  caller,
  contextOf,
  createWorld,
  PASSWORD,
  sessionCaller,
  startSession,
  type World,
} from '../support/world.ts';
import { createCaller } from '../../server/api/root.ts';

const database = useTestDatabase();
let world: World;
beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

let addresses = 0;
/** A caller of nobody from an address of its own, so that the tests do not throttle each other. */
function visitor() {
  addresses += 1;
  return createCaller(contextOf(world, { address: `198.51.100.${addresses}` }));
}

describe('signing in', () => {
  test('answers a token that opens the person’s session and is stored nowhere', async () => {
    const { email, userId } = world.demo.people.admin;
    const { token, expiresInSeconds } = await visitor().auth.signIn({ email, password: PASSWORD });
    expect(expiresInSeconds).toBe(14 * 24 * 60 * 60);
    const signedIn = await world.services.sessions.find(token);
    expect(signedIn).toMatchObject({ userId, email, principal: world.demo.people.admin.principal });
    const { rows } = await world.ownerDb.pool.query('select to_jsonb(s)::text as row from sessions s');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).toContain(sha256Hex(token));
  });

  test('takes the address in any case and with spaces around it', async () => {
    const { token } = await visitor().auth.signIn({ email: ' OWNER@Demo.Test ', password: PASSWORD });
    expect(await world.services.sessions.find(token)).toMatchObject({ email: 'owner@demo.test' });
  });

  test('answers a wrong password and an unknown address in the same words', async () => {
    const wrong = visitor().auth.signIn({ email: world.demo.people.owner.email, password: 'wrong' });
    const unknown = visitor().auth.signIn({ email: 'nobody@demo.test', password: 'wrong' });
    for (const attempt of [wrong, unknown]) {
      await expect(attempt).rejects.toMatchObject({
        code: 'UNAUTHORIZED',
        message: 'The address or the password is wrong.',
      });
    }
  });

  test('spends as much work on an unknown address as on a known one', async () => {
    const median = async (email: () => string) => {
      const times: number[] = [];
      for (let round = 0; round < 5; round += 1) {
        const from = performance.now();
        await visitor()
          .auth.signIn({ email: email(), password: 'wrong' })
          .catch(() => undefined);
        times.push(performance.now() - from);
      }
      return times.sort((a, b) => a - b)[2] ?? 0;
    };
    await median(() => 'warm@demo.test');
    const known = await median(() => world.demo.people.viewer.email);
    let unknowns = 0;
    const unknown = await median(() => `unknown-${(unknowns += 1)}@demo.test`);
    // Without the dummy verification the unknown one takes a twentieth of the time.
    expect(unknown).toBeGreaterThan(known / 3);
  });

  test('is refused for a person who was deactivated', async () => {
    const { email, userId } = world.rival.people.viewer;
    const token = await startSession(world, { userId });
    await world.ownerDb.pool.query('update users set is_active = false where id = $1', [userId]);
    await expect(visitor().auth.signIn({ email, password: PASSWORD })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
    expect(await world.services.sessions.find(token)).toBeNull();
  });

  test('is refused for a service identity and for unknown fields', async () => {
    await expect(
      visitor().auth.signIn({ email: 'a@b.test', password: 'x', role: 'OWNER' } as never),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(visitor().auth.signIn({ email: 'a\0@b.test', password: 'x' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});

describe('too many tries', () => {
  test('of one account from one address are refused, the right password included', async () => {
    const someone = visitor();
    const { email } = world.demo.people.member;
    for (let round = 0; round < 5; round += 1) {
      await expect(someone.auth.signIn({ email, password: 'wrong' })).rejects.toMatchObject({
        code: 'UNAUTHORIZED',
      });
    }
    await expect(someone.auth.signIn({ email, password: PASSWORD })).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      cause: { retryAfterSeconds: expect.any(Number) as number },
    });
  });

  test('from one address leave the person at their own desk alone', async () => {
    const { email } = world.demo.people.member;
    await expect(visitor().auth.signIn({ email, password: PASSWORD })).resolves.toMatchObject({
      token: expect.any(String) as string,
    });
  });

  test('of an address that nobody has are refused just the same', async () => {
    const someone = visitor();
    const codes = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      await someone.auth
        .signIn({ email: 'no-such@demo.test', password: 'wrong' })
        .catch((error: { code: string }) => codes.add(error.code));
    }
    expect([...codes]).toEqual(['UNAUTHORIZED', 'TOO_MANY_REQUESTS']);
  });

  test('that arrive at once are counted one by one', async () => {
    const someone = visitor();
    const attempts = Array.from({ length: 20 }, () =>
      someone.auth.signIn({ email: 'burst@demo.test', password: 'wrong' }).then(
        () => 'in',
        (error: { code: string }) => error.code,
      ),
    );
    const codes = await Promise.all(attempts);
    expect(codes.filter((code) => code === 'UNAUTHORIZED')).toHaveLength(5);
    expect(codes.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(15);
  });

  test('are forgotten after a right one', async () => {
    const someone = visitor();
    const { email } = world.rival.people.admin;
    for (let round = 0; round < 12; round += 1) {
      const password = round % 3 === 2 ? PASSWORD : 'wrong';
      await someone.auth.signIn({ email, password }).catch((error: { code: string }) => {
        expect(error.code).toBe('UNAUTHORIZED');
      });
    }
  });
});

describe('a session', () => {
  test('ends with signing out, and no other does', async () => {
    const { viewer } = world.demo.people;
    const [first, second] = await Promise.all([startSession(world, viewer), startSession(world, viewer)]);
    await (await sessionCaller(world, first)).account.signOut();
    expect(await world.services.sessions.find(first)).toBeNull();
    expect(await world.services.sessions.find(second)).not.toBeNull();
  });

  test('ends with signing out everywhere, and another person’s does not', async () => {
    const { viewer, admin } = world.demo.people;
    const [first, second, other] = await Promise.all([
      startSession(world, viewer),
      startSession(world, viewer),
      startSession(world, admin),
    ]);
    await (await sessionCaller(world, first)).account.signOutEverywhere();
    expect(await world.services.sessions.find(first)).toBeNull();
    expect(await world.services.sessions.find(second)).toBeNull();
    expect(await world.services.sessions.find(other)).not.toBeNull();
  });

  test('past its expiry opens nothing and lists nothing', async () => {
    const token = await startSession(world, world.demo.people.viewer);
    await world.ownerDb.pool.query(`update sessions set expires_at = now() where id = $1`, [
      sha256Hex(token),
    ]);
    expect(await world.services.sessions.find(token)).toBeNull();
    expect(await world.services.sessions.list(sha256Hex(token))).toEqual([]);
  });

  test('past half its life is extended by being used', async () => {
    const token = await startSession(world, world.demo.people.viewer);
    const id = sha256Hex(token);
    await world.ownerDb.pool.query(
      `update sessions set expires_at = now() + interval '6 days' where id = $1`,
      [id],
    );
    await world.services.sessions.find(token);
    const { rows } = await world.ownerDb.pool.query<{ days: number }>(
      `select extract(day from expires_at - now())::int as days from sessions where id = $1`,
      [id],
    );
    expect(rows[0]?.days).toBeGreaterThanOrEqual(13);
  });

  test('is listed with the person’s others, the current one marked', async () => {
    const { unassigned } = world.rival.people;
    const tokens = [await startSession(world, unassigned), await startSession(world, unassigned)];
    const sessions = await (await sessionCaller(world, tokens[1] ?? '')).account.sessions();
    expect(sessions).toHaveLength(2);
    expect(sessions.filter((session) => session.isCurrent)).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ userAgent: 'tests', address: '192.0.2.1' });
  });
});

describe('changing the password', () => {
  test('takes the new one, refuses the old one, and ends the other sessions', async () => {
    const person = world.rival.people.owner;
    const [current, other] = await Promise.all([startSession(world, person), startSession(world, person)]);
    const account = (await sessionCaller(world, current)).account;
    await account.changePassword({ currentPassword: PASSWORD, newPassword: 'a longer password' });
    expect(await world.services.sessions.find(current)).not.toBeNull();
    expect(await world.services.sessions.find(other)).toBeNull();
    const signIn = (password: string) => visitor().auth.signIn({ email: person.email, password });
    await expect(signIn(PASSWORD)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(signIn('a longer password')).resolves.toHaveProperty('token');
  });

  test('with a wrong current one changes nothing', async () => {
    const person = world.demo.people.client;
    const account = (await sessionCaller(world, await startSession(world, person))).account;
    await expect(
      account.changePassword({ currentPassword: 'wrong', newPassword: 'a longer password' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { issues: [{ path: 'currentPassword' }] } });
    await expect(visitor().auth.signIn({ email: person.email, password: PASSWORD })).resolves.toHaveProperty(
      'token',
    );
  });

  test('to a short one is refused', async () => {
    const account = (await sessionCaller(world, await startSession(world, world.demo.people.client))).account;
    await expect(
      account.changePassword({ currentPassword: PASSWORD, newPassword: 'short' }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

test('nobody without a session reaches an account', async () => {
  for (const nobody of [caller(world, null), caller(world, world.demo.people.owner.principal)]) {
    const calls = [
      nobody.account.me(),
      nobody.account.sessions(),
      nobody.account.signOut(),
      nobody.account.signOutEverywhere(),
      nobody.account.switchOrganization({ organizationId: world.demo.organizationId }),
      nobody.account.changePassword({ currentPassword: PASSWORD, newPassword: 'a longer password' }),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  }
});
