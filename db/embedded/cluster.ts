import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { binariesFor } from './binaries.ts';
import { type Place } from './place.ts';
import { commandLineOf, endProcess, isAlive, processesWorkingIn, waitUntil } from './processes.ts';
import { giveTo } from './run-user.ts';
import { DatabaseSetupError } from '../roles.ts';

export const SUPERUSER = 'postgres';

/** What `onLog` receives: a line of PostgreSQL's own log. */
export type LogLine = (line: string) => void;

/** A cluster's files together with the programs and the user that work on them. */
export type Cluster = Place & { binDirectory: string; onLog: LogLine };

/** `binDirectory` names another PostgreSQL's programs; without it the package's own are used. */
export async function openCluster(place: Place, onLog: LogLine, binDirectory?: string): Promise<Cluster> {
  return { ...place, onLog, binDirectory: binDirectory ?? (await binariesFor(place.user, place.home)) };
}

/**
 * Makes the cluster's files unless they are there. They appear under their name only when they are complete, so
 * a start that was killed here begins again.
 */
export async function initialize(cluster: Cluster, superuserPassword: string): Promise<void> {
  if (existsSync(path.join(cluster.cluster, 'PG_VERSION'))) return;
  const draft = `${cluster.cluster}.draft`;
  const passwordFile = `${cluster.cluster}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  giveTo(cluster.user, draft);
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  giveTo(cluster.user, passwordFile);
  try {
    await initializeWithAnyLocale(cluster, draft, passwordFile);
    renameSync(draft, cluster.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Starts the server on `port` and resolves once it takes connections. Rejects with its last words. */
export async function startServer(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = run(cluster, 'postgres', ['-D', cluster.cluster, '-p', String(port), ...options]);
  const lastLines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    onLines(server, (line) => {
      cluster.onLog(line);
      lastLines.push(line);
      if (lastLines.length > 20) lastLines.shift();
      // LC_MESSAGES=C makes this text the same everywhere.
      if (line.includes('database system is ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${lastLines.join('\n')}`)));
  });
  return server;
}

/** Ends a running server: open transactions are rolled back, then at the latest after 15 s it is cut off. */
export async function stopServer(pid: number): Promise<void> {
  if (await endProcess(pid, 'SIGINT', 15_000)) return;
  // An immediate shutdown; the next start recovers from the write-ahead log.
  if (await endProcess(pid, 'SIGQUIT', 5_000)) return;
  await endProcess(pid, 'SIGKILL', 5_000);
}

/**
 * Ends what an earlier launcher that was killed left running on these files, and waits for the last of its
 * processes, since two servers on the same files would ruin them.
 */
export async function endLeftovers(cluster: Cluster): Promise<void> {
  const pid = readPostmasterPid(cluster);
  if (pid !== null && isServerOf(cluster, pid)) {
    cluster.onLog(`an earlier server still runs as process ${pid}: stopping it`);
    await stopServer(pid);
  }
  const isFree = await waitUntil(() => processesWorkingIn(cluster.cluster).length === 0, 10_000);
  if (!isFree) {
    const pids = processesWorkingIn(cluster.cluster).join(', ');
    throw new DatabaseSetupError(`The database's files in ${cluster.cluster} are in use by process ${pids}.`);
  }
  // The id was given to another program meanwhile: PostgreSQL would take that one for its own earlier server.
  if (pid !== null && isAlive(pid)) rmSync(path.join(cluster.cluster, 'postmaster.pid'), { force: true });
}

function readPostmasterPid(cluster: Cluster): number | null {
  const file = path.join(cluster.cluster, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

function isServerOf(cluster: Cluster, pid: number): boolean {
  return isAlive(pid) && commandLineOf(pid).includes(`-D ${cluster.cluster}`);
}

async function initializeWithAnyLocale(cluster: Cluster, draft: string, passwordFile: string): Promise<void> {
  const failures: string[] = [];
  for (const characterType of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const failure = await runInitdb(cluster, draft, passwordFile, characterType);
    if (failure === null) return;
    failures.push(failure);
    // Anything but a locale that this system lacks fails the same way again.
    if (!failure.includes('locale')) break;
  }
  throw new Error(`PostgreSQL's files could not be made in ${draft}:\n${failures.join('\n')}`);
}

/** Returns null when it worked, else what initdb said. */
async function runInitdb(
  cluster: Cluster,
  draft: string,
  passwordFile: string,
  characterType: string,
): Promise<string | null> {
  const output: string[] = [];
  const initdb = run(cluster, 'initdb', [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--lc-collate=C',
    // Decides what a letter is, for lower() and for trigrams: plain C would know ASCII alone.
    `--lc-ctype=${characterType}`,
    '--lc-messages=C',
  ]);
  onLines(initdb, (line) => output.push(line));
  const code = await new Promise<number | null>((resolve, reject) => {
    initdb.once('error', reject);
    initdb.once('close', resolve);
  });
  output.forEach((line) => cluster.onLog(line));
  return code === 0 ? null : output.join('\n');
}

function run(cluster: Cluster, program: string, args: readonly string[]): ChildProcess {
  // Nothing of this process's environment: a PGDATA or PGPORT in it would be obeyed.
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' };
  return spawn(path.join(cluster.binDirectory, program), [...args], {
    ...cluster.user,
    // The folder that this process works in may be closed to the database's user.
    cwd: cluster.home,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own group: Ctrl-C reaches the launcher, which stops the database after what uses it.
    detached: true,
  });
}

function onLines(child: ChildProcess, onLine: LogLine): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', onLine);
  }
}
