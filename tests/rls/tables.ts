import type pg from 'pg';

export interface Column {
  name: string;
  /** As format_type writes it: uuid, text, character(3), text[], member_role. */
  type: string;
  /** The labels of an enum, else null. */
  labels: string[] | null;
  isRequired: boolean;
  isGenerated: boolean;
}

export interface ForeignKey {
  columns: string[];
  target: string;
  targetColumns: string[];
}

/** One ordinary table of the public schema as the catalog has it. */
export interface Table {
  name: string;
  columns: Column[];
  primaryKey: string[];
  /** Every unique key, the primary one first. */
  uniqueKeys: string[][];
  foreignKeys: ForeignKey[];
}

/** Kysely's own. No serving role reaches them, which the catalog suite holds. */
const MIGRATOR = ['kysely_migration', 'kysely_migration_lock'];

/** Every table of ours, ordered so that what a table refers to comes before it. */
export async function readTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(TABLES, [MIGRATOR]);
  return inOrder(rows);
}

/** Whose rows an agency owns: the tables that carry its id. */
export function isTenantTable(table: Table): boolean {
  return table.columns.some(({ name }) => name === 'organization_id');
}

/** What refers without a foreign key: its triggers write and remove the rows with those that they refer to. */
const FOLLOWS: Readonly<Record<string, string>> = { record_keys: 'contacts', duplicate_pairs: 'contacts' };

function inOrder(tables: readonly Table[]): Table[] {
  const done = new Set<string>();
  const ordered: Table[] = [];
  while (ordered.length < tables.length) {
    const ready = tables.filter(
      (table) =>
        !done.has(table.name) &&
        done.has(FOLLOWS[table.name] ?? table.name) === table.name in FOLLOWS &&
        table.foreignKeys.every(({ target }) => target === table.name || done.has(target)),
    );
    if (ready.length === 0)
      throw new Error('The foreign keys go round in a circle; teach inOrder to open it.');
    for (const table of ready) {
      done.add(table.name);
      ordered.push(table);
    }
  }
  return ordered;
}

const TABLES = `
  select c.relname::text as name,
         (select json_agg(json_build_object(
             'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
             'labels', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = a.atttypid),
             'isRequired', a.attnotnull and not a.atthasdef,
             'isGenerated', a.attgenerated <> '' or a.attidentity <> '') order by a.attnum)
            from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
         (select json_agg(a.attname order by k.place)
            from pg_index i, unnest(i.indkey) with ordinality as k (attnum, place)
            join pg_attribute a on a.attnum = k.attnum
           where i.indrelid = c.oid and i.indisprimary and k.place <= i.indnkeyatts and a.attrelid = c.oid) as "primaryKey",
         (select json_agg(u.columns order by u.is_primary desc) from (
            select i.indisprimary as is_primary,
                   (select json_agg(a.attname order by k.place) from unnest(i.indkey) with ordinality as k (attnum, place)
                      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
                     where k.place <= i.indnkeyatts) as columns
              from pg_index i where i.indrelid = c.oid and i.indisunique) u) as "uniqueKeys",
         (select coalesce(json_agg(json_build_object(
             'target', f.confrelid::regclass::text,
             'columns', (select json_agg(a.attname order by k.place) from unnest(f.conkey) with ordinality as k (attnum, place)
                           join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum),
             'targetColumns', (select json_agg(a.attname order by k.place) from unnest(f.confkey) with ordinality as k (attnum, place)
                                 join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum))), '[]')
            from pg_constraint f where f.conrelid = c.oid and f.contype = 'f') as "foreignKeys"
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> all ($1)
   order by c.relname`;
