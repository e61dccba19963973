import { commandLineOf, identify, isSameProcess, parentOf } from '../../../db/embedded/processes.ts';

const INTERVAL_MS = 200;

/**
 * npm runs a script inside a shell, and a shell that is sent SIGTERM dies without passing it on: neither is this
 * process told, nor is npm's caller's wish to stop carried out. So where such a shell stands between, its end, or
 * that of npm above it, calls `onEnd`. A shell in which somebody typed the command is let be.
 */
export function watchWrapper(onEnd: () => void): void {
  const shell = identify(process.ppid);
  if (!shell || !commandLineOf(shell.pid).includes('server/cli/start.ts')) return;
  const npm = identify(parentOf(shell.pid) ?? 0);
  const timer = setInterval(() => {
    if ([shell, npm].every((wrapper) => wrapper === null || isSameProcess(wrapper))) return;
    clearInterval(timer);
    onEnd();
  }, INTERVAL_MS);
  timer.unref();
}
