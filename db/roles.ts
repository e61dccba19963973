import type pg from 'pg';

export const OWNER_ROLE = 'spokestack_owner';
/** What web connects as: owns nothing, bypasses nothing. */
export const APP_ROLE = 'spokestack_app';
/** What jobs connects as: owns nothing, bypasses nothing. */
export const JOBS_ROLE = 'spokestack_jobs';

/** Trusted ones all: whoever may create in a database may create them. */
export const EXTENSIONS = ['pg_trgm', 'citext', 'btree_gist', 'pgcrypto', 'unaccent'] as const;

const OLDEST_MAJOR = 15;

/** The server, its roles or its place are not fit; `message` alone says what a person must do or run. */
export class DatabaseSetupError extends Error {
  override readonly name = 'DatabaseSetupError';
}

/** The passwords that the serving roles get when they are made here; null makes a role that cannot sign in by password. */
export type RolePasswords = { app: string | null; jobs: string | null };

type RoleRow = {
  rolname: string;
  is_privileged: boolean;
  is_member_of_owner: boolean;
};

/** Throws DatabaseSetupError below PostgreSQL 15, whose views cannot run as the one who asks. */
export async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  const major = Math.floor(Number(rows[0]?.version) / 10_000);
  if (major < OLDEST_MAJOR) {
    throw new DatabaseSetupError(
      `The database server is PostgreSQL ${major}; SpokeStack needs ${OLDEST_MAJOR} or newer.`,
    );
  }
}

/**
 * Sees to it that the two serving roles exist and may connect, made by `client`'s own role, the owner.
 * Throws DatabaseSetupError that holds the SQL to run when the owner may not make them, and when a role could
 * bypass row-level security.
 */
export async function ensureRoles(client: pg.Client, passwords: RolePasswords): Promise<void> {
  const owner = await requireOwner(client);
  await ensureRole(client, APP_ROLE, passwords.app, owner.canCreateRoles);
  await ensureRole(client, JOBS_ROLE, passwords.jobs, owner.canCreateRoles);
  await requireHarmless(client);
  await closeDatabase(client);
}

/** Throws DatabaseSetupError that holds the SQL to run when an extension is missing and may not be made. */
export async function ensureExtensions(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ extname: string }>('select extname from pg_extension');
  const missing = EXTENSIONS.filter((name) => !rows.some(({ extname }) => extname === name));
  for (const name of missing) {
    try {
      await client.query(`create extension if not exists ${name} schema public`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw needs(`The extension ${name} is missing (${reason}).`, `create extension ${name} schema public;`);
    }
  }
}

type Owner = { canCreateRoles: boolean };

async function requireOwner(client: pg.Client): Promise<Owner> {
  const { rows } = await client.query<{
    name: string;
    bypasses: boolean;
    creates: boolean;
    may_create: boolean;
  }>(
    `select rolname as name, rolbypassrls or rolsuper as bypasses, rolcreaterole or rolsuper as creates,
            has_database_privilege(current_database(), 'create')
              and has_schema_privilege('public', 'create') as may_create
       from pg_roles where rolname = current_user`,
  );
  const owner = rows[0];
  if (!owner) throw new DatabaseSetupError('The database does not know the role it is connected as.');
  const name = client.escapeIdentifier(owner.name);
  if (!owner.bypasses) {
    throw needs(
      `The role ${owner.name} owns the tables and must see all rows.`,
      `alter role ${name} bypassrls;`,
    );
  }
  if (!owner.may_create) {
    const database = client.escapeIdentifier(client.database ?? '');
    throw needs(
      `The role ${owner.name} may not create schemas and tables here.`,
      `alter database ${database} owner to ${name};`,
    );
  }
  return { canCreateRoles: owner.creates };
}

async function ensureRole(
  client: pg.Client,
  role: string,
  password: string | null,
  mayCreate: boolean,
): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount !== 0) return;
  const attributes = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication';
  if (!mayCreate) {
    throw needs(`The role ${role} is missing.`, `create role ${role} ${attributes} password '…';`);
  }
  const secret = password === null ? '' : ` password ${client.escapeLiteral(password)}`;
  try {
    await client.query(`create role ${role} ${attributes}${secret}`);
  } catch (error) {
    // Roles belong to the whole server: a migration of another database there may have been faster.
    if (!['42710', '23505'].includes((error as pg.DatabaseError).code ?? '')) throw error;
  }
}

/** A serving role that could reach around the policies would make all of them decoration. */
async function requireHarmless(client: pg.Client): Promise<void> {
  const { rows } = await client.query<RoleRow>(
    `select rolname,
            rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as is_privileged,
            pg_has_role(oid, current_user::regrole, 'member') as is_member_of_owner
       from pg_roles where rolname in ($1, $2) order by rolname`,
    [APP_ROLE, JOBS_ROLE],
  );
  const sql = rows.flatMap(({ rolname, is_privileged, is_member_of_owner }) => [
    ...(is_privileged
      ? [`alter role ${rolname} nosuperuser nobypassrls nocreatedb nocreaterole noreplication;`]
      : []),
    ...(is_member_of_owner ? [`revoke ${client.escapeIdentifier(client.user ?? '')} from ${rolname};`] : []),
  ]);
  if (sql.length > 0) throw needs('A serving role could bypass row-level security.', sql.join('\n  '));
}

/** Only the serving roles may connect, and PUBLIC may create nothing. Temporary tables carry bulk writes. */
async function closeDatabase(client: pg.Client): Promise<void> {
  const database = client.escapeIdentifier(client.database ?? '');
  const { rows } = await client.query<{ is_owner: boolean }>(
    `select pg_has_role(current_user, datdba, 'usage') as is_owner from pg_database where datname = current_database()`,
  );
  if (rows[0]?.is_owner) await client.query(`revoke all on database ${database} from public`);
  await client.query(`grant connect, temporary on database ${database} to ${APP_ROLE}, ${JOBS_ROLE}`);
}

function needs(reason: string, sql: string): DatabaseSetupError {
  return new DatabaseSetupError(`${reason} A database administrator must run:\n  ${sql}`);
}
