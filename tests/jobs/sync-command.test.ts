import { execFile } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type SandboxServer } from '../../sandbox/server.ts';
import { useTestDatabase } from '../support/database.ts';
import { connectAgency } from '../support/meta.ts';
import { createWorld, type World } from '../support/world.ts';

const database = useTestDatabase();
let sandbox: SandboxServer;
let world: World;
let agency: Awaited<ReturnType<typeof connectAgency>>;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, host: '127.0.0.1' });
  const settings = { META_GRAPH_URL: sandbox.url, META_DIALOG_URL: sandbox.url };
  world = await createWorld(database(), { settings });
  agency = await connectAgency(world, world.demo);
  // The past comes as reports that take their time: tests/jobs/sync-history.test.ts waits for them by its own clock.
  await agency.api.platformSettings.update({ platform: 'META', backfillMonths: 0 });
});
afterEach(async () => {
  await fetch(`${sandbox.url}/_faults`, { method: 'DELETE' });
});
afterAll(async () => {
  await world.close();
  await sandbox.close();
});

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** `npm run -s admin -- sync …` on this file's database. */
function sync(...given: string[]): Promise<Ended> {
  const { tokenEncryptionKeys, meta } = world.services.config;
  const [key] = tokenEncryptionKeys;
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_JOBS_URL: database().jobsUrl,
    DATABASE_OWNER_URL: database().ownerUrl,
    TOKEN_ENCRYPTION_KEYS: `${key?.id}:${key?.key.toString('base64')}`,
    META_APP_ID: meta?.appId,
    META_APP_SECRET: meta?.appSecret.reveal(),
    META_GRAPH_URL: sandbox.url,
  };
  const command = ['--import', 'tsx', 'server/cli/admin/main.ts', 'sync', ...given];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

interface Printed {
  status: string;
  windowStart: string;
  windowEnd: string;
}

describe('admin sync', { timeout: 180_000 }, () => {
  it('syncs every account of an agency without a jobs process, and prints the runs', async () => {
    const { code, stdout } = await sync('--organization', 'demo');
    expect(code).toBe(0);
    const runs = JSON.parse(stdout) as Printed[];
    expect(runs).toHaveLength(agency.adAccounts.length);
    expect(runs.every(({ status }) => status === 'SUCCESS')).toBe(true);
  });

  it('takes the days that it is given', async () => {
    const { stdout } = await sync('--organization', 'demo', '--from', '2026-01-01', '--to', '2026-02-03');
    const windows = (JSON.parse(stdout) as Printed[]).map(({ windowStart, windowEnd }) => [
      windowStart,
      windowEnd,
    ]);
    expect(windows).toEqual(agency.adAccounts.map(() => ['2026-01-01', '2026-02-03']));
  });

  it('asks for the past that is still missing, of which there is none', async () => {
    const { code, stdout } = await sync('--organization', 'demo', '--backfill');
    expect(code).toBe(0);
    const runs = JSON.parse(stdout) as (Printed & { work: string; calls: number })[];
    expect(runs.map(({ work, status, calls }) => [work, status, calls])).toEqual(
      agency.adAccounts.map(() => ['BACKFILL', 'SUCCESS', 0]),
    );
  });

  it('prints the failed run and exits with 1, leaving out what the dead grant also ended', async () => {
    const fault = { platform: 'meta', kind: 'revoked_grant', times: 1 };
    await fetch(`${sandbox.url}/_faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    const { code, stdout, stderr } = await sync('--organization', 'demo');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ERROR', errorCode: '190/458' });
    expect(stderr).toContain('connects it again');
  });

  it.each([
    [['--organization', 'nobody'], /no organization with the slug nobody/],
    [['--platform', 'MYSPACE'], /no platform/],
    [['--from', '2026-01-01'], /both --from and --to/],
    [['--from', '2026-02-01', '--to', '2026-01-01'], /before the first/],
    [['--backfill', '--from', '2026-01-01', '--to', '2026-02-01'], /either --backfill or the days/],
    [['--from', 'yesterday', '--to', '2026-01-01'], /YYYY-MM-DD/],
  ])('refuses %o in one line', async (given, message) => {
    const { code, stdout, stderr } = await sync(...given);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
