import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endProcess, isAlive } from '../../db/embedded/processes.ts';
import { type RunFile } from '../../server/cli/launcher/run-file.ts';
import { useTestDatabase } from '../support/database.ts';
import {
  allGone,
  discard,
  newSettings,
  pidsOf,
  readRun,
  runFilePath,
  startProduct,
  statusOf,
  untilReady,
  type Product,
} from './product.ts';

const database = useTestDatabase();

async function usersOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'observer' });
  await client.connect();
  try {
    const { rows } = await client.query<{ usename: string }>(
      `select distinct usename from pg_stat_activity
        where datname = current_database() and application_name <> 'observer' order by 1`,
    );
    return rows.map(({ usename }) => usename);
  } finally {
    await client.end();
  }
}

const isReady = async (run: RunFile) => (await statusOf(`${run.url}/readyz`)) === 200;

describe('npm start', () => {
  let product: Product;
  let run: RunFile;

  beforeAll(async () => {
    product = startProduct(await newSettings());
    run = await untilReady(product);
  }, 180_000);

  afterAll(() => discard(product));

  test('says where everything is in run.json, with the fields of the contract', async () => {
    expect(Object.keys(run).sort()).toEqual([
      'dataDirectory',
      'databaseUrl',
      'jobsDatabaseUrl',
      'ownerDatabaseUrl',
      'pids',
      'sandboxUrl',
      'smtp',
      'startedAt',
      'url',
    ]);
    expect(Object.keys(run.pids).sort()).toEqual(['jobs', 'launcher', 'postgres', 'sandbox', 'web']);
    expect(run.pids.launcher).toBe(product.child.pid);
    expect(pidsOf(run).every(isAlive)).toBe(true);
    expect(run.url).toBe(`http://localhost:${product.settings.PORT}`);
    expect(await statusOf(run.sandboxUrl ?? '')).toBe(200);
    expect(new Date(run.startedAt).toISOString()).toBe(run.startedAt);
    expect(statSync(runFilePath(product)).mode & 0o077).toBe(0);
  });

  test('is ready when it says so, within a minute', async () => {
    expect(await isReady(run)).toBe(true);
    expect(Date.now() - Date.parse(run.startedAt)).toBeLessThan(180_000);
    const [, tookMs] = /"tookMs":(\d+),"msg":"ready"/.exec(product.output()) ?? [];
    expect(Number(tookMs)).toBeLessThan(60_000);
  });

  test('prints the address and the demo sign-ins', () => {
    expect(product.output()).toContain(`SpokeStack is ready at ${run.url}`);
    expect(product.output()).toMatch(/spokestack-demo[\s\S]*owner@demo\.test/);
  });

  test('serves as the two serving roles alone', async () => {
    expect(await usersOf(run.ownerDatabaseUrl ?? '')).not.toContain('spokestack_owner');
    expect(await usersOf(run.ownerDatabaseUrl ?? '')).toContain('spokestack_jobs');
  });

  test('refuses a second start on its data folder, and says where the first one is', async () => {
    const second = startProduct({ ...product.settings, PORT: '3999', SANDBOX_PORT: '4999' });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already runs at ${run.url}`);
    expect(second.output()).toContain(String(run.pids.launcher));
    expect(await isReady(run)).toBe(true);
    expect(readRun(product).pids).toEqual(run.pids);
  });

  test.each(['PORT', 'SANDBOX_PORT'])('refuses a taken %s by its number and its name', async (setting) => {
    const settings = await newSettings();
    const other = startProduct({ ...settings, [setting]: product.settings[setting] ?? '' });
    expect(await other.ended).toBe(1);
    expect(other.output()).toContain(`Port ${product.settings[setting]} `);
    expect(other.output()).toMatch(new RegExp(`set ${setting} to another`));
    await discard(other);
  });

  test.each(['jobs', 'web', 'sandbox', 'postgres'] as const)(
    'starts %s again after it was killed',
    async (name) => {
      const before = readRun(product).pids;
      await endProcess(before[name] ?? 0, 'SIGKILL', 5_000);
      await expect.poll(() => readRun(product).pids[name], { timeout: 20_000 }).not.toBe(before[name]);
      await expect.poll(() => isReady(run), { timeout: 30_000, interval: 200 }).toBe(true);
      expect(product.output()).toMatch(new RegExp(`"child":"${name}".*started again`));
      const after = readRun(product).pids;
      expect(after.launcher).toBe(before.launcher);
      expect(isAlive(after[name] ?? 0)).toBe(true);
    },
  );

  test('killed itself leaves neither web nor jobs nor run.json behind, and the next start finds its data', async () => {
    const left = readRun(product).pids;
    await endProcess(left.launcher, 'SIGKILL', 5_000);
    expect(await allGone([left.web, left.jobs, left.sandbox ?? 0], 20_000)).toBe(true);
    expect(existsSync(runFilePath(product))).toBe(false);

    product = startProduct(product.settings);
    run = await untilReady(product);
    expect(run.pids.launcher).toBe(product.child.pid);
    expect(isAlive(left.postgres ?? 0)).toBe(false);
    expect(await isReady(run)).toBe(true);
    expect(product.output()).not.toContain('filling the new database');
  });

  test('ends all of it on SIGTERM, in order and with exit code 0', async () => {
    const pids = pidsOf(readRun(product));
    product.child.kill('SIGTERM');
    expect(await product.ended).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(() => statSync(runFilePath(product))).toThrow('ENOENT');
  });

  test('ends all of it when npm is told to', async () => {
    const asNpm = startProduct(product.settings, true);
    const pids = pidsOf(await untilReady(asNpm));
    asNpm.child.kill('SIGTERM');
    await asNpm.ended;
    expect(await allGone(pids, 30_000)).toBe(true);
    expect(() => statSync(runFilePath(asNpm))).toThrow('ENOENT');
  });
});

describe('npm start against DATABASE_URL', () => {
  test('runs on that database without starting one, or filling it with the demo', async () => {
    const product = startProduct({
      ...(await newSettings()),
      DATABASE_URL: database().appUrl,
      DATABASE_JOBS_URL: database().jobsUrl,
      DATABASE_OWNER_URL: database().ownerUrl,
      TOKEN_ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
    });
    try {
      const run = await untilReady(product);
      expect(run).toMatchObject({ databaseUrl: database().appUrl, jobsDatabaseUrl: database().jobsUrl });
      expect(run.pids.postgres).toBeNull();
      expect(product.output()).not.toContain('demo.test');
      product.child.kill('SIGINT');
      expect(await product.ended).toBe(0);
    } finally {
      await discard(product);
    }
  });

  test('names the setting that it lacks', async () => {
    const product = startProduct({ ...(await newSettings()), DATABASE_URL: database().appUrl });
    expect(await product.ended).toBe(1);
    expect(product.output()).toContain('TOKEN_ENCRYPTION_KEYS is not set');
    await discard(product);
  });
});

test('a wrong setting stops the start with its name, before anything is started', async () => {
  const product = startProduct({ ...(await newSettings()), LOG_LEVEL: 'loud' });
  expect(await product.ended).toBe(1);
  expect(product.output()).toMatch(/LOG_LEVEL must be/);
  expect(product.output()).not.toContain('    at ');
  await discard(product);
});

test('a port that a stranger holds is refused before anything is started', async () => {
  const settings = await newSettings();
  const stranger = createServer().listen(Number(settings.PORT), '127.0.0.1');
  try {
    const product = startProduct(settings);
    expect(await product.ended).toBe(1);
    expect(product.output()).toContain(`Port ${settings.PORT} on 127.0.0.1 is taken`);
    expect(product.output()).not.toContain('migrated');
    await discard(product);
  } finally {
    stranger.close();
  }
});
