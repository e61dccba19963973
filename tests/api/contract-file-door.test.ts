import type { AddressInfo } from 'node:net';
import type { AppLoadContext } from '@remix-run/node';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractFileDoor } from '../../app/http/attachment-door.ts';
import { sessionCookieName } from '../../app/http/session-cookie.ts';
import { action } from '../../app/routes/contracts.$creatorContractId.file.ts';
import { Contracted } from '../support/contracted.ts';
import { useTestDatabase } from '../support/database.ts';
import { createWorld, type PersonName, startSession, type World } from '../support/world.ts';

const database = useTestDatabase();
let world: World;
let made: Contracted;
let creatorContractId: string;
let url: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  world = await createWorld(database());
  made = new Contracted(world);
  const { id: creatorId } = await made.creator();
  const contract = { creatorId, title: 'Filed', brandId: made.brands.first };
  creatorContractId = (await made.as('owner').creatorContracts.create(contract)).id;
  const app = express();
  app.get('/contracts/:creatorContractId/file', contractFileDoor(world.services));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterAll(async () => {
  await stop();
  await world.close();
});

const PDF = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n';
const address = () => `/contracts/${creatorContractId}/file`;

async function cookieOf(name: PersonName, agency = world.demo): Promise<string> {
  const token = await startSession(world, agency.people[name]);
  return `${sessionCookieName(world.services.config.web.appUrl)}=${token}`;
}

async function read(cookie: string): Promise<Response> {
  return fetch(url + address(), { headers: { cookie }, redirect: 'manual' });
}

/** What the route answers to a body that this person sends. */
async function send(
  name: PersonName,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<Response> {
  const context: AppLoadContext = {
    services: world.services,
    requestId: 'test',
    cspNonce: '',
    address: null,
    reportError: (error) => {
      throw error;
    },
  };
  const request = new Request(`http://spokestack.test${address()}`, {
    method: 'POST',
    body,
    headers: { ...headers, cookie: await cookieOf(name) },
  });
  return action({ request, context, params: { creatorContractId } });
}

function formOf(fields: Record<string, string | File>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe('the address of a contract’s file', () => {
  test('takes a form without a script, leads back, and hands the file out to be saved', async () => {
    const file = new File([PDF], 'عقد signed.pdf', { type: 'application/pdf' });
    const kept = await send('member', formOf({ file, returnTo: '/creators?tab=contracts' }));
    expect([kept.status, kept.headers.get('location')]).toEqual([302, '/creators?tab=contracts']);
    const answer = await read(await cookieOf('viewer'));
    expect([answer.status, await answer.text()]).toEqual([200, PDF]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(PDF.length),
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    });
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="___ signed\.pdf"; /);
  });

  test('is 404 for another agency and the unassigned, and leads to the sign-in without a session', async () => {
    await send('owner', formOf({ file: new File([PDF], 'signed.pdf') }));
    expect((await read(await cookieOf('owner', world.rival))).status).toBe(404);
    expect((await read(await cookieOf('unassigned'))).status).toBe(404);
    expect((await read(await cookieOf('client'))).status).toBe(403);
    const nobody = await read('');
    expect([nobody.status, nobody.headers.get('location')]).toEqual([
      302,
      `/login?returnTo=${encodeURIComponent(address())}`,
    ]);
  });

  test('says a refusal on the page that it leads back to, and to a script as an answer', async () => {
    const refused = await send('member', formOf({ file: new File(['words'], 'signed.pdf') }));
    expect([refused.status, refused.headers.get('location')]).toEqual([
      302,
      `/contracts/${creatorContractId}`,
    ]);
    expect(decodeURIComponent(refused.headers.get('set-cookie') ?? '')).toContain('signed.pdf holds text');
    expect((await send('member', formOf({}))).headers.get('set-cookie')).toContain('Choose');
    const asBody = await send('viewer', PDF, { 'content-type': 'application/pdf', 'x-file-name': 'a.pdf' });
    expect([asBody.status, await asBody.json()]).toMatchObject([403, { ok: false }]);
  });

  test('says a refusal no more once a good file follows it', async () => {
    const returnTo = '/creators?tab=contracts';
    const refused = await send('member', formOf({ file: new File(['words'], 'signed.pdf'), returnTo }));
    expect(refused.headers.get('set-cookie')).toMatch(/^notice=[^;]+; Path=\/creators; Max-Age=5; /);
    const kept = await send('member', formOf({ file: new File([PDF], 'signed.pdf'), returnTo }));
    expect(kept.headers.get('set-cookie')).toMatch(/^notice=; Path=\/creators; Max-Age=0; /);
  });

  test('takes a body of its own by its name, and takes the file away', async () => {
    const name = encodeURIComponent('عقد.pdf');
    const kept = await send('owner', PDF, { 'content-type': 'application/pdf', 'x-file-name': name });
    expect([kept.status, await kept.json()]).toMatchObject([
      201,
      { ok: true, file: { fileName: 'عقد.pdf' } },
    ]);
    expect((await send('owner', formOf({ intent: 'remove' }))).status).toBe(302);
    expect((await read(await cookieOf('owner'))).status).toBe(404);
  });
});
