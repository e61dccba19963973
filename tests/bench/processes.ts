import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../db/embedded.ts';
import { waitUntil } from '../../db/embedded/processes.ts';
import { stopChild } from '../../server/cli/launcher/child.ts';
import { childEnvironment } from '../../server/kernel/config.ts';
import { settingNames } from '../../server/kernel/settings.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_TIMEOUT_MS = 60_000;

/** A server in a process of its own. */
export interface Served {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** One of the limits: a program that gets its work as JSON in a file and says its port. */
export async function startLimit(program: string, workFile: string): Promise<Served> {
  const child = forkProgram(`tests/bench/limits/${program}`, [workFile], {});
  const [message] = (await Promise.race([once(child, 'message'), failed(child, program)])) as [
    { port: number },
  ];
  return { url: `http://127.0.0.1:${message.port}`, pid: pidOf(child), stop: () => stopChild(child) };
}

/** The product's own web process as it runs in production; what it logs goes to a file. */
export async function startWeb(databaseUrl: string, logFile: string): Promise<Served> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    APP_URL: url,
    LOG_LEVEL: 'info',
    TOKEN_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
  };
  const child = forkProgram('app/http/main.ts', [], settings, logFile);
  const isUp = async () => (await fetch(`${url}/healthz`).catch(() => null))?.ok ?? false;
  const poll = (async () => {
    const until = Date.now() + START_TIMEOUT_MS;
    while (!(await isUp())) {
      if (Date.now() > until) throw new Error('The web process did not start in time.');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  await Promise.race([poll, failed(child, 'web')]);
  return { url, pid: pidOf(child), stop: () => stopChild(child) };
}

/** The load generator: it shares no process with what it measures. */
export function startLoader(): ChildProcess {
  return forkProgram('tests/bench/load.ts', [], {});
}

function forkProgram(
  file: string,
  args: readonly string[],
  settings: Record<string, string>,
  logFile?: string,
): ChildProcess {
  // What the machine happens to have set must not decide a figure; an empty setting is an unset one.
  const unset = Object.fromEntries(settingNames.map((name) => [name, '']));
  const log = logFile === undefined ? null : openSync(logFile, 'w');
  const child = fork(`${ROOT}/${file}`, args, {
    cwd: ROOT,
    env: childEnvironment({ ...unset, ...settings, NODE_ENV: 'production' }),
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', log ?? 'inherit', 'inherit', 'ipc'],
  });
  if (log !== null) closeSync(log);
  return child;
}

async function failed(child: ChildProcess, name: string): Promise<never> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  throw new Error(`${name} ended before it served (${signal ?? `exit code ${code}`}).`);
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The program did not start.');
  return child.pid;
}

/** Ends a child that has no server to drain. */
export async function endChild(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await waitUntil(() => child.exitCode !== null || child.signalCode !== null, 5_000);
}

const TICKS_PER_SECOND = 100;

/** Processor milliseconds that a process has spent, from Linux's /proc; null elsewhere. */
export function cpuMsOf(pid: number): number | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  // The second field is the program's name in brackets and may hold spaces.
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** Resident memory now and at its highest, in MiB; null where there is no /proc. */
export function memoryOf(pid: number): { residentMiB: number; peakMiB: number } | null {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  const read = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1]) / 1024);
  return { residentMiB: read('VmRSS'), peakMiB: read('VmHWM') };
}
