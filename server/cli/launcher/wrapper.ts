import { commandLineOf, identify, isSameProcess, parentOf } from '../../../db/embedded/processes.ts';

const INTERVAL_MS = 200;

/**
 * npm runs a script by itself or inside a shell, and a shell that is sent SIGTERM dies without passing it on:
 * this process would not be told that it is to stop. So the end of such a shell, or of npm, calls `onEnd`. A shell
 * in which somebody typed the command is let be.
 */
export function watchWrapper(onEnd: () => void): void {
  const parent = process.ppid;
  const isShell = commandLineOf(parent).includes('server/cli/start.ts');
  const npm = isShell ? parentOf(parent) : parent;
  const isNpm = npm !== null && commandLineOf(npm).startsWith('npm ');
  const wrappers = [isShell ? parent : null, isNpm ? npm : null]
    .map((pid) => (pid === null ? null : identify(pid)))
    .filter((identity) => identity !== null);
  if (wrappers.length === 0) return;
  const timer = setInterval(() => {
    if (wrappers.every(isSameProcess)) return;
    clearInterval(timer);
    onEnd();
  }, INTERVAL_MS);
  timer.unref();
}
