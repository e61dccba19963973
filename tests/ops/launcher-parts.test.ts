import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { acquireLock, LockHeldError } from '../../db/embedded/lock.ts';
import { isBuildFresh } from '../../server/cli/launcher/build.ts';
import { createRestartBudget } from '../../server/cli/launcher/restart-budget.ts';
import { readRunFile } from '../../server/cli/launcher/run-file.ts';
import { needsSandbox, sandboxSettings } from '../../server/cli/launcher/settings.ts';
import { embeddedTokenKeys } from '../../server/cli/launcher/token-keys.ts';
import { loadConfig } from '../../server/kernel/config.ts';

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'spokestack-parts-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the restart budget', () => {
  test('allows five restarts in a minute and refuses the sixth', () => {
    const mayRestart = createRestartBudget(() => 0);
    expect(Array.from({ length: 6 }, () => mayRestart('jobs'))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  test('counts each process for itself', () => {
    const mayRestart = createRestartBudget(() => 0);
    for (let index = 0; index < 6; index += 1) mayRestart('jobs');
    expect(mayRestart('web')).toBe(true);
  });

  test('forgets what is more than a minute old', () => {
    let now = 0;
    const mayRestart = createRestartBudget(() => now);
    for (let index = 0; index < 5; index += 1) mayRestart('jobs');
    now = 60_001;
    expect(mayRestart('jobs')).toBe(true);
  });
});

describe('a build', () => {
  /** A project whose sources are a minute older than its build. */
  function newProject(): string {
    const root = newFolder();
    for (const folder of ['app/routes', 'server', 'build/server'])
      mkdirSync(path.join(root, folder), { recursive: true });
    const files = ['app/root.tsx', 'app/routes/login.tsx', 'package-lock.json', 'build/server/index.js'];
    for (const file of files) writeFileSync(path.join(root, file), '');
    const past = new Date(Date.now() - 60_000);
    const sources = [
      'app',
      'app/routes',
      'app/root.tsx',
      'app/routes/login.tsx',
      'server',
      'package-lock.json',
    ];
    for (const source of sources) utimesSync(path.join(root, source), past, past);
    return root;
  }

  test('that is newer than every source is fresh', () => {
    expect(isBuildFresh(newProject())).toBe(true);
  });

  test('that is not there is not fresh', () => {
    const root = newProject();
    rmSync(path.join(root, 'build'), { recursive: true });
    expect(isBuildFresh(root)).toBe(false);
  });

  test.each([
    ['a source changed', (root: string) => touch(path.join(root, 'app/routes/login.tsx'))],
    ['a package changed', (root: string) => touch(path.join(root, 'package-lock.json'))],
    [
      'a source was deleted',
      (root: string) => {
        rmSync(path.join(root, 'app/routes/login.tsx'));
        touch(path.join(root, 'app/routes'));
      },
    ],
  ])('is not fresh once %s', (_what, change) => {
    const root = newProject();
    change(root);
    expect(isBuildFresh(root)).toBe(false);
  });

  function touch(target: string): void {
    const future = new Date(Date.now() + 1_000);
    utimesSync(target, future, future);
  }
});

describe('a lock', () => {
  test('is held once, until it is released', () => {
    const file = path.join(newFolder(), 'lock');
    const release = acquireLock(file);
    expect(() => acquireLock(file)).toThrow(LockHeldError);
    release();
    acquireLock(file)();
  });

  test('of a process that died is taken over, also when its id belongs to another one now', () => {
    const file = path.join(newFolder(), 'lock');
    writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
    acquireLock(file)();
  });

  test('that is no lock of ours is taken over', () => {
    const file = path.join(newFolder(), 'lock');
    writeFileSync(file, 'half writ');
    acquireLock(file)();
  });
});

test('a killed launcher’s run.json is not taken for a running product', () => {
  const folder = newFolder();
  // This process is alive, and it is no launcher.
  writeFileSync(
    path.join(folder, 'run.json'),
    JSON.stringify({ url: 'http://x', pids: { launcher: process.pid } }),
  );
  expect(readRunFile(folder)).toBeNull();
});

test('the encryption key of an embedded database is made once and fits its setting', () => {
  const folder = newFolder();
  const keys = embeddedTokenKeys(folder);
  expect(embeddedTokenKeys(folder)).toBe(keys);
  expect(loadConfig({ TOKEN_ENCRYPTION_KEYS: keys }).tokenEncryptionKeys).toHaveLength(1);
});

test('the sandbox’s settings turn on every platform that it stands in for, at its own addresses alone', () => {
  const bare = loadConfig({});
  expect(needsSandbox(bare)).toBe(true);
  const { meta, google, tiktok, phyllo } = loadConfig(sandboxSettings(bare, 'http://127.0.0.1:4010'));
  const addresses = [
    ...[meta?.graphUrl, meta?.dialogUrl, tiktok?.apiUrl, tiktok?.authUrl],
    ...[google?.adsUrl, google?.authUrl, google?.tokenUrl, google?.revokeUrl],
    ...[phyllo?.apiUrl, phyllo?.connectScriptUrl],
  ];
  for (const address of addresses) expect(address).toMatch(/^http:\/\/127\.0\.0\.1:4010(\/|$)/);
});
