import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that is told apart from a later one with the same id by when it started. */
export type ProcessIdentity = { pid: number; startedAt: string };

/** Whether a process with this id runs; one of another user counts. A zombie does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** Who runs under `pid` now, or null when nobody does. */
export function identify(pid: number): ProcessIdentity | null {
  if (!isAlive(pid)) return null;
  // Field 22 of /proc/<pid>/stat is the start in clock ticks since boot; the state is field 3.
  const startedAt = statFields(pid)?.[19] ?? psField(pid, 'lstart');
  return startedAt ? { pid, startedAt } : null;
}

/** Whether the process that was identified earlier still runs. */
export function isSameProcess(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt;
}

/** The command line of a running process, its arguments joined by spaces; empty when it is gone. */
export function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return psField(pid, 'command') ?? '';
  }
}

/** The id of the process that started this one, or null where nobody can say. */
export function parentOf(pid: number): number | null {
  const parent = statFields(pid)?.[1] ?? psField(pid, 'ppid');
  return parent ? Number(parent) : null;
}

/** The ids of the processes that work inside `directory`. Linux alone can say; elsewhere the list is empty. */
export function processesWorkingIn(directory: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectoryOf(pid) === directory);
}

/** Signals the process and waits until it is gone. Returns false when it still runs after `timeoutMs`. */
export async function endProcess(pid: number, signal: NodeJS.Signals, timeoutMs: number): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
    throw error;
  }
  return waitUntil(() => !isAlive(pid), timeoutMs);
}

/** Asks again every 50 ms until `isDone` says so. Returns false when it does not within `timeoutMs`. */
export async function waitUntil(isDone: () => boolean, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (!isDone()) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

function workingDirectoryOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null; // Gone in the meantime, or another user's.
  }
}

/** The fields of /proc/<pid>/stat from the third on; the second, the name, may itself hold spaces. */
function statFields(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function psField(pid: number, field: 'lstart' | 'command' | 'ppid'): string | null {
  if (process.platform === 'linux' || process.platform === 'win32') return null;
  try {
    return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null; // ps exits 1 when there is no such process.
  }
}
