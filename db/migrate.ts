import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger as QueueLogger, runMigrations } from 'graphile-worker';
import { Kysely, Migrator, PostgresDialect, type Migration, type MigrationProvider } from 'kysely';
import pg from 'pg';
import {
  APP_ROLE,
  ensureExtensions,
  ensureRoles,
  JOBS_ROLE,
  requireVersion,
  type RolePasswords,
} from './roles.ts';

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));
// Any number will do, as long as every `migrate` on this database takes the same.
const LOCK_KEY = 7_061_980;
const LOCK_ATTEMPTS = 10;

export type MigrateOptions = {
  /** For roles that are made now; roles that exist keep theirs. */
  passwords?: RolePasswords;
  onLog?: (message: string) => void;
};

/** The names of the migrations in this version of the product, in their order. */
export async function listMigrations(): Promise<string[]> {
  const files = await readdir(MIGRATIONS_FOLDER);
  return files
    .filter((file) => /^\d.*\.ts$/.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/**
 * Brings the database to this version: roles, extensions, the job queue's tables, then every migration that has not run, all
 * under one lock so that two starts do not meet. Returns the names of the migrations that ran now.
 * Throws DatabaseSetupError when the server or its roles are not fit, and the migration's own error otherwise.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'spokestack-migrate' });
  await client.connect();
  try {
    await requireVersion(client);
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    await ensureRoles(client, options.passwords ?? { app: null, jobs: null });
    await ensureExtensions(client);
    await migrateQueue(ownerUrl);
    await grantQueue(client);
    const done = await retryOnLock(() => migrateTables(ownerUrl));
    done.forEach((name) => options.onLog?.(`migrated ${name}`));
    return done;
  } finally {
    await client.end();
  }
}

/** The passwords that roles made now take from the addresses of web and jobs, where these name those roles. */
export function passwordsFrom(url: string | null, jobsUrl: string | null): RolePasswords {
  const passwordOf = (address: string | null, role: string) => {
    if (address === null) return null;
    const { username, password } = new URL(address);
    return username === role && password !== '' ? decodeURIComponent(password) : null;
  };
  return { app: passwordOf(url, APP_ROLE), jobs: passwordOf(jobsUrl, JOBS_ROLE) };
}

/**
 * Kysely's own file provider imports from inside its package, where a test runner cannot follow; this one
 * imports from here.
 */
const provider: MigrationProvider = {
  async getMigrations() {
    const names = await listMigrations();
    const entries = names.map(async (name) => {
      const url = pathToFileURL(path.join(MIGRATIONS_FOLDER, `${name}.ts`)).href;
      return [name, (await import(/* @vite-ignore */ url)) as Migration] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  },
};

async function migrateTables(ownerUrl: string): Promise<string[]> {
  const pool = new pg.Pool({
    connectionString: ownerUrl,
    max: 1,
    // A migration that waits for a lock makes every later query wait behind it: give up and try again.
    options: '-c lock_timeout=5s',
  });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({ db, provider });
    const { error, results } = await migrator.migrateToLatest();
    if (error) {
      const failed = results?.find(({ status }) => status === 'Error')?.migrationName ?? 'of the schema';
      throw new Error(`Migration ${failed} failed: ${textOf(error)}`, { cause: error });
    }
    return (results ?? []).map(({ migrationName }) => migrationName);
  } finally {
    await db.destroy();
  }
}

async function retryOnLock<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isLockTimeout(error) || attempt === LOCK_ATTEMPTS) throw error;
      await sleep(1_000);
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (error as pg.DatabaseError).code === '55P03' || isLockTimeout(error.cause);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The queue's migrations print each step; ours say what matters. */
async function migrateQueue(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  try {
    await runMigrations({ pgPool: pool, logger: new QueueLogger(() => () => undefined) });
  } finally {
    await pool.end();
  }
}

/**
 * The queue turns row-level security on for its tables without a policy, which shuts out everybody but the owner.
 * Its jobs hold ids alone and belong to no tenant: the jobs role works on all of them, nobody else on any.
 */
async function grantQueue(client: pg.Client): Promise<void> {
  await client.query(`
    revoke all on all functions in schema graphile_worker from public;
    grant usage on schema graphile_worker to ${JOBS_ROLE};
    grant select, insert, update, delete on all tables in schema graphile_worker to ${JOBS_ROLE};
    grant usage, select, update on all sequences in schema graphile_worker to ${JOBS_ROLE};
    grant execute on all functions in schema graphile_worker to ${JOBS_ROLE};
    do $$
    declare
      protected record;
    begin
      for protected in
        select c.oid::regclass as name from pg_class c
         where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
           and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'jobs_role')
      loop
        execute format('create policy jobs_role on %s to ${JOBS_ROLE} using (true) with check (true)', protected.name);
        execute format('comment on policy jobs_role on %s is %L', protected.name,
                       'The jobs role runs every job; a job holds ids alone.');
      end loop;
    end
    $$;
  `);
}
