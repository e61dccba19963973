import { existsSync, mkdtempSync, chmodSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded } from '../../db/embedded.ts';
import { readHolder } from '../../db/embedded/lock.ts';
import { endProcess, isSameProcess, processesWorkingIn } from '../../db/embedded/processes.ts';
import { migrate } from '../../db/migrate.ts';

/** Where Debian and Ubuntu put the programs of the oldest PostgreSQL that the product supports. */
export const POSTGRESQL_15 = '/usr/lib/postgresql/15/bin';

/** The addresses of the run's cluster; its database `spokestack` is migrated and serves as the template. */
export type TestCluster = { ownerUrl: string; appUrl: string; jobsUrl: string; superuserUrl: string };

const PREFIX = 'spokestack-test-';
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_connections: '200',
};

/** Starts a cluster of its own in the temporary folder and migrates it; `stop` leaves nothing behind. */
export async function startTestCluster(
  binDirectory?: string,
): Promise<{ cluster: TestCluster; stop: () => Promise<void> }> {
  await removeLeftovers();
  const dataDirectory = mkdtempSync(path.join(os.tmpdir(), PREFIX));
  // As root, the server is another user's and must be able to enter.
  chmodSync(dataDirectory, 0o755);
  const lines: string[] = [];
  const onLog = (line: string) => void lines.push(line);
  const options = { dataDirectory, settings: SETTINGS, onLog };
  const embedded = await startEmbedded(binDirectory ? { ...options, binDirectory } : options);
  const stop = async () => {
    await embedded.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    await migrate(embedded.ownerUrl);
  } catch (error) {
    await stop();
    throw error;
  }
  const { ownerUrl, appUrl, jobsUrl, superuserUrl } = embedded;
  return { cluster: { ownerUrl, appUrl, jobsUrl, superuserUrl }, stop };
}

/** A run that was killed could not clean up: the next one does. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = path.join(os.tmpdir(), name);
    const home = path.join(folder, 'postgres');
    if (!existsSync(home)) continue;
    const holder = readHolder(path.join(home, 'lock'));
    if (!holder || isSameProcess(holder)) continue;
    for (const pid of processesWorkingIn(path.join(home, 'cluster'))) await endProcess(pid, 'SIGKILL', 5_000);
    rmSync(folder, { recursive: true, force: true });
  }
}
