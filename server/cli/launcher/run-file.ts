import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandLineOf, isAlive } from '../../../db/embedded/processes.ts';

/** What `.data/run.json` says while the product runs; docs and checks build on these names. */
export type RunFile = {
  url: string;
  databaseUrl: string;
  jobsDatabaseUrl: string;
  /** null where an outside database is used without its owner's address. */
  ownerDatabaseUrl: string | null;
  sandboxUrl: string | null;
  smtp: { host: string; port: number } | null;
  dataDirectory: string;
  pids: {
    launcher: number;
    postgres: number | null;
    web: number;
    jobs: number;
    sandbox: number | null;
  };
  /** ISO 8601, UTC. */
  startedAt: string;
};

const NAME = 'run.json';

/** Replaces the file as a whole, so that no reader sees half of it. It holds passwords: its owner alone reads it. */
export function writeRunFile(dataDirectory: string, content: RunFile): void {
  const file = path.join(dataDirectory, NAME);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

export function removeRunFile(dataDirectory: string): void {
  rmSync(path.join(dataDirectory, NAME), { force: true });
}

/** Removes the file when it is that launcher's, and not one that a later launcher wrote. */
export function removeRunFileOf(dataDirectory: string, launcher: number): void {
  const file = path.join(dataDirectory, NAME);
  if (!existsSync(file)) return;
  const { pids } = JSON.parse(readFileSync(file, 'utf8')) as RunFile;
  if (pids.launcher === launcher) rmSync(file, { force: true });
}

/** The running product of this data folder, or null when none runs; a killed launcher's file does not count. */
export function readRunFile(dataDirectory: string): RunFile | null {
  const file = path.join(dataDirectory, NAME);
  if (!existsSync(file)) return null;
  const content = JSON.parse(readFileSync(file, 'utf8')) as RunFile;
  const { launcher } = content.pids;
  // The id may have been given to another program since.
  return isAlive(launcher) && commandLineOf(launcher).includes('server/cli/start.ts') ? content : null;
}
