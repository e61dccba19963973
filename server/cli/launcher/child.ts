import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../../kernel/config.ts';
import { waitUntil } from '../../../db/embedded/processes.ts';
import { CommandError } from './command.ts';
import { type Settings } from './settings.ts';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const STOP_TIMEOUT_MS = 15_000;
const GUARD = ['--import', 'tsx', '--import', new URL('orphan-guard.ts', import.meta.url).href];

/** A program of ours: `args` as node takes them, and what its environment adds to or unsets from this one's. */
export type Program = { name: string; args: readonly string[]; settings: Settings };

/** Starts a program; its lines go to this process's own output untouched. */
export function startProgram({ args, settings }: Program): ChildProcess {
  return spawn(process.execPath, [...GUARD, ...args], {
    cwd: ROOT,
    env: childEnvironment(settings),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Its own group: Ctrl-C reaches the launcher alone, which stops its children in order.
    detached: true,
  });
}

/** Runs a program to its end. Throws CommandError when it fails; ends it when `signal` fires. */
export async function runProgram(program: Program, signal: AbortSignal): Promise<void> {
  const child = startProgram(program);
  const stop = () => void stopChild(child);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const outcome = await outcomeOf(child);
    signal.throwIfAborted();
    if (outcome !== 'exit code 0')
      throw new CommandError(`${program.name} failed (${outcome}); see the lines above.`);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Resolves with how the child ended: `exit code 1`, `SIGKILL`, or why it never started. */
export function outcomeOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code ?? 'unknown'}`));
  });
}

/** Asks the child to end, and after 15 s ends it with everything that it started. */
export async function stopChild(child: ChildProcess): Promise<void> {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  if (hasEnded()) return;
  child.kill('SIGTERM');
  if (await waitUntil(hasEnded, STOP_TIMEOUT_MS)) return;
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await waitUntil(hasEnded, STOP_TIMEOUT_MS);
}
