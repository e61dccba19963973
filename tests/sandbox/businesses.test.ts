import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AdAccount } from '../../sandbox/world/accounts.ts';
import {
  address,
  type ListPage,
  readJson,
  type Refusal,
  type Rig,
  shortToken,
  startRig,
  walk,
} from './meta-client.ts';

let rig: Rig;
beforeEach(() => {
  rig = startRig({ now: '2026-11-20T09:30:00Z' });
});
afterEach(() => rig.server.close());

const accounts = (key: string, isMeant: (account: AdAccount) => boolean) =>
  rig.state.world.accounts
    .filter((account) => account.platform === 'meta' && account.viewer.key === key && isMeant(account))
    .map(({ id }) => id);

const tokenOf = (person: string) => shortToken(person, ['ads_read', 'business_management']);

async function idsAt(path: string, access_token: string): Promise<unknown[]> {
  const { rows } = await walk(address(path, { access_token, limit: '2', fields: 'id,name' }));
  return rows.map(({ id }) => id);
}

async function refusal(path: string, access_token: string): Promise<[number, number, number | undefined]> {
  const response = await fetch(address(path, { access_token }));
  const { error } = await readJson<Refusal>(response);
  return [response.status, error.code, error.error_subcode];
}

test('a person sees the business that they work in, and what it holds and is let into', async () => {
  for (const person of ['dana', 'rami']) {
    const token = await tokenOf(person);
    const [businessId, ...others] = await idsAt('me/businesses', token);
    expect(others).toEqual([]);
    expect(await idsAt(`${String(businessId)}/owned_ad_accounts`, token)).toEqual(
      accounts(person, ({ manager }) => manager?.id === businessId),
    );
    const clients = await idsAt(`${String(businessId)}/client_ad_accounts`, token);
    expect(clients).toEqual(accounts(person, ({ manager }) => manager?.owner === 'client'));
    expect(clients.length).toBeGreaterThan(0);
  }
});

test('a client’s own business is named at its ad account and is not the person’s to ask', async () => {
  const access_token = await tokenOf('dana');
  const list = address('me/adaccounts', { access_token, fields: 'business{id,name}', limit: '100' });
  const { data } = await readJson<ListPage>(await fetch(list));
  const named = new Set(data.flatMap(({ business }) => (business ? [(business as { id: string }).id] : [])));
  const own = new Set(await idsAt('me/businesses', access_token));
  const [foreign] = [...named].filter((id) => !own.has(id));
  expect(foreign).toBeDefined();
  expect(await refusal(`${String(foreign)}/owned_ad_accounts`, access_token)).toEqual([400, 100, 33]);
});

test('nobody sees another agency’s business', async () => {
  const [foreign] = await idsAt('me/businesses', await tokenOf('rami'));
  const token = await tokenOf('dana');
  expect(await refusal(`${String(foreign)}/client_ad_accounts`, token)).toEqual([400, 100, 33]);
  expect(await idsAt('me/businesses', await tokenOf('noor'))).toEqual([]);
});

test('without business_management there are no businesses, and the ad accounts all the same', async () => {
  const token = await shortToken('dana', ['ads_read']);
  expect(await refusal('me/businesses', token)).toEqual([403, 200, undefined]);
  expect(await refusal('1234567890/owned_ad_accounts', token)).toEqual([403, 200, undefined]);
  expect(await idsAt('me/adaccounts', token)).toEqual(accounts('dana', () => true));
});
