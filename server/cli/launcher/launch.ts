import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { acquireLock, LockHeldError } from '../../../db/embedded/lock.ts';
import { requireDatabaseUrl, type Config } from '../../kernel/config.ts';
import { createLogger, type Logger } from '../../kernel/log.ts';
import { isBuildFresh } from './build.ts';
import { ROOT, runProgram } from './child.ts';
import { CommandError } from './command.ts';
import {
  addressesOf,
  holdsDemo,
  keepDemo,
  prepareEmbedded,
  prepareOutside,
  startDatabase,
} from './database.ts';
import { endLeftoverChildren, forgetChildren, recordChildren } from './leftovers.ts';
import { requireFreePorts } from './ports.ts';
import { BUILD, JOBS, SANDBOX, SEED, WEB } from './programs.ts';
import { waitUntilReady } from './ready.ts';
import { readRunFile, removeRunFile, writeRunFile } from './run-file.ts';
import {
  databaseSettings,
  needsSandbox,
  sharedSettings,
  type DatabaseAddresses,
  type Settings,
} from './settings.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';

export type LaunchOptions = {
  config: Config;
  /** With reloading, and without a build. */
  isDev: boolean;
  /** Fires when the product is to stop; aborting it oneself with a reason makes that the command's error. */
  stopping: AbortController;
};

type Launch = LaunchOptions & {
  logger: Logger;
  supervisor: Supervisor;
  /** What has been started, in order; undone from the last to the first. */
  undo: (() => void | Promise<void>)[];
  sandboxUrl: string | null;
};

// Not localhost: cookies do not tell ports apart, and the stand-in must not be sent the product's.
const SANDBOX_HOST = '127.0.0.1';

/** How the database is reached, and whether the demo's people are in it. */
type Database = {
  addresses: DatabaseAddresses;
  dataDirectory: string;
  postgresPid: () => number | null;
  hasDemo: boolean;
};

/** The reason of a stop that was asked for. */
export class StopRequest extends Error {
  override readonly name = 'StopRequest';
}

/**
 * Runs the whole product on this machine until `stopping` fires, then ends all of it. Resolves after a stop that
 * was asked for; throws the reason of any other.
 */
export async function launch(options: LaunchOptions): Promise<void> {
  const run = prepare(options);
  const { signal } = options.stopping;
  try {
    await boot(run);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    throw signal.reason;
  } catch (error) {
    // A part that was cut short fails in its own words; what counts is why it was.
    const reason: unknown = signal.aborted ? signal.reason : error;
    if (!(reason instanceof StopRequest)) throw reason;
    run.logger.info({ reason: reason.message }, 'stopping');
  } finally {
    options.stopping.abort(new StopRequest('the start failed'));
    await undoAll(run);
  }
}

function prepare(options: LaunchOptions): Launch {
  const { config, stopping } = options;
  const logger = createLogger({ name: 'launcher', level: config.logLevel });
  const supervisor = createSupervisor({
    logger,
    onGiveUp: (reason) => stopping.abort(reason),
  });
  supervisor.onChange(() => recordChildren(config.dataDirectory, supervisor.pids()));
  const sandboxUrl = needsSandbox(config) ? `http://${SANDBOX_HOST}:${config.sandbox.port}` : null;
  return { ...options, logger, supervisor, undo: [], sandboxUrl };
}

async function boot(run: Launch): Promise<void> {
  const startedAt = new Date();
  await claim(run);
  const [database] = await allOrNone(run, [prepareDatabase(run), prepareBuild(run)]);
  await startServing(run, database);
  publish(run, database, startedAt);
}

/** Makes the data folder this launcher's own, clears what a killed one left, and sees that the ports are free. */
async function claim(run: Launch): Promise<void> {
  const { config, logger, undo, sandboxUrl } = run;
  mkdirSync(config.dataDirectory, { recursive: true });
  undo.push(lock(config));
  // A killed launcher's file would pass for this one's while this one starts.
  removeRunFile(config.dataDirectory);
  await endLeftoverChildren(config.dataDirectory, logger);
  const web = { host: config.web.host, port: config.web.port, setting: 'PORT' };
  const sandbox = { host: SANDBOX_HOST, port: config.sandbox.port, setting: 'SANDBOX_PORT' };
  await requireFreePorts(sandboxUrl === null ? [web] : [web, sandbox]);
  undo.push(() => forgetChildren(config.dataDirectory));
}

function lock(config: Config): () => void {
  try {
    return acquireLock(path.join(config.dataDirectory, 'launcher.lock'));
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error;
    const running = readRunFile(config.dataDirectory);
    const where = running ? `already runs at ${running.url}` : 'is already starting';
    throw new CommandError(`SpokeStack ${where} on this data folder (process ${error.holder.pid}).`);
  }
}

async function prepareDatabase(run: Launch): Promise<Database> {
  startSandbox(run);
  return run.config.database ? prepareOutsideDatabase(run) : prepareEmbeddedDatabase(run);
}

async function prepareOutsideDatabase(run: Launch): Promise<Database> {
  const { config, logger } = run;
  if (config.tokenEncryptionKeys.length === 0) {
    throw new CommandError(
      'TOKEN_ENCRYPTION_KEYS is not set: give id:base64 with a key from openssl rand -base64 32.',
    );
  }
  const url = requireDatabaseUrl(config, 'web');
  const jobsUrl = requireDatabaseUrl(config, 'jobs');
  const addresses = { url, jobsUrl, ownerUrl: config.database?.ownerUrl ?? null };
  await prepareOutside(addresses, config, logger);
  return { addresses, dataDirectory: config.dataDirectory, postgresPid: () => null, hasDemo: false };
}

async function prepareEmbeddedDatabase(run: Launch): Promise<Database> {
  const { config, logger, supervisor, undo } = run;
  const embedded = await startDatabase(config, logger);
  undo.push(async () => {
    await supervisor.stop(['postgres']);
    await embedded.stop();
  });
  supervisor.watch(embedded);
  const addresses = addressesOf(embedded);
  if (await prepareEmbedded(embedded, config, logger)) await seedDemo(run, addresses);
  const hasDemo = await holdsDemo(embedded.ownerUrl);
  return { addresses, dataDirectory: embedded.dataDirectory, postgresPid: () => embedded.pid, hasDemo };
}

/** The demo's figures come through a real sync, so the sandbox must answer first. */
async function seedDemo(run: Launch, addresses: DatabaseAddresses): Promise<void> {
  const { signal } = run.stopping;
  if (run.sandboxUrl !== null) await waitUntilReady(`${run.sandboxUrl}/`, signal);
  run.logger.info('filling the new database with the demo agencies');
  await runProgram(SEED(settingsFor(run, addresses, ['web', 'jobs', 'owner'])), signal);
  keepDemo(run.config);
}

function startSandbox(run: Launch): void {
  if (run.sandboxUrl === null) return;
  run.undo.push(() => run.supervisor.stop(['sandbox']));
  run.supervisor.start(SANDBOX({ DATABASE_URL: '', DATABASE_JOBS_URL: '', DATABASE_OWNER_URL: '' }));
}

async function prepareBuild(run: Launch): Promise<void> {
  if (run.isDev || isBuildFresh(ROOT)) return;
  run.logger.info('building, since no fresh build is there');
  await runProgram(BUILD, run.stopping.signal);
}

async function startServing(run: Launch, { addresses }: Database): Promise<void> {
  const { config, supervisor, stopping, undo, isDev } = run;
  undo.push(() => supervisor.stop(['web', 'jobs']));
  // Each connects as its own role and does not even know the others' addresses.
  supervisor.start(WEB(settingsFor(run, addresses, ['web']), isDev));
  supervisor.start(JOBS(settingsFor(run, addresses, ['jobs']), isDev));
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[config.web.host] ?? config.web.host;
  const address = host.includes(':') ? `[${host}]` : host;
  await waitUntilReady(`http://${address}:${config.web.port}/readyz`, stopping.signal);
}

function settingsFor(
  run: Launch,
  addresses: DatabaseAddresses,
  roles: readonly ('web' | 'jobs' | 'owner')[],
): Settings {
  return { ...sharedSettings(run.config, run.sandboxUrl), ...databaseSettings(addresses, roles) };
}

/** Tells people and programs where the product is, now and whenever a process was started again. */
function publish(run: Launch, database: Database, startedAt: Date): void {
  const { config, supervisor, undo, logger } = run;
  const write = () =>
    writeRunFile(config.dataDirectory, {
      url: config.web.appUrl,
      databaseUrl: database.addresses.url,
      jobsDatabaseUrl: database.addresses.jobsUrl,
      ownerDatabaseUrl: database.addresses.ownerUrl,
      sandboxUrl: run.sandboxUrl,
      smtp: config.mailIn ? { host: config.mailIn.host, port: config.mailIn.port } : null,
      dataDirectory: database.dataDirectory,
      pids: {
        launcher: process.pid,
        postgres: database.postgresPid(),
        web: supervisor.pidOf('web') ?? 0,
        jobs: supervisor.pidOf('jobs') ?? 0,
        sandbox: supervisor.pidOf('sandbox'),
      },
      startedAt: startedAt.toISOString(),
    });
  undo.push(() => removeRunFile(config.dataDirectory));
  write();
  supervisor.onChange(write);
  logger.info({ url: config.web.appUrl, tookMs: Date.now() - startedAt.getTime() }, 'ready');
  console.log(greeting(config.web.appUrl, database.hasDemo));
}

function greeting(url: string, hasDemo: boolean): string {
  const people = ['owner', 'admin', 'member', 'viewer', 'client']
    .map((name) => `${name}@demo.test`)
    .join(', ');
  const signIns = `
  Sign in with the password spokestack-demo as
    ${people} (agency demo)
    owner@rival.test (agency rival)`;
  return `\n  SpokeStack is ready at ${url}${hasDemo ? signIns : ''}\n`;
}

/** When one part fails the others are told to stop, and all of them have ended before the failure is passed on. */
async function allOrNone<A, B>(run: Launch, parts: readonly [Promise<A>, Promise<B>]): Promise<[A, B]> {
  for (const part of parts) part.catch((error: unknown) => run.stopping.abort(error));
  await Promise.allSettled(parts);
  run.stopping.signal.throwIfAborted();
  return Promise.all(parts);
}

async function undoAll({ undo, logger }: Launch): Promise<void> {
  for (const step of undo.reverse()) {
    try {
      await step();
    } catch (error) {
      logger.error({ err: error }, 'a part did not stop as it should');
    }
  }
}
