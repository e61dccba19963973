import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SANDBOX_META_APP_ID, SANDBOX_META_APP_SECRET } from '../../sandbox/meta/app.ts';
import { type SandboxServer, startSandbox } from '../../sandbox/server.ts';
import { type Fields, type ListPage, readJson, walk } from './meta-client.ts';

let sandbox: SandboxServer;
let token: string;

async function signIn(url: string): Promise<string> {
  const redirect_uri = 'http://localhost:3000/oauth/meta/callback';
  const app = { client_id: SANDBOX_META_APP_ID, redirect_uri };
  const dialog = new URLSearchParams({ ...app, state: 's', scope: 'ads_read' }).toString();
  const body = new URLSearchParams({ person: 'dana', scope: 'ads_read', decision: 'continue' });
  const back = await fetch(`${url}/v26.0/dialog/oauth?${dialog}`, {
    method: 'POST',
    body,
    redirect: 'manual',
  });
  const code = new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const exchange = new URLSearchParams({ ...app, client_secret: SANDBOX_META_APP_SECRET, code }).toString();
  const answer = await fetch(`${url}/v26.0/oauth/access_token?${exchange}`);
  return (await readJson<{ access_token: string }>(answer)).access_token;
}

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, host: '127.0.0.1', seed: 12 });
  token = await signIn(sandbox.url);
});
afterAll(() => sandbox.close());

const arm = (order: Fields) =>
  fetch(`${sandbox.url}/_faults`, { method: 'POST', body: JSON.stringify(order) });

test('paging stays on the host under which the sandbox was asked', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const base = `http://${host}:${sandbox.port}`;
    const first = await readJson<ListPage>(
      await fetch(`${base}/v26.0/me/adaccounts?limit=2&access_token=${token}`),
    );
    expect(new URL(first.paging?.next ?? '').origin).toBe(base);
    expect((await walk(`${base}/v26.0/me/adaccounts?limit=2&access_token=${token}`)).rows).toHaveLength(9);
  }
});

test('a token in the header reaches paging.next too', async () => {
  const headers = { authorization: `Bearer ${token}` };
  const first = await readJson<ListPage>(
    await fetch(`${sandbox.url}/v26.0/me/adaccounts?limit=2`, { headers }),
  );
  expect(new URL(first.paging?.next ?? '').searchParams.get('access_token')).toBe(token);
});

test('a truncated answer breaks off on the wire', async () => {
  await arm({ platform: 'meta', kind: 'truncated_body', times: 1 });
  const response = await fetch(`${sandbox.url}/v26.0/me?access_token=${token}`);
  const begun = performance.now();
  await expect(response.text()).rejects.toThrow();
  // At once, and not when an idle connection is given up after five seconds.
  expect(performance.now() - begun).toBeLessThan(4_000);
  expect((await fetch(`${sandbox.url}/v26.0/me?access_token=${token}`)).status).toBe(200);
});

test('the root says what this is, and other addresses are a plain 404', async () => {
  expect(await (await fetch(sandbox.url)).text()).toContain('SpokeStack sandbox');
  const nothing = await fetch(`${sandbox.url}/nothing`);
  expect([nothing.status, await nothing.json()]).toEqual([
    404,
    { error: 'the sandbox has nothing at GET /nothing' },
  ]);
});

test('an address that cannot be read harms nobody else', async () => {
  const socket = connect(sandbox.port, '127.0.0.1');
  socket.end('GET // HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 [45]00 /);
  expect((await fetch(`${sandbox.url}/_seed`)).status).toBe(200);
});

interface Ended {
  code: number | null;
  out: string;
}

/** Runs the command; `when` sees each piece of its output and may end it. */
async function runCommand(port: number, when: (text: string, stop: () => void) => void): Promise<Ended> {
  const env = { ...process.env, SANDBOX_PORT: String(port), LOG_LEVEL: 'info' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/cli/sandbox.ts'], { env });
  let out = '';
  const hear = (data: Buffer) => {
    out += data.toString();
    when(out, () => child.kill('SIGTERM'));
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out };
}

test('the command names a taken port and its setting', async () => {
  const { code, out } = await runCommand(sandbox.port, () => undefined);
  expect(code).toBe(1);
  expect(out.trim()).toBe(`Port ${sandbox.port} is taken. Free it, or set SANDBOX_PORT to another port.`);
});

test('the command serves until it is told to end, with open connections too', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await new Promise((resolve) => probe.close(resolve));
  let asked: Promise<number> | undefined;
  const { code, out } = await runCommand(port, (text, stop) => {
    if (asked || !text.includes('listening')) return;
    asked = fetch(`http://127.0.0.1:${port}/_seed`).then(({ status }) => status);
    void asked.then(stop, stop);
  });
  expect([code, await asked]).toEqual([0, 200]);
  expect(JSON.parse(out.trim())).toMatchObject({ name: 'sandbox', url: `http://127.0.0.1:${port}` });
});
