import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, type World } from '../support/world.ts';
import { Doors, expectError } from './door.ts';
import {
  createWebhookWorld,
  deliveries,
  fixture,
  forget,
  fromMeta,
  fromPhyllo,
  hmac,
  META_SECRET,
  PHYLLO_SECRET,
  post,
  VERIFY_TOKEN,
  waitingJobs,
} from './webhook-requests.ts';

const database = useTestDatabase();
let world: World;
let doors: Doors;

beforeAll(async () => {
  world = await createWebhookWorld(database());
  doors = await Doors.open(world.services);
});
afterAll(async () => {
  await doors.close();
  await world.close();
});
beforeEach(() => forget(world));

interface Vector {
  file: string;
  app_secret: string;
  'X-Hub-Signature-256': string;
}

const vectors = JSON.parse(fixture('meta-leadgen/_signature_vectors.json').toString()) as Vector[];
const NOTICE = JSON.stringify({
  event: 'PROFILES.UPDATED',
  name: 'p',
  id: '0192f3c1-7a00-7000-8000-000000000001',
  data: { user_id: '11111111-1111-4111-8111-111111111111', account_id: null },
});
const LEAD = { lead_id: 'L1', user_column_data: [], form_id: 1 };

async function googleKey(): Promise<string> {
  const { key } = await caller(world, world.demo.people.admin.principal).leadForms.createGoogleForm({
    name: 'Spring offer',
  });
  return key;
}

describe('a request that is believed', () => {
  it.each(vectors.filter(({ file }) => !file.includes('lead_node')).map((vector) => [vector.file, vector]))(
    'is one of Meta’s published vectors, byte for byte: %s',
    async (_file, vector) => {
      const body = fixture(`meta-leadgen/${vector.file}`);
      const signature = vector['X-Hub-Signature-256'];
      const answer = await post(doors, 'meta', body, { 'x-hub-signature-256': signature });
      expect([answer.status, answer.text]).toEqual([200, '{}']);
      expect((await deliveries(world)).length).toBeGreaterThan(0);
    },
  );

  it('has the right signature, and is no webhook: the lead node of the vectors', async () => {
    const vector = vectors.find(({ file }) => file.includes('lead_node'));
    const body = fixture('meta-leadgen/authored_lead_node.json');
    const signature = vector?.['X-Hub-Signature-256'] ?? '';
    expectError(await post(doors, 'meta', body, { 'x-hub-signature-256': signature }), 400, 'invalid');
    expectError(
      await post(doors, 'meta', body, { 'x-hub-signature-256': signature.slice(0, -1) }),
      401,
      'unauthenticated',
    );
  });

  it('was signed over escapes, which parsing and writing again would change', async () => {
    const written =
      '{"object":"page","entry":[{"id":"20551","time":1,"changes":[{"field":"leadgen","value":' +
      '{"leadgen_id":90001,"page_id":20551,"form_name":"M\\u00fcnchen \\/ caf\\u00e9 \\ud83d\\ude80 \\u003c"}}]}]}';
    expect(JSON.stringify(JSON.parse(written))).not.toBe(written);
    expect((await fromMeta(doors, written)).status).toBe(200);
    const again = JSON.stringify(JSON.parse(written));
    const signature = `sha256=${hmac(META_SECRET, written)}`;
    expectError(
      await post(doors, 'meta', again, { 'x-hub-signature-256': signature }),
      401,
      'unauthenticated',
    );
    expect((await deliveries(world))[0]?.payload).toContain('München / café 🚀 <');
  });

  it('has one right signature among several, whichever comes first', async () => {
    const right = hmac(PHYLLO_SECRET, NOTICE);
    const other = hmac('the secret of before', NOTICE);
    for (const header of [
      right,
      right.toUpperCase(),
      `${other},${right}`,
      `${right}, ${other}`,
      `, ,${right}`,
    ])
      expect((await post(doors, 'phyllo', NOTICE, { 'webhook-signatures': header })).status).toBe(200);
    expect(await deliveries(world)).toHaveLength(1);
  });

  it('is stored together with the job that goes on with it, before it is answered', async () => {
    expect((await fromPhyllo(doors, NOTICE)).status).toBe(200);
    expect(await deliveries(world)).toMatchObject([
      {
        source: 'PHYLLO',
        name: 'PROFILES.UPDATED',
        refs: ['user:11111111-1111-4111-8111-111111111111'],
        payload: NOTICE,
        routed_at: null,
      },
    ]);
    expect(await waitingJobs(world, 'route-webhooks')).toEqual([
      { payload: { batchId: expect.any(String) as string } },
    ]);
  });

  it('wakes nobody and stores nothing where it was sent before', async () => {
    await fromPhyllo(doors, NOTICE);
    const before = await deliveries(world);
    const repeats = await Promise.all(Array.from({ length: 12 }, () => fromPhyllo(doors, NOTICE)));
    expect(repeats.map(({ status }) => status)).toEqual(Array(12).fill(200));
    expect(await deliveries(world)).toEqual(before);
    expect(await waitingJobs(world, 'route-webhooks')).toHaveLength(1);
  });

  it('of Meta is kept change by change: a batch that repeats in part stores what is new', async () => {
    const body = fixture('meta-leadgen/authored_batch_dup_and_numeric_ids.json');
    await fromMeta(doors, body);
    const stored = await deliveries(world);
    expect(stored.map(({ name, native_id, refs, is_kept }) => [name, native_id, refs, is_kept])).toEqual([
      ['feed', '20552', ['page:20552'], false],
      ['leadgen', '90001', ['page:20551'], true],
      ['leadgen', '90002', ['page:20552'], true],
    ]);
    const more = JSON.parse(body.toString()) as { entry: { changes: unknown[] }[] };
    more.entry[0]?.changes.push({ field: 'leadgen', value: { leadgen_id: '90003', page_id: '20551' } });
    await fromMeta(doors, JSON.stringify(more));
    expect((await deliveries(world)).map(({ native_id }) => native_id).sort()).toEqual([
      ...['20552', '90001', '90002', '90003'],
    ]);
  });

  it('keeps ids of 64 bits that were sent as numbers, digit by digit', async () => {
    const key = await googleKey();
    const body = fixture('google-lead-form/authored_test_lead.json')
      .toString()
      .replace('test-key-not-a-secret', key);
    expect((await post(doors, 'google', body)).status).toBe(200);
    const lead =
      '{"object":"page","entry":[{"id":1,"changes":[{"field":"leadgen","value":{"leadgen_id":23337004204534599123,"page_id":9007199254740993}}]}]}';
    expect((await fromMeta(doors, lead)).status).toBe(200);
    const stored = await deliveries(world);
    const google = stored.find(({ source }) => source === 'GOOGLE');
    expect(google?.payload).toContain('"form_id":"123456789012345678","campaign_id":"9007199254740993"');
    expect(google?.payload).toContain('Dubai – شارع الشيخ زايد');
    expect(google?.payload).not.toContain(key);
    expect(stored.find(({ source }) => source === 'META')).toMatchObject({
      native_id: '23337004204534599123',
      refs: ['page:9007199254740993'],
    });
  });

  it.each(['ACCOUNT.CONNECTED', 'account.connected', 'ACCOUNTS.CONNECTED'])(
    'of Phyllo has one name however it is written: %s',
    async (event) => {
      await fromPhyllo(doors, JSON.stringify({ event, data: {} }));
      expect((await deliveries(world))[0]?.name).toBe('ACCOUNTS.CONNECTED');
    },
  );

  it('holds what no column of text could, and is stored all the same', async () => {
    const body = '{"event":"A\\u0000B\\ud800","id":"\\u0000","data":{"user_id":"\\u0000"}}';
    expect((await fromPhyllo(doors, body)).status).toBe(200);
    expect((await deliveries(world))[0]).toMatchObject({ payload: body, refs: [], native_id: '-' });
  });
});

describe('a request that is not believed', () => {
  const right = hmac(PHYLLO_SECRET, NOTICE);
  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['short', right.slice(0, 63)],
    ['too long', `${right}0`],
    ['of another secret', hmac('another', NOTICE)],
    ['no digits', 'z'.repeat(64)],
    ['of the empty secret', hmac('', NOTICE)],
    ['behind commas alone', ',,,'],
    ['with a name before it', `sha256=${right}`],
  ])('has a signature that is %s', async (_how, signature) => {
    const headers: Record<string, string> =
      signature === undefined ? {} : { 'webhook-signatures': signature };
    expectError(await post(doors, 'phyllo', NOTICE, headers), 401, 'unauthenticated');
    expect(await deliveries(world)).toEqual([]);
  });

  it('of Meta lacks the name before the digest, or has the older kind', async () => {
    const body = fixture('meta-leadgen/fbsamples_leadgen_single.json');
    const digest = hmac(META_SECRET, body);
    for (const headers of [
      { 'x-hub-signature-256': digest },
      { 'x-hub-signature-256': `sha1=${digest}` },
      { 'x-hub-signature': `sha256=${digest}` },
    ] as Record<string, string>[])
      expectError(await post(doors, 'meta', body, headers), 401, 'unauthenticated');
  });

  it('was changed by one byte', async () => {
    const body = Buffer.from(NOTICE);
    body[body.length - 2] = 0x20;
    expectError(await post(doors, 'phyllo', body, { 'webhook-signatures': right }), 401, 'unauthenticated');
  });

  it('of Google names no key of ours, or none, or no text', async () => {
    await googleKey();
    for (const google_key of ['another', '', null, 7, ['x']])
      expectError(
        await post(doors, 'google', JSON.stringify({ ...LEAD, google_key })),
        401,
        'unauthenticated',
      );
    for (const body of ['{}', '[]', '"x"', 'null', '7'])
      expectError(await post(doors, 'google', body), 401, 'unauthenticated');
    expect(await deliveries(world)).toEqual([]);
  });
});

describe('a request that is believed and cannot be read', () => {
  it.each(['{"event":', '', 'null', '[]', '{"event":7}', '\u0000'])(
    'is refused as what it is: %j',
    async (body) => {
      expectError(await fromPhyllo(doors, body), 400, 'invalid');
      expectError(await fromMeta(doors, body), 400, 'invalid');
    },
  );

  it('is no UTF-8', async () => {
    expectError(await fromPhyllo(doors, Buffer.from([0x7b, 0xff, 0x7d])), 400, 'invalid');
    expectError(await post(doors, 'google', Buffer.from([0xff])), 400, 'invalid');
  });

  it('of Google has its key and no lead, or breaks off', async () => {
    const key = await googleKey();
    expectError(await post(doors, 'google', JSON.stringify({ google_key: key })), 400, 'invalid');
    expectError(await post(doors, 'google', `{"google_key":"${key}","lead_id":`), 400, 'invalid');
  });
});

describe('a body over a mebibyte', () => {
  const MEBIBYTE = 1024 * 1024;

  it.each(['phyllo', 'meta', 'google'] as const)(
    'is refused by %s before anything is checked',
    async (source) => {
      expectError(await post(doors, source, 'x'.repeat(MEBIBYTE + 1)), 413, 'too_large');
    },
  );

  it('is refused while it is still coming, where nobody said how long it is', async () => {
    const { hostname, port } = new URL(doors.url);
    const socket = connect({ host: hostname, port: Number(port) });
    const answered = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes('\r\n')) resolve(text);
      });
      // What we still send may meet a closed door.
      socket.on('error', () => resolve(text));
    });
    socket.write('POST /api/webhooks/phyllo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
    const chunk = 'x'.repeat(0x10000);
    for (let sent = 0; sent <= 16; sent += 1) socket.write(`10000\r\n${chunk}\r\n`);
    expect(await answered).toMatch(/^HTTP\/1\.1 413 /);
    socket.destroy();
  });

  it('of exactly that size is read', async () => {
    const body = JSON.stringify({ event: 'CONTENTS.ADDED', data: {}, filler: '' });
    const whole = body.replace('"filler":""', `"filler":"${'x'.repeat(MEBIBYTE - body.length)}"`);
    expect(whole).toHaveLength(MEBIBYTE);
    expect((await fromPhyllo(doors, whole)).status).toBe(200);
  });
});

describe('Meta’s handshake', () => {
  const ask = (query: Record<string, string>) =>
    doors.send('GET', `/api/webhooks/meta?${new URLSearchParams(query)}`, {});
  const right = { 'hub.mode': 'subscribe', 'hub.verify_token': VERIFY_TOKEN, 'hub.challenge': '1158201444' };

  it('gets its challenge back as text', async () => {
    const answer = await ask(right);
    expect([answer.status, answer.text]).toEqual([200, '1158201444']);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  it.each([
    ['another token', { ...right, 'hub.verify_token': 'another' }],
    ['an empty token', { ...right, 'hub.verify_token': '' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
  ])('is refused with %s', async (_what, query) => {
    expectError(await ask(query), 403, 'forbidden');
  });

  it.each([
    ['another mode', { ...right, 'hub.mode': 'unsubscribe' }],
    ['a challenge that is markup', { ...right, 'hub.challenge': '<script>alert(1)</script>' }],
    ['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': VERIFY_TOKEN }],
  ])('with %s is none', async (_what, query) => {
    expectError(await ask(query), 400, 'invalid');
  });
});

describe('an address', () => {
  it('of a platform that is off is not there, whatever is sent to it', async () => {
    const services = {
      ...world.services,
      config: { ...world.services.config, meta: null, google: null, phyllo: null },
    };
    const closed = await Doors.open(services);
    for (const source of ['phyllo', 'meta', 'google'] as const)
      expectError(await post(closed, source, NOTICE), 404, 'not_found');
    expectError(await closed.send('GET', '/api/webhooks/meta?hub.mode=subscribe', {}), 404, 'not_found');
    await closed.close();
  });

  it('whose handshake has no token set is not there, though what Meta signs is taken', async () => {
    const { meta } = world.services.config;
    const config = { ...world.services.config, meta: meta && { ...meta, webhookVerifyToken: null } };
    const half = await Doors.open({ ...world.services, config });
    const query = 'hub.mode=subscribe&hub.challenge=1&hub.verify_token=';
    expectError(await half.send('GET', `/api/webhooks/meta?${query}`, {}), 404, 'not_found');
    expect((await fromMeta(half, fixture('meta-leadgen/authored_test_button.json'))).status).toBe(200);
    await half.close();
  });

  it('that nobody has is not there', async () => {
    expectError(await doors.send('POST', '/api/webhooks/tiktok', { body: '{}' }), 404, 'not_found');
    expectError(await doors.send('GET', '/api/webhooks/phyllo', {}), 404, 'not_found');
  });
});

describe('a database that is away', () => {
  it('is answered with 503, so that the sender comes again, and with 401 all the same where nothing is believed', async () => {
    const gone = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/nowhere', name: 'gone' });
    const broken = await Doors.open({ ...world.services, db: gone });
    const key = 'a key';
    expectError(await fromPhyllo(broken, NOTICE), 503, 'unavailable');
    expectError(
      await post(broken, 'google', JSON.stringify({ ...LEAD, google_key: key })),
      503,
      'unavailable',
    );
    expectError(await post(broken, 'phyllo', NOTICE), 401, 'unauthenticated');
    await broken.close();
    await gone.close();
  });
});
