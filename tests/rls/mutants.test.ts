import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { createFixture, type Fixture } from './fixture.ts';
import { type Finding, prepare, type Prepared, runMatrix } from './matrix.ts';
import { identitiesOf } from './oracle.ts';

/** A record, what hangs on a record by a key, and what may be deleted: each kind of table once. */
const TABLES = ['companies', 'campaign_ad_accounts', 'platform_campaigns'];
const IDENTITIES = [
  'owner',
  'member',
  'client',
  'nobody, with no setting',
  'somebody who sees all of no agency',
];

const OWN = `organization_id = (select app.organization_id())`;
const BOTH = 'spokestack_app, spokestack_jobs';

/** What a migration or an administrator could do wrong. `table` is put in; each must be seen by the matrix. */
interface Mutant {
  name: string;
  sql: (table: string) => string;
  kind: Finding['kind'];
  /** The verb that alone can see it, where there is one. */
  verb?: string;
}

const extra = (verb: string, clause: string) => (table: string) =>
  `create policy extra on ${table} as permissive for ${verb} to ${BOTH} ${clause}`;
const tenant = (clause: string) => (table: string) => `alter policy tenant on ${table} ${clause}`;
const visible = (clause: string) => (table: string) => `alter policy visible on ${table} ${clause}`;

const MUTANTS: readonly Mutant[] = [
  { name: 'row-level security off', sql: (t) => `alter table ${t} disable row level security`, kind: 'LEAK' },
  { name: 'USING (true)', sql: tenant('using (true)'), kind: 'LEAK' },
  { name: 'WITH CHECK (true)', sql: tenant('with check (true)'), kind: 'LEAK' },
  {
    name: 'everything where no agency is set',
    sql: tenant(`using (${OWN} or (select app.organization_id()) is null)`),
    kind: 'LEAK',
    verb: 'SELECT',
  },
  {
    name: 'an unset agency falls back to the row’s',
    sql: tenant('using (organization_id = coalesce((select app.organization_id()), organization_id))'),
    kind: 'LEAK',
    verb: 'SELECT',
  },
  { name: 'a second policy to select', sql: extra('select', 'using (true)'), kind: 'LEAK', verb: 'SELECT' },
  {
    name: 'a second policy to update',
    sql: extra('update', 'using (true) with check (true)'),
    kind: 'LEAK',
    verb: 'UPDATE of all',
  },
  {
    name: 'a second policy to update, which checks: whoever updates all of theirs is stopped',
    sql: extra('update', `using (true) with check (${OWN})`),
    kind: 'BLOCKED',
    verb: 'UPDATE of all',
  },
  {
    name: 'a second policy to update, whose check says yes: a composite key alone stops the row that leaves',
    sql: extra('update', `using (${OWN}) with check (true)`),
    kind: 'UNRELIABLE',
    verb: 'UPDATE that moves rows to another agency',
  },
  {
    name: 'a second policy to delete',
    sql: (t) => `grant delete on ${t} to ${BOTH}; ${extra('delete', 'using (true)')(t)}`,
    kind: 'LEAK',
    verb: 'DELETE of all',
  },
  {
    name: 'a second policy to insert',
    sql: extra('insert', 'with check (true)'),
    kind: 'LEAK',
    verb: 'INSERT into another agency',
  },
  { name: 'roles that bypass', sql: () => `alter role spokestack_app bypassrls`, kind: 'LEAK' },
  {
    name: 'the owner’s member where the owner is not held',
    sql: (t) => `alter table ${t} no force row level security; grant spokestack_owner to spokestack_app`,
    kind: 'LEAK',
  },
  {
    name: 'the wrong sign',
    sql: tenant('using (organization_id <> (select app.organization_id()))'),
    kind: 'LEAK',
  },
  {
    name: 'a right to truncate',
    sql: () => `grant truncate on all tables in schema public to ${BOTH}`,
    kind: 'LEAK',
    verb: 'TRUNCATE',
  },
  {
    name: 'a policy for another role',
    sql: (t) => `alter policy tenant on ${t} to spokestack_owner`,
    kind: 'BLOCKED',
  },
  { name: 'a policy that denies all', sql: tenant('using (false) with check (false)'), kind: 'BLOCKED' },
  { name: 'brands that hide nothing', sql: visible('using (true) with check (true)'), kind: 'LEAK' },
  { name: 'no policy of brands', sql: (t) => `drop policy visible on ${t}`, kind: 'LEAK' },
  {
    name: 'brands that hide and do not check',
    sql: visible('with check (true)'),
    kind: 'LEAK',
    verb: 'INSERT into another brand',
  },
  {
    name: 'a brand policy that widens in place of narrowing',
    sql: (t) => `drop policy visible on ${t}; create policy visible on ${t} to ${BOTH} using (${OWN})`,
    kind: 'LEAK',
  },
];

const database = useTestDatabase();
let fixture: Fixture;
let prepared: Prepared;

beforeAll(async () => {
  fixture = await createFixture(database());
  await fixture.superuser.query('begin');
  prepared = await prepare(
    fixture,
    fixture.tables.filter(({ name }) => TABLES.includes(name)),
  );
});
afterAll(async () => {
  await fixture.superuser.query('rollback');
  await fixture.close();
});

test('the sound policies give the matrix nothing to find', async () => {
  expect(await findingsUnder('select 1', TABLES)).toEqual([]);
});

describe('the matrix sees', () => {
  test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s', async (_name, mutant) => {
    for (const table of TABLES) {
      const findings = await findingsUnder(mutant.sql(`public.${table}`), [table]);
      const seen = findings.filter(
        ({ kind, verb }) => kind === mutant.kind && verb === (mutant.verb ?? verb),
      );
      expect([table, seen.length > 0, findings.slice(0, 3)]).toEqual([table, true, expect.anything()]);
    }
  });

  test('a table that holds no row of another agency', async () => {
    const findings = await findingsUnder(
      `delete from public.companies where organization_id <> '${fixture.world.demo.organizationId}'`,
      ['companies'],
    );
    expect(findings.filter(({ kind }) => kind === 'VACUOUS').map(({ identity }) => identity)).toContain(
      'owner',
    );
  });
});

async function findingsUnder(sql: string, tables: readonly string[]): Promise<Finding[]> {
  await fixture.superuser.query(`savepoint mutant; ${sql}`);
  try {
    const identities = identitiesOf(fixture.world).filter(({ name }) => IDENTITIES.includes(name));
    const some = new Map([...prepared].filter(([name]) => tables.includes(name)));
    return (await runMatrix(fixture, identities, some)).findings;
  } finally {
    await fixture.superuser.query('rollback to savepoint mutant');
  }
}
