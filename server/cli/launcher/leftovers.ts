import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endProcess, identify, isSameProcess, type ProcessIdentity } from '../../../db/embedded/processes.ts';
import { type Logger } from '../../kernel/log.ts';

const NAME = 'children.json';

/** Writes down which processes the launcher started, for the next one in case this one is killed. */
export function recordChildren(dataDirectory: string, pids: readonly number[]): void {
  const file = path.join(dataDirectory, NAME);
  const identities = pids.map(identify).filter((identity) => identity !== null);
  writeFileSync(`${file}.draft`, JSON.stringify(identities), { mode: 0o600 });
  renameSync(`${file}.draft`, file);
}

export function forgetChildren(dataDirectory: string): void {
  rmSync(path.join(dataDirectory, NAME), { force: true });
}

/** Ends the processes that a killed launcher left. One whose id now belongs to another program is let be. */
export async function endLeftoverChildren(dataDirectory: string, logger: Logger): Promise<void> {
  const file = path.join(dataDirectory, NAME);
  if (!existsSync(file)) return;
  const identities = JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity[];
  await Promise.all(
    identities.filter(isSameProcess).map(async ({ pid }) => {
      logger.warn({ pid }, 'an earlier launcher was killed and left this process: stopping it');
      if (!(await endProcess(pid, 'SIGTERM', 15_000))) await endProcess(pid, 'SIGKILL', 5_000);
    }),
  );
  forgetChildren(dataDirectory);
}
