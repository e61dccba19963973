import { randomBytes } from 'node:crypto';
import { Logger, run as runWorker, type TaskList } from 'graphile-worker';
import pg from 'pg';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { listMigrations, migrate, passwordsFrom } from '../../db/migrate.ts';
import { ensureRoles, requireVersion } from '../../db/roles.ts';
import { useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();
const undo: string[] = [];
const silent = new Logger(() => () => undefined);

async function asRole<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const asSuperuser = (statement: string) =>
  asRole(database().superuserUrl, async (client) => void (await client.query(statement)));

/** A login of its own in the test's database, made with these attributes, and its address. */
async function createLogin(attributes: string): Promise<string> {
  const name = `odd_${randomBytes(4).toString('hex')}`;
  await asSuperuser(`create role ${name} login password 'odd' ${attributes}`);
  await asSuperuser(`grant all on database ${database().name} to ${name}`);
  undo.push(`revoke all on database ${database().name} from ${name}`, `drop role ${name}`);
  const address = new URL(database().superuserUrl);
  address.username = name;
  address.password = 'odd';
  return address.href;
}

afterEach(async () => {
  for (const statement of undo.splice(0)) await asSuperuser(statement);
});

const ensure = (url: string) => asRole(url, (client) => ensureRoles(client, { app: null, jobs: null }));

describe('the roles', () => {
  test('are found to be right when they are, however often', async () => {
    await ensure(database().ownerUrl);
    await ensure(database().ownerUrl);
  });

  test('are refused to an owner that would not see all rows, with the SQL that helps', async () => {
    const url = await createLogin('nobypassrls');
    await expect(ensure(url)).rejects.toThrow(/alter role "odd_\w+" bypassrls;/);
  });

  test('keep everybody else out of the database', async () => {
    const name = `odd_${randomBytes(4).toString('hex')}`;
    await asSuperuser(`create role ${name} login password 'odd'`);
    undo.push(`drop role ${name}`);
    const address = new URL(database().ownerUrl);
    address.username = name;
    address.password = 'odd';
    await expect(asRole(address.href, () => Promise.resolve())).rejects.toThrow(
      'permission denied for database',
    );
  });

  test.each(['appUrl', 'jobsUrl'] as const)(
    'of %s may neither create in a schema nor empty a table',
    async (which) => {
      await asRole(database()[which], async (client) => {
        for (const schema of ['public', 'app', 'graphile_worker']) {
          await expect(client.query(`create table ${schema}.odd (id int)`)).rejects.toThrow(
            'permission denied',
          );
        }
        await expect(client.query('truncate companies')).rejects.toThrow('permission denied');
      });
    },
  );

  test('of web does not reach the job queue’s tables', async () => {
    await asRole(database().appUrl, async (client) => {
      await expect(client.query('select * from graphile_worker._private_jobs')).rejects.toThrow(
        'permission denied',
      );
    });
  });
});

test('the jobs role runs a worker on the migrated queue', async () => {
  const seen: unknown[] = [];
  const taskList: TaskList = { 'odd-task': (payload) => void seen.push(payload) };
  const runner = await runWorker({
    connectionString: database().jobsUrl,
    taskList,
    noHandleSignals: true,
    crontab: '',
    logger: silent,
  });
  try {
    await runner.addJob('odd-task', { subjectId: 'one' });
    await expect.poll(() => seen, { timeout: 10_000 }).toEqual([{ subjectId: 'one' }]);
  } finally {
    await runner.stop();
  }
});

describe('migrate', () => {
  test('has run every migration, and does nothing the second time', async () => {
    const applied = await asRole(database().ownerUrl, (client) =>
      client.query<{ name: string }>('select name from kysely_migration order by name'),
    );
    expect(applied.rows.map(({ name }) => name)).toEqual(await listMigrations());
    expect(await migrate(database().ownerUrl)).toEqual([]);
  });

  test('can be asked for by two at once, on a database that nobody prepared', async () => {
    const { ownerUrl } = inject('cluster');
    const name = `test_${randomBytes(6).toString('hex')}`;
    await asSuperuser(`create database ${name} owner spokestack_owner`);
    undo.push(`drop database ${name} with (force)`);
    const address = new URL(ownerUrl);
    address.pathname = `/${name}`;
    const settled = await Promise.allSettled([migrate(address.href), migrate(address.href)]);
    const done = settled.map((result) =>
      result.status === 'fulfilled' ? result.value : [String(result.reason)],
    );
    const expected = await listMigrations();
    expect(done.map(({ length }) => length).sort((a, b) => a - b)).toEqual([0, expected.length]);
  });

  test('refuses a server that is too old, by its number', async () => {
    const old = { query: () => Promise.resolve({ rows: [{ version: '140012' }] }) } as unknown as pg.Client;
    await expect(requireVersion(old)).rejects.toThrow('PostgreSQL 14; SpokeStack needs 15');
  });
});

test('new roles take the passwords of the addresses that name them, and of no other', () => {
  const app = 'postgres://spokestack_app:p%40ss@db.example/x';
  expect(passwordsFrom(app, 'postgres://someone:else@db.example/x')).toEqual({ app: 'p@ss', jobs: null });
  expect(passwordsFrom(null, 'postgres://spokestack_jobs@db.example/x')).toEqual({ app: null, jobs: null });
});
