import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { startEmbedded, type EmbeddedDatabase } from '../../db/embedded.ts';
import { endProcess, isAlive, waitUntil } from '../../db/embedded/processes.ts';
import { runNode, startAndDie } from './processes.ts';

const isRoot = process.getuid?.() === 0;
const folders: string[] = [];
const running: EmbeddedDatabase[] = [];

/** A data folder that the database's user may enter, or, `closed`, one below a folder that only this user may. */
function dataFolder(closed = false): string {
  const home = mkdtempSync(path.join(os.tmpdir(), 'spokestack-ops-'));
  folders.push(home);
  chmodSync(home, closed ? 0o700 : 0o755);
  return path.join(home, '.data');
}

async function start(dataDirectory: string): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ dataDirectory, settings: { fsync: 'off' }, onLog: () => undefined });
  running.push(database);
  return database;
}

async function query<T>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}

const remember = (url: string) => query(url, 'create table remembered as select 42 as answer');
const recall = (url: string) => query<{ answer: number }>(url, 'select answer from remembered');

afterEach(async () => {
  for (const database of running.splice(0)) await database.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the embedded database', () => {
  test('answers on a free port of the loopback with its roles and extensions', async () => {
    const { ownerUrl, appUrl, jobsUrl, isNew } = await start(dataFolder());
    expect(isNew).toBe(true);
    const roles = await query(
      ownerUrl,
      `select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname like 'spokestack%' order by 1`,
    );
    expect(roles).toEqual([
      { rolname: 'spokestack_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false },
      { rolname: 'spokestack_jobs', rolsuper: false, rolbypassrls: false, rolcreaterole: false },
      { rolname: 'spokestack_owner', rolsuper: false, rolbypassrls: true, rolcreaterole: true },
    ]);
    const extensions = await query<{ extname: string }>(
      ownerUrl,
      `select extname from pg_extension order by 1`,
    );
    expect(extensions.map(({ extname }) => extname)).toEqual([
      'btree_gist',
      'citext',
      'pg_trgm',
      'pgcrypto',
      'plpgsql',
      'unaccent',
    ]);
    expect(await query(appUrl, 'select current_user as who')).toEqual([{ who: 'spokestack_app' }]);
    expect(await query(jobsUrl, 'select current_user as who')).toEqual([{ who: 'spokestack_jobs' }]);
  });

  test('knows letters beyond ASCII, for lower case and for trigrams', async () => {
    const { ownerUrl } = await start(dataFolder());
    const [row] = await query(
      ownerUrl,
      `select lower('ÉCOLE') as lower, show_trgm('دبي') <> '{}' as searchable`,
    );
    expect(row).toEqual({ lower: 'école', searchable: true });
  });

  test('is found again with its data after a stop', async () => {
    const folder = dataFolder();
    const first = await start(folder);
    await remember(first.ownerUrl);
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start(folder);
    expect(second.isNew).toBe(false);
    expect(await recall(second.ownerUrl)).toEqual([{ answer: 42 }]);
  });

  test('is started again on its port after it was killed, and nothing committed is lost', async () => {
    const database = await start(dataFolder());
    await remember(database.ownerUrl);
    const [killed] = [database.pid];
    const death = new Promise<string>((resolve) => database.onExit(resolve));
    await endProcess(killed, 'SIGKILL', 5_000);
    expect(await death).toBe('SIGKILL');
    await database.restart();
    expect(database.pid).not.toBe(killed);
    expect(await recall(database.ownerUrl)).toEqual([{ answer: 42 }]);
  });

  test('left running by a killed process is stopped and its data kept', async () => {
    const folder = dataFolder();
    const pid = await startAndDie(folder);
    expect(isAlive(pid)).toBe(true);
    const database = await start(folder);
    expect(isAlive(pid)).toBe(false);
    expect(await recall(database.ownerUrl)).toEqual([{ answer: 42 }]);
  });

  test('is not confused by a stale process id that another program has now', async () => {
    const folder = dataFolder();
    const first = await start(folder);
    await remember(first.ownerUrl);
    const pidFile = path.join(first.dataDirectory, 'postmaster.pid');
    await first.stop();
    writeFileSync(pidFile, `${process.pid}\n${first.dataDirectory}\n`);
    const second = await start(folder);
    expect(await recall(second.ownerUrl)).toEqual([{ answer: 42 }]);
    expect(isAlive(process.pid)).toBe(true);
  });

  test('is refused to a second process while the first one serves it', async () => {
    const folder = dataFolder();
    const database = await start(folder);
    const { code, output } = await runNode(['tests/ops/start-embedded.ts', folder]);
    expect(code).not.toBe(0);
    expect(output).toContain(`held by process ${process.pid}`);
    expect(await query(database.ownerUrl, 'select 1 as alive')).toEqual([{ alive: 1 }]);
  });

  test('whose making was cut short is made anew', async () => {
    const folder = dataFolder();
    mkdirSync(path.join(folder, 'postgres/cluster.draft/base'), { recursive: true });
    expect((await start(folder)).isNew).toBe(true);
  });

  test('keeps its passwords from other users', async () => {
    const folder = dataFolder();
    await start(folder);
    expect(statSync(path.join(folder, 'postgres/passwords.json')).mode & 0o077).toBe(0);
  });

  test('can be emptied, and then holds nothing of before', async () => {
    const database = await start(dataFolder());
    await remember(database.ownerUrl);
    await database.recreate();
    await expect(recall(database.ownerUrl)).rejects.toThrow('does not exist');
  });
});

describe.skipIf(!isRoot)('in a folder that only root may enter [needs root]', () => {
  const outside: string[] = [];
  afterEach(() => {
    for (const folder of outside.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  test('the database goes where its user may, is found there again, and begins anew without the data folder', async () => {
    const folder = dataFolder(true);
    const first = await start(folder);
    outside.push(path.dirname(first.dataDirectory));
    expect(first.dataDirectory.startsWith(path.dirname(folder))).toBe(false);
    await remember(first.ownerUrl);
    await first.stop();

    const second = await start(folder);
    expect(second.dataDirectory).toBe(first.dataDirectory);
    expect(await recall(second.ownerUrl)).toEqual([{ answer: 42 }]);
    await second.stop();

    rmSync(folder, { recursive: true });
    const third = await start(folder);
    outside.push(path.dirname(third.dataDirectory));
    expect(third.isNew).toBe(true);
    expect(third.dataDirectory).not.toBe(first.dataDirectory);
  });

  test('the server’s processes belong to another user than root', async () => {
    const { pid } = await start(dataFolder());
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
  });

  test('a clone there brings its programs along to where the database’s user may run them', async () => {
    const home = path.dirname(dataFolder(true));
    const clone = path.join(home, 'clone');
    // What npm installed, inside a folder that the database's user cannot enter.
    const { code, output } = await runNode(['tests/ops/start-in-clone.ts', clone]);
    expect(output).toContain('answer 42');
    expect(code).toBe(0);
    const [, place] = /home (\S+)/.exec(output) ?? [];
    if (place) outside.push(place);
    expect(existsSync(path.join(place ?? '', 'cluster/PG_VERSION'))).toBe(true);
  });
});

test('a stopped database leaves no process behind', async () => {
  const database = await start(dataFolder());
  const { pid } = database;
  await database.stop();
  running.splice(0);
  expect(await waitUntil(() => !isAlive(pid), 1_000)).toBe(true);
});
