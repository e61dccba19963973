import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  address,
  arm,
  BASE,
  type Fields,
  type ListPage,
  readJson,
  type Refusal,
  type Rig,
  shortToken,
  startRig,
  timeRange,
  walk,
} from './meta-client.ts';

let rig: Rig;
let access_token: string;
beforeEach(async () => {
  rig = startRig({ now: '2026-11-20T09:30:00Z', seed: 3 });
  access_token = await shortToken('dana');
});
afterEach(() => rig.server.close());

const account = () => rig.state.world.accounts[0]?.id ?? '';
const ask = (path: string, params: Record<string, string> = {}, init?: RequestInit) =>
  fetch(address(path, { access_token, ...params }), init);
const statuses = async (paths: readonly string[]) => {
  const seen: number[] = [];
  for (const path of paths) seen.push((await ask(path)).status);
  return seen;
};

test('a fault strikes as often as it is told, after as many calls as it is told', async () => {
  await arm({ platform: 'meta', kind: 'error_500', times: 2, after: 1 });
  expect(await statuses(['me', 'me', 'me', 'me', 'me'])).toEqual([200, 500, 500, 200, 200]);
});

test('a fault strikes the addresses that match and counts only those', async () => {
  await arm({ platform: 'meta', kind: 'error_500', times: 1, after: 1, match: '/insights' });
  const insights = `${account()}/insights`;
  expect(await statuses(['me', insights, 'me', insights, insights])).toEqual([200, 200, 200, 500, 200]);
});

test('a fault without a number stays until it is taken away', async () => {
  await arm({ platform: 'meta', kind: 'error_500' });
  expect(await statuses(['me', 'me', 'me'])).toEqual([500, 500, 500]);
  await fetch(`${BASE}/_faults`, { method: 'DELETE' });
  expect(await statuses(['me'])).toEqual([200]);
});

test('two faults strike one after the other', async () => {
  await arm({ platform: 'meta', kind: 'error_500', times: 1 });
  await arm({ platform: 'meta', kind: 'expired_token', times: 1 });
  expect(await statuses(['me', 'me', 'me'])).toEqual([500, 400, 200]);
});

test.each([
  [{ platform: 'meta', kind: 'sunspots' }, /rate_limited.*drop_campaign/],
  [{ platform: 'fx', kind: 'job_failed' }, /error_500, slow, truncated_body/],
  [{ platform: 'orkut', kind: 'slow' }, /meta/],
  [{ platform: 'meta', kind: 'slow', times: 0 }, /times/],
  [{ platform: 'meta', kind: 'slow', matches: 'x' }, /matches/],
  [{ platform: 'meta', kind: 'restate_days', match: 'yesterday' }, /days/],
  [{ platform: 'meta', kind: 'drop_campaign', match: '2026-01-01' }, /campaign ids/],
])('a fault order that makes no sense is refused in words: %j', async (order, words) => {
  const response = await arm(order);
  expect(response.status).toBe(400);
  expect((await readJson<{ error: string }>(response)).error).toMatch(words);
  expect(rig.state.faults.list()).toEqual([]);
});

test('rate limits come with their codes and with the minutes until access is regained', async () => {
  await arm({ platform: 'meta', kind: 'rate_limited' });
  const codes: number[] = [];
  for (const path of ['me', `${account()}/campaigns`, `${account()}/insights`, `${account()}/campaigns`]) {
    const response = await ask(path);
    codes.push((await readJson<Refusal>(response)).error.code);
    if (path === 'me') continue;
    const usage = JSON.parse(response.headers.get('x-business-use-case-usage') ?? '{}') as Record<
      string,
      Fields[]
    >;
    expect(Object.values(usage)[0]?.[0]).toMatchObject({
      call_count: 100,
      estimated_time_to_regain_access: 1,
    });
  }
  expect(codes).toEqual([4, 80004, 17, 80004]);
});

test.each([
  ['expired_token', 463],
  ['revoked_grant', 458],
])('%s ends every call that carries a token, and no other', async (kind, subcode) => {
  await arm({ platform: 'meta', kind });
  const response = await ask('me');
  expect((await readJson<Refusal>(response)).error).toMatchObject({ code: 190, error_subcode: subcode });
  const wrongCode = await fetch(address('oauth/access_token'));
  expect((await readJson<Refusal>(wrongCode)).error.code).not.toBe(190);
});

test('a truncated body is half of an answer that promised more', async () => {
  await arm({ platform: 'meta', kind: 'truncated_body', times: 1 });
  const response = await ask('me');
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(text.length);
});

test('a slow answer is right in the end', async () => {
  await arm({ platform: 'meta', kind: 'slow', delayMs: 300, times: 1 });
  const begun = performance.now();
  expect((await ask('me')).status).toBe(200);
  expect(performance.now() - begun).toBeGreaterThan(290);
});

test('reduce_data strikes insights alone, with the text that clients must know it by', async () => {
  await arm({ platform: 'meta', kind: 'reduce_data', times: 1 });
  expect((await ask(`${account()}/campaigns`)).status).toBe(200);
  const response = await ask(`${account()}/insights`, { limit: '10' });
  expect(response.status).toBe(500);
  expect((await readJson<Refusal>(response)).error.message).toContain('reduce the amount of data');
});

test('an empty page in the middle still leads to all of the rest', async () => {
  const params = {
    level: 'campaign',
    time_increment: '1',
    time_range: timeRange('2026-11-01', '2026-11-10'),
    limit: '5',
  };
  const whole = await walk(address(`${account()}/insights`, { ...params, access_token }));
  await arm({ platform: 'meta', kind: 'empty_page_with_next', after: 1, times: 2 });
  const holed = await walk(address(`${account()}/insights`, { ...params, access_token }));
  expect(holed.rows).toEqual(whole.rows);
  expect(holed.pages).toBe(whole.pages + 2);
  await arm({ platform: 'meta', kind: 'empty_page_with_next', times: 2 });
  const first = await readJson<ListPage>(await ask('me/adaccounts'));
  const second = await readJson<ListPage>(await fetch(first.paging?.next ?? ''));
  expect([first.data, second.data]).toEqual([[], []]);
  expect(second.paging?.next).not.toBe(first.paging?.next);
});

const JOB = {
  level: 'campaign',
  time_increment: '1',
  fields: 'spend,campaign_id',
  time_range: timeRange('2026-10-01', '2026-10-31'),
};

async function startJob(): Promise<string> {
  const body = new URLSearchParams({ ...JOB, access_token });
  const response = await fetch(address(`${account()}/insights`), { method: 'POST', body });
  return (await readJson<{ report_run_id: string }>(response)).report_run_id;
}

async function polls(jobId: string, times: number): Promise<[string, number][]> {
  const seen: [string, number][] = [];
  for (let poll = 0; poll < times; poll += 1) {
    const { async_status, async_percent_completion } = await readJson<Fields>(await ask(jobId));
    seen.push([String(async_status), Number(async_percent_completion)]);
  }
  return seen;
}

test('an asynchronous report advances by polls and gives the rows of the synchronous one', async () => {
  const jobId = await startJob();
  const early = await ask(`${jobId}/insights`);
  expect([early.status, (await readJson<Refusal>(early)).error.code]).toEqual([400, 2601]);
  expect(await polls(jobId, 4)).toEqual([
    ['Job Not Started', 0],
    ['Job Running', 47],
    ['Job Completed', 98],
    ['Job Completed', 100],
  ]);
  expect(await readJson(await ask(jobId))).toMatchObject({
    date_start: '2026-10-01',
    date_stop: '2026-10-31',
  });
  const report = await walk(address(`${jobId}/insights`, { access_token, limit: '20' }));
  const plain = await walk(address(`${account()}/insights`, { ...JOB, access_token, limit: '20' }));
  expect(report.rows.length).toBeGreaterThan(40);
  expect(report).toEqual(plain);
});

test('a report that fails, sticks or is skipped says so, and the next one runs', async () => {
  for (const [kind, last] of [
    ['job_failed', 'Job Failed'],
    ['job_stuck', 'Job Running'],
    ['job_skipped', 'Job Skipped'],
  ] as const) {
    await arm({ platform: 'meta', kind, times: 1 });
    const struck = await startJob();
    expect((await polls(struck, 6)).at(-1)?.[0]).toBe(last);
    if (kind === 'job_failed') expect(await readJson(await ask(struck))).toMatchObject({ error_code: -2 });
    expect((await polls(await startJob(), 4)).at(-1)).toEqual(['Job Completed', 100]);
  }
});

test('a report belongs to who may see its account, and is gone after thirty days', async () => {
  const jobId = await startJob();
  const foreign = await fetch(address(jobId, { access_token: await shortToken('rami') }));
  expect((await readJson<Refusal>(foreign)).error.code).toBe(100);
  rig.clock.now = new Date('2026-12-21T09:30:00Z');
  access_token = await shortToken('dana');
  expect((await readJson<Refusal>(await ask(jobId))).error).toMatchObject({ code: 100, error_subcode: 33 });
});

test('another seed makes another world, and forgets faults and calls', async () => {
  const before = await readJson<Fields[]>(await fetch(`${BASE}/_truth/accounts`));
  await arm({ platform: 'meta', kind: 'error_500' });
  const plant = (seed: unknown) => fetch(`${BASE}/_seed`, { method: 'POST', body: JSON.stringify({ seed }) });
  expect((await plant(-1)).status).toBe(400);
  expect((await plant('7')).status).toBe(400);
  expect((await plant(424_242)).status).toBe(200);
  const after = await readJson<Fields[]>(await fetch(`${BASE}/_truth/accounts`));
  expect(after.length).toBe(before.length);
  expect(after.filter(({ id }) => before.some((account) => account.id === id))).toEqual([]);
  expect(after.map(({ currency }) => currency)).toEqual(before.map(({ currency }) => currency));
  expect(await statuses(['me'])).toEqual([200]);
  expect((await readJson<Fields[]>(await fetch(`${BASE}/_calls`))).length).toBe(1);
  await plant(3);
  expect(await readJson(await fetch(`${BASE}/_truth/accounts`))).toEqual(before);
});

test('a truth question that makes no sense is refused', async () => {
  const ask400 = async (params: Record<string, string>) =>
    (await fetch(address(`${BASE}/_truth/meta`, params))).status;
  const range = { from: '2026-01-01', to: '2026-01-31' };
  expect(await ask400({ ...range, account: '12' })).toBe(404);
  expect(await ask400({ ...range, account: account(), from: '2026-02-30' })).toBe(400);
  expect(await ask400({ ...range, account: account(), asOf: 'then' })).toBe(400);
  expect(await ask400({ ...range, account: account().slice(4) })).toBe(200);
  expect((await fetch(address(`${BASE}/_truth/orkut`, range))).status).toBe(404);
});
