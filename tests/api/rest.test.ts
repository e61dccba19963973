import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { apiKey, createWorld, type World } from '../support/world.ts';
import { comparable, Doors, expectError, fieldsOf, routes, type Sent } from './door.ts';

const MEBIBYTE = 1024 * 1024;
/** Strings that break programs, by Max Woolf and others: see the licence beside them. */
const naughty = JSON.parse(
  readFileSync(new URL('../fixtures/blns/blns.json', import.meta.url), 'utf8'),
) as string[];

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

const ask = (request: string, sent: Sent = {}) => doors.rest(request, { key, ...sent });
const newCompany = async (body: object = { name: 'Of the tests' }) =>
  (await ask('POST /companies', { body })).body as { id: string; version: number };

describe('every address', () => {
  const addresses = routes.map(({ method, template }) => [
    `${method} ${template.replace(/\{\w+\}/g, () => randomUUID())}`,
    method,
    template,
  ]);

  test.each(addresses)('%s is closed without a valid key', async (address) => {
    const keys = [null, 'spk_unknown', 'x', `spk_${'a'.repeat(2000)}`];
    for (const bad of keys) {
      const answer = await doors.rest(address ?? '', { key: bad });
      expectError(answer, 401, 'unauthenticated');
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  test.each(addresses)('%s refuses a field that it does not know, by its name', async (address, method) => {
    const hasBody = method === 'POST' || method === 'PATCH';
    const answer = hasBody
      ? await ask(address ?? '', { body: { nmae: 'x' } })
      : await ask(`${address}?nmae=x`);
    expectError(answer, 400, 'invalid');
    expect(fieldsOf(answer)).toContain('nmae');
  });

  test.each(addresses)('%s refuses a question asked twice', async (address) => {
    const answer = await ask(`${address}?limit=1&limit=2`);
    expectError(answer, 400, 'invalid');
    expect(fieldsOf(answer)).toEqual(['limit']);
  });

  test.each(addresses.filter(([, , template]) => template?.includes('{')))(
    '%s refuses what is no id, and an id that stands twice',
    async (address, _method, template) => {
      const [method = '', path = ''] = (address ?? '').split(' ');
      const wrong = `${method} ${path.replace(/[0-9a-f-]{36}/, 'nonsense')}`;
      expectError(await ask(wrong, method === 'GET' ? {} : { body: {} }), 400, 'invalid');
      const [, name = ''] = /\{(\w+)\}/.exec(template ?? '') ?? [];
      const twice = await ask(`${address}?${name}=${randomUUID()}`);
      expectError(twice, 400, 'invalid');
      expect(fieldsOf(twice)).toEqual([name]);
    },
  );

  test('that is none answers in the same shape', async () => {
    expectError(await ask('GET /nothing'), 404, 'not_found');
    expectError(await doors.send('GET', '/api/nothing', {}), 404, 'not_found');
    expectError(await doors.rest('GET /nothing'), 401, 'unauthenticated');
  });

  test('says which methods it takes', async () => {
    const answer = await ask('PUT /companies', { body: {} });
    expectError(answer, 405, 'invalid');
    expect(answer.headers.get('allow')).toBe('GET, POST');
  });
});

describe('a body', () => {
  test('that is no JSON object is refused', async () => {
    const bad = ['{', '{"name":"x"', 'name=x', '[]', '"x"', 'null', '1', '{"name":"a","name":}', '{"a":1}}'];
    for (const body of bad) expectError(await ask('POST /companies', { body }), 400, 'invalid');
    const notUtf8 = new Uint8Array([...Buffer.from('{"name":"'), 0xff, ...Buffer.from('"}')]);
    expectError(await ask('POST /companies', { body: notUtf8 }), 400, 'invalid');
  });

  test('of another type than JSON is refused', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const headers = { 'content-type': type };
      expectError(await ask('POST /companies', { body: '{"name":"x"}', headers }), 400, 'invalid');
    }
  });

  test('may be 1 MiB and not a byte more, whether it says its length or not', async () => {
    const filled = (bytes: number) => {
      const [head, tail] = ['{"name":"x","nmae":"', '"}'];
      return head + 'a'.repeat(bytes - head.length - tail.length) + tail;
    };
    expectError(await ask('POST /companies', { body: filled(MEBIBYTE) }), 400, 'invalid');
    expectError(await ask('POST /companies', { body: filled(MEBIBYTE + 1) }), 413, 'too_large');
  });

  test('that is deep does no harm', async () => {
    const depth = 20_000;
    const body = `{"name":"x","customFields":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
    expectError(await ask('POST /companies', { body }), 400, 'invalid');
  });

  test('cannot reach the prototype of anything', async () => {
    const answer = await ask('POST /companies', { body: '{"name":"x","__proto__":{"isActive":false}}' });
    expect([400, 201]).toContain(answer.status);
    expect(({} as { isActive?: boolean }).isActive).toBeUndefined();
  });
});

describe('text', () => {
  test('that holds NUL or half a character is refused, by its field', async () => {
    for (const name of ['a\0b', '\ud800', 'a\udc00b']) {
      const answer = await ask('POST /companies', { body: { name } });
      expectError(answer, 400, 'invalid');
      expect(fieldsOf(answer)).toEqual(['name']);
    }
    expectError(await ask('GET /companies?q=%00'), 400, 'invalid');
  });

  test('of every other kind is kept as it was sent', async () => {
    const limits = { name: 1000, legalName: 500, industry: 200, street: 500, city: 200, country: 200 };
    const fields = Object.entries(limits);
    const fitting = naughty.filter((text) => text !== '' && text.length <= 200 && !text.includes('\0'));
    expect(fitting.length).toBeGreaterThan(450);
    for (let at = 0; at < fitting.length; at += fields.length) {
      const sent = {
        name: 'x',
        ...Object.fromEntries(fields.map(([name], n) => [name, fitting[at + n] ?? 'x'])),
      };
      const made = await ask('POST /companies', { body: sent });
      expect([made.status, made.body]).toEqual([201, expect.objectContaining(sent)]);
      expect((await ask(`GET /companies/${String(made.body.id)}`)).body).toEqual(made.body);
    }
  });

  test('in a question finds what it says and breaks nothing', async () => {
    for (const text of naughty.filter((one) => one.length > 0 && one.length <= 60).slice(0, 120)) {
      const answer = await ask(`GET /companies?q=${encodeURIComponent(text)}&limit=1`);
      expect([text, answer.status]).toEqual([text, text.includes('\0') ? 400 : 200]);
    }
  });
});

describe('a list', () => {
  test('answers from 1 to 200 at a time', async () => {
    for (const limit of ['0', '-1', '201', '1.5', 'ten', '', '1e9']) {
      const answer = await ask(`GET /companies?limit=${limit}`);
      expectError(answer, 400, 'invalid');
      expect(fieldsOf(answer)).toEqual(['limit']);
    }
    await newCompany();
    await newCompany();
    const one = await ask('GET /companies?limit=1');
    expect(one.body).toEqual({ items: [expect.anything()], nextCursor: expect.any(String) as string });
    expect((await ask('GET /companies?limit=200')).status).toBe(200);
  });

  test('refuses a cursor that it did not make, and one of another sort', async () => {
    const { nextCursor } = (await ask('GET /companies?limit=1')).body as { nextCursor: string };
    const forged = Buffer.from(JSON.stringify(['name', "x'); drop table companies; --", 'y'])).toString(
      'base64url',
    );
    for (const query of [
      `cursor=nonsense`,
      `cursor=${forged}`,
      `cursor=${nextCursor}&sort=-createdAt`,
      'cursor=',
    ]) {
      const answer = await ask(`GET /companies?${query}`);
      expectError(answer, 400, 'invalid');
      expect(fieldsOf(answer)).toEqual(['cursor']);
    }
  });

  test('sorts by what it names and by nothing else', async () => {
    for (const sort of ['id', 'name;drop table companies', '-', "name' or 1=1"]) {
      expectError(await ask(`GET /companies?sort=${encodeURIComponent(sort)}`), 400, 'invalid');
    }
  });

  test('shows every record once, page by page, while others are added', async () => {
    const seen = new Set<string>();
    let cursor: string | null = '';
    for (let page = 0; cursor !== null; page += 1) {
      const query = `limit=7&sort=createdAt${cursor ? `&cursor=${cursor}` : ''}`;
      const { items, nextCursor } = (await ask(`GET /companies?${query}`)).body as {
        items: { id: string }[];
        nextCursor: string | null;
      };
      for (const { id } of items) {
        expect(seen.has(id)).toBe(false);
        seen.add(id);
      }
      if (page < 2) await newCompany();
      cursor = nextCursor;
    }
    const { rowCount } = await world.ownerDb.pool.query('select from companies where organization_id = $1', [
      world.demo.organizationId,
    ]);
    expect(seen.size).toBe(rowCount);
  });
});

describe('a record', () => {
  test('carries its version as its ETag', async () => {
    const { id, version } = await newCompany();
    const read = await ask(`GET /companies/${id}`);
    expect(read.headers.get('etag')).toBe(`"${version}"`);
  });

  test('is sent again with what another record says by now, though its own version stands', async () => {
    const company = await newCompany();
    const created = await ask('POST /deals', {
      body: { name: 'Named by its company', companyId: company.id },
    });
    const { id, version } = created.body as { id: string; version: number };
    await ask(`PATCH /companies/${company.id}`, { body: { name: 'Renamed' } });
    const again = await ask(`GET /deals/${id}`, { headers: { 'if-none-match': `"${version}"` } });
    expect([again.status, again.body.companyName]).toEqual([200, 'Renamed']);
  });

  test('is not made by what stands in the address, nor changed by a version in its body', async () => {
    const { id } = await newCompany();
    const strayed = await ask('POST /companies?name=stray', { body: { name: 'Body' } });
    expect([strayed.status, strayed.body.code]).toEqual([400, 'invalid']);
    const versioned = await ask(`PATCH /companies/${id}`, { body: { name: 'x', expectedVersion: 1 } });
    expect([versioned.status, versioned.body.code]).toEqual([400, 'invalid']);
  });

  test('is changed under its own ETag and not under a stale or foreign one', async () => {
    const { id } = await newCompany();
    const change = (tag: string, name: string) =>
      ask(`PATCH /companies/${id}`, { body: { name }, headers: { 'if-match': tag } });
    const first = await change('"1"', 'first');
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"2"']);
    for (const tag of ['"1"', '"99999999"', 'W/"1"', '"x"', '', 'nonsense']) {
      expectError(await change(tag, 'too late'), 412, 'precondition');
    }
    expect((await change('W/"2"', 'second')).status).toBe(200);
    expect((await change('*', 'third')).body).toMatchObject({ name: 'third', version: 4 });
  });

  test('of two who change the same version one wins', async () => {
    const { id } = await newCompany();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        ask(`PATCH /companies/${id}`, { body: { name: `by ${n}` }, headers: { 'if-match': '"1"' } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(412)]);
  });

  test('of another agency and none at all give the same answer', async () => {
    const rivalKey = await apiKey(world, world.rival, 'OWNER');
    const theirs = await doors.rest('POST /companies', { key: rivalKey, body: { name: 'Theirs' } });
    const foreign = await ask(`GET /companies/${String(theirs.body.id)}`);
    expectError(foreign, 404, 'not_found');
    expect(comparable(foreign)).toEqual(comparable(await ask(`GET /companies/${randomUUID()}`)));
  });

  test('that a viewer’s key changes stays as it is', async () => {
    const { id } = await newCompany();
    const viewer = await apiKey(world, world.demo, 'VIEWER');
    const answer = await doors.rest(`PATCH /companies/${id}`, { key: viewer, body: { name: 'no' } });
    expectError(answer, 403, 'forbidden');
    expect((await ask(`GET /companies/${id}`)).body.version).toBe(1);
  });
});
