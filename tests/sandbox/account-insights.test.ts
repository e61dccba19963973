import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  address,
  arm,
  type Fields,
  micros,
  readJson,
  type Refusal,
  type Rig,
  shortToken,
  startRig,
  timeRange,
  walk,
} from './meta-client.ts';

let rig: Rig;
beforeEach(() => {
  rig = startRig({ now: '2026-11-20T09:30:00Z' });
});
afterEach(() => rig.server.close());

const RANGE = { time_range: timeRange('2026-10-01', '2026-11-15'), time_increment: '1', limit: '500' };
const METRICS = ['spend', 'impressions', 'inline_link_clicks'] as const;

const account = () => rig.state.world.accounts.find(({ platform }) => platform === 'meta')?.id ?? '';

function question(level: string, access_token: string): Record<string, string> {
  return { ...RANGE, access_token, level, fields: METRICS.join(',') };
}

/** Sums by day; what is left out is nothing. */
function byDay(rows: readonly Fields[]): Map<string, string> {
  const sums = new Map<string, bigint[]>();
  for (const row of rows) {
    const day = String(row['date_start']);
    const sum = sums.get(day) ?? METRICS.map(() => 0n);
    sums.set(
      day,
      METRICS.map((name, index) => {
        const value = row[name];
        return (sum[index] ?? 0n) + (typeof value === 'string' ? micros(value) : 0n);
      }),
    );
  }
  return new Map([...sums].map(([day, sum]) => [day, sum.join(' ')]));
}

test('an account’s own days are the sums of its campaigns', async () => {
  const token = await shortToken('dana');
  const path = `${account()}/insights`;
  const campaigns = await walk(address(path, question('campaign', token)));
  const own = await walk(address(path, question('account', token)));
  expect(own.rows.length).toBeGreaterThan(40);
  expect(own.rows.length).toBeLessThan(campaigns.rows.length);
  expect(byDay(own.rows)).toEqual(byDay(campaigns.rows));
});

async function start(token: string): Promise<string> {
  const body = new URLSearchParams(question('account', token));
  const response = await fetch(address(`${account()}/insights`), { method: 'POST', body });
  return (await readJson<{ report_run_id: string }>(response)).report_run_id;
}

interface Run {
  id: string;
  async_status: string;
  async_percent_completion: number;
  time_ref?: number;
}

const look = async (runId: string, access_token: string, fields?: string) =>
  readJson<Run>(await fetch(address(runId, { access_token, ...(fields ? { fields } : {}) })));

test('a report of them that one client began is read by another, once it is whole', async () => {
  const runId = await start(await shortToken('dana'));
  const token = await shortToken('dana');
  const rows = address(`${runId}/insights`, { access_token: token, limit: '7' });
  const early = await readJson<Refusal>(await fetch(rows));
  expect(early.error.code).toBe(2601);
  let run = await look(runId, token);
  for (let polls = 0; polls < 9 && run.async_percent_completion < 100; polls += 1)
    run = await look(runId, token);
  expect(run).toMatchObject({ id: runId, async_status: 'Job Completed', async_percent_completion: 100 });
  const own = await walk(address(`${account()}/insights`, question('account', token)));
  expect((await walk(rows)).rows).toEqual(own.rows);
});

test('a report run answers the asked fields and its id', async () => {
  const token = await shortToken('dana');
  const runId = await start(token);
  const fields = 'async_status,async_percent_completion';
  expect(Object.keys(await look(runId, token, fields)).sort()).toEqual([...fields.split(','), 'id'].sort());
  expect(await look(runId, token)).toHaveProperty('time_ref');
  const response = await fetch(address(runId, { access_token: token, fields: 'colour' }));
  expect((await readJson<Refusal>(response)).error.code).toBe(100);
});

test.each([
  ['job_failed', 'Job Failed'],
  ['job_skipped', 'Job Skipped'],
  ['job_stuck', 'Job Running'],
])('a report that meets %s never completes, and the one after it does', async (kind, status) => {
  await arm({ platform: 'meta', kind, times: 1 });
  const token = await shortToken('dana');
  const [bad, good] = [await start(token), await start(token)];
  for (let polls = 0; polls < 5; polls += 1) await Promise.all([look(bad, token), look(good, token)]);
  const run = await look(bad, token);
  expect(run.async_status).toBe(status);
  expect(run.async_percent_completion).toBeLessThan(100);
  expect(await look(good, token)).toMatchObject({ async_percent_completion: 100 });
});
