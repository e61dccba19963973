import { type Kysely, sql } from 'kysely';
import type pg from 'pg';
import { type Database, leaseKysely, sendTogether } from './client.ts';
import type { DB } from './types.ts';

/** How far a principal sees within its agency. */
export type Reach = 'all' | 'assigned' | 'brand';

/** What the policies need to know of who acts. */
export interface TenantScope {
  organizationId: string;
  userId: string | null;
  reach: Reach;
  brandIds: readonly string[];
}

declare const tenant: unique symbol;
declare const system: unique symbol;

/** A transaction inside one agency. Only withTenant makes one, so a query outside a tenant does not compile. */
export type TenantTx = Kysely<DB> & { readonly [tenant]: true };

/** A transaction outside tenancy, for the definer functions: it sees no tenant row. */
export type SystemTx = Kysely<DB> & { readonly [system]: true };

export type Mode = 'read' | 'write';

const OPEN = {
  name: 'tenant-open',
  text: `select set_config('app.organization_id', $1, true) as organization_id, set_config('app.user_id', $2, true),
                set_config('app.scope', $3, true), set_config('app.brand_ids', $4, true)`,
};

/**
 * Runs `work` in one transaction of one agency. BEGIN, the settings and the first query leave in one message where the
 * connection pipelines; a read's COMMIT is not waited for.
 * Errors: whatever `work` throws, after a rollback; a commit that the server turned into a rollback throws.
 */
export async function withTenant<T>(
  db: Database,
  scope: TenantScope,
  mode: Mode,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T> {
  const values = settingsOf(scope);
  return inTransaction(db, mode, { ...OPEN, values }, (tx) => work(tx as TenantTx), checkOpened(scope));
}

/** As withTenant, with the raw client beside it: COPY needs one. The database must not pipeline. */
export async function withTenantClient<T>(
  db: Database,
  scope: TenantScope,
  work: (tx: TenantTx, client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const values = settingsOf(scope);
  return inTransaction(
    db,
    'write',
    { ...OPEN, values },
    (tx, client) => work(tx as TenantTx, client),
    checkOpened(scope),
  );
}

/** A connection that is held over several transactions: what was staged in its temporary tables outlives each. */
export interface HeldConnection {
  readonly client: pg.ClientBase;
  /** As withTenant, writing, on this connection. */
  inTenant<T>(scope: TenantScope, work: (tx: TenantTx) => Promise<T>): Promise<T>;
}

/**
 * Holds one connection for `work`, with no transaction open on it but those that `work` asks for. The database must not
 * pipeline. Where `work` fails the connection is thrown away: it may be in the middle of a COPY.
 */
export async function withHeldConnection<T>(
  db: Database,
  work: (held: HeldConnection) => Promise<T>,
): Promise<T> {
  const client = await db.pool.connect();
  try {
    const result = await work({ client, inTenant: (scope, inside) => onHeld(client, scope, inside) });
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function onHeld<T>(
  client: pg.PoolClient,
  scope: TenantScope,
  work: (tx: TenantTx) => Promise<T>,
): Promise<T> {
  const lease = leaseKysely(client, false);
  try {
    await client.query('begin');
    checkOpened(scope)(await client.query({ ...OPEN, values: settingsOf(scope) }));
    const result = await work(lease.kysely as TenantTx);
    lease.end();
    const ended = await client.query('commit');
    if (ended.command !== 'COMMIT') throw new Error('The transaction had failed before its commit.');
    return result;
  } catch (error) {
    lease.end();
    // A connection that cannot roll back is broken; the first error says why.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function settingsOf(scope: TenantScope): string[] {
  return [scope.organizationId, scope.userId ?? '', scope.reach, `{${scope.brandIds.join(',')}}`];
}

/**
 * Has the statements that follow in this transaction planned for their own values. After five turns a named statement
 * may get one plan for all values, and for joins over a range of days that plan expects a handful of rows: 37 months of
 * a campaign then took 5 s in place of 0.1. Await it together with what follows it.
 */
export async function planForValues(tx: TenantTx): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(tx);
}

/**
 * Runs a query that sums very many rows into few: planned for its values, hashed in memory and not sorted, since behind
 * the policies the planner expects a handful of rows where half a million come. What is set is as it was afterwards. The
 * query must send one statement, at once.
 */
export async function planForSums<T>(tx: TenantTx, query: () => Promise<T>): Promise<T> {
  const kept = ([name]: Setting) =>
    sql`coalesce(nullif(current_setting(${`app.kept_${name}`}, true), ''), current_setting(${name}))`;
  const change = sums.map(
    (setting) =>
      sql`set_config(${setting[0]}, case when set_config(${`app.kept_${setting[0]}`}, ${kept(setting)}, true) <> '' then ${setting[1]} end, true)`,
  );
  const restore = sums.map((setting) => sql`set_config(${setting[0]}, ${kept(setting)}, true)`);
  const [, result] = await Promise.all([
    sql`select ${sql.join(change)}`.execute(tx),
    query(),
    sql`select ${sql.join(restore)}`.execute(tx),
  ]);
  return result;
}

type Setting = readonly [name: string, value: string];
const sums: readonly Setting[] = [
  ['plan_cache_mode', 'force_custom_plan'],
  ['work_mem', '32MB'],
  ['enable_sort', 'off'],
];

/** Calls the functions that stand outside tenancy (sessions, keys, states, heartbeats). Tenant tables are empty here. */
export async function withSystem<T>(db: Database, work: (tx: SystemTx) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  const lease = leaseKysely(client, db.isPipelining);
  try {
    const result = await work(lease.kysely as SystemTx);
    client.release();
    return result;
  } catch (error) {
    client.release(isConnectionError(error));
    throw error;
  } finally {
    lease.end();
  }
}

/** One transaction of the owner's, across agencies: no policy filters it, so its statements say whose rows they mean. */
export async function withOwner<T>(ownerDb: Database, work: (tx: SystemTx) => Promise<T>): Promise<T> {
  const open = {
    name: 'owner-open',
    text: `select set_config('app.organization_id', $1, true)`,
    values: [''],
  };
  return inTransaction(ownerDb, 'write', open, (tx) => work(tx as SystemTx));
}

/** One statement behind a narrow door (a table whose policy asks for its name), in a transaction of its own. */
export async function throughDoor(
  db: Database,
  door: 'throttle',
  query: { text: string; values: unknown[] },
): Promise<pg.QueryResult> {
  const open = { name: 'door-open', text: `select set_config('app.door', $1, true)`, values: [door] };
  return inTransaction(db, 'write', open, (_tx, client) => client.query(query));
}

interface Opening {
  name: string;
  text: string;
  values: string[];
}

async function inTransaction<T>(
  db: Database,
  mode: Mode,
  opening: Opening,
  work: (tx: Kysely<DB>, client: pg.ClientBase) => Promise<T>,
  check: (opened: pg.QueryResult) => void = () => undefined,
): Promise<T> {
  const client = await db.pool.connect();
  const lease = leaseKysely(client, db.isPipelining);
  try {
    if (db.isPipelining) sendTogether(client);
    const begun = client.query(mode === 'read' ? 'begin read only' : 'begin');
    if (!db.isPipelining) await begun;
    const opened = client.query(opening);
    if (!db.isPipelining) await opened;
    // All three are awaited whatever fails first, so that no branch is left running on the connection.
    const [first, settings, result] = await Promise.allSettled([begun, opened, work(lease.kysely, client)]);
    if (first.status === 'rejected') throw asError(first.reason);
    if (settings.status === 'rejected') throw asError(settings.reason);
    if (result.status === 'rejected') throw asError(result.reason);
    check(settings.value);
    lease.end();
    await commit(client, mode);
    return result.value;
  } catch (error) {
    lease.end();
    await rollback(client, error);
    throw error;
  }
}

/** A read's COMMIT is sent and not waited for: there is nothing that it could lose. */
async function commit(client: pg.PoolClient, mode: Mode): Promise<void> {
  if (mode === 'read') {
    client.query('commit').then(
      () => client.release(),
      () => client.release(true),
    );
    return;
  }
  const ended = await client.query('commit');
  if (ended.command !== 'COMMIT') throw new Error('The transaction had failed before its commit.');
  client.release();
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

async function rollback(client: pg.PoolClient, error: unknown): Promise<void> {
  if (isConnectionError(error)) return client.release(true);
  await client.query('rollback').then(
    () => client.release(),
    () => client.release(true),
  );
}

function checkOpened(scope: TenantScope): (opened: pg.QueryResult) => void {
  return (opened) => {
    const row = opened.rows[0] as { organization_id?: string } | undefined;
    if (row?.organization_id !== scope.organizationId)
      throw new Error('The transaction is not in its agency.');
  };
}

/** A connection that broke is thrown away; one that answered with an SQL error is sound. */
function isConnectionError(error: unknown): boolean {
  return error instanceof Error && !('severity' in error) && 'code' in error && typeof error.code === 'string'
    ? /^(ECONN|EPIPE|ETIMEDOUT)/.test(error.code)
    : false;
}
