import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { dumpSchema } from '../../db/schema-dump.ts';
import { createTestDatabase, useTestDatabase } from '../support/database.ts';

const database = useTestDatabase();

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The lines that `statement` adds to the dump and takes from it. */
async function difference(statement: string): Promise<{ added: string[]; removed: string[] }> {
  const scratch = await createTestDatabase();
  try {
    const before = (await dumpSchema(scratch.ownerUrl)).split('\n');
    await run(scratch.ownerUrl, statement);
    const after = (await dumpSchema(scratch.ownerUrl)).split('\n');
    return {
      added: after.filter((line) => !before.includes(line)),
      removed: before.filter((line) => !after.includes(line)),
    };
  } finally {
    await scratch.drop();
  }
}

describe('the dump of a schema', () => {
  test('is the same text each time and in every clone', async () => {
    const first = await dumpSchema(database().ownerUrl);
    const scratch = await createTestDatabase();
    try {
      expect(await dumpSchema(database().ownerUrl)).toBe(first);
      expect(await dumpSchema(scratch.ownerUrl)).toBe(first);
    } finally {
      await scratch.drop();
    }
  });

  test('does not depend on the order in which things were made', async () => {
    const [left, right] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const [one, two] = ['create table zebra (id int primary key)', 'create table aardvark (id int)'];
    try {
      await run(left.ownerUrl, `${one}; ${two}`);
      await run(right.ownerUrl, `${two}; ${one}`);
      expect(await dumpSchema(right.ownerUrl)).toBe(await dumpSchema(left.ownerUrl));
    } finally {
      await Promise.all([left.drop(), right.drop()]);
    }
  });

  test.each([
    [
      'a column',
      'alter table companies add column shoe_size int not null default 42',
      'shoe_size integer default 42 not null',
    ],
    ['an enum member', `alter type deal_stage add value 'LOST_IN_SPACE'`, 'LOST_IN_SPACE'],
    ['a check', 'alter table companies add constraint odd check (version > 0)', 'odd CHECK'],
    ['an index', 'create index odd on companies (organization_id, country)', 'CREATE INDEX odd'],
    ['a policy', 'create policy odd on companies as permissive for select using (true)', 'create policy odd'],
    [
      'a policy’s comment',
      `comment on policy tenant on companies is 'odd'`,
      `tenant on public.companies is 'odd'`,
    ],
    [
      'a trigger',
      'create trigger odd before update on companies for each row execute function app.touch()',
      'TRIGGER odd',
    ],
    ['a function', 'create function app.odd() returns int language sql return 1', 'FUNCTION app.odd()'],
    [
      'a grant',
      'grant delete on companies to spokestack_app',
      'grant delete, insert, select, update on public.companies to spokestack_app',
    ],
    [
      'a grant on a column',
      'grant update (name) on users to spokestack_jobs',
      'public.users (name) to spokestack_jobs',
    ],
    [
      'a view with its options',
      'create view odd with (security_invoker = true) as select 1 as one',
      'security_invoker=true',
    ],
    [
      'a table’s comment',
      `comment on table companies is 'odd'`,
      `comment on table public.companies is 'odd'`,
    ],
  ])('shows %s that is added', async (_what, statement, line) => {
    const { added } = await difference(statement);
    expect(added.join('\n')).toContain(line);
  });

  test.each([
    [
      'FORCE',
      'alter table companies no force row level security',
      'alter table public.companies force row level security;',
    ],
    ['a policy', 'drop policy tenant on companies', 'create policy tenant on public.companies'],
  ])('shows %s that is taken away', async (_what, statement, line) => {
    const scratch = await createTestDatabase();
    try {
      expect(await dumpSchema(scratch.ownerUrl)).toContain(line);
      await run(scratch.ownerUrl, statement);
      expect(await dumpSchema(scratch.ownerUrl)).not.toContain(line);
    } finally {
      await scratch.drop();
    }
  });
});
