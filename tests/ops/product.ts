import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { findFreePort } from '../../db/embedded.ts';
import { isAlive, waitUntil } from '../../db/embedded/processes.ts';
import { type RunFile } from '../../server/cli/launcher/run-file.ts';
import { settingNames } from '../../server/kernel/settings.ts';
import { ROOT } from './processes.ts';

/** A launcher under test, with a data folder and ports of its own. */
export type Product = {
  dataDirectory: string;
  settings: Record<string, string>;
  child: ChildProcess;
  /** All that it printed so far, on both streams. */
  output(): string;
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
};

const START = ['--import', 'tsx', 'server/cli/start.ts'];
const READY_TIMEOUT_MS = 150_000;

/** A data folder that the database's user may enter, and ports that are free. */
export async function newSettings(): Promise<Record<string, string>> {
  const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'spokestack-launch-'));
  chmodSync(dataDirectory, 0o755);
  const [port, sandboxPort] = [await findFreePort(), await findFreePort()];
  return {
    SPOKESTACK_DATA_DIR: dataDirectory,
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    LOG_LEVEL: 'info',
  };
}

/** Starts the launcher, by node itself or, `asNpm`, as a person does. */
export function startProduct(settings: Record<string, string>, asNpm = false): Product {
  const [command, args] = asNpm ? ['npm', ['start']] : [process.execPath, START];
  // What the machine happens to have set must not decide the test; an empty setting is an unset one.
  const unset = Object.fromEntries(settingNames.map((name) => [name, '']));
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...unset, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code ?? -1));
  });
  return { dataDirectory: settings.SPOKESTACK_DATA_DIR ?? '', settings, child, output: () => output, ended };
}

/** Waits until the product says where it is; throws what it printed when it ends or takes too long. */
export async function untilReady(product: Product): Promise<RunFile> {
  let hasEnded = false;
  void product.ended.then(() => (hasEnded = true));
  // The file of a launcher that was killed a moment ago is not this one's.
  const isThere = () => existsSync(runFilePath(product)) && isAlive(readRun(product).pids.launcher);
  const inTime = await waitUntil(() => hasEnded || isThere(), READY_TIMEOUT_MS);
  if (!inTime || hasEnded) throw new Error(`The product did not start:\n${product.output()}`);
  return readRun(product);
}

export function runFilePath(product: Product): string {
  return path.join(product.dataDirectory, 'run.json');
}

export function readRun(product: Product): RunFile {
  return JSON.parse(readFileSync(runFilePath(product), 'utf8')) as RunFile;
}

/** Ends whatever of the product still runs, and removes its folder. */
export async function discard(product: Product): Promise<void> {
  if (product.child.exitCode === null && product.child.signalCode === null) {
    product.child.kill('SIGTERM');
    await product.ended;
  }
  rmSync(product.dataDirectory, { recursive: true, force: true });
}

export function pidsOf(run: RunFile): number[] {
  return Object.values(run.pids).filter((pid) => pid !== null);
}

export function allGone(pids: readonly number[], timeoutMs: number): Promise<boolean> {
  return waitUntil(() => pids.every((pid) => !isAlive(pid)), timeoutMs);
}

/** The status that the address answers with; 0 when nobody answers. */
export function statusOf(url: string): Promise<number> {
  return new Promise((resolve) => {
    http
      .get(url, { agent: false, timeout: 5_000 }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
      .on('error', () => resolve(0));
  });
}
