import { type AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readReconnectNonce, writeReconnectNonce } from '../../app/http/reconnect-cookie.ts';
import { requestGuard } from '../../app/http/request-guard.ts';
import { loggedPath } from '../../app/http/request-log.ts';
import { securityHeaders } from '../../app/http/security-headers.ts';
import { randomToken } from '../../server/kernel/crypto.ts';
import { useTestDatabase } from '../support/database.ts';
import { createWorld, type World } from '../support/world.ts';
import { Doors } from './door.ts';

const SITE = 'https://spokestack.test';
const database = useTestDatabase();
let world: World;
let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  world = await createWorld(database());
  const app = express();
  app.use(securityHeaders(world.services.config, false), requestGuard(SITE, 'session'));
  app.all('*', (request, response) => {
    response.send(`origin: ${request.headers.origin ?? 'none'}`);
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () => new Promise((resolve) => server.close(() => resolve()));
});
afterAll(async () => {
  await stop();
  await world.close();
});

const post = (headers: Record<string, string>) =>
  fetch(`${url}/reconnect/secret`, { method: 'POST', headers, body: 'x' });

describe('the page behind a reconnect link', () => {
  test('sends its address to nobody', async () => {
    const at = async (path: string) => (await fetch(`${url}${path}`)).headers.get('referrer-policy');
    expect(await at(`/reconnect/${randomToken(32)}`)).toBe('no-referrer');
    expect(await at(`/reconnect/${randomToken(32)}.data`)).toBe('no-referrer');
    expect(await at('/ad-accounts')).toBe('same-origin');
  });

  test('stands in no log line', () => {
    const token = randomToken(32);
    for (const path of [`/reconnect/${token}`, `/reconnect/${token}.data?x=1`, `/%72econnect/${token}`])
      expect(loggedPath(path)).not.toContain(token);
    const usual = '/companies/0192f3c1-7a00-7000-8000-000000000001/edit';
    expect(loggedPath(`${usual}?q=secret`)).toBe(usual);
  });

  test('may send its form, whose origin the browser withholds', async () => {
    const answer = await post({ origin: 'null', 'sec-fetch-site': 'same-origin' });
    expect([answer.status, await answer.text()]).toEqual([200, 'origin: none']);
    expect((await post({ origin: SITE })).status).toBe(200);
  });

  test.each([
    { origin: 'null' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { origin: 'null', 'sec-fetch-site': 'same-site' },
    { origin: 'null', 'sec-fetch-site': 'none' },
    { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' },
  ])('takes no form of another site (%o)', async (headers) => {
    expect((await post(headers as Record<string, string>)).status).toBe(403);
  });

  test('keeps its nonce from scripts, for the callbacks alone, and over https from other hosts', () => {
    const nonce = randomToken(32);
    const cookie = writeReconnectNonce(nonce, SITE);
    expect(cookie).toBe(
      `__Secure-spokestack-reconnect=${nonce}; Path=/oauth; HttpOnly; SameSite=Lax; Max-Age=600; Secure`,
    );
    expect(readReconnectNonce(`a=b; ${cookie.split(';')[0] ?? ''}`, SITE)).toBe(nonce);
    expect(readReconnectNonce(`spokestack-reconnect=${nonce}`, SITE)).toBeNull();
    expect(writeReconnectNonce(null, SITE)).toMatch(/Max-Age=0/);
  });

  test('is reached by no script at the tRPC door', async () => {
    const doors = await Doors.open(world.services);
    try {
      const headers = {
        'content-type': 'application/json',
        'x-spokestack': '1',
        origin: 'http://spokestack.test',
      };
      for (const name of [
        'reconnect.begin',
        'reconnect.invitation',
        'companies.list,reconnect.begin',
        'creatorInvitations.session',
        'briefInvitations.answer',
      ]) {
        const answer = await doors.send('POST', `/api/trpc/${name}`, { body: '{}', headers });
        expect([name, answer.status]).toEqual([name, 404]);
      }
    } finally {
      await doors.close();
    }
  });
});
