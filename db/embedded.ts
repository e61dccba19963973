import { type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import {
  endLeftovers,
  initialize,
  openCluster,
  startServer,
  stopServer,
  SUPERUSER,
  type LogLine,
} from './embedded/cluster.ts';
import { acquireLock, LockHeldError } from './embedded/lock.ts';
import { findPlace } from './embedded/place.ts';
import { loadPasswords, provision, recreateDatabase, urlOf } from './embedded/provision.ts';
import { APP_ROLE, DatabaseSetupError, JOBS_ROLE, OWNER_ROLE } from './roles.ts';

export type EmbeddedOptions = {
  /** The data folder (.data); the database's files go below it, or where its user may go. */
  dataDirectory: string;
  /** PostgreSQL settings over the defaults, such as `{ fsync: 'off' }` for tests. */
  settings?: Readonly<Record<string, string>>;
  /** Another PostgreSQL's folder of programs, such as /usr/lib/postgresql/15/bin. */
  binDirectory?: string;
  onLog: LogLine;
};

export type EmbeddedDatabase = {
  ownerUrl: string;
  appUrl: string;
  jobsUrl: string;
  /** For making template databases in tests; the product never connects with it. */
  superuserUrl: string;
  port: number;
  /** The database's files (PGDATA). */
  dataDirectory: string;
  /** Whether this start made the database. */
  isNew: boolean;
  /** Drops the database with all that is in it and makes it again, not yet migrated. */
  recreate(): Promise<void>;
  /** The server's process; another one after `restart`. */
  readonly pid: number;
  /** Calls back when the server ends without `stop`. */
  onExit(listener: (reason: string) => void): void;
  /** Starts a server that ended again, on the same port. */
  restart(): Promise<void>;
  /** Ends the server; resolves when it is down and its files are free. */
  stop(): Promise<void>;
};

const DEFAULT_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  max_connections: '100',
  random_page_cost: '1.1',
  password_encryption: 'scram-sha-256',
  // A backend whose client was killed ends by itself instead of holding its locks.
  client_connection_check_interval: '5s',
  timezone: 'UTC',
};

/**
 * Starts the PostgreSQL that ships with the product on a free port of 127.0.0.1, making its files, roles,
 * database and extensions when they are missing. A server that an earlier, killed process left is stopped first.
 * Throws when another live process serves this data folder.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = findPlace(options.dataDirectory);
  const release = lock(place.home);
  try {
    const cluster = await openCluster(place, options.onLog, options.binDirectory);
    const passwords = loadPasswords(place.home);
    await endLeftovers(cluster);
    await initialize(cluster, passwords[SUPERUSER] ?? '');
    const settings = { ...DEFAULT_SETTINGS, ...options.settings };
    const start = async (onPort: number) => {
      await endLeftovers(cluster);
      return startServer(cluster, onPort, settings);
    };
    const { server, port } = await startOnFreePort(start);
    const isNew = await provision(port, passwords).catch(async (error: unknown) => {
      await stopServer(pidOf(server));
      throw error;
    });
    const control = supervise(server, () => start(port), release);
    return {
      ownerUrl: urlOf(OWNER_ROLE, passwords, port),
      appUrl: urlOf(APP_ROLE, passwords, port),
      jobsUrl: urlOf(JOBS_ROLE, passwords, port),
      superuserUrl: urlOf(SUPERUSER, passwords, port),
      port,
      dataDirectory: cluster.cluster,
      isNew,
      recreate: () => recreateDatabase(port, passwords),
      get pid() {
        return control.pid;
      },
      onExit: control.onExit,
      restart: control.restart,
      stop: control.stop,
    };
  } catch (error) {
    release();
    throw error;
  }
}

function lock(home: string): () => void {
  try {
    return acquireLock(path.join(home, 'lock'));
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    throw new DatabaseSetupError(`The embedded database is in use: ${error.message}. Stop that first.`, {
      cause: error,
    });
  }
}

/** Another program may take the port between asking for a free one and using it: then the next one is tried. */
async function startOnFreePort(
  start: (port: number) => Promise<ChildProcess>,
): Promise<{ server: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort();
    try {
      return { server: await start(port), port };
    } catch (error) {
      const isTaken = error instanceof Error && error.message.includes('could not bind');
      if (!isTaken || attempt === 5) throw error;
    }
  }
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function supervise(
  first: ChildProcess,
  start: () => Promise<ChildProcess>,
  release: () => void,
): Pick<EmbeddedDatabase, 'pid' | 'onExit' | 'restart' | 'stop'> {
  let server = first;
  let isStopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const listeners: ((reason: string) => void)[] = [];
  const watch = (watched: ChildProcess) => {
    watched.once('exit', (code, signal) => {
      if (!isStopping) listeners.forEach((listener) => listener(signal ?? `exit code ${code ?? 'unknown'}`));
    });
  };
  watch(server);
  return {
    get pid() {
      return pidOf(server);
    },
    onExit: (listener) => void listeners.push(listener),
    restart: () => {
      restarting = (async () => {
        if (isStopping) return;
        server = await start();
        watch(server);
      })();
      return restarting;
    },
    stop: async () => {
      isStopping = true;
      // A restart under way brings up another process: that one is to be stopped. Its failure leaves none.
      await Promise.allSettled([restarting]);
      if (server.exitCode === null && server.signalCode === null) await stopServer(pidOf(server));
      release();
    },
  };
}

function pidOf(server: ChildProcess): number {
  if (server.pid === undefined) throw new Error('The server has no process.');
  return server.pid;
}
