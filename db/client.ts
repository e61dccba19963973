import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import pg from 'pg';
import type { DB } from './types.ts';

/** A pool and the one type mapping of the product: int8 → number, numeric and date → string, timestamptz → Date. */
export interface Database {
  readonly pool: pg.Pool;
  /** Whether its connections take a query before the last one is answered. */
  readonly isPipelining: boolean;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Shown in pg_stat_activity: web, jobs, admin, test. */
  name: string;
  maxConnections?: number;
  /** Sends queries without awaiting each answer. Off where COPY is needed: a portal cannot share a pipeline. */
  pipeline?: boolean;
  statementTimeoutMs?: number;
}

const types = createTypes();

/** Opens a pool. No connection is made until the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const isPipelining = options.pipeline ?? true;
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: `spokestack-${options.name}`,
    max: options.maxConnections ?? 10,
    pipeline: isPipelining,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: 120_000,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types,
  });
  // An idle connection that the server closes must not end the process; the next query opens another.
  pool.on('error', () => undefined);
  // One in use that breaks fails its queries; without a listener of its own it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  let closing: Promise<void> | undefined;
  return { pool, isPipelining, close: () => (closing ??= pool.end()) };
}

/**
 * Holds back what is written to a connection until the caller's promises have had their turn, so that the messages which
 * it sends without awaiting answers leave as one. A single write in place of three, and the server wakes once.
 */
export function sendTogether(client: pg.ClientBase): void {
  const { stream } = (client as pg.ClientBase & { connection: { stream: Writable } }).connection;
  stream.cork();
  // Called from a promise, this runs when no promise is left that can go on without an answer.
  process.nextTick(() => stream.uncork());
}

/** Kysely over one checked-out client, for the length of one transaction. */
export interface Lease {
  kysely: Kysely<DB>;
  /** After this a query throws: a branch of work that outlives its transaction cannot reach the next one's. */
  end(): void;
}

export function leaseKysely(client: pg.ClientBase, isPipelining: boolean): Lease {
  const connection = new ClientConnection(client, isPipelining);
  const kysely = new Kysely<DB>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new SingleConnectionDriver(connection),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  return { kysely, end: () => connection.end() };
}

class ClientConnection implements DatabaseConnection {
  private client: pg.ClientBase | null;
  /** Where the client does not pipeline, a query waits for the one before it: pg no longer queues them itself. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    client: pg.ClientBase,
    private readonly isPipelining: boolean,
  ) {
    this.client = client;
  }

  end(): void {
    this.client = null;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await (this.isPipelining ? this.send<R>(query) : this.sendInTurn<R>(query));
    const changed = result.command !== 'SELECT' && result.rowCount !== null;
    return {
      rows: result.rows,
      ...(changed ? { numAffectedRows: BigInt(result.rowCount ?? 0) } : {}),
    };
  }

  private send<R>(query: CompiledQuery): Promise<pg.QueryResult<R & pg.QueryResultRow>> {
    if (!this.client) return Promise.reject(new Error('The transaction of this query has ended.'));
    const name = statementName(query.sql);
    const text = { text: query.sql, values: [...query.parameters] };
    return this.client.query<R & pg.QueryResultRow>(name ? { ...text, name } : text);
  }

  private sendInTurn<R>(query: CompiledQuery): Promise<pg.QueryResult<R & pg.QueryResultRow>> {
    const sent = this.last.then(() => this.send<R>(query));
    this.last = sent.catch(() => undefined);
    return sent;
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Rows are paged by key or copied, not streamed through Kysely.');
  }
}

class SingleConnectionDriver implements Driver {
  constructor(private readonly connection: DatabaseConnection) {}
  init(): Promise<void> {
    return Promise.resolve();
  }
  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.connection);
  }
  beginTransaction(): Promise<void> {
    return refuse();
  }
  commitTransaction(): Promise<void> {
    return refuse();
  }
  rollbackTransaction(): Promise<void> {
    return refuse();
  }
  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }
  destroy(): Promise<void> {
    return Promise.resolve();
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('withTenant opens the transaction; there is none to begin inside it.'));
}

const statementNames = new Map<string, string | undefined>();

/**
 * A stable name lets PostgreSQL keep the parsed statement. Bulk statements change their text with every row count, so
 * long ones stay unnamed, and after a thousand texts new ones do too.
 */
function statementName(sql: string): string | undefined {
  const known = statementNames.get(sql);
  if (known !== undefined) return known;
  if (sql.length > 6000 || statementNames.size >= 1000) return undefined;
  const name = createHash('sha1').update(sql).digest('base64url');
  statementNames.set(sql, name);
  return name;
}

function createTypes(): pg.CustomTypesConfig {
  const parsers = new Map<number, (value: string) => unknown>([
    [pg.types.builtins.INT8, parseCount],
    [pg.types.builtins.DATE, (value) => value],
  ]);
  return {
    getTypeParser: (oid, format): ((value: string) => unknown) => {
      const own = format === 'binary' ? undefined : parsers.get(oid);
      return own ?? (pg.types.getTypeParser(oid, format) as (value: string) => unknown);
    },
  };
}

function parseCount(value: string): number {
  const count = Number(value);
  if (!Number.isSafeInteger(count))
    throw new Error(`The count ${value} is beyond what a number holds exactly.`);
  return count;
}
