import { describe, expect, it } from 'vitest';
import { Secret } from '../../server/kernel/crypto.ts';
import {
  ADVERTISER,
  APP_ID,
  SECRET,
  TOKEN,
  access,
  account,
  drain,
  failureOf,
  jsonOf,
  listOf,
  useTiktokVendor,
} from '../support/tiktok-vendor.ts';

const { tiktok, asked, answers, callsOf } = useTiktokVendor();

describe('the grant', () => {
  it('is asked for by the application alone, with the state as it is', () => {
    const url = new URL(tiktok.authorizationUrl({ state: 'a b&c', redirectUri: 'http://x.test/cb' }));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_id: APP_ID,
      state: 'a b&c',
      redirect_uri: 'http://x.test/cb',
    });
  });

  const token = { access_token: TOKEN, advertiser_ids: ['2', '1'], scope: [1, 2, 4, 611, 10000] };

  it('has no end and no refresh, the permissions by name, and the person who gave it', async () => {
    answers.set('oauth2/access_token/', () => ({ data: token }));
    answers.set('user/info/', () => ({
      data: { core_user_id: '6999999999999999999', display_name: 'Dana', email: 'dana@x.test' },
    }));
    const grant = await tiktok.exchangeCode({ code: 'the-code', redirectUri: 'http://x.test/cb' });
    expect(grant).toMatchObject({
      refreshToken: null,
      expiresAt: null,
      nativeUserId: '6999999999999999999',
      nativeUserName: 'Dana',
    });
    expect(grant.scopes).toEqual([
      ...['Ad Account Management', 'Ads Management', 'Reporting', 'Creative Management', 'Permission 10000'],
    ]);
    expect(grant.scopes).toEqual(expect.arrayContaining([...tiktok.requiredScopes]));
    expect(callsOf('oauth2/access_token/')[0]).toMatchObject({
      method: 'POST',
      body: { app_id: APP_ID, secret: SECRET, auth_code: 'the-code' },
      token: null,
    });
    expect(callsOf('user/info/')[0]?.token).toBe(TOKEN);
  });

  it('of a person who is not told is known by the accounts that it shows, in any order', async () => {
    const order = { ids: ['2', '1'] };
    answers.set('oauth2/access_token/', () => ({ data: { ...token, advertiser_ids: order.ids } }));
    answers.set('user/info/', () => ({ code: 40001, message: 'No permission' }));
    const exchange = () => tiktok.exchangeCode({ code: 'c', redirectUri: 'http://x.test/cb' });
    const first = await exchange();
    order.ids = ['1', '2'];
    expect((await exchange()).nativeUserId).toBe(first.nativeUserId);
    order.ids = ['1', '3'];
    expect((await exchange()).nativeUserId).not.toBe(first.nativeUserId);
  });

  it('is refused for a code that was used', async () => {
    answers.set('oauth2/access_token/', () => ({ code: 40110, message: 'Auth_code is used' }));
    const error = await failureOf(tiktok.exchangeCode({ code: 'c', redirectUri: 'http://x.test/cb' }));
    expect(error).toMatchObject({ kind: 'reauthorize', code: '40110' });
  });

  it('is ended with the application’s own word, and one that is dead already counts as ended', async () => {
    const grant = { accessToken: new Secret(TOKEN), refreshToken: null, nativeUserId: '1' };
    answers.set('oauth2/revoke_token/', () => ({ data: {} }));
    await tiktok.revoke(grant);
    expect(asked[0]?.body).toEqual({
      app_id: APP_ID,
      secret: SECRET,
      access_token: TOKEN,
    });
    answers.set('oauth2/revoke_token/', () => ({ code: 40105, message: 'Access token is incorrect' }));
    await tiktok.revoke(grant);
    answers.set('oauth2/revoke_token/', () => ({ code: 50000, message: 'System error' }));
    expect((await failureOf(tiktok.revoke(grant))).kind).toBe('retry');
  });
});

describe('the accounts', () => {
  const details = (ids: readonly string[]) =>
    ids.map((id) => ({
      advertiser_id: id,
      name: `Account ${id}`,
      company: 'The client',
      currency: 'KWD',
      timezone: 'Etc/GMT-3',
      status: id.endsWith('3') ? 'STATUS_LIMIT' : 'STATUS_ENABLE',
    }));
  const many = Array.from({ length: 230 }, (_, index) => String(7_000_000_000_000_000_000n + BigInt(index)));
  const grant = (ids: readonly string[]) =>
    answers.set('oauth2/advertiser/get/', () => ({
      data: { list: ids.map((advertiser_id) => ({ advertiser_id, advertiser_name: 'x' })) },
    }));
  const describeAll = () =>
    answers.set('advertiser/info/', (call) => ({
      data: { list: details(jsonOf(call, 'advertiser_ids') as string[]) },
    }));

  it('come with currency, zone and state, a hundred a call', async () => {
    grant(many);
    describeAll();
    answers.set('bc/get/', () => listOf([]));
    const accounts = await drain(tiktok.listAccounts(access));
    expect(accounts.map(({ nativeId }) => nativeId)).toEqual(many);
    expect(accounts[3]).toMatchObject({
      name: `Account ${many[3]}`,
      currency: 'KWD',
      timeZone: 'Etc/GMT-3',
      nativeStatus: 'STATUS_LIMIT',
      isUsable: false,
      isManager: false,
      parentNativeId: null,
      loginNativeId: null,
      holderName: 'The client',
    });
    const sizes = callsOf('advertiser/info/').map(
      (call) => (jsonOf(call, 'advertiser_ids') as string[]).length,
    );
    expect(sizes).toEqual([100, 100, 30]);
  });

  const centre = (bc_id: string, name: string) => ({ bc_info: { bc_id, name }, user_role: 'ADMIN' });

  it('stand below the business centre that owns them, which is listed before them', async () => {
    grant(['71', '72', '73']);
    describeAll();
    answers.set('bc/get/', () =>
      listOf([centre('90', 'Guest'), centre('91', 'Owner'), centre('92', 'Empty')]),
    );
    answers.set('bc/asset/get/', (call) => {
      const shared = [{ asset_id: '71', owner_bc_name: 'Owner' }, { asset_id: '999' }];
      const held: Record<string, unknown[]> = {
        90: shared,
        91: [{ asset_id: '71', owner_bc_name: 'Owner' }, { asset_id: '72' }],
      };
      return listOf(held[call.query.get('bc_id') ?? ''] ?? []);
    });
    const accounts = await drain(tiktok.listAccounts(access));
    expect(
      accounts.map(({ nativeId, isManager, parentNativeId }) => [nativeId, isManager, parentNativeId]),
    ).toEqual([
      ['91', true, null],
      ['71', false, '91'],
      ['72', false, '91'],
      ['73', false, null],
    ]);
    expect(callsOf('bc/asset/get/').every(({ query }) => query.get('asset_type') === 'ADVERTISER')).toBe(
      true,
    );
    expect(callsOf('bc/get/')[0]?.query.get('page_size')).toBe('50');
  });

  it('are a flat list where the grant may not see business centres', async () => {
    grant(['71']);
    describeAll();
    answers.set('bc/get/', () => ({ code: 40001, message: 'No permission to operate business center' }));
    expect(await drain(tiktok.listAccounts(access))).toMatchObject([
      { nativeId: '71', parentNativeId: null },
    ]);
  });

  it('are all listed but the one that may not be read', async () => {
    const ids = many.slice(0, 9);
    grant(ids);
    answers.set('bc/get/', () => listOf([]));
    answers.set('advertiser/info/', (call) => {
      const wanted = jsonOf(call, 'advertiser_ids') as string[];
      const isRefused = wanted.includes(ids[4] ?? '');
      return isRefused ? { code: 40001, message: 'No permission' } : { data: { list: details(wanted) } };
    });
    const accounts = await drain(tiktok.listAccounts(access));
    expect(accounts.map(({ nativeId }) => nativeId)).toEqual(ids.filter((_, index) => index !== 4));
  });
});

describe('the campaigns', () => {
  it('are of every kind and state, TopView asked for apart', async () => {
    const campaign = { advertiser_id: ADVERTISER, campaign_name: 'X', create_time: '2026-05-01 22:30:00' };
    answers.set('campaign/get/', (call) => {
      const { buying_types: kinds } = jsonOf(call, 'filtering') as { buying_types: string[] };
      if (kinds.includes('RESERVATION_TOP_VIEW'))
        return listOf([{ ...campaign, campaign_id: '3', objective_type: 'TOPVIEW_REACH', budget: 0 }]);
      return listOf([
        {
          ...campaign,
          campaign_id: '1',
          budget_mode: 'BUDGET_MODE_DAY',
          budget: 50.5,
          objective_type: 'TRAFFIC',
        },
        { ...campaign, campaign_id: '2', budget_mode: 'BUDGET_MODE_TOTAL', budget: 1200 },
        { ...campaign, campaign_id: '4', budget_mode: 'BUDGET_MODE_INFINITE', budget: 0 },
        { ...campaign, campaign_id: '5', objective_type: 'constructor', operation_status: 'ENABLE' },
      ]);
    });
    const campaigns = await drain(tiktok.listCampaigns(access, account));
    expect(
      campaigns.map(({ nativeId, dailyBudget, lifetimeBudget, objective }) => {
        return [nativeId, dailyBudget, lifetimeBudget, objective];
      }),
    ).toEqual([
      ['1', '50.5', null, 'TRAFFIC'],
      ['2', null, '1200', null],
      ['4', null, null, null],
      ['5', null, null, null],
      ['3', null, null, 'REACH'],
    ]);
    expect(campaigns[3]).toMatchObject({
      nativeObjective: 'constructor',
      nativeStatus: 'ENABLE',
      startsOn: null,
    });
    const filters = callsOf('campaign/get/').map((call) => jsonOf(call, 'filtering'));
    expect(filters).toEqual([
      { primary_status: 'STATUS_ALL', buying_types: ['AUCTION', 'RESERVATION_RF'] },
      { primary_status: 'STATUS_ALL', buying_types: ['RESERVATION_TOP_VIEW'] },
    ]);
  });
});
