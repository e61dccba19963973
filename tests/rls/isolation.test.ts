import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { createFixture, type Fixture } from './fixture.ts';
import { prepare, type Prepared, runMatrix, tenantTables } from './matrix.ts';
import { exceptionNames, type Identity, identitiesOf } from './oracle.ts';

const NAMES = [
  'owner',
  'admin',
  'member',
  'unassigned',
  'viewer',
  'client',
  'jobs',
  'a client whose brand is another agency’s',
  'nobody, with no setting',
  'the jobs, with no setting',
  'somebody who sees all of no agency',
  'somebody of a malformed agency',
] as const;

const database = useTestDatabase();
let fixture: Fixture;
let identities: Identity[];
let prepared: Prepared;

beforeAll(async () => {
  fixture = await createFixture(database());
  identities = identitiesOf(fixture.world);
  await fixture.superuser.query('begin');
  prepared = await prepare(fixture, tenantTables(fixture));
});
afterAll(async () => {
  await fixture.superuser.query('rollback');
  await fixture.close();
});

describe('in every table, by every verb, reaches what is theirs and nothing of others:', () => {
  test.each(NAMES)('%s', async (name) => {
    const { cells, findings } = await runMatrix(
      fixture,
      identities.filter((identity) => identity.name === name),
      prepared,
    );
    expect(findings).toEqual([]);
    expect(cells).toBeGreaterThanOrEqual(prepared.size * 13);
  });
});

test('everybody is tried', () => {
  expect(identities.map(({ name }) => name)).toEqual(NAMES);
});

test('an exception from the rule of brands is of a table that is there', () => {
  expect(exceptionNames.filter((name) => !prepared.has(name))).toEqual([]);
});
