import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type SandboxServer } from '../../sandbox/server.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency } from '../support/meta.ts';
import { caller, createWorld, type World } from '../support/world.ts';
import { inOrder, storedDays } from './stored-figures.ts';

const database = useTestDatabase();
let sandbox: SandboxServer;
let world: World;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, host: '127.0.0.1' });
  const settings = { META_GRAPH_URL: sandbox.url, META_DIALOG_URL: sandbox.url };
  world = await createWorld(database(), { settings });
  // The past of years is another test's: here the day's work is killed.
  await caller(world, world.demo.people.owner.principal).platformSettings.update({
    platform: 'META',
    backfillMonths: 0,
  });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await world.close();
  await sandbox.close();
});

interface Jobs {
  child: ChildProcess;
  lines: string[];
}

/** The jobs process as production runs it, on this file's database. */
async function startJobs(): Promise<Jobs> {
  const { tokenEncryptionKeys, meta } = world.services.config;
  const [key] = tokenEncryptionKeys;
  const child = spawn(process.execPath, ['--import', 'tsx', 'jobs/main.ts'], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_JOBS_URL: database().jobsUrl,
      TOKEN_ENCRYPTION_KEYS: `${key?.id}:${key?.key.toString('base64')}`,
      META_APP_ID: meta?.appId,
      META_APP_SECRET: meta?.appSecret.reveal(),
      META_GRAPH_URL: sandbox.url,
      META_DIALOG_URL: sandbox.url,
      FX_RATES_URL: `${sandbox.url}/fx/eurofxref.xml`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const lines: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trim().split('\n')));
  await until('the jobs are up', () => lines.some((line) => line.includes('jobs are up')), 60_000);
  return { child, lines };
}

async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs} ms`);
    await delay(100);
  }
}

async function arm(order: object): Promise<void> {
  const response = await fetch(`${sandbox.url}/_faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ platform: 'meta', ...order }),
  });
  if (!response.ok) throw new Error(await response.text());
}

async function statuses(): Promise<string[]> {
  const { rows } = await world.ownerDb.pool.query<{ status: string }>('select status from sync_runs');
  return rows.map(({ status }) => status);
}

async function expectTruth(accounts: readonly { id: string; nativeId: string }[]): Promise<void> {
  for (const { id, nativeId } of accounts) {
    const { rows } = await world.ownerDb.pool.query<{ from: string; to: string; at: Date }>(
      `select window_start::text as from, window_end::text as to,
              (select max(fetched_at) from campaign_metrics where ad_account_id = $1) as at
         from sync_runs where ad_account_id = $1 and status = 'SUCCESS' order by finished_at desc limit 1`,
      [id],
    );
    const { from = '', to = '', at } = rows[0] ?? {};
    const query = new URLSearchParams({
      account: nativeId,
      from,
      to,
      asOf: (at ?? new Date()).toISOString(),
    });
    const truth = (await (await fetch(`${sandbox.url}/_truth/meta?${query}`)).json()) as {
      days: Parameters<typeof inOrder>[0];
    };
    expect(await storedDays(world, id)).toEqual(inOrder(truth.days));
  }
}

describe('the jobs process', () => {
  it('killed in the middle of a sync and started again ends in the same figures', async () => {
    const first = await startJobs();
    await arm({ kind: 'slow', match: 'time_increment', delayMs: 4000, times: 3 });
    const { adAccounts } = await connectAgency(world, world.demo);
    await until('a sync is under way', async () => (await statuses()).includes('SYNCING'), 60_000);
    await delay(1500);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    expect(await statuses()).toContain('SYNCING');
    const second = await startJobs();
    await until('every run succeeded', async () => (await statuses()).every((s) => s === 'SUCCESS'), 90_000);
    await expectTruth(adAccounts);
    // The second asks for them only where the first did not store a day's that is new enough.
    await until(
      'rates came',
      () => [...first.lines, ...second.lines].some((line) => line.includes('exchange rates fetched')),
      60_000,
    );
    const { rows } = await world.appDb.pool.query<{ seen: boolean }>(
      `select app.jobs_seen_within('1 minute') as seen`,
    );
    expect(rows).toEqual([{ seen: true }]);
    second.child.kill('SIGTERM');
    expect(await once(second.child, 'exit')).toEqual([0, null]);
  }, 180_000);

  it('hands back what it holds when it is asked to stop, and the next takes it at once', async () => {
    const first = await startJobs();
    const { rows } = await world.ownerDb.pool.query<{ id: string; native_id: string }>(
      `select id, native_id from ad_accounts order by id limit 1`,
    );
    const [account] = rows;
    if (!account) throw new Error('no account');
    await arm({ kind: 'slow', match: 'time_increment', delayMs: 30_000, times: 1 });
    await world.ownerDb.pool.query(`delete from sync_runs`);
    await caller(world, world.demo.people.owner.principal).adAccounts.sync({ adAccountId: account.id });
    await until('the sync is under way', async () => (await statuses()).includes('SYNCING'), 60_000);
    await delay(1000);
    // It does not wait for the slow answer: the run would have succeeded then.
    first.child.kill('SIGTERM');
    expect(await once(first.child, 'exit')).toEqual([0, null]);
    expect(await statuses()).toEqual(['PENDING']);
    const second = await startJobs();
    await until('it succeeded', async () => (await statuses()).every((s) => s === 'SUCCESS'), 60_000);
    await expectTruth([{ id: account.id, nativeId: account.native_id }]);
    second.child.kill('SIGTERM');
    await once(second.child, 'exit');
  }, 90_000);
});
