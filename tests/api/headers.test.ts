import { type AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { securityHeaders } from '../../app/http/security-headers.ts';
import { loadConfig } from '../../server/kernel/config.ts';
import { useTestDatabase } from '../support/database.ts';
import { apiKey, createWorld, META_TEST_URL, type World } from '../support/world.ts';
import { type Answer, Doors } from './door.ts';

const database = useTestDatabase();
let world: World;
let doors: Doors;
let answers: Record<string, Answer>;

beforeAll(async () => {
  world = await createWorld(database());
  doors = await Doors.open(world.services);
  const key = await apiKey(world, world.demo, 'ADMIN');
  answers = {
    'a list': await doors.rest('GET /companies', { key }),
    'a refusal without a key': await doors.rest('GET /companies'),
    'a bad input': await doors.rest('GET /companies?limit=0', { key }),
    'an unknown address': await doors.send('GET', '/api/nothing', {}),
    'the OpenAPI document': await doors.send('GET', '/api/openapi.json', {}),
    'a refusal at the tRPC door': await doors.send('POST', '/api/trpc/companies.create', { body: '{}' }),
    'a body that is too large': await doors.rest('POST /companies', {
      key,
      body: 'x'.repeat(1024 * 1024 + 1),
    }),
  };
});
afterAll(async () => {
  await doors.close();
  await world.close();
});

const KINDS = [
  'a list',
  'a refusal without a key',
  'a bad input',
  'an unknown address',
  'the OpenAPI document',
  'a refusal at the tRPC door',
  'a body that is too large',
] as const;

const directives = (answer: Pick<Answer, 'headers'>): Map<string, string> =>
  new Map(
    (answer.headers.get('content-security-policy') ?? '').split(';').map((part) => {
      const [name = '', ...values] = part.trim().split(' ');
      return [name, values.join(' ')];
    }),
  );

describe.each(KINDS)('%s', (kind) => {
  const answer = () => answers[kind] as Answer;

  test('carries an enforced policy of its content that lets nobody frame it', () => {
    expect(answer().headers.get('content-security-policy-report-only')).toBeNull();
    const policy = directives(answer());
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(policy.get('default-src')).toBe("'self'");
    expect(policy.get('object-src')).toBe("'none'");
    expect(policy.get('base-uri')).toBe("'none'");
    // A platform's consent page may be where a form's redirects end; see formTargets.
    expect(policy.get('form-action')).toBe(`'self' ${META_TEST_URL}`);
  });

  test('lets no script in without the nonce of this one answer', () => {
    const scripts = directives(answer()).get('script-src') ?? '';
    expect(scripts).toMatch(/^'self' 'nonce-[A-Za-z0-9+/]{22}=='$/);
    expect(answer().headers.get('content-security-policy')).not.toMatch(/unsafe-(inline|eval)|\*/);
  });

  test('is taken for what it says it is, keeps to https, and tells other sites nothing', () => {
    const { headers } = answer();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000; includeSubDomains/);
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('names its request', () => {
    expect(answer().headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

test('no two answers share a nonce or a request', () => {
  const all = Object.values(answers);
  expect(Object.keys(answers)).toEqual([...KINDS]);
  for (const value of [
    (answer: Answer) => directives(answer).get('script-src'),
    (answer: Answer) => answer.headers.get('x-request-id'),
  ]) {
    expect(new Set(all.map(value)).size).toBe(all.length);
  }
});

test('a request cannot choose its own id', async () => {
  const answer = await doors.rest('GET /companies', { headers: { 'x-request-id': 'chosen' } });
  expect(answer.headers.get('x-request-id')).not.toBe('chosen');
});

/** The headers that an installation with these settings gives at an address. */
async function headersOf(settings: Record<string, string>, path = '/'): Promise<Headers> {
  const app = express();
  app.use(securityHeaders(loadConfig(settings), false), (_request, response) => {
    response.end();
  });
  const server = app.listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return (await fetch(`http://127.0.0.1:${port}${path}`)).headers;
  } finally {
    server.close();
  }
}

const META = { META_APP_ID: '1', META_APP_SECRET: 'x' };
const GOOGLE = { GOOGLE_ADS_CLIENT_ID: '1', GOOGLE_ADS_CLIENT_SECRET: 'x' };
const TIKTOK = { TIKTOK_APP_ID: '1', TIKTOK_APP_SECRET: 'x' };

test.each([
  ['of no platform', {}, ''],
  ['of Meta and its siblings', META, ' https://www.facebook.com https://*.facebook.com'],
  ['of Google', GOOGLE, ' https://accounts.google.com'],
  ['of TikTok', TIKTOK, ' https://business-api.tiktok.com'],
  [
    'of Google and TikTok',
    { ...GOOGLE, ...TIKTOK },
    ' https://accounts.google.com https://business-api.tiktok.com',
  ],
])(
  'a form may end at the consent page %s that is on, and at no other host',
  async (_which, settings, hosts) => {
    const headers = await headersOf(settings);
    expect(directives({ headers }).get('form-action')).toBe(`'self'${hosts}`);
  },
);

describe('the connect window of Phyllo', () => {
  const PHYLLO = { PHYLLO_CLIENT_ID: '1', PHYLLO_CLIENT_SECRET: 'x' };
  const id = '0192f3c1-7a00-7000-8000-000000000001';

  test.each([`/creators/${id}/platforms`, '/connect/secret'])('may be framed at %s', async (path) => {
    const headers = await headersOf(PHYLLO, path);
    const policy = directives({ headers });
    expect(policy.get('script-src')).toMatch(/^'self' 'nonce-[^']+' https:\/\/cdn\.getphyllo\.com$/);
    expect(policy.get('frame-src')).toBe("'self' https://cdn.getphyllo.com https://*.getphyllo.com");
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin-allow-popups');
  });

  test.each(['/', '/creators', `/creators/${id}`, `/creators/${id}/platforms/new`, '/companies/connect/x'])(
    'may not be framed at %s',
    async (path) => {
      const headers = await headersOf(PHYLLO, path);
      const policy = directives({ headers });
      expect(policy.get('script-src')).toMatch(/^'self' 'nonce-[^']+'$/);
      expect(policy.get('frame-src')).toBeUndefined();
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    },
  );

  test('may not be framed where Phyllo is off', async () => {
    const headers = await headersOf({}, `/creators/${id}/platforms`);
    expect(directives({ headers }).get('frame-src')).toBeUndefined();
  });

  test('is of the stand-in’s own host alone where that has no name', async () => {
    const settings = { ...PHYLLO, PHYLLO_CONNECT_SCRIPT_URL: 'http://127.0.0.1:4010/connect/v2/x.js' };
    const headers = await headersOf(settings, '/connect/secret');
    expect(directives({ headers }).get('frame-src')).toBe("'self' http://127.0.0.1:4010");
  });

  test('stands on a page that sends its address to nobody', async () => {
    const policyAt = async (path: string) => (await headersOf(PHYLLO, path)).get('referrer-policy');
    expect(await policyAt('/connect/secret')).toBe('no-referrer');
    expect(await policyAt('/briefs/secret')).toBe('no-referrer');
    expect(await policyAt(`/creators/${id}/platforms`)).toBe('same-origin');
  });
});
