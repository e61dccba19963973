import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readArguments } from '../../server/cli/admin/arguments.ts';
import { commands } from '../../server/cli/admin/commands.ts';
import { createVault, sha256, type Vault } from '../../server/kernel/crypto.ts';
import { accessTokenContext } from '../../server/domain/ad-accounts/rules.ts';
import { useTestDatabase } from '../support/database.ts';
import { sealDirectly } from '../support/sealed-directly.ts';
import { createWorld, type World } from '../support/world.ts';
import { ROOT } from './processes.ts';

const database = useTestDatabase();
const oldKey = { id: '2025', key: randomBytes(32) };
const newKey = { id: '2026', key: randomBytes(32) };
const written = ({ id, key }: typeof oldKey) => `${id}:${key.toString('base64')}`;
const BOTH = `${written(newKey)},${written(oldKey)}`;
const idOf = (id: string) => sha256(id).subarray(0, 4).toString('hex');
/** Many times what a batch takes, so that a kill finds work to leave. */
const DATA_KEYS = 1_500;
let world: World;

beforeAll(async () => {
  world = await createWorld(database());
});
afterAll(() => world.close());

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `npm run -s admin -- rotate-token-key …`; `untilLine` kills it once so many lines of progress are out. */
async function rotate(keys: string, given: readonly string[] = [], untilLine = Infinity): Promise<Ended> {
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    LOG_LEVEL: 'info',
    DATABASE_OWNER_URL: database().ownerUrl,
    TOKEN_ENCRYPTION_KEYS: keys,
  };
  const program = ['--import', 'tsx', 'server/cli/admin/main.ts', 'rotate-token-key', ...given];
  const child = spawn(process.execPath, program, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    if (progressOf(stderr) >= untilLine) child.kill('SIGKILL');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

const progressOf = (stderr: string) => stderr.split('keys are being rotated').length - 1;

async function fill(): Promise<void> {
  const { organizationId } = world.demo;
  const vault = createVault([oldKey]);
  const wrapped = Array.from({ length: DATA_KEYS }, (_, index) =>
    vault.makeDataKey({ organizationId, version: index + 1 }).wrapped.toString('hex'),
  );
  await world.ownerDb.pool.query('delete from data_keys');
  await world.ownerDb.pool.query('delete from oauth_connections');
  await world.ownerDb.pool.query(
    `insert into data_keys (organization_id, version, key_id, wrapped_key)
     select $1, k.version, $2, decode(k.wrapped, 'hex') from unnest($3::text[]) with ordinality as k (wrapped, version)`,
    [organizationId, vault.primaryKeyId, wrapped],
  );
}

/** How many data keys each key wraps; all of them unwrap. */
async function unwrapAll(vault: Vault): Promise<Record<string, number>> {
  const { rows } = await world.ownerDb.pool.query<{ version: number; key_id: string; wrapped_key: Buffer }>(
    'select version, key_id, wrapped_key from data_keys',
  );
  const { organizationId } = world.demo;
  const counts: Record<string, number> = {};
  for (const { version, key_id: keyId, wrapped_key: wrapped } of rows) {
    vault.unwrap(wrapped, { organizationId, version });
    counts[keyId] = (counts[keyId] ?? 0) + 1;
  }
  expect(rows).toHaveLength(DATA_KEYS);
  return counts;
}

interface Printed {
  dataKeysWrappedAnew: number;
  tokensSealedAnew: number;
  dataKeysMade: number;
  keys: unknown[];
}

describe('rotate-token-key', () => {
  beforeEach(fill);

  test('leaves every key readable wherever it is killed, and ends when it is begun again', async () => {
    const both = createVault([newKey, oldKey]);
    for (const untilLine of [1, 2, 3]) {
      const { code } = await rotate(BOTH, [], untilLine);
      const counts = await unwrapAll(both);
      expect(counts[idOf('2026')], 'what was committed stays').toBeGreaterThan(0);
      // Where the kill came after the last line the command has ended by itself.
      if (code === null) continue;
      expect(code).toBe(0);
    }
    const { code, stdout } = await rotate(BOTH, ['--json']);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Printed).keys).toEqual([
      { id: '2026', keyId: idOf('2026'), isFirst: true, dataKeys: DATA_KEYS, tokens: 0, mayGo: false },
      { id: '2025', keyId: idOf('2025'), isFirst: false, dataKeys: 0, tokens: 0, mayGo: true },
    ]);
    expect(await unwrapAll(createVault([newKey]))).toEqual({ [idOf('2026')]: DATA_KEYS });
  });

  test('says in words what it did and which key may go, and shows no key', async () => {
    const { code, stdout, stderr } = await rotate(BOTH);
    expect(code).toBe(0);
    expect(stdout).toContain(`Data keys wrapped anew: ${DATA_KEYS}.`);
    expect(stdout).toMatch(/2025 \([0-9a-f]{8}\) wraps 0 data keys: nothing hangs on it/);
    for (const { key } of [oldKey, newKey]) {
      expect(stdout + stderr).not.toContain(key.toString('base64'));
      expect(stdout + stderr).not.toContain(key.toString('hex'));
    }
  });

  test('exits with 1 and names the key where something cannot be opened', async () => {
    const { code, stdout } = await rotate(written(newKey));
    expect(code).toBe(1);
    expect(stdout).toContain(`${DATA_KEYS} could not be opened and stay as they are (keys: ${idOf('2025')})`);
    expect(stdout).toContain(`${idOf('2025')}, which is not set: wraps ${DATA_KEYS} data keys.`);
    await unwrapAll(createVault([oldKey]));
  });

  test('makes new data keys where it is asked to, and goes on with those that are older alone', async () => {
    const { organizationId } = world.demo;
    const connectionId = '01900000-0000-7000-8000-000000000001';
    await world.ownerDb.pool.query(
      `insert into oauth_connections (organization_id, id, platform, native_user_id, access_token)
       values ($1, $2, 'META', 'dana', $3)`,
      [
        organizationId,
        connectionId,
        sealDirectly(oldKey, 'a token', accessTokenContext(organizationId, connectionId)),
      ],
    );
    const first = await rotate(BOTH, ['--organization', 'demo', '--new-data-keys', '--json']);
    expect(JSON.parse(first.stdout)).toMatchObject({ dataKeysMade: 1, tokensSealedAnew: 1 });
    const [, from] = /--older-than (\S+Z)/.exec(first.stderr) ?? [];
    const next = await rotate(BOTH, ['--new-data-keys', '--older-than', from ?? '', '--json']);
    expect(JSON.parse(next.stdout)).toMatchObject({ dataKeysMade: 0, dataKeysWrappedAnew: 0 });
  });

  test.each([
    [['--older-than', '2026-01-01T00:00:00Z'], /--older-than: This goes with --new-data-keys/],
    [['--new-data-keys', '--older-than', 'yesterday'], /--older-than: This is no time/],
  ])('refuses %s before any database is opened', (given, words) => {
    expect(() => readArguments(commands, ['rotate-token-key', ...given])).toThrow(words);
  });

  test('refuses an agency that is not there in one line', async () => {
    expect(await rotate(BOTH, ['--organization', 'nobody'])).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^.*no organization with the slug nobody.*\n$/) as string,
    });
  });

  test('says what is missing where no key is set', async () => {
    expect(await rotate('')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('TOKEN_ENCRYPTION_KEYS is not set') as string,
    });
  });
});
