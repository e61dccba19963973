import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { SANDBOX_PHYLLO_CLIENT_ID, SANDBOX_PHYLLO_CLIENT_SECRET } from '../../sandbox/phyllo/app.ts';
import { type SandboxServer, startSandbox } from '../../sandbox/server.ts';
import { basic, type Event, INSTAGRAM, type Webhook } from './phyllo-client.ts';

const open: { sandbox?: SandboxServer; door?: Server } = {};

afterEach(async () => {
  await open.sandbox?.close();
  open.door?.close();
});

async function listenAt(heard: Event[]): Promise<string> {
  const door = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push(JSON.parse(Buffer.concat(parts).toString()) as Event);
      response.end();
    });
  });
  open.door = door;
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(door.address() as AddressInfo).port}/hooks`;
}

async function call<T>(at: string, body?: object): Promise<T> {
  const response = await fetch(`${open.sandbox?.url ?? ''}${at}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: basic(SANDBOX_PHYLLO_CLIENT_ID, SANDBOX_PHYLLO_CLIENT_SECRET) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

test('a served Phyllo tells by itself what happens, and knows after a restart who was connected', async () => {
  const phylloFile = path.join(mkdtempSync(path.join(tmpdir(), 'spokestack-phyllo-')), 'phyllo.json');
  const start = () => startSandbox({ port: 0, host: '127.0.0.1', phylloFile });
  const heard: Event[] = [];
  const url = await listenAt(heard);
  open.sandbox = await start();
  await call('/_phyllo/settings', { syncMs: 20 });
  const { id: userId } = await call<{ id: string }>('/v1/users', { name: 'A', external_id: 'a' });
  const events = ['ACCOUNTS.CONNECTED', 'PROFILES.ADDED', 'SESSION.EXPIRED'];
  const webhook = await call<Webhook>('/v1/webhooks', { name: 'W', url, events });
  const choice = { userId, workPlatformId: INSTAGRAM, username: 'chloens' };
  const { accountId } = await call<{ accountId: string }>('/_phyllo/connect', choice);
  const names = () => heard.map(({ event }) => event);
  const told = { timeout: 60_000, interval: 20 };
  await vi.waitFor(() => {
    expect(names()).toEqual(['ACCOUNTS.CONNECTED', 'PROFILES.ADDED']);
  }, told);
  const before = await call<{ data: object[] }>(`/v1/social/contents?account_id=${accountId}`);
  await open.sandbox.close();

  open.sandbox = await start();
  expect(await call(`/v1/webhooks/${webhook.id}`)).toEqual(webhook);
  const after = await call<{ data: { id: string }[] }>(`/v1/social/contents?account_id=${accountId}`);
  expect(after.data.map(({ id }) => id)).toEqual((before.data as { id: string }[]).map(({ id }) => id));
  await call('/_phyllo/expire', { accountId });
  await vi.waitFor(() => {
    expect(names()).toContain('SESSION.EXPIRED');
  }, told);
});
