import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  address,
  type Fields,
  isoPlus,
  longToken,
  type ListPage,
  readJson,
  type Refusal,
  type Rig,
  startRig,
  timeRange,
  walk,
} from './meta-client.ts';

let rig: Rig;
let access_token: string;
beforeAll(async () => {
  rig = startRig({ now: '2026-11-20T09:30:00Z', seed: 3 });
  access_token = await longToken('dana');
});
afterAll(() => rig.server.close());

const account = (index: number) => rig.state.world.accounts[index]?.id ?? '';
const ask = (path: string, params: Record<string, string> = {}) =>
  fetch(address(path, { access_token, ...params }));
const rowsOf = async (path: string, params: Record<string, string>) =>
  (await walk(address(path, { access_token, ...params }))).rows;

async function codeOf(response: Response): Promise<[number, number]> {
  return [response.status, (await readJson<Refusal>(response)).error.code];
}

test('only asked fields are answered, and an unknown one is refused', async () => {
  expect(await readJson(await ask(account(4), { fields: 'currency,timezone_name' }))).toEqual({
    ...{ currency: 'JPY', timezone_name: 'Asia/Tokyo', id: account(4), account_id: account(4).slice(4) },
  });
  expect(await codeOf(await ask(account(4), { fields: 'currency,colour' }))).toEqual([400, 100]);
  expect(await codeOf(await ask(`${account(4)}/insights`, { fields: 'spend,colour' }))).toEqual([400, 100]);
  expect(await codeOf(await ask(`${account(4)}/insights`, { fields: 'constructor' }))).toEqual([400, 100]);
});

test('a disabled account still shows its history', async () => {
  const disabled = await readJson<Fields>(await ask(account(8), { fields: 'account_status,disable_reason' }));
  expect(disabled).toMatchObject({ account_status: 2, disable_reason: 2 });
  const insights = `${account(8)}/insights`;
  const recent = await rowsOf(insights, { time_range: timeRange('2026-02-15', '2026-11-19') });
  const earlier = await rowsOf(insights, { time_range: timeRange('2025-12-01', '2026-02-14') });
  expect([recent.length, earlier.length]).toEqual([0, 1]);
});

test('labels come as a list of what was asked of each, and are left out where there is none', async () => {
  const rows = await rowsOf(`${account(0)}/campaigns`, {
    fields: 'adlabels{name}',
    effective_status: '["ACTIVE","PAUSED","ARCHIVED"]',
  });
  const labels = rows.map((row) => row['adlabels'] as { name: string }[] | undefined);
  expect(labels.some((list) => list === undefined)).toBe(true);
  for (const list of labels) for (const label of list ?? []) expect(Object.keys(label)).toEqual(['name']);
  expect(labels.flatMap((list) => list ?? []).length).toBeGreaterThan(0);
});

test('archived campaigns are left out until they are asked for', async () => {
  const edge = `${account(0)}/campaigns`;
  const usual = await rowsOf(edge, { fields: 'effective_status' });
  expect(usual.map(({ effective_status }) => effective_status)).not.toContain('ARCHIVED');
  const archived = await rowsOf(edge, { fields: 'effective_status', effective_status: '["ARCHIVED"]' });
  expect(archived.length).toBeGreaterThan(0);
  expect(new Set(archived.map(({ effective_status }) => effective_status))).toEqual(new Set(['ARCHIVED']));
  expect(await codeOf(await ask(edge, { effective_status: '["SLEEPING"]' }))).toEqual([400, 100]);
});

test('budgets are whole minor units, and absent where the ad sets hold them', async () => {
  const every = '["ACTIVE","PAUSED","ARCHIVED","WITH_ISSUES"]';
  const fields = 'daily_budget,lifetime_budget,stop_time,start_time,objective';
  const all: Fields[] = [];
  for (let index = 0; index < 9; index += 1) {
    all.push(...(await rowsOf(`${account(index)}/campaigns`, { fields, effective_status: every })));
  }
  const budgets = all.map(({ daily_budget, lifetime_budget }) => daily_budget ?? lifetime_budget);
  expect(budgets.filter((budget) => budget === undefined).length).toBeGreaterThan(8);
  for (const budget of budgets.filter((given) => given !== undefined)) expect(budget).toMatch(/^[1-9]\d*$/);
  for (const { start_time } of all) expect(start_time).toMatch(/^\d{4}-\d\d-\d\dT00:00:00[+-]\d{4}$/);
  expect(all.map(({ objective }) => objective)).toContain('OUTCOME_SALES');
});

test('a list is walked to its end with every entry once, whatever the page size', async () => {
  const params = {
    level: 'campaign',
    time_increment: '1',
    fields: 'campaign_id',
    time_range: timeRange('2026-09-01', '2026-11-19'),
  };
  const keyOf = (row: Fields) => `${String(row.date_start)} ${String(row.campaign_id)}`;
  const whole = (await rowsOf(`${account(0)}/insights`, { ...params, limit: '500' })).map(keyOf);
  expect(new Set(whole).size).toBe(whole.length);
  for (const limit of ['1', '25', '37', String(whole.length)]) {
    const { rows, pages } = await walk(address(`${account(0)}/insights`, { access_token, ...params, limit }));
    expect(rows.map(keyOf)).toEqual(whole);
    expect(pages).toBe(Math.ceil(whole.length / Number(limit)));
  }
  expect(await codeOf(await ask(`${account(0)}/insights`, { ...params, after: 'nonsense' }))).toEqual([
    400, 100,
  ]);
});

test('a page can be walked back from', async () => {
  const first = await readJson<ListPage>(await ask('me/adaccounts', { limit: '4' }));
  const second = await readJson<ListPage>(
    await ask('me/adaccounts', { limit: '4', after: first.paging?.cursors.after ?? '' }),
  );
  const back = await readJson<ListPage>(
    await ask('me/adaccounts', { limit: '4', before: second.paging?.cursors.before ?? '' }),
  );
  expect(back.data).toEqual(first.data);
});

test('asking for too many rows over too many days is told to ask for less', async () => {
  const params = {
    level: 'campaign',
    time_increment: '1',
    time_range: timeRange('2026-08-20', '2026-11-19'),
  };
  const answer = await ask(`${account(0)}/insights`, { ...params, limit: '1000' });
  const { error } = await readJson<Refusal>(answer.clone());
  expect([answer.status, error.code, error.error_subcode]).toEqual([500, 1, undefined]);
  expect(error.message).toContain('reduce the amount of data');
  expect((await ask(`${account(0)}/insights`, { ...params, limit: '500' })).status).toBe(200);
});

test('insights end thirty-seven months back', async () => {
  const insights = `${account(0)}/insights`;
  expect((await ask(insights, { time_range: timeRange('2023-10-20', '2023-10-25') })).status).toBe(200);
  expect(await codeOf(await ask(insights, { time_range: timeRange('2023-10-19', '2023-10-25') }))).toEqual([
    400, 100,
  ]);
  expect(await codeOf(await ask(insights, { time_range: timeRange('2026-10-19', '2026-10-18') }))).toEqual([
    400, 100,
  ]);
  expect(await codeOf(await ask(insights, { time_range: '{"since":' }))).toEqual([400, 100]);
});

test('one campaign is asked by filter or by its own edge, with the same answer', async () => {
  const [campaign = {}] = await rowsOf(`${account(0)}/campaigns`, { fields: 'name' });
  const params = {
    time_range: timeRange('2026-10-01', '2026-10-31'),
    time_increment: '1',
    fields: 'campaign_id,spend,reach',
  };
  const filtering = JSON.stringify([{ field: 'campaign.id', operator: 'IN', value: [campaign.id] }]);
  const filtered = await rowsOf(`${account(0)}/insights`, { ...params, level: 'campaign', filtering });
  expect(filtered.length).toBeGreaterThan(10);
  expect(await rowsOf(`${String(campaign.id)}/insights`, params)).toEqual(filtered);
  expect(await readJson(await ask(String(campaign.id), { fields: 'name' }))).toEqual(campaign);
});

test('longer increments cut the range into spans that hold the same days', async () => {
  const time_range = timeRange('2026-09-14', '2026-11-08');
  const impressions = async (time_increment: string) => {
    const rows = await rowsOf(`${account(2)}/insights`, {
      time_range,
      time_increment,
      fields: 'impressions',
      limit: '100',
    });
    return {
      spans: rows.map((row) => [row.date_start, row.date_stop]),
      sum: rows.reduce((s, r) => s + Number(r.impressions), 0),
    };
  };
  const [days, weeks, months] = [
    await impressions('1'),
    await impressions('7'),
    await impressions('monthly'),
  ];
  expect([weeks.sum, months.sum]).toEqual([days.sum, days.sum]);
  expect(weeks.spans.slice(0, 2)).toEqual([
    ['2026-09-14', '2026-09-20'],
    ['2026-09-21', '2026-09-27'],
  ]);
  expect(months.spans).toEqual([
    ['2026-09-14', '2026-09-30'],
    ['2026-10-01', '2026-10-31'],
    ['2026-11-01', '2026-11-08'],
  ]);
});

test('attribution windows are shown when they are asked for', async () => {
  const params = { time_range: timeRange('2026-08-01', '2026-10-31'), fields: 'actions' };
  const windows = { action_attribution_windows: '["7d_click","1d_view","28d_view"]' };
  const actionOf = (row: Fields | undefined) =>
    ((row?.actions ?? []) as Record<string, string>[]).find(
      ({ action_type }) => action_type === 'omni_purchase',
    ) ?? {};
  const [plain] = await rowsOf(`${account(0)}/insights`, params);
  const [split] = await rowsOf(`${account(0)}/insights`, { ...params, ...windows });
  expect(Object.keys(actionOf(plain)).sort()).toEqual(['action_type', 'value']);
  expect(Object.keys(actionOf(split)).sort()).toEqual(['1d_view', '7d_click', 'action_type', 'value']);
  expect(actionOf(split).value).toBe(actionOf(plain).value);
});

test('what the sandbox does not model is refused, never ignored', async () => {
  for (const params of [
    { level: 'ad' },
    { breakdowns: 'country' },
    { filtering: '[{"field":"ad.id","operator":"IN","value":[]}]' },
  ]) {
    expect(
      await codeOf(await ask(`${account(0)}/insights`, params as unknown as Record<string, string>)),
    ).toEqual([400, 100]);
  }
});

test('every answer carries usage, and an insights answer the throttle', async () => {
  const person = await ask('me');
  expect(JSON.parse(person.headers.get('x-app-usage') ?? '')).toHaveProperty('call_count');
  const insights = await ask(`${account(0)}/insights`);
  const usage = JSON.parse(insights.headers.get('x-business-use-case-usage') ?? '{}') as Record<
    string,
    Fields[]
  >;
  expect(Object.values(usage)[0]?.[0]).toMatchObject({
    type: 'ads_insights',
    estimated_time_to_regain_access: 0,
  });
  expect(insights.headers.get('x-fb-ads-insights-throttle')).not.toBeNull();
  expect(insights.headers.get('x-ad-account-usage')).not.toBeNull();
  expect(insights.headers.get('retry-after')).toBeNull();
});

test('calls are written down without what authenticates them', async () => {
  rig.state.calls.clear();
  await ask(`${account(0)}/campaigns`, { fields: 'name' });
  await ask('nothing/here');
  const calls = await readJson<Fields[]>(
    await fetch(address('https://meta.sandbox.test/_calls', { platform: 'meta' })),
  );
  expect(calls.map(({ method, path, status }) => ({ method, path, status }))).toEqual([
    { method: 'GET', path: `/v26.0/${account(0)}/campaigns`, status: 200 },
    { method: 'GET', path: '/v26.0/nothing/here', status: 400 },
  ]);
  expect(JSON.stringify(calls)).not.toContain(access_token);
});

test('today differs between the ends of the time zones, and is only as full as its hour', async () => {
  const [east, west] = [account(6), account(7)];
  const today = (id: string) =>
    rowsOf(`${id}/insights`, { date_preset: 'today', time_increment: '1', fields: 'impressions' });
  rig.clock.now = new Date('2026-11-20T10:30:00Z');
  expect((await today(east))[0]).toMatchObject({ date_start: '2026-11-21' });
  expect((await today(west))[0]?.date_start ?? '2026-11-19').toBe('2026-11-19');
  const counts: number[] = [];
  for (const hour of [11, 15, 20, 23]) {
    rig.clock.now = new Date(`2026-11-20T${hour}:30:00Z`);
    counts.push(Number((await today(east))[0]?.impressions ?? 0));
  }
  expect(counts).toEqual([...counts].sort((left, right) => left - right));
  expect(new Set(counts).size).toBe(4);
  rig.clock.now = new Date('2026-11-21T10:00:00Z');
  const closed = await rowsOf(`${east}/insights`, {
    time_range: timeRange('2026-11-21', '2026-11-21'),
    fields: 'impressions',
  });
  expect(Number(closed[0]?.impressions)).toBeGreaterThan(counts[3] ?? 0);
  const future = timeRange(isoPlus('2026-11-22', 1), isoPlus('2026-11-22', 5));
  expect(await rowsOf(`${east}/insights`, { time_range: future })).toEqual([]);
});
