import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox } from '../../sandbox/handlers.ts';
import {
  address,
  ALL_SCOPES,
  APP,
  arm,
  BASE,
  calls,
  codeOf,
  consent,
  dataOf,
  exchange,
  get,
  type Page,
  portalAddress,
  post,
  refusalOf,
  type Rig,
  startRig,
  tokenOf,
  walk,
} from './tiktok-client.ts';

let rig: Rig;
beforeEach(() => {
  rig = startRig({ now: '2026-11-20T09:30:00Z' });
});
afterEach(() => rig.server.close());

const accountsOf = (key: string) =>
  rig.state.world.accounts.filter(({ platform, viewer }) => platform === 'tiktok' && viewer.key === key);

describe('authorizing', () => {
  test('works without a script: a form with people, permissions, continue and cancel', async () => {
    const page = await (await fetch(portalAddress())).text();
    expect(page).not.toContain('<script');
    expect(page.match(/type="radio" name="person"/g)).toHaveLength(3);
    expect([...page.matchAll(/name="scope" value="(\d+)" checked/g)].map(([, id]) => id)).toEqual(ALL_SCOPES);
    expect(page).toMatch(/value="continue">[^]*value="cancel">/);
  });

  test('sends the browser back with an auth_code and the state, or with a refusal', async () => {
    const allowed = (await consent('dana')).searchParams;
    expect([allowed.get('state'), allowed.get('auth_code')?.length]).toEqual(['state-1', 40]);
    const cancelled = (await consent('dana', [], 'cancel')).searchParams;
    expect([cancelled.get('state'), cancelled.get('error')]).toEqual(['state-1', 'access_denied']);
    expect(cancelled.has('auth_code')).toBe(false);
  });

  test.each([
    ['a foreign application', { app_id: '1' }],
    ['an address that is none', { redirect_uri: 'javascript:alert(1)' }],
  ])('refuses %s and sends nobody anywhere', async (_, change) => {
    const response = await fetch(portalAddress(change), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  test('gives a token once for a code, within an hour, with the right secret', async () => {
    const code = await codeOf('dana', ['4', '2']);
    const wrong = post('oauth2/access_token/', { ...APP, secret: 'x', auth_code: code });
    expect((await refusalOf(wrong))[0]).toBe(40002);
    const token = await dataOf(exchange(code));
    expect(token.scope).toEqual([2, 4]);
    expect(token.advertiser_ids).toEqual(accountsOf('dana').map(({ id }) => id));
    expect((await refusalOf(exchange(code)))[0]).toBe(40110);
    expect((await refusalOf(exchange('made-up')))[0]).toBe(40110);
    const late = await codeOf('dana');
    rig.clock.now = new Date('2026-11-20T10:30:01Z');
    expect((await refusalOf(exchange(late)))[0]).toBe(40110);
  });

  test('gives tokens that do not age and outlive a restart and another seed', async () => {
    const token = await tokenOf('rami');
    rig.clock.now = new Date('2029-01-01T00:00:00Z');
    rig.server.resetHandlers(...createSandbox({ baseUrl: BASE, seed: 7, now: () => rig.clock.now }).handlers);
    expect(await dataOf(get('user/info/', {}, token))).toMatchObject({
      display_name: 'Rami Khoury',
      core_user_id: '7183920465518273202',
    });
  });

  test('knows a token by its bare text alone', async () => {
    const token = await tokenOf('dana');
    expect((await get('user/info/', {}, token)).code).toBe(0);
    expect((await get('user/info/', {}, `Bearer ${token}`)).code).toBe(40105);
    expect((await get('user/info/', {}, `${token.slice(0, -1)}x`)).code).toBe(40105);
    expect((await get('user/info/', {}, '')).code).toBe(40104);
  });

  test('ends with the revocation of the token, and of that alone', async () => {
    const [first, second] = [await tokenOf('dana'), await tokenOf('dana')];
    const ended = post('oauth2/revoke_token/', { ...APP, access_token: first }, first);
    expect((await ended).code).toBe(0);
    expect((await get('user/info/', {}, first)).code).toBe(40105);
    expect((await get('user/info/', {}, second)).code).toBe(0);
    const again = post('oauth2/revoke_token/', { ...APP, access_token: first }, first);
    expect((await again).code).toBe(40105);
  });
});

describe('the envelope', () => {
  test('comes with HTTP 200 whatever its code says', async () => {
    const response = await fetch(address('user/info/'));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      code: 40104,
      data: {},
      request_id: expect.stringMatching(/^\d{14}[0-9A-F]{18}$/) as string,
    });
  });

  test('is not there for a path without its last slash', async () => {
    const response = await fetch(address('user/info'), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([301, '/open_api/v1.3/user/info/']);
  });

  test('refuses what the sandbox does not have, with its code in the list of calls', async () => {
    expect((await refusalOf(get('adgroup/get/', {}, 'x')))[0]).toBe(40002);
    const [call] = (await calls()).slice(-1);
    expect(call).toMatchObject({ path: '/open_api/v1.3/adgroup/get/', status: 200, code: 40002 });
  });

  test('keeps secrets out of the list of calls', async () => {
    const token = await tokenOf('dana');
    await get('oauth2/advertiser/get/', APP, token);
    const text = JSON.stringify(await calls());
    expect(text).not.toContain(APP.secret);
    expect(text).not.toContain(token);
  });
});

describe('ad accounts', () => {
  test('are those of the person, each once, and nobody else’s', async () => {
    for (const key of ['dana', 'rami', 'noor']) {
      const token = await tokenOf(key);
      const { list } = await dataOf(
        get<{ list: { advertiser_id: string }[] }>('oauth2/advertiser/get/', APP, token),
      );
      expect(list.map(({ advertiser_id }) => advertiser_id)).toEqual(accountsOf(key).map(({ id }) => id));
    }
    const [foreign] = accountsOf('rami');
    const asked = get('advertiser/info/', { advertiser_ids: [foreign?.id] }, await tokenOf('dana'));
    expect((await asked).code).toBe(40001);
  });

  test('tell currency, zone and status; ids are texts beyond 2^53', async () => {
    const ids = accountsOf('dana').map(({ id }) => id);
    const fields = ['advertiser_id', 'currency', 'timezone', 'status'];
    const { list } = await dataOf(
      get<{ list: Record<string, string>[] }>(
        'advertiser/info/',
        { advertiser_ids: ids, fields },
        await tokenOf('dana'),
      ),
    );
    expect(list.map(({ advertiser_id }) => advertiser_id)).toEqual(ids);
    expect(ids.every((id) => Number(id) > Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(list.map(({ currency }) => currency)).toEqual(expect.arrayContaining(['JPY', 'KWD', 'AED']));
    expect(list.map(({ timezone }) => timezone)).toEqual(
      expect.arrayContaining(['Etc/GMT-4', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']),
    );
    expect(list.map(({ status }) => status)).toContain('STATUS_LIMIT');
    expect(Object.keys(list[0] ?? {}).sort()).toEqual([...fields].sort());
  });

  test('are asked for by at most a hundred ids, and by known fields', async () => {
    const token = await tokenOf('dana');
    const many = Array.from({ length: 101 }, (_, index) => String(index));
    expect((await get('advertiser/info/', { advertiser_ids: many }, token)).code).toBe(40002);
    const asked = { advertiser_ids: [accountsOf('dana')[0]?.id], fields: ['password'] };
    expect((await get('advertiser/info/', asked, token)).code).toBe(40002);
  });

  test('stand in business centres, which a token without the permission cannot see', async () => {
    const token = await tokenOf('dana');
    const centers = await walk<{ bc_info: { bc_id: string; name: string } }>(
      'bc/get/',
      { page_size: 1 },
      token,
    );
    const managers = new Set(accountsOf('dana').flatMap(({ manager }) => (manager ? [manager.id] : [])));
    expect(new Set(centers.map(({ bc_info }) => bc_info.bc_id))).toEqual(managers);
    for (const { bc_info } of centers) {
      const assets = await walk<{ asset_id: string }>(
        'bc/asset/get/',
        { bc_id: bc_info.bc_id, asset_type: 'ADVERTISER', page_size: 2 },
        token,
      );
      const held = accountsOf('dana').filter(({ manager }) => manager?.id === bc_info.bc_id);
      expect(assets.map(({ asset_id }) => asset_id)).toEqual(held.map(({ id }) => id));
    }
    const narrow = await tokenOf('dana', ['1', '2', '4']);
    expect((await get('bc/get/', {}, narrow)).code).toBe(40001);
    const [foreign] = [...accountsOf('rami')].flatMap(({ manager }) => (manager ? [manager.id] : []));
    expect((await get('bc/asset/get/', { bc_id: foreign, asset_type: 'ADVERTISER' }, token)).code).toBe(
      40001,
    );
  });

  test.each([
    ['ad accounts', ['2', '4'], 'advertiser/info/', { advertiser_ids: ['1'] }],
    ['campaigns', ['1', '4'], 'campaign/get/', { advertiser_id: '1' }],
    ['reports', ['1', '2'], 'report/integrated/get/', { advertiser_id: '1' }],
  ])('show no %s to a token without the permission', async (_what, scopes, path, question) => {
    const [code, message] = await refusalOf(get(path, question, await tokenOf('dana', scopes)));
    expect(code).toBe(40001);
    expect(message).toContain('lacks the scope');
  });
});

describe('campaigns', () => {
  interface Campaign {
    campaign_id: string;
    objective_type: string;
    secondary_status: string;
    budget_mode: string;
    budget: number;
    create_time: string;
  }
  const list = (question: Record<string, unknown>, token: string) =>
    walk<Campaign>('campaign/get/', { page_size: 1000, ...question }, token);

  test('leave out the deleted and TopView ones unless those are asked for', async () => {
    const token = await tokenOf('dana');
    let topViews = 0;
    for (const { id: advertiser_id } of accountsOf('dana')) {
      const plain = await list({ advertiser_id }, token);
      expect(plain.map(({ secondary_status }) => secondary_status)).not.toContain('CAMPAIGN_STATUS_DELETE');
      const all = await list({ advertiser_id, filtering: { primary_status: 'STATUS_ALL' } }, token);
      const deleted = await list({ advertiser_id, filtering: { primary_status: 'STATUS_DELETE' } }, token);
      expect(all).toHaveLength(plain.length + deleted.length);
      expect(deleted.every(({ secondary_status }) => secondary_status === 'CAMPAIGN_STATUS_DELETE')).toBe(
        true,
      );
      const buying_types = ['RESERVATION_TOP_VIEW'];
      const top = await list(
        { advertiser_id, filtering: { primary_status: 'STATUS_ALL', buying_types } },
        token,
      );
      expect(top.filter(({ campaign_id }) => all.some((each) => each.campaign_id === campaign_id))).toEqual(
        [],
      );
      topViews += top.length;
    }
    expect(topViews).toBeGreaterThan(0);
  });

  test('are refused with a filter that makes no sense', async () => {
    const token = await tokenOf('dana');
    const advertiser_id = accountsOf('dana')[0]?.id;
    for (const filtering of [
      { buying_types: ['AUCTION', 'RESERVATION_TOP_VIEW'] },
      { primary_status: 'ALL' },
      { colour: 'red' },
      ['AUCTION'],
    ]) {
      expect((await get('campaign/get/', { advertiser_id, filtering }, token)).code).toBe(40002);
    }
    expect((await get('campaign/get/', { advertiser_id, page_size: 1001 }, token)).code).toBe(40002);
    expect((await get('campaign/get/', {}, token)).code).toBe(40002);
  });

  test('have budgets in major units as numbers, and times in UTC without an offset', async () => {
    const token = await tokenOf('dana');
    const yen = accountsOf('dana').find(({ currency }) => currency === 'JPY');
    const campaigns = await list({ advertiser_id: yen?.id }, token);
    expect(campaigns.length).toBeGreaterThan(3);
    for (const { budget, budget_mode, create_time } of campaigns) {
      expect(Number.isInteger(budget)).toBe(true);
      expect(budget > 0).toBe(budget_mode !== 'BUDGET_MODE_INFINITE');
      expect(create_time).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
    }
  });

  test('come in pages of ten unless it is said otherwise', async () => {
    const token = await tokenOf('dana');
    const question = { advertiser_id: accountsOf('dana')[0]?.id, page_size: 3 };
    const first = await dataOf(get<Page<Campaign>>('campaign/get/', question, token));
    expect(first.list).toHaveLength(3);
    expect(first.page_info).toMatchObject({ page: 1, page_size: 3 });
    expect(first.page_info.total_page).toBe(Math.ceil(first.page_info.total_number / 3));
    const whole = await walk<Campaign>('campaign/get/', question, token);
    expect(new Set(whole.map(({ campaign_id }) => campaign_id)).size).toBe(first.page_info.total_number);
    const beyond = await dataOf(get<Page<Campaign>>('campaign/get/', { ...question, page: 99 }, token));
    expect(beyond.list).toEqual([]);
  });
});

describe('a fault', () => {
  const question = () => ({ advertiser_id: accountsOf('dana')[0]?.id, page_size: 2 });

  test.each([
    ['rate_limited', 40100],
    ['error_500', 50000],
    ['expired_token', 40102],
    ['revoked_grant', 40105],
  ])('%s answers %i and then passes', async (kind, code) => {
    const token = await tokenOf('dana');
    expect((await arm({ kind, times: 1 })).status).toBe(201);
    expect((await get('campaign/get/', question(), token)).code).toBe(code);
    expect((await get('campaign/get/', question(), token)).code).toBe(0);
  });

  test('error_500 is every second time a gateway’s page and no JSON', async () => {
    const token = await tokenOf('dana');
    await arm({ kind: 'error_500', times: 2 });
    expect((await get('campaign/get/', question(), token)).code).toBe(50000);
    const response = await fetch(address('campaign/get/', question()), {
      headers: { 'access-token': token },
    });
    expect(response.status).toBe(504);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('empty_page_with_next shows an empty page, and the walk goes on to every row', async () => {
    const token = await tokenOf('dana');
    const whole = await walk('campaign/get/', question(), token);
    await arm({ kind: 'empty_page_with_next', after: 1, times: 2 });
    expect(await walk('campaign/get/', question(), token)).toEqual(whole);
    const empty = (await calls()).filter(({ path }) => path.endsWith('campaign/get/')).length;
    expect(empty).toBe(2 * Math.ceil(whole.length / 2) + 2);
    expect(await walk('campaign/get/', question(), token)).toEqual(whole);
  });

  test('truncated_body breaks the answer off', async () => {
    await arm({ kind: 'truncated_body', times: 1 });
    const response = await fetch(address('user/info/'));
    await expect(response.json()).rejects.toThrow();
  });

  test('drop_campaign takes the campaign out of every list', async () => {
    const token = await tokenOf('dana');
    const filtering = { primary_status: 'STATUS_ALL' };
    const before = await walk<{ campaign_id: string }>('campaign/get/', { ...question(), filtering }, token);
    await arm({ kind: 'drop_campaign', match: before[0]?.campaign_id });
    const after = await walk<{ campaign_id: string }>('campaign/get/', { ...question(), filtering }, token);
    expect(after).toEqual(before.slice(1));
  });
});

describe('the limit', () => {
  test('of ten calls a second refuses the eleventh, counts no refused one, and is in the list of calls', async () => {
    rig.server.close();
    rig = startRig({ now: '2026-11-20T09:30:00Z', isLimited: true });
    const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(address('user/info/'))));
    const codes = await Promise.all(
      answers.map(async (response) => ((await response.json()) as { code: number }).code),
    );
    const allowed = codes.filter((code) => code === 40104).length;
    expect(allowed).toBeGreaterThanOrEqual(10);
    expect(codes.filter((code) => code === 40100)).toHaveLength(30 - allowed);
    expect((await calls()).filter(({ code }) => code === 40100)).toHaveLength(30 - allowed);
  });

  test('is off where a test does not ask for it', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => get('user/info/', {}, '')));
    expect(answers.every(({ code }) => code === 40104)).toBe(true);
  });
});
