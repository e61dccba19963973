import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs one of our programs to its end; `output` is both of its streams. */
export function runNode(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code: code ?? -1, output }));
  });
}

/** Starts an embedded database in a process that then kills itself; returns the server's process id. */
export async function startAndDie(dataDirectory: string): Promise<number> {
  const { output } = await runNode(['tests/ops/start-embedded.ts', dataDirectory, 'die']);
  const [, pid] = /pid (\d+)/.exec(output) ?? [];
  if (!pid) throw new Error(`The database did not start: ${output}`);
  return Number(pid);
}
