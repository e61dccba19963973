import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { apiKey, createWorld, PASSWORD, startSession, type World } from '../support/world.ts';
import { type Answer, Doors, expectError } from './door.ts';

const database = useTestDatabase();
let world: World;
let doors: Doors;
let cookie: string;

beforeAll(async () => {
  world = await createWorld(database());
  doors = await Doors.open(world.services);
  cookie = `spokestack-session=${await startSession(world, world.demo.people.owner)}`;
});
afterAll(async () => {
  await doors.close();
  await world.close();
});

const own = () => new URL(world.services.config.web.appUrl).origin;
const asPage = () => ({ cookie, origin: own(), 'x-spokestack': '1', 'content-type': 'application/json' });

function post(path: string, body: BodyInit, headers: Record<string, string>): Promise<Answer> {
  return doors.send('POST', `/api/trpc/${path}`, { headers, body });
}

async function countOf(name: string): Promise<number> {
  const { rowCount } = await world.ownerDb.pool.query('select from companies where name = $1', [name]);
  return rowCount ?? 0;
}

test('a page’s own call is answered, and no cache keeps it', async () => {
  const answer = await post('companies.create', JSON.stringify({ name: 'By the page' }), asPage());
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await countOf('By the page')).toBe(1);
});

test('signing in is for its page alone: no script is handed a session’s token', async () => {
  const { email } = world.demo.people.owner;
  const body = JSON.stringify({ email, password: PASSWORD });
  expectError(await post('auth.signIn', body, asPage()), 404, 'not_found');
  expectError(await post('companies.list,auth.signIn?batch=1', `{"1":${body}}`, asPage()), 404, 'not_found');
});

describe('with the cookie of somebody who is signed in, another site', () => {
  const foreign = [
    ['of another origin', { origin: 'https://evil.example' }],
    ['in a sandboxed frame', { origin: 'null' }],
    ['of the same name at another port', { origin: 'http://spokestack.test:8080' }],
    ['whose name begins like ours', { origin: 'http://spokestack.test.evil.example' }],
    ['whose origin was stripped', {}],
    ['told by the browser to be cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['told by the browser to be a sister site', { 'sec-fetch-site': 'same-site' }],
  ] as const;

  test.each(foreign)('%s changes nothing', async (_name, origin) => {
    const headers = { cookie, 'x-spokestack': '1', 'content-type': 'application/json', ...origin };
    expectError(await post('companies.create', '{"name":"Forged"}', headers), 403, 'forbidden');
    expectError(await post('account.signOutEverywhere', '{}', headers), 403, 'forbidden');
    expect(await countOf('Forged')).toBe(0);
    expect((await post('account.sessions', '', { ...headers, ...asPage() })).status).not.toBe(401);
  });

  const forms: readonly (readonly [string, () => BodyInit, Record<string, string>])[] = [
    ['as multipart', () => multipart({ name: 'Forged' }), {}],
    ['as urlencoded', () => new URLSearchParams({ name: 'Forged' }), {}],
    ['as text', () => '{"name":"Forged"}', { 'content-type': 'text/plain' }],
    ['as bytes', () => '{"name":"Forged"}', { 'content-type': 'application/octet-stream' }],
    ['as JSON by another name', () => '{"name":"Forged"}', { 'content-type': 'text/json' }],
  ];

  test.each(forms)('cannot send a form %s', async (_name, body, headers) => {
    for (const origin of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}]) {
      expectError(
        await post('companies.create', body(), { cookie, ...origin, ...headers }),
        403,
        'forbidden',
      );
    }
    // Even where origin and header were right, the door takes JSON alone.
    const right = { cookie, origin: own(), 'x-spokestack': '1', ...headers };
    expectError(await post('companies.create', body(), right), 400, 'invalid');
    expect(await countOf('Forged')).toBe(0);
  });

  test('cannot leave out the header that a form cannot send', async () => {
    const { 'x-spokestack': _header, ...without } = asPage();
    expectError(await post('companies.create', '{"name":"Forged"}', without), 403, 'forbidden');
    expectError(
      await post('companies.create', '{"name":"Forged"}', { ...without, 'x-spokestack': '0' }),
      403,
      'forbidden',
    );
    expect(await countOf('Forged')).toBe(0);
  });

  test('cannot name our origin through a forwarded host', async () => {
    const headers = { ...asPage(), origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' };
    expectError(await post('companies.create', '{"name":"Forged"}', headers), 403, 'forbidden');
  });

  test('cannot change anything by a GET', async () => {
    const input = encodeURIComponent('{"name":"Forged"}');
    const answer = await doors.send('GET', `/api/trpc/companies.create?input=${input}`, {
      headers: asPage(),
    });
    expect(answer.status).toBe(405);
    expect(await countOf('Forged')).toBe(0);
  });
});

describe('a batch', () => {
  const batch = (calls: readonly string[], inputs: Record<string, unknown>) =>
    doors.send(
      'GET',
      `/api/trpc/${calls.join(',')}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`,
      { headers: asPage() },
    );

  test('holds ten calls and no more', async () => {
    const calls = (count: number) => Array.from({ length: count }, () => 'organizations.current');
    expect((await batch(calls(10), {})).status).toBe(200);
    expectError(await batch(calls(11), {}), 400, 'invalid');
    expectError(await batch(calls(200), {}), 400, 'invalid');
    const encoded = calls(200).join('%2C');
    expectError(
      await doors.send('GET', `/api/trpc/${encoded}?batch=1`, { headers: asPage() }),
      400,
      'invalid',
    );
  });

  test('refuses the part that is refused and answers the rest', async () => {
    const viewer = `spokestack-session=${await startSession(world, world.demo.people.viewer)}`;
    const calls = 'companies.create,account.signOut?batch=1';
    const answer = await post(calls, JSON.stringify({ 0: { name: 'By a viewer' }, 1: {} }), {
      ...asPage(),
      cookie: viewer,
    });
    expect(answer.status).toBe(207);
    expect(JSON.parse(answer.text)).toMatchObject([
      { error: { data: { code: 'forbidden', httpStatus: 403 } } },
      { result: {} },
    ]);
    expect(await countOf('By a viewer')).toBe(0);
  });
});

describe('an error', () => {
  test('says its code, its fields and its request, and holds no stack', async () => {
    const answer = await post('companies.create', '{"nmae":"x"}', asPage());
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      error: { data: { code: 'invalid', httpStatus: 400, requestId: answer.headers.get('x-request-id') } },
    });
    expect(answer.text).not.toMatch(/stack|node_modules|\.ts:/);
  });

  test('of JSON that is none says so', async () => {
    const answer = await post('companies.create', '{"name":', asPage());
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { data: { code: 'invalid', httpStatus: 400 } } });
  });

  test('of a body over 1 MiB comes before it is read', async () => {
    const body = JSON.stringify({ name: 'a'.repeat(1024 * 1024) });
    expectError(await post('companies.create', body, asPage()), 413, 'too_large');
  });
});

test('an API key opens nothing here, and a session nothing at the REST door', async () => {
  const { cookie: _cookie, ...nobody } = asPage();
  const key = await apiKey(world, world.demo, 'OWNER');
  const answer = await post('companies.create', '{"name":"x"}', {
    ...nobody,
    authorization: `Bearer ${key}`,
  });
  expect(answer.status).toBe(401);
  expectError(
    await doors.rest('GET /companies', { headers: { cookie, origin: own() } }),
    401,
    'unauthenticated',
  );
});

function multipart(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
