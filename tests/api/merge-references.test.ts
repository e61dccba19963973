import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Row, RowMaker, type Slot } from '../rls/rows.ts';
import { readTables, type Table } from '../rls/tables.ts';
import { useTestDatabase } from '../support/database.ts';
import { caller, createWorld, type World } from '../support/world.ts';

/** What refers to a record and does not move with it. */
const STAYS: Readonly<Record<string, string>> = {
  merges: 'what was kept and what was merged stays so, for the way back',
};

const database = useTestDatabase();
let world: World;
let superuser: pg.Client;
let tables: Table[];
beforeAll(async () => {
  world = await createWorld(database());
  superuser = new pg.Client({ connectionString: database().superuserUrl });
  await superuser.connect();
  tables = await readTables(superuser);
});
afterAll(async () => {
  await superuser.end();
  await world.close();
});

const owner = () => caller(world, world.demo.people.owner.principal);

const nouns = {
  contacts: async () => (await owner().contacts.create({ firstName: 'Lina', lastName: 'Haddad' })).id,
  companies: async () => (await owner().companies.create({ name: 'Acme' })).id,
} as const;

const merge = {
  contacts: (contactId: string, mergedContactId: string) =>
    owner().merges.mergeContact({ contactId, mergedContactId }),
  companies: (companyId: string, mergedCompanyId: string) =>
    owner().merges.mergeCompany({ companyId, mergedCompanyId }),
} as const;

describe.each(['contacts', 'companies'] as const)('a merge of %s', (noun) => {
  test('moves a row of every table that the catalog says refers to them, and undoing moves it back', async () => {
    const [kept, merged] = [await nouns[noun](), await nouns[noun]()];
    const placed = await placeRows(noun, merged);
    expect(placed.length).toBeGreaterThan(8);
    const { mergeId } = await merge[noun](kept, merged);
    for (const { table, column, where } of placed)
      expect([table, column, await read(table, column, where)]).toEqual([table, column, kept]);
    await owner().merges.undo({ mergeId: mergeId ?? '' });
    for (const { table, column, where } of placed)
      expect([table, column, await read(table, column, where)]).toEqual([table, column, merged]);
  });
});

interface Placed {
  table: string;
  column: string;
  where: string;
}

/** A row that refers to the record by each column of each table that may. */
async function placeRows(noun: 'contacts' | 'companies', recordId: string): Promise<Placed[]> {
  const maker = new RowMaker(superuser, tables);
  const slot: Slot = {
    organizationId: world.demo.organizationId,
    brandId: world.demo.brands.first,
    rows: new Map([
      ['organizations', { id: world.demo.brands.first, organization_id: world.demo.organizationId }],
    ]),
  };
  const placed: Placed[] = [];
  for (const table of tables.filter(({ name }) => !(name in STAYS))) {
    for (const key of table.foreignKeys.filter(({ target }) => target === noun)) {
      const column = key.columns.find((name) => name !== 'organization_id') ?? '';
      const row = await maker.add(table, slot, await only(table, column, recordId));
      placed.push({ table: table.name, column, where: identity(table, column, row) });
    }
  }
  return placed;
}

/** The reference, and nothing beside it where a row may have one alone; a merged record is an inactive one. */
async function only(table: Table, column: string, recordId: string): Promise<Row> {
  if (column === 'merged_into_id') return { [column]: recordId, is_active: false };
  if (table.name === 'record_followers')
    return { company_id: null, contact_id: null, deal_id: null, campaign_id: null, [column]: recordId };
  if (table.name === 'duplicate_dismissals' && column.endsWith('company_id')) {
    const other = column === 'company_id' ? 'other_company_id' : 'company_id';
    const company = await nouns.companies();
    return { contact_id: null, other_contact_id: null, [column]: recordId, [other]: company };
  }
  return { [column]: recordId };
}

/** The row's key as a condition, without the column that moves. */
function identity({ primaryKey }: Table, column: string, row: Row): string {
  const rest = primaryKey.filter((name) => name !== column);
  return rest.map((name) => `"${name}" = '${String(row[name])}'`).join(' and ');
}

async function read(table: string, column: string, where: string): Promise<unknown> {
  const { rows } = await superuser.query<{ id: unknown }>(
    `select "${column}" as id from public.${table} where ${where}`,
  );
  return rows[0]?.id;
}
