import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { randomToken } from '../../server/kernel/crypto.ts';
import { APP_ROLE, ensureExtensions, JOBS_ROLE, OWNER_ROLE } from '../roles.ts';
import { SUPERUSER } from './cluster.ts';

export const DATABASE = 'spokestack';

/** The passwords of the four roles, by role. */
export type Passwords = Readonly<Record<string, string>>;

/** The passwords kept beside the cluster, made when it is new. Only this process's user may read them. */
export function loadPasswords(home: string): Passwords {
  const file = path.join(home, 'passwords.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Passwords;
  const roles = [SUPERUSER, OWNER_ROLE, APP_ROLE, JOBS_ROLE];
  const passwords = Object.fromEntries(roles.map((role) => [role, randomToken(24)]));
  writeFileSync(file, JSON.stringify(passwords), { mode: 0o600, flag: 'wx' });
  return passwords;
}

export function urlOf(role: string, passwords: Passwords, port: number, database: string = DATABASE): string {
  return `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/${database}`;
}

/**
 * Makes the owner, the two serving roles, the product's database and its extensions, whichever are missing.
 * Returns whether the database was made now.
 */
export async function provision(port: number, passwords: Passwords): Promise<boolean> {
  const isNew = await withClient(urlOf(SUPERUSER, passwords, port, 'postgres'), async (client) => {
    for (const role of [OWNER_ROLE, APP_ROLE, JOBS_ROLE])
      await ensureLogin(client, role, passwords[role] ?? '');
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER_ROLE}`);
    return rowCount === 0;
  });
  await withClient(urlOf(SUPERUSER, passwords, port), ensureExtensions);
  return isNew;
}

/** Drops the product's database with all that is in it and makes it again, empty. */
export async function recreateDatabase(port: number, passwords: Passwords): Promise<void> {
  await withClient(urlOf(SUPERUSER, passwords, port, 'postgres'), (client) =>
    client.query(`drop database if exists ${DATABASE} with (force)`),
  );
  await provision(port, passwords);
}

async function ensureLogin(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount !== 0) return;
  const attributes =
    role === OWNER_ROLE ? 'bypassrls createrole createdb' : 'nobypassrls nocreaterole nocreatedb';
  await client.query(
    `create role ${role} login nosuperuser ${attributes} password ${client.escapeLiteral(password)}`,
  );
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
