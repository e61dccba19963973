import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { createFixture, type Fixture } from './fixture.ts';
import { GATE, type GateCheck, runCheck } from './gate.ts';
import { isTenantTable } from './tables.ts';

const database = useTestDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(database());
});
afterAll(() => fixture.close());

describe('the catalog', () => {
  test.each(GATE.map((check) => [check.rule, check] as const))('%s', async (_rule, check) => {
    expect(await runCheck(fixture.superuser, check)).toEqual([]);
  });
});

/** Faults that a migration could bring, and the rule that must see each. */
const FAULTS: readonly (readonly [fault: string, sql: string, rule: RegExp])[] = [
  [
    'a table without policies',
    'create table leak (organization_id uuid); grant select on leak to spokestack_app',
    /enabled and forced/,
  ],
  ['a table that nobody closed', 'create table closed (organization_id uuid not null)', /closed to them/],
  ['a table whose owner is not held', 'alter table deals no force row level security', /enabled and forced/],
  ['row-level security off', 'alter table deals disable row level security', /enabled and forced/],
  ['a view with its owner’s eyes', 'create view all_deals as select * from deals', /a view asks/],
  [
    'a materialized view',
    'create materialized view seen as select * from deals; grant select on seen to spokestack_app',
    /materialized/,
  ],
  [
    'a policy that says yes',
    'create policy p on fx_rates for update using (true) with check (true)',
    /simply yes/,
  ],
  [
    'a second permissive policy',
    'create policy p on deals for select using (id is not null)',
    /second permissive/,
  ],
  [
    'a policy that an unset setting opens',
    'alter policy tenant on deals using (organization_id = app.organization_id() or app.organization_id() is null)',
    /one policy of its agency/,
  ],
  ['a policy without a comment', 'comment on policy tenant on deals is null', /comment/],
  [
    'a definer function without a path',
    'create function app.f() returns int language sql security definer return 1',
    /looks names up/,
  ],
  [
    'a function for everybody',
    'create function app.f() returns int language sql return 1; grant execute on function app.f() to public',
    /PUBLIC may call/,
  ],
  [
    'a leakproof function',
    'create function app.f() returns int language sql leakproof return 1',
    /leakproof/,
  ],
  [
    'a foreign key without the agency',
    'alter table deals add column o uuid; alter table organizations add unique (id, slug); alter table deals add foreign key (o) references organizations (id)',
    /carries the agency/,
  ],
  [
    'a unique key over all agencies',
    'create unique index one_name on deals (name)',
    /begins with the agency/,
  ],
  ['a foreign key without an index', 'drop index deals_company', /lead an index/],
  ['a right to truncate', 'grant truncate on deals to spokestack_app', /truncate/],
  ['a right to create', 'grant create on schema public to spokestack_app', /create in a schema/],
  [
    'a sequence to read',
    'create sequence public.numbers; grant select on sequence public.numbers to spokestack_app',
    /sequence/,
  ],
  [
    'a default grant',
    'alter default privileges in schema public grant select on tables to spokestack_app',
    /by default/,
  ],
  [
    'the queue open to the web',
    'grant select on all tables in schema graphile_worker to spokestack_app',
    /job queue/,
  ],
  ['a role that bypasses', 'alter role spokestack_app bypassrls', /bypasses the policies/],
  ['a role that is the owner’s member', 'grant spokestack_owner to spokestack_app', /member of no role/],
  [
    'a row of no agency',
    'alter table activities drop constraint activities_pkey; alter table activities alter organization_id drop not null',
    /names its agency/,
  ],
];

describe('a fault is seen:', () => {
  test.each(FAULTS)('%s', async (_fault, sql, rule) => {
    const check = GATE.find((one) => rule.test(one.rule));
    expect(check).toBeDefined();
    expect(await underFault(sql, check as GateCheck)).not.toEqual([]);
  });

  test('no rule is without a fault that proves it', () => {
    const unproved = GATE.filter(({ rule }) => !FAULTS.some(([, , pattern]) => pattern.test(rule)));
    expect(unproved.map(({ rule }) => rule)).toEqual([]);
  });

  test('a reason that covers nothing any more', async () => {
    const [check] = GATE;
    const stale = { ...(check as GateCheck), allowed: { gone: 'it was needed once' } };
    expect(await runCheck(fixture.superuser, stale)).toEqual(['stale exception: gone']);
  });
});

describe('outside any agency', () => {
  test('every table holds a row, so that seeing none means something', async () => {
    for (const { name } of fixture.tables) expect([name, await count(name)]).not.toEqual([name, 0]);
    for (const table of fixture.tables.filter(isTenantTable)) {
      const { rows } = await fixture.superuser.query<{ id: string }>(
        `select distinct organization_id as id from public.${table.name} where organization_id is not null`,
      );
      const { demo, rival } = fixture.world;
      expect([table.name, rows.map(({ id }) => id)]).toEqual([
        table.name,
        expect.arrayContaining([demo.organizationId, rival.organizationId]),
      ]);
    }
  });

  test.each(['app', 'jobs'] as const)('the role of %s sees no row of any table', async (role) => {
    const client = new pg.Client({ connectionString: database()[`${role}Url`] });
    await client.connect();
    try {
      for (const { name } of fixture.tables) expect([name, await seen(client, name)]).toEqual([name, 0]);
      // A setting that a transaction made is '' and not NULL from then on.
      await client.query(
        `begin; select set_config('app.organization_id', '${fixture.world.demo.organizationId}', true); commit`,
      );
      for (const { name } of fixture.tables) expect([name, await seen(client, name)]).toEqual([name, 0]);
    } finally {
      await client.end();
    }
  });
});

async function underFault(sql: string, check: GateCheck): Promise<string[]> {
  await fixture.superuser.query('begin');
  try {
    await fixture.superuser.query(sql);
    return await runCheck(fixture.superuser, check);
  } finally {
    await fixture.superuser.query('rollback');
  }
}

async function count(name: string): Promise<number> {
  const { rows } = await fixture.superuser.query<{ count: number }>(
    `select count(*)::int4 as count from public.${name}`,
  );
  return rows[0]?.count ?? 0;
}

/** How many rows a role sees, by whichever columns it may read; a table that is refused shows none. */
async function seen(client: pg.ClientBase, name: string): Promise<number> {
  const { rows } = await client.query<{ column: string }>(
    `select attname as column from pg_attribute where attrelid = 'public.${name}'::regclass and attnum > 0
        and not attisdropped and has_column_privilege(current_user, attrelid, attnum, 'select')`,
  );
  const columns = rows.map(({ column }) => `"${column}"`);
  if (columns.length === 0) {
    await expect(client.query(`select 1 from public.${name}`)).rejects.toMatchObject({ code: '42501' });
    return 0;
  }
  const found = await client.query(`select ${columns.join(', ')} from public.${name}`);
  return found.rowCount ?? 0;
}
