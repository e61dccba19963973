import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { accountListing } from '../../server/integrations/ad-platform.ts';
import { createMetaAds } from '../../server/integrations/meta-ads/index.ts';
import { Secret } from '../../server/kernel/crypto.ts';
import { createLogger } from '../../server/kernel/log.ts';
import { drain } from '../support/stand-ins.ts';

const GRAPH = 'http://graph.test';
const pages = new Map<string, unknown>();
const asked: string[] = [];
const server = setupServer(
  http.get(`${GRAPH}/v26.0/*`, ({ request }) => {
    const path = new URL(request.url).pathname.replace('/v26.0/', '');
    asked.push(path);
    const answer = pages.get(path) ?? { data: [] };
    const status = typeof answer === 'object' && 'error' in answer ? 400 : 200;
    return HttpResponse.json(answer, { status });
  }),
);
beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
});
afterEach(() => {
  pages.clear();
  asked.length = 0;
});
afterAll(() => {
  server.close();
});

const meta = createMetaAds(
  {
    appId: '1',
    appSecret: new Secret('s'),
    apiVersion: 'v26.0',
    graphUrl: GRAPH,
    dialogUrl: GRAPH,
    webhookVerifyToken: null,
  },
  { log: createLogger({ name: 'test', level: 'silent' }), sleep: () => Promise.resolve() },
);
const listings = async () => {
  const found = await drain(meta.listAccounts({ accessToken: new Secret('t'), nativeUserId: '1' }));
  for (const listing of found) expect(() => accountListing.parse(listing)).not.toThrow();
  return found.map(({ nativeId, name, isManager, parentNativeId }) => [
    nativeId,
    name,
    isManager,
    parentNativeId,
  ]);
};
const account = (id: string, business?: object) => ({
  id: `act_${id}`,
  account_id: id,
  name: `Account ${id}`,
  account_status: 1,
  currency: 'AED',
  timezone_name: 'Asia/Dubai',
  ...(business ? { business } : {}),
});
const agency = { id: '900', name: 'Agency' };
const client = { id: '901', name: 'Client' };

it('an account stands below the business that owns it, a client’s too', async () => {
  pages.set('me/adaccounts', { data: [account('1'), account('2', agency), account('3', client)] });
  expect(await listings()).toEqual([
    ['900', 'Agency', true, null],
    ['901', 'Client', true, null],
    ['1', 'Account 1', false, null],
    ['2', 'Account 2', false, '900'],
    ['3', 'Account 3', false, '901'],
  ]);
});

it('an account that only a business manager reaches is listed too, each once', async () => {
  pages.set('me/adaccounts', { data: [account('2')] });
  pages.set('me/businesses', { data: [agency, { id: '902', name: 'Empty' }] });
  pages.set('900/owned_ad_accounts', { data: [account('2'), account('4', agency)] });
  pages.set('900/client_ad_accounts', { data: [account('3', client), account('5')] });
  expect(await listings()).toEqual([
    ['900', 'Agency', true, null],
    ['901', 'Client', true, null],
    ['2', 'Account 2', false, '900'],
    ['4', 'Account 4', false, '900'],
    ['3', 'Account 3', false, '901'],
    ['5', 'Account 5', false, '900'],
  ]);
});

it('a grant without business_management shows the accounts that the person is assigned to', async () => {
  const error = {
    message: '(#200) Requires business_management permission',
    type: 'OAuthException',
    code: 200,
  };
  pages.set('me/adaccounts', { data: [account('1')] });
  pages.set('me/businesses', { error });
  expect(await listings()).toEqual([['1', 'Account 1', false, null]]);
  expect(asked).toEqual(['me/adaccounts', 'me/businesses']);
});

it('a business manager that shows no accounts of its clients keeps nothing else back', async () => {
  const error = { message: 'no', type: 'GraphMethodException', code: 100, error_subcode: 33 };
  pages.set('me/businesses', { data: [agency] });
  pages.set('900/owned_ad_accounts', { data: [account('4', agency)] });
  pages.set('900/client_ad_accounts', { error });
  expect(await listings()).toEqual([
    ['900', 'Agency', true, null],
    ['4', 'Account 4', false, '900'],
  ]);
});

it('a dead grant is told, wherever it shows first', async () => {
  pages.set('me/adaccounts', { data: [account('1')] });
  pages.set('me/businesses', { error: { message: 'dead', type: 'OAuthException', code: 190 } });
  await expect(listings()).rejects.toMatchObject({ kind: 'reauthorize' });
});
