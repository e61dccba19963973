import { sql } from 'kysely';
import type { TenantTx } from '../../../db/tenant.ts';
import type { Json } from '../../../db/types.ts';
import type { BulkTable } from './nouns.ts';
import type { Row, Values } from './rules.ts';

/** Holds these records for the transaction, in one order for all, so that two changes cannot block each other. */
export async function holdRows(tx: TenantTx, table: BulkTable, recordIds: readonly string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select r.* from ${sql.table(table)} r where r.id = any (${recordIds}::uuid[]) order by r.id for update`.execute(
    tx,
  );
  return rows;
}

/** Changes many rows in one statement; each names the columns of its own. */
export async function changeRows(
  tx: TenantTx,
  table: BulkTable,
  rows: readonly { id: string; values: Values }[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))].sort();
  const changes = sql.join(
    columns.map(
      (column) => sql`${sql.ref(column)} = case when s.sent ? ${column}::text
        then (s.populated).${sql.ref(column)} else t.${sql.ref(column)} end`,
    ),
  );
  const sent = JSON.stringify(rows.map(({ id, values }) => ({ ...values, id })));
  await sql`
    update ${sql.table(table)} t set ${changes}
      from (select e.sent, (e.sent ->> 'id')::uuid as id, p as populated
              from jsonb_array_elements(${sent}::jsonb) as e (sent),
                   lateral jsonb_populate_record(null::${sql.table(table)}, e.sent) as p offset 0) as s
     where t.organization_id = (select app.organization_id()) and t.id = s.id`.execute(tx);
}

interface Kept {
  bulkChangeId: string;
  table: BulkTable;
  rows: readonly { id: string; values: Values }[];
}

/**
 * Keeps what the rows say before they are changed, in the database's own writing: undoing gives back the very values.
 * The trigger behind a version adds one.
 */
export async function keepRows(tx: TenantTx, { bulkChangeId, table, rows }: Kept): Promise<void> {
  const columns = rows.map(({ id, values }) => ({ id, columns: Object.keys(values) }));
  await sql`
    insert into bulk_change_rows (organization_id, bulk_change_id, record_id, before, version)
    select t.organization_id, ${bulkChangeId}::uuid, t.id,
           (select jsonb_object_agg(b.key, b.value) from jsonb_each(to_jsonb(t)) b where k.columns ? b.key), t.version + 1
      from jsonb_to_recordset(${JSON.stringify(columns)}::jsonb) as k (id uuid, columns jsonb)
      join ${sql.table(table)} t on t.organization_id = (select app.organization_id()) and t.id = k.id`.execute(
    tx,
  );
}

export interface KeptRow {
  recordId: string;
  before: Record<string, Json>;
  version: number;
}

/** What a bulk change kept. */
export async function findKeptRows(tx: TenantTx, bulkChangeId: string): Promise<KeptRow[]> {
  const { rows } = await sql<KeptRow>`
    select record_id as "recordId", before, version from bulk_change_rows
     where bulk_change_id = ${bulkChangeId}::uuid`.execute(tx);
  return rows;
}
