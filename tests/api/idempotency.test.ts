import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { apiKey, createWorld, type World } from '../support/world.ts';
import { Doors, expectError, type Sent } from './door.ts';

const database = useTestDatabase();
let world: World;
let doors: Doors;
let key: string;

beforeAll(async () => {
  world = await createWorld(database());
  doors = await Doors.open(world.services);
  key = await apiKey(world, world.demo, 'ADMIN');
});
afterAll(async () => {
  await doors.close();
  await world.close();
});

const create = (idempotencyKey: string, body: unknown, sent: Sent = {}) =>
  doors.rest('POST /companies', { key, body, headers: { 'idempotency-key': idempotencyKey }, ...sent });

async function countOf(name: string): Promise<number> {
  const { rowCount } = await world.ownerDb.pool.query('select from companies where name = $1', [name]);
  return rowCount ?? 0;
}

describe('a POST with an Idempotency-Key', () => {
  test('that is repeated answers the first answer, and makes one record', async () => {
    const first = await create('repeat', { name: 'Once' });
    const again = await create('repeat', { name: 'Once' });
    expect(first.status).toBe(201);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await countOf('Once')).toBe(1);
  });

  test('that begins a connection at a platform answers the first consent address again', async () => {
    const connect = () =>
      doors.rest('POST /ad-accounts/connect', {
        key,
        body: { platform: 'META' },
        headers: { 'idempotency-key': 'connect' },
      });
    const first = await connect();
    const again = await connect();
    expect(first.body.authorizationUrl).toMatch(/state=/);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
  });

  test('that comes twenty times at once makes one record and one answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => create('parallel', { name: 'At once' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await countOf('At once')).toBe(1);
  });

  test('that carries another body or goes to another address is refused', async () => {
    await create('other', { name: 'The first' });
    expectError(await create('other', { name: 'The second' }), 422, 'unprocessable');
    const elsewhere = await doors.rest('POST /deals', {
      key,
      body: { name: 'The first' },
      headers: { 'idempotency-key': 'other' },
    });
    expectError(elsewhere, 422, 'unprocessable');
    expect(await countOf('The second')).toBe(0);
  });

  test('that was refused may be sent again when it is right', async () => {
    expectError(await create('mended', { nmae: 'Mended' }), 400, 'invalid');
    expect((await create('mended', { name: 'Mended' })).status).toBe(201);
  });

  test('is its caller’s own: another key, and another agency, begin anew', async () => {
    await create('shared', { name: 'Mine' });
    const colleague = await apiKey(world, world.demo, 'OWNER');
    const stranger = await apiKey(world, world.rival, 'OWNER');
    expect(
      (await create('shared', { name: 'Mine' }, { key: colleague })).headers.get('idempotent-replayed'),
    ).toBe(null);
    expect(
      (await create('shared', { name: 'Mine' }, { key: stranger })).headers.get('idempotent-replayed'),
    ).toBe(null);
    expect(await countOf('Mine')).toBe(3);
  });

  test('that is no key is refused', async () => {
    for (const bad of ['', ' ', 'a b', 'é', 'k'.repeat(256)]) {
      expectError(await create(bad, { name: 'Refused' }), 400, 'invalid');
    }
    expect((await create('k'.repeat(255), { name: 'Longest' })).status).toBe(201);
    expect(await countOf('Refused')).toBe(0);
  });

  test('that fails leaves neither record nor answer', async () => {
    const { rows } = await world.ownerDb.pool.query<{ count: string }>(
      'select count(*) from idempotency_keys where key = $1',
      ['mended-not'],
    );
    expectError(await create('mended-not', { name: '' }), 400, 'invalid');
    expect(rows[0]?.count).toBe(0);
  });
});
